"""Which moment of the run the window shows: the newest, or an earlier one."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.gui.moments.replay import ReplayJob

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.snapshot import Look, SampleBatch, SampleRequest

#: While the hand moves, a replay may go on for so long before a newer wish cuts it
#: short: cutting every one at once would show nothing until the hand rests. Each that
#: is cut short leaves the next one twice the time.
PATIENCE_S = 0.1

#: Playing moves on so often.
PLAY_MS = 33


class Timeline(QObject):
    """The moment that all panels show, on the GUI thread.

    What is shown of an earlier moment is computed anew by a replay, beside the
    training, which may go on.

    Attributes:
        step: Steps done at the moment that is shown, or None for the newest: live.
        look: The attention then; the last one's until it arrives. None while live.
        batch: The samples that came last from an earlier moment, or None.
        watched_text: What the attention is asked for; empty for the run's document.
        is_forking: Whether `forked` or `refused` is still to come.
        speed: Steps a second that playing shows, or 0 while it does not play.

    Signals:
        moved: ``step`` changed.
        looked: ``look`` changed.
        sampled: Samples of that moment were drawn (SampleBatch).
        speed_changed: ``speed`` changed.
        forking: The text of a fork takes long (share loaded, from 0 to 1: float).
        forked: A run goes on from an earlier moment (the step: int).
        refused: A moment cannot be shown, or not gone on from (why, for people: str).
    """

    moved = Signal()
    looked = Signal()
    sampled = Signal(object)
    speed_changed = Signal()
    forking = Signal(float)
    forked = Signal(int)
    refused = Signal(str)

    def __init__(self, run: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self.step: int | None = None
        self.look: Look | None = None
        self.batch: SampleBatch | None = None
        self.watched_text = ""
        self.speed = 0.0
        self.is_forking = False
        self._run = run
        self._job = ReplayJob(self)
        self._job.looked.connect(self._on_job_looked)
        # On a thread of its own: while it plays, looks do not wait for a slow draw.
        self._draws = ReplayJob(self)
        self._draws.sampled.connect(self._on_draws_sampled)
        self._draws.refused.connect(self.refused)
        self._job.loading.connect(self.forking)
        self._job.recorded.connect(self._on_job_recorded)
        self._job.refused.connect(self._on_job_refused)
        self._asked_s: float | None = None  # when the look under way was asked for
        self._is_stale = False  # the moment has changed since
        self._patience_s = PATIENCE_S
        self._play_timer = QTimer(self, interval=PLAY_MS)
        self._play_timer.timeout.connect(self._on_play_timer)
        self._played_to = 0.0
        self._played_s = 0.0
        run.started.connect(self._on_run_started)
        self.sampled.connect(run.pass_on_sampled)

    @property
    def is_live(self) -> bool:
        """Whether the newest moment is shown."""
        return self.step is None

    @property
    def at(self) -> int:
        """Steps done at the moment that is shown."""
        return self._run.step if self.step is None else self.step

    @property
    def shown_look(self) -> Look | None:
        """The attention at the moment that is shown, or None."""
        return self.look or self._run.look

    # What a person can do

    def show(self, step: int) -> None:
        """Show the moment after ``step`` steps, or the nearest there is.

        The newest one of a run at rest is live: nothing will come after it.
        """
        newest = self._run.step
        step = min(max(step, 0), newest)
        if self._run.info is None or (step == newest and not self._run.is_training):
            self.go_live()
        elif step != self.step:
            self.step = step
            if not self.speed:  # nobody waits for what was drawn on the way
                self._draws.drop_samples()
            self.moved.emit()
            self._want_look()

    def move_by(self, steps: int) -> None:
        """Show a moment so many steps later, or earlier."""
        self.stop()
        self.show(self.at + steps)

    def go_live(self) -> None:
        """Show the newest moment, and stay with it."""
        self.stop()
        if self.step is not None:
            self._leave()
            self.moved.emit()
            self.looked.emit()

    def play(self, steps_per_s: float) -> None:
        """Show moment after moment, up to the newest; from the start if live."""
        if self.step is None:
            self.show(0)
        if self.step is None:
            return  # there is nothing before the newest
        self._played_to = float(self.step)
        self._played_s = time.monotonic()
        self.speed = steps_per_s
        self._play_timer.start()
        self.speed_changed.emit()

    def stop(self) -> None:
        """Play no further."""
        if self.speed:
            self.speed = 0.0
            self._play_timer.stop()
            self.speed_changed.emit()

    def watch(self, text: str) -> None:
        """Look at the attention over ``text``; over the run's document if empty."""
        if text != self.watched_text:
            self.watched_text = text
            self._run.watch(text)
            if self.step is not None:
                self._want_look()

    def sample(self, request: SampleRequest, *, is_asked_for: bool = True) -> None:
        """Ask for samples of the moment that is shown; ``run.sampled`` is the answer.

        Live, see `RunController.sample`; earlier, as the run would have drawn then.
        """
        run = self._run
        if self.step is None:
            run.sample(request, is_asked_for=is_asked_for)
            return
        assert run.info is not None
        self._draws.sample(run.info, run.recorder, self.step, request)

    def fork(self, config: RunConfig, step: int | None = None) -> None:
        """Let a new run go on from ``step``, or the moment that is shown, with these.

        The answer is `forked`, and a new run's signals; or `refused`.
        """
        run = self._run
        if run.info is not None:
            self.stop()
            at = self.at if step is None else step
            if config.decay_start > at:  # of a fork that this one is from before
                config = replace(config, decay_start=at)
            self.is_forking = True
            self._job.record(run.info, run.recorder, at, config)

    def cancel_fork(self) -> None:
        """Fork no more; the run stays, and the moment that is shown."""
        self.is_forking = False
        self._job.drop_record()

    def shut_down(self) -> None:
        """End what was started."""
        for job in (self._job, self._draws):
            job.shut_down()

    def _want_look(self) -> None:
        now_s = time.monotonic()
        if self._asked_s is not None:
            if now_s - self._asked_s < self._patience_s:
                self._is_stale = True
                return
            self._patience_s *= 2
        run = self._run
        assert run.info is not None and self.step is not None
        self._asked_s, self._is_stale = now_s, False
        self._job.look(run.info, run.recorder, self.step, self.watched_text)

    def _leave(self) -> None:
        self.step = self.look = self.batch = self._asked_s = None
        self.is_forking = False
        self._is_stale = False
        for job in (self._job, self._draws):
            job.cancel()

    @Slot()
    def _on_run_started(self) -> None:
        self.stop()
        was_live = self.is_live
        self._leave()
        for job in (self._job, self._draws):
            job.forget()
        if not was_live:
            self.moved.emit()

    @Slot(object)
    def _on_job_looked(self, look: Look) -> None:
        self._asked_s = None
        if self.step is None:
            return
        self.look = look
        self._patience_s = PATIENCE_S
        self.looked.emit()
        if self._is_stale:
            self._want_look()

    @Slot(object)
    def _on_draws_sampled(self, batch: SampleBatch) -> None:
        self.batch = batch
        self.sampled.emit(batch)

    @Slot(object)
    def _on_job_recorded(self, record: RunRecord) -> None:
        self.is_forking = False
        self._run.resume(record, is_fork=True)
        self.forked.emit(record.steps_done)

    @Slot(str)
    def _on_job_refused(self, message: str) -> None:
        self._asked_s = None
        self.is_forking = False
        self.refused.emit(message)

    @Slot()
    def _on_play_timer(self) -> None:
        now_s = time.monotonic()
        self._played_to += self.speed * (now_s - self._played_s)
        self._played_s = now_s
        if self._played_to >= self._run.step:
            self.go_live()
        else:
            self.show(int(self._played_to))
