"""Where the three parts stand, and the cells in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize

from microgpt_gui.gui.panels.data.statistics.shown import LENGTHS, PAIRS, PARTS
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Callable

#: Edges of cells at least, in pixels at 100 %: among all parts, in one enlarged.
_SMALL_CELL, _LARGE_CELL = 5, 15

#: A cell is at most so many times as wide as high, and so large.
_WIDEST, _LARGEST = 3, 40

#: Letters that are shown, however much room there is: more would take seconds to draw.
MOST_LETTERS = 200

#: In cells from this on there is room for the letters beside them.
LABELLED = 9

#: What stands beside and above the cells, in pixels at 100 %.
_MARGIN, _ABOVE = 38, 16


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Attributes:
        number: See `PARTS`.
        box: All of it, title included, in pixels of the view.
        cells: Where its cells, or its bars, are in view.
        wide: Width of a cell.
        high: Height of a cell.
        rows: How many rows of cells; 1 of bars.
        columns: How many columns of cells; 0 of bars.
    """

    number: int
    box: QRect
    cells: QRect
    wide: int = 0
    high: int = 0
    rows: int = 1
    columns: int = 0

    @property
    def whole(self) -> QSize:
        """The size of all cells, in view or not."""
        return QSize(self.wide * self.columns, self.high * self.rows)

    @property
    def letters(self) -> int:
        """How many letters its rows show, BOS left out."""
        return self.rows - 1


def arranged(
    view: QSize, letters: int, positions: int, px: Callable[[float], int]
) -> dict[int, Part]:
    """Return all parts side by side.

    Args:
        view: The size of the view.
        letters: How many there are.
        positions: How many there are.
        px: Gives pixels at the zoom.
    """
    gap = px(sizes.LARGE)
    width = (view.width() - 2 * gap) // len(PARTS)
    parts = {}
    for number in PARTS:
        box = QRect(number * (width + gap), 0, width, view.height())
        parts[number] = _part(
            number, box, letters, positions, px, px(_SMALL_CELL), scrolls=False
        )
    return parts


def enlarged(
    number: int, view: QSize, letters: int, positions: int, px: Callable[[float], int]
) -> Part:
    """Return one part that fills the view; its cells may go beyond."""
    box = QRect(QPoint(0, 0), view)
    return _part(number, box, letters, positions, px, px(_LARGE_CELL), scrolls=True)


def _part(
    number: int,
    box: QRect,
    letters: int,
    positions: int,
    px: Callable[[float], int],
    least: int,
    *,
    scrolls: bool,
) -> Part:
    title = px(_ABOVE)
    inner = box.adjusted(px(_MARGIN), title + px(_ABOVE), -px(2), -px(2))
    if number == LENGTHS:
        return Part(number, box, inner.adjusted(0, 0, 0, -px(_ABOVE)))
    tokens = min(letters, MOST_LETTERS) + 1
    columns = tokens if number == PAIRS else positions
    rows = tokens
    if not scrolls:
        rows = max(2, min(rows, inner.height() // least))
        most = max(1, inner.width() // least)
        columns = max(1, min(columns, most))
        if number == PAIRS:
            rows = columns = min(rows, columns)
    high = max(least, min(inner.height() // rows, px(_LARGEST)))
    wide = max(least, min(inner.width() // columns, _WIDEST * high))
    cells = QRect(inner.topLeft(), QSize(wide * columns, high * rows))
    return Part(number, box, cells & inner, wide, high, rows, columns)
