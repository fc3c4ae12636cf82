"""The gradient of every matrix, in few numbers."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.session.moments.learnt_step import LearntStep

#: So many of a matrix's numbers are told, the largest in size.
MOST_ENTRIES = 8


class Entry(NamedTuple):
    """One number of a matrix."""

    row: int
    column: int
    number: float


@dataclass(frozen=True, slots=True)
class MatrixGradient:
    """The derivatives of the loss by the numbers of one matrix.

    Attributes:
        name: The script's.
        rows: Of the matrix.
        columns: Of the matrix.
        norm: Euclidean length.
        unmoved: How many of them are 0: of rows that no token of the document uses,
            and of units that were off.
        largest: In size, the largest first.
    """

    name: str
    rows: int
    columns: int
    norm: float
    unmoved: int
    largest: tuple[Entry, ...]


class WeightPlace(NamedTuple):
    """Where a parameter is."""

    name: str  # of the matrix, the script's
    row: int
    column: int


def matrix_gradients(
    model: ModelConfig, learnt: LearntStep, check: Callable[[], None]
) -> tuple[MatrixGradient, ...]:
    """Return the gradient of every matrix in a step, in the script's creation order.

    Args:
        model: The model's sizes.
        learnt: The step.
        check: Called before each; what it raises ends the work.
    """
    found, start = [], 0
    for name, (rows, columns) in model.shapes().items():
        check()
        numbers = learnt.gradient[start : start + rows * columns]
        start += rows * columns
        places = heapq.nlargest(MOST_ENTRIES, range(len(numbers)), key=_size(numbers))
        found.append(
            MatrixGradient(
                name,
                rows,
                columns,
                math.hypot(*numbers),
                numbers.count(0.0),
                tuple(Entry(*divmod(at, columns), numbers[at]) for at in places),
            )
        )
    return tuple(found)


def place_of(model: ModelConfig, index: int) -> WeightPlace:
    """Return where the parameter ``index`` of the script's creation order is."""
    for name, (rows, columns) in model.shapes().items():
        if index < rows * columns:
            return WeightPlace(name, *divmod(index, columns))
        index -= rows * columns
    raise IndexError("the model has not so many parameters")


def _size(numbers: array[float]) -> Callable[[int], float]:
    return lambda at: abs(numbers[at])
