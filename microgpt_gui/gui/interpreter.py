"""Settings of the Python interpreter that keep the window smooth while it trains.

Two threads share one interpreter lock. At the default switch interval of 5 ms the
window, which lets the lock go in most paint calls, loses up to 5 ms each time it wants
it back; at 0.1 ms it hardly waits.

The cyclic collector fires on the thread that allocates, which is the trainer's, and
would there destroy widgets caught in cycles, which crashes Qt. So automatic collection
is off, and the window collects on its own thread while the trainer stands between two
steps: then there is least to look at.
"""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from microgpt_gui.gui.controller import RunState

if TYPE_CHECKING:
    from microgpt_gui.gui.controller import RunController

SWITCH_INTERVAL_S = 1e-4
COLLECT_EVERY_MS = 10_000


class InterpreterPolicy(QObject):
    """Applies the settings; must live on the GUI thread as long as the window."""

    def __init__(self, run: RunController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        gc.collect()
        gc.freeze()  # what start-up made stays anyway: never look at it again
        gc.disable()
        run.worker.collectable.connect(self._on_worker_collectable)
        self._timer = QTimer(self, interval=COLLECT_EVERY_MS)
        self._timer.timeout.connect(self._on_timer)
        self._timer.start()

    @Slot()
    def _on_timer(self) -> None:
        if self._run.state is RunState.TRAINING:
            self._run.worker.want_collection()
        else:
            gc.collect()

    @Slot()
    def _on_worker_collectable(self) -> None:
        gc.collect()
        self._run.worker.collection_done()
