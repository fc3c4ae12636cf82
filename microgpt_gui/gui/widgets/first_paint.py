"""When a widget has been painted for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Waits for the first paint of a widget; belongs to it.

    Signals:
        done: The widget, and what stands in it, has been painted.
    """

    done = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the paint, and let everything pass."""
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            # The widget is first: what stands in it is painted before the next turn.
            # With a context: a window that goes before takes the call with it.
            QTimer.singleShot(0, self, self.done.emit)
        return False
