"""The rows of an embedding on show: which one is pointed at, and which is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.signed_colours import scale_of_numbers
from microgpt_gui.gui.panels.embeddings import words
from microgpt_gui.gui.panels.embeddings.arrangement import (
    Arrangement,
    arrange,
    placed,
)
from microgpt_gui.gui.panels.embeddings.list_picture import ListPicture
from microgpt_gui.gui.panels.embeddings.numbers_picture import NumbersPicture
from microgpt_gui.gui.panels.embeddings.plane_picture import PlanePicture
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.locking_view import LockingView
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.embeddings import Embeddings

#: From how far a letter in the plane is pointed at, in pixels at 100 %.
_REACH = 14


class EmbeddingsView(LockingView):
    """A part for each row: a letter in the plane, a line of numbers, or a neighbour.

    Attributes:
        shown: What is drawn; None for nothing.
        column: The number of the row that is pointed at, or None.
        colour_range: How far the colours reach; taken up with the next answer.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.shown: Embeddings | None = None
        self.column: int | None = None
        self.colour_range = ColourRange.FIXED
        self._scale = 1.0
        self._around = 0  # the row that is in sight if not all are
        self._arrangement: Arrangement | None = None
        self._places: list[QPointF] = []
        self._plane = PlanePicture(appearance)
        self._numbers = NumbersPicture(appearance)
        self._list = ListPicture(appearance)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Embeddings of tokens or positions")
        self.setToolTip(
            wrapped(
                "Up and Down choose a row, Enter locks it; then Left and Right go "
                "through its numbers."
            )
        )

    def show_embeddings(self, shown: Embeddings | None) -> None:
        """Draw ``shown``; nothing if None."""
        before, self.shown = self.shown, shown
        if shown is not None:
            self._scale = scale_of_numbers([shown.rows.ravel()])
        if _is_other(before, shown):
            self._around = 0
            self.column = None
            if self.enlarged is not None:
                self.enlarge(None)
        self.rearrange()
        self._keep_within()

    def scale(self) -> float | None:
        """Return the number with the end colour; None where each row has its own."""
        return None if self.colour_range is ColourRange.ROW else self._scale

    # Where all is

    def part_count(self) -> int:
        """See `EnlargingView`."""
        return 0 if self.shown is None else len(self.shown.rows)

    def part_name(self, part: int) -> str:
        """See `EnlargingView`."""
        if self.shown is None:
            return ""
        is_told = part == self.spoken
        return words.spoken(self.shown, part, self.column if is_told else None)

    def moves(self) -> dict[Qt.Key, int]:
        """See `LockingView`."""
        key = Qt.Key
        moves = {key.Key_Up: -1, key.Key_Down: 1}
        is_locked = self.enlarged is not None
        return moves if is_locked else {**moves, key.Key_Left: -1, key.Key_Right: 1}

    def rearrange(self) -> None:
        """See `LockingView`."""
        self._arrangement, shown = None, self.shown
        room = self.viewport().size()
        if shown is not None and not room.isEmpty():
            px = self._appearance.px
            caption = QFontMetrics(self._appearance.font(sizes.CAPTION))
            self._numbers.take(shown, self._scale, self.colour_range)
            self._arrangement = a = arrange(
                room,
                shown.rows.shape,
                self._around,
                self._numbers.label_width(),
                caption.height() + px(2),
                px,
            )
            self._places = placed(shown, a.plane, px)
        self.viewport().update()

    def box(self, cell: int) -> QRect:
        """See `LockingView`."""
        if self._arrangement is None or cell >= len(self._places):
            return QRect()
        half = self._plane.half(self._arrangement.plane)
        at = self._places[cell].toPoint()
        return QRect(at.x() - half, at.y() - half, 2 * half, 2 * half)

    def cell_at(self, at: QPoint) -> int | None:
        """See `LockingView`."""
        a = self._arrangement
        if a is None or self.shown is None:
            return None
        if a.numbers is not None and a.numbers.cells.contains(at):
            return a.numbers.row_at(at.y())
        if a.neighbours.contains(at) and self.enlarged is not None:
            return self._list.row_at(at, a.neighbours, self.shown, self.enlarged)
        if not a.plane.contains(at) or self.shown.problem:
            return None
        apart = [(p.x() - at.x()) ** 2 + (p.y() - at.y()) ** 2 for p in self._places]
        nearest = min(range(len(apart)), key=apart.__getitem__)
        return nearest if apart[nearest] <= self._appearance.px(_REACH) ** 2 else None

    def reveal(self, cell: int) -> None:
        """See `LockingView`."""
        numbers = self._arrangement.numbers if self._arrangement else None
        if numbers is not None and numbers.box(cell).isEmpty():
            self._around = cell
            self.rearrange()

    def find_pointed(self) -> None:
        """Find which row, and which number of it, is pointed at now."""
        column = self._column_by_mouse()
        if self.told_by_keyboard() is not None:
            column = self.column if self.enlarged == self._current else None
        is_other, self.column = column != self.column, column
        row = self.pointed
        super().find_pointed()
        if is_other and row == self.pointed:
            self.viewport().update()
            self.pointed_changed.emit()

    def _column_by_mouse(self) -> int | None:
        numbers = self._arrangement.numbers if self._arrangement else None
        if numbers is None or self._mouse is None or self.shown is None:
            return None
        cells = numbers.cells
        if not cells.contains(self._mouse):
            return None
        columns: int = self.shown.rows.shape[1]
        return (self._mouse.x() - cells.left()) * columns // cells.width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the numbers of a locked row, or among the rows."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if by is None or self.enlarged is None or self.shown is None:
            super().keyPressEvent(event)
            return
        columns = self.shown.rows.shape[1]
        before = -1 if self.column is None and by > 0 else self.column or 0
        self._set_by_keyboard(True)
        self._current = self.enlarged
        self.column = max(0, min(before + by, columns - 1))
        self.find_pointed()
        self.viewport().update()
        self.pointed_changed.emit()
        self.tell_of_keyboard()

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all, and what the pointer and the keyboard are on."""
        a, shown = self._arrangement, self.shown
        if a is None or shown is None:
            return
        painter, told = QPainter(self.viewport()), self.spoken
        locked = told if self.enlarged is None else self.enlarged
        near = [] if locked is None else shown.neighbours(locked)
        self._plane.paint(painter, a.plane, shown, self._places, locked, near)
        if a.numbers is not None:
            self._numbers.paint(painter, a.numbers, told, self.column)
        if not a.neighbours.isEmpty():
            self._list.paint(painter, a.neighbours, shown, locked, near)
        if self.pointed is not None and not shown.problem:
            self.draw_pointed(painter, self.pointed, self._appearance.theme.text)
        painter.end()


def _is_other(before: Embeddings | None, shown: Embeddings | None) -> bool:
    """Say whether the rows of the two are not of the same things."""
    if before is None or shown is None:
        return True
    same = before.table == shown.table and before.chars == shown.chars
    return not same or before.rows.shape != shown.rows.shape
