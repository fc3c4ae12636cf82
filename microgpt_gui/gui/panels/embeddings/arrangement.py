"""Where the plane, the numbers and the neighbours stand in a view of embeddings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.reading.embeddings import Embeddings

#: In pixels at 100 %: the list of neighbours, and the width from which there is one;
#: the width from which the numbers stand beside the plane.
_LIST, _WITH_LIST, _WITH_NUMBERS = 132, 520, 330

#: Of what the list leaves, the plane takes so much.
_PLANE_SHARE = 0.55

#: Rows of numbers are so high at least and at most, in pixels at 100 %.
_LEAST_ROW, _LARGEST_ROW = 4, 24

#: Around the letters in the plane, for halves of them and the names of the axes.
_MARGIN = 16


class Numbers(NamedTuple):
    """The map of numbers.

    Attributes:
        cells: Where they are.
        first: The first row in sight.
        seen: How many rows are.
        row: Height of one.
    """

    cells: QRect
    first: int
    seen: int
    row: int

    def row_at(self, y: int) -> int | None:
        """Return the row at a height of the view; None beside all."""
        at = (y - self.cells.top()) // self.row
        return self.first + at if 0 <= at < self.seen else None

    def box(self, row: int) -> QRect:
        """Return where a row is; empty where it is out of sight."""
        at = row - self.first
        if not 0 <= at < self.seen:
            return QRect()
        top = self.cells.top() + at * self.row
        return QRect(self.cells.left(), top, self.cells.width(), self.row)


class Arrangement(NamedTuple):
    """Places, in pixels of the view.

    Attributes:
        plane: The letters in two dimensions.
        numbers: The matrix; None where there is no room.
        neighbours: The list; empty where there is no room.
    """

    plane: QRect
    numbers: Numbers | None
    neighbours: QRect


def arrange(
    view: QSize,
    shape: tuple[int, int],
    around: int,
    label: int,
    line: int,
    px: Callable[[float], int],
) -> Arrangement:
    """Share the room.

    Args:
        view: Its size.
        shape: Of the matrix: rows, and numbers in each.
        around: A row that is to be in sight if not all are.
        label: Width of what stands before a row of numbers.
        line: Height of what stands above them.
        px: Turns pixels at 100 % into pixels.
    """
    gap = px(12)
    wide, high = view.width(), view.height()
    neighbours = QRect()
    if wide >= px(_WITH_LIST):
        wide -= px(_LIST) + gap
        neighbours = QRect(wide + gap, 0, px(_LIST), high)
    if wide < px(_WITH_NUMBERS):
        return Arrangement(QRect(0, 0, wide, high), None, neighbours)
    plane = QRect(0, 0, round(wide * _PLANE_SHARE), high)
    count, columns = shape
    left = plane.right() + 1 + gap + label
    room = QSize(max(1, wide - left), max(1, high - line))
    row = max(px(_LEAST_ROW), min(px(_LARGEST_ROW), room.height() // count))
    seen = min(count, max(1, room.height() // row))
    first = max(0, min(count - seen, around - seen // 2))
    width = room.width() // columns * columns if columns <= room.width() else 0
    cells = QRect(left, line, width or room.width(), seen * row)
    return Arrangement(plane, Numbers(cells, first, seen, row), neighbours)


def placed(
    shown: Embeddings, plane: QRect, px: Callable[[float], int]
) -> list[QPointF]:
    """Return where each row lies in the plane, alike in both directions."""
    margin, centre = px(_MARGIN), QPointF(plane.center())
    room = max(1, plane.width() / 2 - margin), max(1, plane.height() / 2 - margin)
    return [QPointF(centre.x() + x, centre.y() - y) for x, y in shown.fitted(*room)]
