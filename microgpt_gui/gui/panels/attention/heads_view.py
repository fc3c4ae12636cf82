"""The heads as a person handles them: by pointer and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QToolTip

from microgpt_gui.gui.panels.attention.arrangement import Place, Pointed
from microgpt_gui.gui.panels.attention.heads_shown import ShownHeads
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from microgpt_gui.gui.panels.attention.arrangement import Arrangement


class HeadsView(ShownHeads):
    """Points, enlarges, switches; its keys are those of the view that has the focus.

    Signals:
        head_switched: The switch of a head, counted through all layers, was clicked.
        drawing_requested: They are to be drawn as lines, or as maps again.
    """

    head_switched = Signal(int)
    drawing_requested = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and what the pointer and the keyboard are on."""
        if self._picture is None:
            return
        painter = QPainter(self.viewport())
        pointed, held = self._place_pointed(), self.held
        if pointed is None and held is not None and self.enlarged is not None:
            pointed = Place(0, *held)
        self._picture.paint(painter, pointed)
        self.switches.paint(painter, self._picture, self._heads, self.offset())
        if self.has_ring:
            box = self._picture.box_of(self._current)
            self.draw_ring(painter, box, self._appearance.theme.accent)
        self.draw_cursor(painter, self._appearance.theme)
        painter.end()

    def _switch_under(self, view: QPoint) -> int | None:
        if self._picture is None:
            return None
        return self.switches.under(view + self.offset(), self._picture)

    @property
    def chosen(self) -> int | None:
        """The head that the person has chosen, counted through all layers, or None.

        The one that is enlarged, that the pointer is on, or the keyboard.
        """
        if self.enlarged is not None:
            return self.enlarged
        if self.has_ring:
            return self._current
        if self.pointed is not None:
            return self.pointed.layer * self._heads + self.pointed.head
        return None

    # The pointer

    def _place_pointed(self) -> Place | None:
        if (place := self.cursor_place) is not None:
            return Place(0, *place)
        if self._mouse is None or self._picture is None:
            return None
        return self._picture.place_at(self._mouse + self.offset())

    def _head_under(self, view: QPoint) -> int | None:
        if self._picture is None:
            return None
        at = view + self.offset()
        return self._picture.arrangement.head_at(at.x(), at.y())

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, is over now."""
        place, pointed = self._place_pointed(), None
        if place is not None:
            number = place.head if self.enlarged is None else self.enlarged
            layer, head = divmod(number, self._heads)
            pointed = Pointed(layer, head, place.query, place.key)
        self._point_at(pointed)

    def is_pressable(self) -> bool:
        """See `EnlargingView`: a head, or its switch."""
        at = self._mouse
        return at is not None and (
            self._head_under(at) is not None or self._switch_under(at) is not None
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Switch or enlarge the head that was clicked, or return to all."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        switched = self._switch_under(event.position().toPoint())
        if switched is not None:
            self.head_switched.emit(switched)
            return
        head = self._head_under(event.position().toPoint())
        if head is not None:
            self.enlarge(head if self.enlarged is None else None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell at the title of a head all that is measured of it."""
        if isinstance(event, QHelpEvent) and self._picture is not None:
            head = self._picture.title_at(event.pos() + self.offset())
            if head is not None and head < len(self._told) and self._told[head]:
                told = wrapped(self._told[head])
                QToolTip.showText(event.globalPos(), told, self.viewport())
                return True
        return super().viewportEvent(event)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the heads, enlarge one, return; switch one by X, all by M."""
        key, chosen = Qt.Key(event.key()), self.chosen
        if key == Qt.Key.Key_X and chosen is not None and not event.modifiers():
            self.head_switched.emit(chosen)
            return
        if key == Qt.Key.Key_M and not event.modifiers():
            self.drawing_requested.emit()
            return
        self._set_by_keyboard(True)
        if self.arrangement is None:
            event.ignore()
        elif self.enlarged is not None:
            self._press_enlarged(self.enlarged, key, event)
        else:
            self._press_all(self.arrangement, key, event)

    def _press_enlarged(self, head: int, key: Qt.Key, event: QKeyEvent) -> None:
        count = self._layers * self._heads
        if self.press_in_cells(key):
            return
        if key == Qt.Key.Key_Left:
            self.enlarge((head - 1) % count)
        elif key == Qt.Key.Key_Right:
            self.enlarge((head + 1) % count)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enlarge(None)
        else:
            event.ignore()

    def _press_all(self, shown: Arrangement, key: Qt.Key, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -shown.columns,
            Qt.Key.Key_Down: shown.columns,
        }
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enlarge(self._current)
        elif key not in moves:
            event.ignore()
        elif 0 <= self._current + moves[key] < shown.count:
            self._current += moves[key]
            self._scroll_to(shown, self._current)
            self.viewport().update()
            self.tell_of_keyboard()

    def _scroll_to(self, shown: Arrangement, head: int) -> None:
        bar = self.verticalScrollBar()
        _, y = shown.corner(head)
        highest, lowest = y - (shown.pitch_y - shown.edge), y + shown.edge
        seen_from = max(bar.value(), lowest - self.viewport().height())
        bar.setValue(min(seen_from, highest))
