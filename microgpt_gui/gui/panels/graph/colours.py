"""Which colour a box has: by the power of 10 of its gradient's size."""

from __future__ import annotations

from math import isfinite, log10
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from microgpt_gui.gui.panel.cell_numbers import DARK_CELL
from microgpt_gui.gui.widgets.colour_map import colour_table, lightness
from microgpt_gui.session.reading.graph.open_graph import LARGEST_SIZE, LEAST_SIZE

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.roles import Theme

#: So many colours are told apart: few, as boxes of one colour are painted in one call.
LEVELS = 24

#: The level of what is no finite number.
ODD = -1


def level_of(size: float) -> int:
    """Return the level of a gradient's size, from 0 to LEVELS - 1, or ODD."""
    if not isfinite(size):
        return ODD
    if size <= LEAST_SIZE:
        return 0
    share = log10(size / LEAST_SIZE) / log10(LARGEST_SIZE / LEAST_SIZE)
    return min(LEVELS - 1, round(share * (LEVELS - 1)))


def colours_of(theme: Theme) -> dict[int, tuple[QColor, bool]]:
    """Return each level's colour, and whether a light text is read better on it."""
    table = colour_table(theme.map, LEVELS)
    dark = lightness(table) < DARK_CELL
    found = {
        level: (QColor(int(colour)), bool(is_dark))
        for level, (colour, is_dark) in enumerate(zip(table, dark, strict=True))
    }
    found[ODD] = QColor(theme.map_odd), True
    return found
