"""Something that may happen at once, and then no more often than it can be read."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot


class Pace(QObject):
    """Spreads what is asked for often; what was asked for last is never lost.

    Signals:
        due: Do it now.
    """

    due = Signal()

    def __init__(self, parent: QObject, interval_ms: int) -> None:
        super().__init__(parent)
        self._is_asked_for = False
        self._timer = QTimer(self, interval=interval_ms, singleShot=True)
        self._timer.timeout.connect(self._on_timer_timeout)

    def ask(self) -> None:
        """Let it be due: now, or as soon as the last time is long enough ago."""
        if self._timer.isActive():
            self._is_asked_for = True
        else:
            self._timer.start()
            self.due.emit()

    def forget(self) -> None:
        """Take back what was asked for: it has been done."""
        self._is_asked_for = False

    @Slot()
    def _on_timer_timeout(self) -> None:
        if self._is_asked_for:
            self._is_asked_for = False
            self._timer.start()
            self.due.emit()
