"""The matrices of a model, by the script's names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from array import array

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.session.moments.moment import Moment


@dataclass(frozen=True, slots=True)
class Matrix:
    """One matrix of a model: a row for each output, a column for each input."""

    name: str  # the script's
    rows: int
    columns: int
    numbers: memoryview[Any] | array[float]  # row by row; nobody writes to it


def matrices(moment: Moment) -> tuple[Matrix, ...]:
    """Return every matrix of ``moment``, in the script's creation order.

    No number is copied: they are views of the moment's weights.
    """
    return named(moment.model, moment.weights)


def named(
    model: ModelConfig, numbers: memoryview[Any] | array[float]
) -> tuple[Matrix, ...]:
    """Return one number for each parameter as matrices, in the script's creation order.

    Args:
        model: The sizes.
        numbers: Doubles, row by row in that order. None is copied.
    """
    view = memoryview(numbers).cast("B").cast("d").toreadonly()
    found, start = [], 0
    for name, (rows, columns) in model.shapes().items():
        stop = start + rows * columns
        found.append(Matrix(name, rows, columns, view[start:stop]))
        start = stop
    return tuple(found)
