"""The functions of the engine to read, as they are in their files."""

from __future__ import annotations

import ast
import inspect
import textwrap
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.engine import autograd, value

if TYPE_CHECKING:
    from types import ModuleType

Function = ast.FunctionDef

#: What is read, in the order of the files: of which file, and under which names there.
_READ: dict[str, tuple[ModuleType, tuple[str, ...]]] = {
    "engine/autograd.py": (
        autograd,
        (
            "softmax",
            "rmsnorm",
            "AutogradEngine._differentiate",
            "AutogradEngine._take_gradient",
            "AutogradEngine.loss_graph",
            "AutogradEngine._gpt",
            "AutogradEngine._linear",
            "AutogradEngine._update",
        ),
    ),
    "engine/value.py": (
        value,
        ("Value.exp", "Value.log", "Value.relu", "dot", "backward"),
    ),
}


class SourceLine(NamedTuple):
    """Where a line is."""

    file: str  # below the package
    number: int  # as editors count, from 1


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One function.

    Attributes:
        name: With its class before it.
        file: Below the package, with ``/``.
        first_line: Its number in the file.
        text: The function, moved to the left as far as it goes.
        node: The same, parsed; its line numbers are the file's.
    """

    name: str
    file: str
    first_line: int
    text: str
    node: Function


@cache
def excerpts() -> tuple[Excerpt, ...]:
    """Return all functions that are read.

    Their source comes from where Python itself has the modules from.

    Raises:
        LookupError: One of them is not there; says which.
        OSError: The source is not at hand.
    """
    return tuple(
        excerpt
        for file, (module, names) in _READ.items()
        for excerpt in _excerpts_of(file, inspect.getsource(module), names)
    )


def _excerpts_of(file: str, source: str, names: tuple[str, ...]) -> list[Excerpt]:
    lines = source.splitlines(keepends=True)
    functions = dict(_functions(ast.parse(source).body, ""))
    found = []
    for name in names:
        if name not in functions:
            raise LookupError(f"{file} has no function {name}")
        node = functions[name]
        assert node.end_lineno is not None
        text = "".join(lines[node.lineno - 1 : node.end_lineno])
        found.append(
            Excerpt(name, file, node.lineno, textwrap.dedent(text).rstrip(), node)
        )
    return found


def _functions(body: list[ast.stmt], prefix: str) -> list[tuple[str, Function]]:
    found = []
    for node in body:
        if isinstance(node, ast.FunctionDef):
            found.append((prefix + node.name, node))
        elif isinstance(node, ast.ClassDef):
            found += _functions(node.body, f"{prefix}{node.name}.")
    return found
