"""A scrolling view of parts, one of which may fill it; knows pointer and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from microgpt_gui.gui.widgets.keys import TAKES_ARROWS, TAKES_ENTER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent


class EnlargingView(QAbstractScrollArea):
    """What the views of many parts have in common; what they draw is their own.

    Subclasses implement `enlarge`, and `find_pointed`, and say there what it is by
    `_point_at`.

    Attributes:
        enlarged: The number of the part that fills the view, or None.
        pointed: What is under the pointer, or None.

    Signals:
        pointed_changed: ``pointed`` changed.
        enlarged_changed: ``enlarged`` changed.
    """

    pointed_changed = Signal()
    enlarged_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.enlarged: int | None = None
        self.pointed: object | None = None
        self._current = 0  # the part that the keyboard is on
        self._is_by_keyboard = False  # the mouse needs no ring to tell where it is
        self._mouse: QPoint | None = None
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(TAKES_ARROWS, True)

    def enlarge(self, part: int | None, /) -> None:
        """Let a part fill the view; None for all of them."""
        raise NotImplementedError

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, is over now."""
        raise NotImplementedError

    def _point_at(self, pointed: object | None) -> None:
        if pointed != self.pointed:
            self.pointed = pointed
            self.viewport().update()
            self.pointed_changed.emit()

    @property
    def has_ring(self) -> bool:
        """Whether the part that the keyboard is on is to be marked."""
        return self.enlarged is None and self._is_by_keyboard and self.hasFocus()

    def _set_by_keyboard(self, is_so: bool) -> None:
        """Note whether keys or the mouse are at work here: keys have Enter enlarge.

        After a click, Enter draws samples as ever.
        """
        self._is_by_keyboard = is_so
        self.setProperty(TAKES_ENTER, is_so)

    def draw_ring(self, painter: QPainter, box: QRect, colour: str) -> None:
        """Draw the keyboard's ring around ``box``, letters and all, within the view.

        Args:
            painter: Of the view, not moved.
            box: In pixels of the view.
            colour: ``#rrggbb``.
        """
        seen = self.viewport().rect()
        outer = box.adjusted(-3, -2, 3, 3) & seen.adjusted(0, 0, -1, -1)
        painter.setPen(QColor(colour))
        painter.drawRects([outer, outer.adjusted(1, 1, -1, -1)])

    def offset(self) -> QPoint:
        """Return which point of the whole is at the top left of the view."""
        return QPoint(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )

    def viewportEvent(self, event: QEvent) -> bool:
        """Notice the pointer leaving; no tooltip may hide what it points at."""
        if event.type() == QEvent.Type.Leave:
            self._mouse = None
            self.find_pointed()
        if event.type() == QEvent.Type.MouseButtonPress:
            self._set_by_keyboard(False)
        if event.type() == QEvent.Type.ToolTip and self.pointed is not None:
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Escape before the window does, while it means something here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.enlarged is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which part the keyboard is on, if it was the keyboard that came."""
        self._set_by_keyboard(event.reason() != Qt.FocusReason.MouseFocusReason)
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.viewport().update()


def enlarged_among(widgets: Iterable[QWidget]) -> EnlargingView | None:
    """Return a view in sight that a part of it fills: the one with the focus first."""
    views = [
        widget
        for widget in widgets
        if isinstance(widget, EnlargingView)
        and widget.enlarged is not None
        and widget.isVisible()
    ]
    return next((view for view in views if view.hasFocus()), next(iter(views), None))
