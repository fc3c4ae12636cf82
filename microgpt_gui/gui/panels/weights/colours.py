"""From a matrix to colours: one scale for all matrices of a model, in NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor

from microgpt_gui.gui.panel.colour_range import ColourRange, rounded_up
from microgpt_gui.gui.widgets.colour_map import STEPS, colour_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.reading.matrices import Matrix

#: So much of all weights lies within the scale; the few beyond it have its end colours.
WITHIN = 0.99

#: Beyond these, powers of 10 round to 0 and to infinity.
_LEAST_SCALE, _LARGEST_SCALE = 1e-300, 1e300

#: Of a very large model, every so many weights are looked at to find the scale.
_ENOUGH = 20_000


@dataclass(frozen=True, slots=True)
class Colouring:
    """How numbers become colours.

    Attributes:
        scale: The number that has the end colour where all are alike.
        colour_range: How far the colours reach.
        is_signed: There are colours on both sides of 0.
        unit: What numbers in cells are multiples of.
    """

    scale: float = 1.0
    colour_range: ColourRange = ColourRange.FIXED
    is_signed: bool = True
    unit: float = 1.0


def scale_of(matrices: Sequence[Matrix]) -> float:
    """Return the weight that has the end colour: 1, 2 or 5 times a power of 10."""
    every = max(1, sum(len(m.numbers) for m in matrices) // _ENOUGH)
    some = [np.frombuffer(m.numbers)[::every] for m in matrices]
    sizes = np.abs(np.concatenate(some))
    sizes = sizes[np.isfinite(sizes)]
    wanted = float(np.quantile(sizes, WITHIN)) if len(sizes) else 0.0
    if wanted <= 0 and len(sizes):
        wanted = float(sizes.max())  # of gradients, nearly all may be 0
    if wanted <= 0:
        return 1.0
    if not _LEAST_SCALE < wanted < _LARGEST_SCALE:
        return wanted  # its round neighbours are no numbers
    return rounded_up(wanted)


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
    scale = np.asarray(scale).reshape(-1, 1)
    values = np.frombuffer(matrix.numbers).reshape(matrix.rows, matrix.columns)
    are_finite = np.isfinite(values)
    with np.errstate(over="ignore"):
        shares = np.where(are_finite, values, 0.0) / scale
    if is_signed:
        shares = (np.clip(shares, -1, 1) + 1) / 2
    steps = np.rint(np.clip(shares, 0, 1) * (STEPS - 1)).astype(np.intp)
    table = colour_table(theme.signed_map if is_signed else theme.map)
    colours: NDArray[np.uint32] = table[steps]
    colours[~are_finite] = QColor(theme.map_odd).rgb()
    return colours
