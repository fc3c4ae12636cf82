"""A view of cells in a row or in lines: one is pointed at, and one may be locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen

from microgpt_gui.gui.widgets.enlarging_view import EnlargingView

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPainter,
        QResizeEvent,
    )

    from microgpt_gui.gui.theme.appearance import Appearance


class LockingView(EnlargingView):
    """Points at the cell under the mouse, or else at the one that the keys are on.

    What other views enlarge is locked here: it stays in view until it is let go.
    Subclasses for which a click or Enter means something else override `press`.

    Subclasses implement `part_count`, `part_name`, `cell_at`, `box`, `reveal`, `moves`
    and `rearrange`: each cell is a part of its own, locked or not.

    Attributes:
        pointed: The number of the cell pointed at, or None.
        enlarged: The number of the cell that is locked, or None.
    """

    pointed: int | None

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setFrameShape(EnlargingView.Shape.NoFrame)

    # What a subclass says

    def cell_at(self, at: QPoint) -> int | None:
        """Return the cell at a point of the view; None beside all."""
        raise NotImplementedError

    def box(self, cell: int) -> QRect:
        """Return where a cell is drawn, in pixels of the view."""
        raise NotImplementedError

    def reveal(self, cell: int) -> None:
        """Scroll to where a cell is seen."""
        raise NotImplementedError

    def moves(self) -> dict[Qt.Key, int]:
        """Return by how many cells each arrow moves."""
        raise NotImplementedError

    def rearrange(self) -> None:
        """Place all anew: cells, view, theme or zoom changed."""
        raise NotImplementedError

    @property
    def spoken(self) -> int | None:
        """Which cell is spoken of: the one pointed at, else the one locked."""
        return self.enlarged if self.pointed is None else self.pointed

    # What a screen reader is told

    def part_box(self, part: int) -> QRect:
        """See `EnlargingView`."""
        return self.box(part).translated(self.offset())

    def count_told(self) -> int:
        """See `EnlargingView`."""
        return self.part_count()

    def told(self, index: int) -> str:
        """See `EnlargingView`."""
        return self.part_name(index)

    def box_told(self, index: int) -> QRect:
        """See `EnlargingView`."""
        return self.part_box(index)

    def told_by_keyboard(self) -> int | None:
        """See `EnlargingView`."""
        is_so = self._is_by_keyboard and self.hasFocus() and self.part_count() > 0
        return self._current if is_so else None

    # What is pointed at, and what is locked

    def enlarge(self, part: int | None, /) -> None:
        """Lock a cell; None for none."""
        if part == self.enlarged:
            return
        self.enlarged = part
        if part is not None:
            self._current = part
            self.reveal(part)
        self.viewport().update()
        self.enlarged_changed.emit()

    def _keep_within(self) -> None:
        """Let go what is no more, after the cells changed."""
        count = self.part_count()
        self._current = max(0, min(self._current, count - 1))
        if self.enlarged is not None and self.enlarged >= count:
            self.enlarge(None)
        self.find_pointed()

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, or the keyboard is on now."""
        cell = self.told_by_keyboard()
        if cell is None and self._mouse is not None:
            cell = self.cell_at(self._mouse)
        self._point_at(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, wherever the keys are."""
        self._set_by_keyboard(False)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the cell that was clicked."""
        cell = self.cell_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and cell is not None:
            self.press(cell)

    def press(self, cell: int) -> None:
        """Lock the cell that was clicked, or that Enter is pressed on, or let it go."""
        self.enlarge(None if cell == self.enlarged else cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the cells, press one, let it go; the rest scrolls."""
        key, count, moves = Qt.Key(event.key()), self.part_count(), self.moves()
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1}
        if not count:
            event.ignore()
        elif key in moves or key in ends:
            wanted = ends.get(key, self._current + moves.get(key, 0))
            self._set_by_keyboard(True)
            if 0 <= wanted < count:
                self._current = wanted
            self.reveal(self._current)
            self.find_pointed()
            self.tell_of_keyboard()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press(self._current)
        elif key == Qt.Key.Key_Escape and self.enlarged is not None:
            self.enlarge(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Point at the cell that the keyboard is on, if it was the keyboard."""
        super().focusInEvent(event)
        self.find_pointed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at it no longer."""
        super().focusOutEvent(event)
        self._set_by_keyboard(False)
        self.find_pointed()

    # The view

    def draw_pointed(self, painter: QPainter, cell: int, colour: str) -> None:
        """Draw around the cell pointed at: thick, if it is the keyboard that is there.

        Args:
            painter: Of the view, not moved.
            cell: Its number.
            colour: ``#rrggbb``.
        """
        painter.setBrush(Qt.BrushStyle.NoBrush)
        thick = 2 if self.told_by_keyboard() is not None else 1
        painter.setPen(QPen(QColor(colour), thick))
        by = thick - 1
        painter.drawRect(self.box(cell).adjusted(by, by, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self.rearrange()
        self.find_pointed()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw the part that comes into view."""
        self.viewport().update()
        self.find_pointed()


def narrowed(font: QFont, text: str, width: int) -> QFont:
    """Return ``font``, smaller where ``text`` is wider than ``width`` pixels in it."""
    wanted = QFontMetrics(font).horizontalAdvance(text)
    if wanted <= width or font.pixelSize() <= 1:
        return font
    result = QFont(font)
    result.setPixelSize(max(1, font.pixelSize() * width // wanted))
    return result
