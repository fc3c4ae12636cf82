"""A scratch copy of a moment in which something is otherwise."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.session.moments.alteration import Alteration
    from microgpt_gui.session.moments.moment import Moment


def altered(moment: Moment, alteration: Alteration) -> Moment:
    """Return a copy of ``moment`` with ``alteration``; the moment stays as it is.

    The output of a head goes nowhere but through its columns of W_O: where it counts f
    times, these are multiplied by f, which gives the same model; by 0, they are zeros.

    Raises:
        LookupError: The model has not all that is altered.
    """
    if not alteration:
        return moment
    model = moment.model
    alteration.check_fits(model)
    weights = array("d", moment.weights)
    starts = _starts(model)
    for (matrix, row, column), delta in alteration.nudges:
        start, columns = starts[matrix]
        weights[start + row * columns + column] += delta
    for (layer, head), factor in alteration.heads:
        start, columns = starts[f"layer{layer}.attn_wo"]
        first = start + head * model.head_dim
        for row in range(model.n_embd):
            for i in range(first, first + model.head_dim):
                place = i + row * columns
                # Not a product with 0: of infinity that is no number.
                weights[place] = weights[place] * factor if factor else 0.0
    return replace(moment, weights=weights, alteration=alteration)


def place_of(model: ModelConfig, matrix: str, row: int, column: int) -> int:
    """Return where a weight is among all of a model's, in the script's order."""
    start, columns = _starts(model)[matrix]
    return start + row * columns + column


def _starts(model: ModelConfig) -> dict[str, tuple[int, int]]:
    """Return the place of each matrix's first number, and how long its rows are."""
    starts, start = {}, 0
    for name, (rows, columns) in model.shapes().items():
        starts[name] = start, columns
        start += rows * columns
    return starts
