"""One clock for all that draws: what is due together is drawn close together.

A frame in which much is to be drawn is parted: in between, the window's event loop
turns, paints what is drawn, and takes keys and clicks, which need not wait for all.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Slot

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController

#: At most 30 frames a second: faster only steals the interpreter from the trainer.
FRAME_S = 1 / 30

#: In a turn of the event loop another one is drawn only if so little time has passed.
TURN_S = 0.0005


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
        self._due: list[Drawing] = []  # with the next frame
        self._in_hand: list[Drawing] = []  # of this frame
        self._next_s = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)
        run.hearers.add(self._on_run_updated)

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
        for drawings in (self._shown, self._due, self._in_hand):
            if drawing in drawings:
                drawings.remove(drawing)

    def schedule(self, drawing: Drawing) -> None:
        """Draw with the next frame, at once if the last one is long ago."""
        is_due = drawing in self._due or drawing in self._in_hand
        if drawing in self._shown and not is_due:
            self._due.append(drawing)
            self._start()

    def _start(self) -> None:
        """Wait for the next frame, unless this goes on already."""
        if self._in_hand or self._timer.isActive():
            return
        wait_s = self._next_s - time.monotonic()
        self._timer.start(max(0, int(wait_s * 1000)))

    @Slot()
    def _on_run_updated(self) -> None:
        self._due = list(self._shown)
        if self._due:
            self._start()

    @Slot()
    def _on_timer(self) -> None:
        began_s = time.monotonic()
        if not self._in_hand:
            self._begin(began_s)
        while self._in_hand:
            try:
                self._in_hand.pop(0).redraw()
            except Exception:  # the others draw all the same
                sys.excepthook(*sys.exc_info())
            if time.monotonic() - began_s > TURN_S:
                break
        if self._in_hand:
            self._timer.start(0)
        elif self._due:
            self._start()

    def _begin(self, now_s: float) -> None:
        # From the plan, not from now, or every delay would make the frames fewer.
        is_on_plan = now_s - self._next_s < FRAME_S
        self._next_s = (self._next_s if is_on_plan else now_s) + FRAME_S
        self._in_hand, self._due = self._due, []
