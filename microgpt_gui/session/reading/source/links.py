"""From the stages of a step to the lines that compute them, and back.

A stage is named as in `session.reading.inside.stages`. What computes it is looked up
by name in the source, see `Place`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.session.reading.source.excerpts import SourceLine, excerpts
from microgpt_gui.session.reading.source.statements import statements_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.reading.source.excerpts import Excerpt
    from microgpt_gui.session.reading.source.statements import Statement


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source something is, by names alone.

    It is the one statement of ``function`` that assigns ``target`` (if given) and
    mentions all of ``names``; with ``after``, the first such one behind the first
    statement that has that name in it.
    """

    function: str
    target: str = ""
    names: tuple[str, ...] = ()
    after: str = ""


class Link(NamedTuple):
    """What computes a stage.

    Attributes:
        places: The statements.
        calls: The functions that they call, which do the work.
    """

    places: tuple[Place, ...]
    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a stage.

    Attributes:
        own: Of the statements that compute it.
        called: Of the functions that these call.
    """

    own: frozenset[SourceLine] = field(default_factory=frozenset)
    called: frozenset[SourceLine] = field(default_factory=frozenset)


_GPT, _LOSS = "AutogradEngine._gpt", "AutogradEngine.loss_graph"
_LEARN, _UPDATE = "AutogradEngine._differentiate", "AutogradEngine._update"
_MATRIX = ("AutogradEngine._linear", "dot")


#: What Adam's rule assigns, in its order.
_ADAM = ("m_i", "v_i", "m_hat", "v_hat", "data")


_EACH_LOSS = Place(_LOSS, "", ("losses", "append"))
_MEAN_LOSS = Place(_LOSS, "", ("n", "reduce"))


def _gpt(target: str, *names: str, after: str = "") -> Place:
    return Place(_GPT, target, names, after)


#: What is computed once for each token, before the layers.
_BEFORE = {
    "tok_emb": Link((_gpt("tok_emb"),)),
    "pos_emb": Link((_gpt("pos_emb"),)),
    "embedded": Link((_gpt("x", "tok_emb", "pos_emb"),)),
    "norm0": Link((_gpt("x", "rmsnorm", after="pos_emb"),), ("rmsnorm", "dot")),
}

#: What is computed in each layer; the names begin with ``l{li}.``.
_LAYER = {
    "norm1": Link((_gpt("x", "rmsnorm", after="x_residual"),), ("rmsnorm", "dot")),
    "q": Link((_gpt("q"),), _MATRIX),
    "k": Link((_gpt("k"), _gpt("", "keys", "append")), _MATRIX),
    "v": Link((_gpt("v"), _gpt("", "values", "append")), _MATRIX),
    "scores": Link((_gpt("q_h"), _gpt("k_h"), _gpt("attn_logits")), ("dot",)),
    "weights": Link((_gpt("attn_weights"),), ("softmax", "Value.exp")),
    "heads": Link((_gpt("v_h"), _gpt("x_attn", "dot")), ("dot",)),
    "joined": Link((_gpt("x_attn", after="append"), _gpt("x_attn", "dot"))),
    "attn_out": Link((_gpt("x", "_linear", "attn_wo"),), _MATRIX),
    "middle": Link((_gpt("x", "x_residual", after="attn_wo"),)),
    "norm2": Link((_gpt("x", "rmsnorm", after="attn_wo"),), ("rmsnorm", "dot")),
    "mlp_in": Link((_gpt("x", "_linear", "mlp_fc1"),), _MATRIX),
    "hidden": Link((_gpt("x", "relu"),), ("Value.relu",)),
    "mlp_out": Link((_gpt("x", "_linear", "mlp_fc2"),), _MATRIX),
    "after": Link((_gpt("x", "x_residual", after="mlp_fc2"),)),
}

#: What follows the layers.
_AFTER = {
    "logits": Link(
        (_gpt("", "_linear", "lm_head"), Place(_LOSS, "logits")),
        _MATRIX,
    ),
    "probs": Link((Place(_LOSS, "probs"),), ("softmax", "Value.exp")),
    "loss": Link((_EACH_LOSS, _MEAN_LOSS), ("Value.log",)),
    "gradients": Link(
        (
            Place(_LEARN, "loss"),
            Place(_LEARN, "order"),
            Place(_LEARN, "", ("backward",)),
            Place(_LEARN, "gradient"),
        ),
        ("backward", "AutogradEngine._take_gradient"),
    ),
    "adam": Link(tuple(Place(_UPDATE, name) for name in _ADAM)),
}

#: Stages in smaller pieces, for who walks through a step.
_PIECES = {
    "loss.each": Link((_EACH_LOSS,), ("Value.log",)),
    "loss.mean": Link((_MEAN_LOSS,)),
} | {f"adam.{name.removesuffix('_i')}": Link((Place(_UPDATE, name),)) for name in _ADAM}

_OF_LAYER = re.compile(r"l(\d+)\.")


def stage_ids(n_layer: int) -> tuple[str, ...]:
    """Return the names of all stages that have lines, in the order of a step."""
    layers = (f"l{li}.{name}" for li in range(n_layer) for name in _LAYER)
    return (*_BEFORE, *layers, *_AFTER)


def lines_of(stage: str) -> Lines:
    """Return the lines that compute a stage.

    Raises:
        LookupError: There is no such stage, or its lines are not in the source, or not
            to be told from others; says which.
    """
    return _lines_of(_OF_LAYER.sub("l.", stage, count=1))


@cache
def _lines_of(name: str) -> Lines:
    link = _link_of(name)
    own: set[SourceLine] = set()
    for place in link.places:
        own |= lines_at(place)
    called: set[SourceLine] = set()
    for function in link.calls:
        called |= _body_of(_excerpt(function))
    return Lines(frozenset(own), frozenset(called - own))


def _link_of(name: str) -> Link:
    layer, _, of_layer = name.partition(".")
    is_of_layer = layer == "l" and of_layer
    links = _LAYER if is_of_layer else _BEFORE | _AFTER | _PIECES
    key = of_layer if is_of_layer else name
    if key not in links:
        raise LookupError(f"no lines are known for the stage {name}")
    return links[key]


def stages_at(line: SourceLine, stages: Sequence[str]) -> tuple[str, ...]:
    """Return those of ``stages`` that ``line`` computes: first those it is named in."""
    return tuple(stages_of_lines(stages).get(line, ()))


def stages_of_lines(stages: Sequence[str]) -> dict[SourceLine, list[str]]:
    """Return `stages_at` every line that computes any of ``stages``."""
    found: dict[SourceLine, list[str]] = {}
    lines = [lines_of(stage) for stage in stages]
    for part in ([of.own for of in lines], [of.called for of in lines]):
        for stage, of_stage in zip(stages, part, strict=True):
            for line in of_stage:
                found.setdefault(line, []).append(stage)
    return found


def stage_after(line: SourceLine, stages: Sequence[str], at: str) -> str:
    """Return which stage is meant where somebody chooses ``line``; empty for none.

    Of a layer's, the one of the layer that ``at`` is in. Of a line that several have in
    common, the next one after ``at``: who chooses it again goes on to the next.

    Args:
        line: What is chosen.
        stages: All there are, in their order.
        at: Which one is looked at.
    """
    found = stages_at(line, stages)
    layer = _layer_of(at)
    of_layer = [stage for stage in found if _layer_of(stage) in (layer, None)]
    own = [stage for stage in of_layer or found if line in lines_of(stage).own]
    wanted = own or found
    if not wanted:
        return ""
    order = {stage: index for index, stage in enumerate(stages)}
    after = [stage for stage in wanted if order[stage] > order.get(at, -1)]
    in_order = sorted(after or wanted, key=order.__getitem__)
    return in_order[0]


def _layer_of(stage: str) -> str | None:
    found = _OF_LAYER.match(stage)
    return found[1] if found else None


def lines_at(place: Place) -> frozenset[SourceLine]:
    """Return the lines of one place.

    Raises:
        LookupError: Nothing there is called so, or more than one thing; says what.
    """
    excerpt = _excerpt(place.function)
    statements = _statements_in(place.function)
    if place.after:
        start = next(
            (i for i, s in enumerate(statements) if place.after in s.mentioned), None
        )
        statements = [] if start is None else statements[start + 1 :]
    found = [statement for statement in statements if _is_at(statement, place)]
    if not found or (len(found) > 1 and not place.after):
        raise LookupError(f"{len(found)} statements of the source are at {place}")
    return frozenset(SourceLine(excerpt.file, line) for line in found[0].lines)


def _is_at(statement: Statement, place: Place) -> bool:
    is_assigned = not place.target or place.target in statement.assigned
    return is_assigned and statement.mentioned.issuperset(place.names)


@cache
def _statements_in(function: str) -> list[Statement]:
    return statements_of(_excerpt(function).node)


def _excerpt(name: str) -> Excerpt:
    for excerpt in excerpts():
        if excerpt.name == name:
            return excerpt
    raise LookupError(f"the source has no function {name} that is read")


def _body_of(excerpt: Excerpt) -> set[SourceLine]:
    """Return all lines of a function but ``def`` and docstring."""
    first = _statements_in(excerpt.name)[0].lines[0]
    end = excerpt.node.end_lineno
    assert end is not None
    return {SourceLine(excerpt.file, line) for line in range(first, end + 1)}
