"""What the groups and numbers of a graph are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.letters import visible
from microgpt_gui.session.reading.graph.operation import SIGNS
from microgpt_gui.session.reading.graph.operation import Operation as Op
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microgpt_gui.session.reading.graph.step_graph import StepGraph

#: Between a group and what is in it.
WITHIN = ", "

#: The stages; a layer's have "l0." before them, and so on.
_STAGES = {
    "embedded": "embedding",
    "norm0": "norm",
    "norm1": "attention norm",
    "q": "q",
    "k": "k",
    "v": "v",
    "scores": "scores",
    "weights": "attention",
    "heads": "heads",
    "attn_out": "W_O",
    "middle": "attn residual",
    "norm2": "MLP norm",
    "mlp_in": "MLP in",
    "hidden": "ReLU",
    "mlp_out": "MLP out",
    "after": "MLP residual",
    "logits": "logits",
    "probs": "probability",
    "loss": "loss",
    "mean": "mean loss",
}

_PARTS = {
    "weights": "weights",
    "squares": "mean square",
    "scale": "inverse root",
    "scaled": "scaled",
    "exps": "e^x",
    "total": "total",
    "shares": "shares",
}

#: What one number of each kind is called.
_MADE = {
    Op.PARAMETER: "weight",
    Op.SUM: "sum",
    Op.PRODUCT: "product",
    Op.TIMES: "scaled",
    Op.LESS_LARGEST: "less the largest",
    Op.PLUS_EPSILON: "plus 1e-5",
    Op.INVERSE: "power -1",
    Op.INVERSE_ROOT: "power -0.5",
    Op.EXP: "exp",
    Op.LOG: "log",
    Op.RELU: "ReLU",
    Op.NEGATIVE: "negative",
}

#: Rows of these are tokens: letters of the alphabet, and BOS.
_OF_TOKENS = ("wte", "lm_head", "logits")


def group_name(graph: StepGraph, group: int) -> str:
    """Return what a group is called inside the group that it is in."""
    groups = graph.groups
    kind, index = groups.kinds[group], groups.indexes[group]
    if kind == "position":
        return f"{index}: {_token(graph, graph.tokens[index])}"
    if kind in ("layer", "head"):
        return f"{kind} {index + 1}"
    if kind == "key":
        return f"to {index}: {_token(graph, graph.tokens[index])}"
    if kind == "row":
        return _row_name(graph, group, index)
    if kind in ("rows", "numbers"):
        return _stretch_name(graph, group)
    stage = kind.rpartition(".")[2]
    if kind in _PARTS:
        return _PARTS[kind]
    return _STAGES.get(stage, kind) if kind in _STAGES or kind[0] == "l" else kind


def _row_name(graph: StepGraph, group: int, index: int) -> str:
    groups = graph.groups
    kinds = {groups.kinds[g] for g in groups.around(group)}
    if kinds & set(_OF_TOKENS):
        return f"{index}: {_token(graph, index)}"
    return f"position {index}" if "wpe" in kinds else f"row {index}"


def _stretch_name(graph: StepGraph, group: int) -> str:
    groups = graph.groups
    first, members = groups.indexes[group], groups.members[group]
    if groups.kinds[group] == "numbers":
        count = groups.stops[group] - groups.starts[group]
        return f"numbers {first} to {first + count - 1}"
    while groups.kinds[members[-1]] == "rows":
        members = groups.members[members[-1]]
    while groups.kinds[first_row := groups.members[group][0]] == "rows":
        group = first_row
    return f"{groups.indexes[first_row]} to {groups.indexes[members[-1]]}"


def group_caption(graph: StepGraph, group: int) -> str:
    """Return what stands below a group's name: what it gives on, if that is a number.

    Of a position that is its loss, of others how many numbers they are.
    """
    groups = graph.groups
    kind, stop = groups.kinds[group], groups.stops[group]
    if kind == "position":
        return f"loss {graph.data[stop - 1]:.3g}"
    if kind in _OF_ONE_RESULT and stop > graph.weights:
        return f"= {graph.data[stop - 1]:.3g}"
    return f"{stop - groups.starts[group]:,}"


#: What these make is their last number.
_OF_ONE_RESULT = ("row", "key", "total", "squares", "scale", "loss", "mean")


def _token(graph: StepGraph, token: int) -> str:
    chars = graph.chars
    return visible(chars[token]) if token < len(chars) else BOS_LABEL


def number_name(graph: StepGraph, number: int) -> str:
    """Return what a number is called inside its group: what made it, and which."""
    return _named(graph, number, _MADE)


def number_sign(graph: StepGraph, number: int) -> str:
    """Return the same in a few signs."""
    if graph.operation(number) is Op.TIMES:
        return f"{SIGNS[Op.TIMES]} {graph.slope[number]:.3g}"
    return _named(graph, number, SIGNS)


def _named(graph: StepGraph, number: int, words: Mapping[Op, str]) -> str:
    operation, groups = graph.operation(number), graph.groups
    group = groups.leaf_of(number)
    while groups.kinds[group] == "numbers":
        group = groups.parents[group]
    start, stop = groups.starts[group], groups.stops[group]
    if operation is Op.PARAMETER:
        return f"column {number - start}"
    made_by, name = graph.made_by, words[operation]
    if made_by.count(operation, start, stop) == 1:
        return name
    index = made_by.count(operation, start, number)
    if operation is Op.SUM and not _is_of_elements(groups.kinds[group]):
        index += 1  # the first sum of a chain adds term 1 to term 0
    if groups.kinds[groups.parents[group]] == "probs":  # a number for each token
        return f"{name} {index}: {_token(graph, index)}"
    return f"{name} {index}"


def _is_of_elements(kind: str) -> bool:
    """Return whether the sums of a group are of two vectors, not of a chain."""
    return kind.rpartition(".")[2] in ("embedded", "middle", "after")


def whole_name(graph: StepGraph, number: int) -> str:
    """Return what a number is called: a weight as in the script, else with its groups.

    The loss of the step is called that.
    """
    groups = graph.groups
    if number == graph.loss:
        return "the loss"
    around = groups.around(groups.leaf_of(number))[1:]
    if number < graph.weights:
        around = [g for g in around if groups.kinds[g] not in ("rows", "numbers")]
        matrix, row = around[1], around[2]
        column = number - groups.starts[row]
        return f"{groups.kinds[matrix]}[{groups.indexes[row]}][{column}]"
    return f"{group_path(graph, around[-1])}{WITHIN}{number_name(graph, number)}"


def group_path(graph: StepGraph, group: int) -> str:
    """Return a group's name with those of all that it is in."""
    groups = graph.groups
    around = [g for g in groups.around(group)[1:] if groups.kinds[g] != "numbers"]
    names = [group_name(graph, g) for g in around]
    if groups.kinds[around[0]] == "position":
        names[0] = f"position {names[0]}"
    return WITHIN.join(names)
