"""When a window has been painted anew as a whole."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class RestyleWatch(QObject):
    """Waits for the next time that all of a window which wants it is painted.

    Attributes:
        painted_at_s: When that was, of `time.perf_counter`; None until then.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.painted_at_s: float | None = None
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the window is about to be painted, and let everything pass."""
        if event.type() == QEvent.Type.UpdateRequest:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._on_painted)
        return False

    @Slot()
    def _on_painted(self) -> None:
        self.painted_at_s = time.perf_counter()
        self.deleteLater()
