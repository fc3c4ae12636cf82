"""Settings of the Python interpreter that keep the window smooth while it trains.

Two threads share one interpreter lock. At the default switch interval of 5 ms the
window, which lets the lock go in most paint calls, loses up to 5 ms each time it wants
it back; at 0.1 ms it hardly waits.

The cyclic collector fires on the thread that allocates, which is the trainer's, and
would there destroy widgets caught in cycles, which crashes Qt. So automatic collection
is off, and the window collects on its own thread while the trainer stands between two
steps: then there is least to look at. It does so often while it trains, and looks only
at what is new since the last time: all together takes ten times as long.
"""

from __future__ import annotations

import gc
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController

SWITCH_INTERVAL_S = 1e-4
COLLECT_EVERY_MS = 2000

#: All is looked at so often: at rest, and while something trains.
ALL_AT_REST_S, ALL_IN_TRAINING_S = 10.0, 120.0

#: Generations of `gc`: what is new since it was last looked at, and all.
NEW, ALL = 1, 2


class InterpreterPolicy(QObject):
    """Applies the settings; must live on the GUI thread as long as the window.

    Make it when all that train beside ``run`` are there.
    """

    def __init__(self, run: RunController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        gc.disable()
        for trainer in run.trainers:
            trainer.gap.opened.connect(self._on_gap_opened)
        self._all_at_s = time.monotonic()
        self._timer = QTimer(self, interval=COLLECT_EVERY_MS)
        self._timer.timeout.connect(self._on_timer)
        self._timer.start()

    @Slot()
    def set_start_aside(self) -> None:
        """Never look again at what start-up has made: it stays anyway."""
        gc.collect()
        gc.freeze()

    @Slot()
    def stand_still(self) -> None:
        """Let what trains wait while the window is busy, until its events go on.

        All widgets are restyled in one call, or many are made, for which Qt asks Python
        thousands of things: each time, the window would have to win the lock back from
        a trainer.
        """
        self._open_gaps()

    @Slot()
    def _on_timer(self) -> None:
        if not self._open_gaps():
            self._collect(ALL_AT_REST_S)

    def _open_gaps(self) -> bool:
        """Ask all that train to wait between two steps; say whether any does."""
        training = [trainer for trainer in self._run.trainers if trainer.is_training]
        for trainer in training:
            trainer.gap.want()
        return bool(training)

    @Slot()
    def _on_gap_opened(self) -> None:
        self._collect(ALL_IN_TRAINING_S)
        for trainer in self._run.trainers:
            trainer.gap.close()

    def _collect(self, all_after_s: float) -> None:
        """Collect what is new; all, if it was last looked at so long ago."""
        now_s = time.monotonic()
        is_time = now_s - self._all_at_s >= all_after_s
        if is_time:
            self._all_at_s = now_s
        gc.collect(ALL if is_time else NEW)
