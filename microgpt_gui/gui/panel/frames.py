"""One clock for all that draws: so that a frame costs one timer and one paint."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Slot

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController

#: At most 30 frames a second: faster only steals the interpreter from the trainer.
FRAME_S = 1 / 30


class Drawing(Protocol):
    """What draws a run."""

    def redraw(self) -> None:
        """Draw the run as it is now."""


class FrameClock(QObject):
    """Lets those on show draw, together, at most every FRAME_S.

    With every step of ``run`` all of them draw.
    """

    def __init__(self, run: RunController) -> None:
        super().__init__(run)
        self._shown: list[Drawing] = []
        self._due: list[Drawing] = []
        self._next_s = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)
        run.updated.connect(self._on_run_updated)

    @classmethod
    def of(cls, run: RunController) -> FrameClock:
        """Return the clock of ``run``."""
        clock = run.findChild(cls)
        return clock if isinstance(clock, cls) else cls(run)

    def add(self, drawing: Drawing) -> None:
        """Let ``drawing`` draw from now on: it is on show."""
        if drawing not in self._shown:
            self._shown.append(drawing)

    def remove(self, drawing: Drawing) -> None:
        """Let ``drawing`` draw no more: nobody sees it."""
        for drawings in (self._shown, self._due):
            if drawing in drawings:
                drawings.remove(drawing)

    def schedule(self, drawing: Drawing) -> None:
        """Draw with the next frame, at once if the last one is long ago."""
        if drawing in self._shown and drawing not in self._due:
            if not self._due:
                self._start()
            self._due.append(drawing)

    def _start(self) -> None:
        wait_s = self._next_s - time.monotonic()
        self._timer.start(max(0, int(wait_s * 1000)))

    @Slot()
    def _on_run_updated(self) -> None:
        if not self._due and self._shown:
            self._start()
        self._due = list(self._shown)

    @Slot()
    def _on_timer(self) -> None:
        # From the plan, not from now, or every delay would make the frames fewer.
        now_s = time.monotonic()
        is_on_plan = now_s - self._next_s < FRAME_S
        self._next_s = (self._next_s if is_on_plan else now_s) + FRAME_S
        due, self._due = self._due, []
        for drawing in due:
            try:
                drawing.redraw()
            except Exception:  # the others draw all the same
                sys.excepthook(*sys.exc_info())
