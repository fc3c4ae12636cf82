"""Samples drawn on the training thread, in slices between turns of its event loop."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from microgpt_gui.gui.run.allowance import Allowance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.snapshot import SampleBatch

#: Draws every so many steps may take this share of the time, and so many seconds in
#: advance: a quick engine would spend half its time on samples nobody can follow.
DRAW_SHARE, DRAW_ADVANCE_S = 0.05, 0.5

#: A draw nobody asked for may hold up training for so long; then it ends early.
UNASKED_S = 2.0

#: News of a draw that goes on are sent no closer than this.
DRAW_NEWS_S = 0.1


class DrawInSlices(QObject):
    """One draw at a time; belongs to the training worker, on its thread.

    Signals:
        turned: The event loop has turned while a draw goes on: `go_on` with it.
        drawn: Samples are there, perhaps with more to come (SampleBatch). Every draw
            ends in a complete batch, unless it is given up.
    """

    turned = Signal()
    drawn = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.turned)
        self._allowance = Allowance(DRAW_SHARE, DRAW_ADVANCE_S)
        self._batches: Iterator[SampleBatch] = iter(())
        self._newest: SampleBatch | None = None  # of a draw that goes on
        self._is_asked_for = True
        self._start_s = 0.0
        self._told_s = 0.0

    @property
    def is_active(self) -> bool:
        """Whether a draw goes on."""
        return self._timer.isActive()

    def is_allowed(self) -> bool:
        """Say whether a draw that nobody asked for may begin now."""
        return self._allowance.is_left(time.monotonic())

    def begin(self, batches: Iterator[SampleBatch], *, is_asked_for: bool) -> None:
        """Begin a draw, which cuts one under way short; `go_on` with it.

        Args:
            batches: The samples so far, one more each time; the last is complete.
            is_asked_for: Whether training waits for it to its end.
        """
        self.cut()
        self._batches = batches
        self._is_asked_for = is_asked_for
        self._start_s = time.monotonic()
        self._told_s = float("-inf")
        self._timer.start()

    def go_on(self, slice_s: float, *, holds_up: bool) -> None:
        """Draw at least one more sample.

        Args:
            slice_s: Seconds after which the event loop turns again.
            holds_up: Whether training waits for this.
        """
        end_s = time.monotonic() + slice_s
        for batch in self._batches:
            now_s = time.monotonic()
            is_late = now_s - self._start_s > UNASKED_S
            if is_late and holds_up and not self._is_asked_for:
                batch = replace(batch, is_complete=True)
            self._newest = batch
            if batch.is_complete or now_s - self._told_s >= DRAW_NEWS_S:
                self._tell(batch)
            if batch.is_complete or now_s >= end_s:
                break

    def cut(self) -> None:
        """End the draw with what there is."""
        if self._newest is not None:
            self._tell(replace(self._newest, is_complete=True))

    def give_up(self) -> None:
        """End the draw, and tell nobody."""
        if self.is_active and not self._is_asked_for:
            self._allowance.spend(time.monotonic() - self._start_s)
        self._timer.stop()
        self._batches = iter(())
        self._newest = None

    def _tell(self, batch: SampleBatch) -> None:
        self._told_s = time.monotonic()
        if batch.is_complete:
            self.give_up()
        self.drawn.emit(batch)
