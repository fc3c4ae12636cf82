"""Opens the window as the command does, and closes it as soon as it is painted."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from microgpt_gui.app import Playground
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from microgpt_gui.gui.window.main_window import MainWindow


class _FirstPaint(QObject):
    """Notes when the window has been painted for the first time, and closes it.

    Attributes:
        painted_at_s: Seconds of `time.time`, which other processes share.
    """

    def __init__(self, window: MainWindow, app: QApplication) -> None:
        super().__init__(window)
        self.painted_at_s = 0.0
        self._window = window
        self._app = app
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint, and let everything pass."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # The window is first: what stands in it is painted before the next turn.
            QTimer.singleShot(0, self._on_painted)
        return False

    @Slot()
    def _on_painted(self) -> None:
        self.painted_at_s = time.time()
        self._window.close_without_remembering()
        self._app.quit()


def open_and_close() -> str:
    """Open the window on an untrained run; return when it was painted, as JSON."""
    playground = Playground(Preferences.read())
    first = _FirstPaint(playground.window, playground.app)
    playground.faults.install()
    playground.window.show()
    playground.run.start(RunConfig())
    playground.app.exec()
    return json.dumps({"painted_at_s": first.painted_at_s})
