"""What the statements of a function assign, and which names are in them."""

from __future__ import annotations

import ast
from dataclasses import dataclass

#: A statement that holds others: they are looked at, not it.
_COMPOUND = (ast.For, ast.While, ast.If, ast.With, ast.Try)


@dataclass(frozen=True, slots=True)
class Statement:
    """One simple statement.

    Attributes:
        lines: Numbers of the file, those of all its lines.
        assigned: The names that it gives a value; of ``p.data = ..``, ``data``.
        mentioned: All names in it, and the words of its texts: of
            ``f"layer{li}.attn_wq"``, ``layer`` and ``attn_wq``.
    """

    lines: tuple[int, ...]
    assigned: frozenset[str]
    mentioned: frozenset[str]


def statements_of(function: ast.FunctionDef) -> list[Statement]:
    """Return the simple statements in their order, without docstring and ``def``."""
    return _statements(_without_docstring(function))


def _without_docstring(function: ast.FunctionDef) -> list[ast.stmt]:
    has_one = ast.get_docstring(function, clean=False) is not None
    return function.body[1:] if has_one else function.body


def _statements(body: list[ast.stmt]) -> list[Statement]:
    found: list[Statement] = []
    for node in body:
        if isinstance(node, _COMPOUND):
            for part in ("body", "orelse", "finalbody"):
                found += _statements(getattr(node, part, []))
        else:
            found.append(_statement(node))
    return found


def _statement(node: ast.stmt) -> Statement:
    assert node.end_lineno is not None
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
        targets = [node.target]
    return Statement(
        tuple(range(node.lineno, node.end_lineno + 1)),
        frozenset(name for target in targets for name in _assigned(target)),
        frozenset(name for part in ast.walk(node) for name in _names(part)),
    )


def _assigned(target: ast.expr) -> list[str]:
    if isinstance(target, ast.Tuple):
        return [name for part in target.elts for name in _assigned(part)]
    return _names(target)


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.split(".")
    return []
