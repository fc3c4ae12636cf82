"""Where in a grid of cells the keyboard is, and how the arrow keys move it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt


class CellPlace(NamedTuple):
    """A cell of a grid, counted from 0."""

    row: int
    column: int


class CellGrid(NamedTuple):
    """How many cells there are."""

    rows: int
    columns: int

    def nearest(self, place: CellPlace) -> CellPlace:
        """Return the cell of the grid that is nearest to ``place``."""
        row = max(0, min(place.row, self.rows - 1))
        return CellPlace(row, max(0, min(place.column, self.columns - 1)))


_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


def entered(key: Qt.Key, grid: CellGrid) -> CellPlace | None:
    """Return the cell at which a key goes into ``grid``; None for any other key."""
    if key is Qt.Key.Key_Down:
        return CellPlace(0, 0)
    return CellPlace(grid.rows - 1, 0) if key is Qt.Key.Key_Up else None


def moved(place: CellPlace, key: Qt.Key, grid: CellGrid) -> CellPlace | None:
    """Return to which cell a key leads from ``place``; None for any other key.

    Arrows go one cell on, as far as there are any; Home and End to the ends of the row.
    """
    if key is Qt.Key.Key_Home:
        return CellPlace(place.row, 0)
    if key is Qt.Key.Key_End:
        return CellPlace(place.row, grid.columns - 1)
    if key not in _STEPS:
        return None
    down, right = _STEPS[key]
    return grid.nearest(CellPlace(place.row + down, place.column + right))
