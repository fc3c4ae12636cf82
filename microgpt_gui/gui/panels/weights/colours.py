"""From a matrix to colours: one scale for all matrices of a model, in NumPy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.signed_colours import (
    scale_of_numbers,
    signed_colours,
    unsigned_colours,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.reading.matrices import Matrix

#: Numbers in cells have so many digits that only scales between these need no unit.
_PLAIN = (0.05, 100.0)

#: A row's largest weight below this is no scale.
_LEAST_SCALE = 1e-300


@dataclass(frozen=True, slots=True)
class Colouring:
    """How numbers become colours.

    Attributes:
        scale: The number that has the end colour where all are alike.
        colour_range: How far the colours reach.
        is_signed: There are colours on both sides of 0.
        has_unit: Numbers in cells are multiples of a power of 10, where they are very
            small or large.
    """

    scale: float = 1.0
    colour_range: ColourRange = ColourRange.FIXED
    is_signed: bool = True
    has_unit: bool = False


def scale_of(matrices: Sequence[Matrix]) -> float:
    """Return the weight that has the end colour: 1, 2 or 5 times a power of 10."""
    return scale_of_numbers([np.frombuffer(m.numbers) for m in matrices])


def scales_of(
    matrix: Matrix, scale: float, colour_range: ColourRange
) -> NDArray[np.float64]:
    """Return the weight that has the end colour in each row of a matrix.

    Args:
        matrix: The matrix.
        scale: That of all matrices.
        colour_range: How far the colours reach.
    """
    if colour_range is ColourRange.PART:
        scale = scale_of([matrix])
    scales = np.full(matrix.rows, scale)
    if colour_range is ColourRange.ROW:
        values = np.frombuffer(matrix.numbers).reshape(matrix.rows, matrix.columns)
        largest = np.abs(np.where(np.isfinite(values), values, 0.0)).max(axis=1)
        scales = np.where(largest > _LEAST_SCALE, largest, 1.0)
    return scales


def coloured(
    matrix: Matrix,
    scale: float | NDArray[np.float64],
    theme: Theme,
    *,
    is_signed: bool = True,
) -> NDArray[np.uint32]:
    """Return the colours of a matrix, [row][column], as 0xffRRGGBB.

    What is no finite number has a colour that is on no map.

    Args:
        matrix: The matrix.
        scale: The weight that has the end colour, or one for each row.
        theme: Whose colours.
        is_signed: There are colours on both sides of 0; else from 0 on.
    """
    values = np.frombuffer(matrix.numbers).reshape(matrix.rows, matrix.columns)
    colours = signed_colours if is_signed else unsigned_colours
    return colours(values, np.asarray(scale).reshape(-1, 1), theme)


def unit_of(matrix: Matrix, colouring: Colouring) -> float:
    """Return of which power of 10 the numbers in a matrix's cells are multiples."""
    scale = scale_of([matrix])
    if not colouring.has_unit or _PLAIN[0] <= scale < _PLAIN[1]:
        return 1.0
    return 10.0 ** max(-300, min(math.floor(math.log10(scale)), 300))
