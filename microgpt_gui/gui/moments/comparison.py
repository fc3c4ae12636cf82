"""What a second run shows of itself beside the current one, at the same step."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.gui.moments.replay import ReplayJob

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.shelf.shelf import RunShelf
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.session.snapshot import Look, SampleBatch, SampleRequest

#: A look under way may go on for so long before a newer wish cuts it short.
PATIENCE_S = 0.1

#: While the current run trains, its neighbour is looked at no closer than this: to
#: bring its moments back takes time from the training.
TRAINING_PATIENCE_S = 0.4


class _LookWish(NamedTuple):
    step: int
    text: str


class _SampleWish(NamedTuple):
    step: int
    request: SampleRequest


class Comparison(QObject):
    """Brings back moments of one shelved run, as panels want them. On the GUI thread.

    Attributes:
        look: Its attention, the newest that has arrived; None where there is none yet.
        batch: Its samples, likewise.

    Signals:
        looked: ``look`` changed.
        sampled: ``batch`` changed.
        refused: A moment cannot be shown (why, for people: str).
    """

    looked = Signal()
    sampled = Signal()
    refused = Signal(str)

    def __init__(self, run: RunController, shelf: RunShelf, parent: QObject) -> None:
        super().__init__(parent)
        self.look: Look | None = None
        self.batch: SampleBatch | None = None
        self._run = run
        self._job = job = ReplayJob(self)
        self._shelf = shelf
        self._kept: ShelvedRun | None = None
        self._look_wish: _LookWish | None = None
        self._sample_wish: _SampleWish | None = None
        self._is_under_way = False
        self._late = QTimer(self, singleShot=True)
        self._late.timeout.connect(self._ask_for_look)
        self._asked_s = float("-inf")
        job.looked.connect(self._on_job_looked)
        job.sampled.connect(self._on_job_sampled)
        job.refused.connect(self._on_job_refused)
        self.refused.connect(run.noticed)
        shelf.compared_changed.connect(self._on_shelf_compared_changed)

    @Slot()
    def _on_shelf_compared_changed(self) -> None:
        """Compare with this run from now on, if any."""
        self._kept = self._shelf.compared
        self._job.forget()
        self.look = self.batch = self._look_wish = self._sample_wish = None
        self._is_under_way = False
        self._late.stop()

    def want_look(self, step: int, text: str) -> None:
        """Look over ``text`` at ``step``, or at the run's end if that is before."""
        if self._kept is None:
            return
        wish = _LookWish(min(step, self._kept.steps), text)
        if wish != self._look_wish:
            self._look_wish = wish
            self._ask_for_look()

    def want_samples(self, step: int, request: SampleRequest) -> None:
        """Draw samples as ``request`` says, at ``step`` or the run's end, likewise."""
        kept = self._kept
        if kept is None:
            return
        wish = _SampleWish(min(step, kept.steps), request)
        if wish != self._sample_wish:
            self._sample_wish = wish
            self._job.sample(kept.info, kept.recorder, wish.step, request)

    def shut_down(self) -> None:
        """End what was started."""
        self._job.shut_down()

    @Slot()
    def _ask_for_look(self) -> None:
        """Ask for what is wanted now, but not so often that nothing ever arrives."""
        kept, wish = self._kept, self._look_wish
        if kept is None or wish is None:
            return
        now_s = time.monotonic()
        patience_s = TRAINING_PATIENCE_S if self._run.is_training else PATIENCE_S
        wait_s = self._asked_s + patience_s - now_s
        if wait_s > 0 and (self._is_under_way or self._run.is_training):
            if not self._late.isActive():
                self._late.start(round(wait_s * 1000) + 1)
            return
        self._late.stop()
        self._asked_s, self._is_under_way = now_s, True
        self._job.look(kept.info, kept.recorder, wish.step, wish.text)

    @Slot(object)
    def _on_job_looked(self, look: Look) -> None:
        self._is_under_way = False
        if self._kept is not None:
            self.look = look
            self.looked.emit()
            if self._late.isActive() and not self._run.is_training:
                self._ask_for_look()

    @Slot(object)
    def _on_job_sampled(self, batch: SampleBatch) -> None:
        if self._kept is not None and batch.run_id == self._kept.info.run_id:
            self.batch = batch
            self.sampled.emit()

    @Slot(str)
    def _on_job_refused(self, message: str) -> None:
        self._is_under_way = False
        self.refused.emit(message)
