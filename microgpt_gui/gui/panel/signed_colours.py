"""Numbers as colours: one map for all views that show some on both sides of 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor

from microgpt_gui.gui.panel.colour_range import rounded_up
from microgpt_gui.gui.widgets.colour_map import STEPS, colour_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from microgpt_gui.gui.theme.roles import Theme

#: So much of all numbers lies within the scale; the few beyond it have its end colours.
WITHIN = 0.99

#: Beyond these, powers of 10 round to 0 and to infinity.
_LEAST_SCALE, _LARGEST_SCALE = 1e-300, 1e300

#: Of very many numbers, every so many are looked at to find the scale.
_ENOUGH = 20_000


def scale_of_numbers(vectors: Sequence[NDArray[np.float64]]) -> float:
    """Return the number that has the end colour: 1, 2 or 5 times a power of 10."""
    every = max(1, sum(len(vector) for vector in vectors) // _ENOUGH)
    sizes = np.abs(np.concatenate([vector[::every] for vector in vectors]))
    sizes = sizes[np.isfinite(sizes)]
    wanted = _quantile(sizes) if len(sizes) else 0.0
    if wanted <= 0 and len(sizes):
        wanted = float(sizes.max())  # of gradients, nearly all may be 0
    if wanted <= 0:
        return 1.0
    if not _LEAST_SCALE < wanted < _LARGEST_SCALE:
        return wanted  # its round neighbours are no numbers
    return rounded_up(wanted)


def _quantile(sizes: NDArray[np.float64]) -> float:
    """Return how far ``WITHIN`` of them reach, as NumPy's does in ten times the time.

    A view of twenty small vectors would spend a third of a frame in that.
    """
    place = WITHIN * (len(sizes) - 1)
    low = int(place)
    high = min(low + 1, len(sizes) - 1)
    found = np.partition(sizes, (low, high))
    below, above = float(found[low]), float(found[high])
    return below + (above - below) * (place - low)


def signed_colours(
    values: NDArray[np.float64], scale: float | NDArray[np.float64], theme: Theme
) -> NDArray[np.uint32]:
    """Return the colours of numbers, in the same shape, as 0xffRRGGBB.

    What is no finite number has a colour that is on no map.

    Args:
        values: The numbers.
        scale: The number that has the end colour, or several that fit the shape.
        theme: Whose colours.
    """
    shares = _shares(values, scale)
    return _coloured(values, (np.clip(shares, -1, 1) + 1) / 2, theme.signed_map, theme)


def unsigned_colours(
    values: NDArray[np.float64], scale: float | NDArray[np.float64], theme: Theme
) -> NDArray[np.uint32]:
    """Return the same of numbers from 0 on. See `signed_colours`."""
    shares = np.clip(_shares(values, scale), 0, 1)
    return _coloured(values, shares, theme.map, theme)


def _shares(
    values: NDArray[np.float64], scale: float | NDArray[np.float64]
) -> NDArray[np.float64]:
    with np.errstate(over="ignore"):
        shares: NDArray[np.float64] = np.where(np.isfinite(values), values, 0.0) / scale
    return shares


def _coloured(
    values: NDArray[np.float64],
    shares: NDArray[np.float64],
    stops: tuple[str, ...],
    theme: Theme,
) -> NDArray[np.uint32]:
    """Return the colours of shares from 0 to 1."""
    steps = np.rint(shares * (STEPS - 1)).astype(np.intp)
    colours: NDArray[np.uint32] = colour_table(stops)[steps]
    colours[~np.isfinite(values)] = QColor(theme.map_odd).rgb()
    return colours
