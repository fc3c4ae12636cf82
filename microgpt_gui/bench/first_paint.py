"""Opens the window as the command does, and closes it as soon as it is painted."""

from __future__ import annotations

import json
import time

from PySide6.QtCore import QObject, Slot

from microgpt_gui.app import Opening, Playground
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig


class _Stopwatch(QObject):
    """Notes when the window has been painted for the first time, and closes it.

    Attributes:
        painted_at_s: Seconds of `time.time`, which other processes share.
    """

    def __init__(self, playground: Playground) -> None:
        super().__init__(playground.window)
        self.painted_at_s = 0.0
        self._playground = playground
        playground.painted.done.connect(self._on_painted)

    @Slot()
    def _on_painted(self) -> None:
        self.painted_at_s = time.time()
        self._playground.window.close_without_remembering()
        self._playground.app.quit()


def open_and_close() -> str:
    """Open the window on an untrained run; return when it was painted, as JSON."""
    playground = Playground(Preferences.read())
    playground.faults.install()
    stopwatch = _Stopwatch(playground)
    Opening(playground, RunConfig())
    playground.window.show()
    playground.app.exec()
    return json.dumps({"painted_at_s": stopwatch.painted_at_s})
