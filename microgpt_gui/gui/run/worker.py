"""Drives a `Run` on its own thread, in slices between turns of its event loop.

Because the loop turns between slices, commands are ordinary queued signals: no locks,
and no two threads ever touch the model.
"""

from __future__ import annotations

import time
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from microgpt_gui.engine.base import Cancelled, CancelToken, Diverged
from microgpt_gui.engine.memory_words import too_large
from microgpt_gui.gui.run.allowance import Rest
from microgpt_gui.gui.run.batch_size import BatchSize
from microgpt_gui.gui.run.collection import CollectionGap
from microgpt_gui.gui.run.due import DueDraws
from microgpt_gui.gui.run.pacer import Pacer, Work
from microgpt_gui.gui.threads.seldom import seldom
from microgpt_gui.session.publisher import Publisher
from microgpt_gui.session.run import Run
from microgpt_gui.session.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.gui.run.training_pace import PaceInForce, TrainingPace
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.recorder import Recorder

#: Steps are done back to back for so long before the event loop turns.
SLICE_S = 0.008

#: To hand over moments may take this share of the time; but the wait for the next one
#: is no longer than this, unless that makes it the larger share.
MOMENT_SHARE, MOMENT_WAIT_S, MOST_MOMENT_SHARE = 0.003, 1.5, 0.1

#: Nor do they follow one another faster than this: nobody asks more of them.
MOMENTS_S = 0.15

#: What comes of a pace is told so often at most.
TELL_PACE_S = 0.2

#: Of preparing a run, so much is loading the text; the rest is for its samples.
LOAD_SHARE = 0.7


class TrainingWorker(QObject):
    """Lives on the training thread; talk to it only through signals.

    Attributes:
        gap: Where the window may collect garbage.
        watched_s: CPU time that handing over moments has taken so far, in seconds.

    Signals:
        loading: What share of a run's preparation is done, if that takes long (run_id:
            int, share: float, from 0 to 1).
        prepared: A run stands ready, untrained (RunInfo).
        published: News, at most 30 times a second (Snapshot).
        moment_taken: The answer to `take_moment` (Moment).
        fell_due: Samples of this moment are due, see `fall_due_every` (Moment).
        paced: What the pace comes to has changed (run_id: int, PaceInForce).
        rested: Stepping came to its end: the run is done, or as many steps as were
            asked for (run_id: int, order: int).
        diverged: The next step would leave the numbers, and was not done; the run
            stays as it is (run_id: int, why, for people: str).
        changed: A live change is in force (run_id: int, segments: tuple[Segment, ...]).
        recorded: The answer to `record` (run_id: int, RunRecord).
        failed: The run is over (run_id: int, why, for people: str).
    """

    loading = Signal(int, float)
    prepared = Signal(object)
    published = Signal(object)
    moment_taken = Signal(object)
    fell_due = Signal(object)
    paced = Signal(int, object)
    rested = Signal(int, int)
    diverged = Signal(int, str)
    changed = Signal(int, object)
    recorded = Signal(int, object)
    failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._run: Run | None = None
        self._run_id = 0
        self._publisher = Publisher()
        self._timer = QTimer(self, interval=0)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)
        self._pacer = Pacer()
        self._pace_told: tuple[float, PaceInForce] | None = None  # when, and what
        self._batch_size = BatchSize()
        self._steps_left: int | None = None  # None until the end
        self._order = 0  # of the last command to train
        self._moment_rest = Rest(MOMENT_SHARE, MOMENT_WAIT_S, MOST_MOMENT_SHARE)
        self._moment_at_s = float("-inf")
        self._due = DueDraws()
        self.watched_s = 0.0
        self.gap = CollectionGap(self)

    @Slot(object, int, object, object)
    def begin(
        self,
        start: RunConfig | RunRecord,
        run_id: int,
        cancel: CancelToken,
        recorder: Recorder,
    ) -> None:
        """Prepare a run, new or to go on with, dropping the current one. See `Run`."""
        self.stop()
        self._run_id = run_id
        self._publisher = Publisher()
        try:
            tell = seldom(partial(self.loading.emit, run_id), at_once=False)
            run = Run(
                start,
                run_id,
                cancel,
                recorder=recorder,
                tell=lambda share: tell(LOAD_SHARE * share),
            )
            run.prepare_samples(
                lambda share: tell(LOAD_SHARE + (1 - LOAD_SHARE) * share)
            )
            self._run = run
        except Cancelled:
            return
        except Exception as error:  # a bad file or setting must not kill the thread
            self._fail(error)
            return
        self.prepared.emit(self._run.info)
        self._pacer.begin_anew()
        self._pace_told = None
        self._moment_rest.forget()
        self._due.begin_anew()
        self._guarded(self._publish)

    @Slot(int, int)
    def train(self, steps: int, order: int) -> None:
        """Step on: ``steps`` times (added to those still to do), or to the end if 0.

        ``order`` comes back with `rested`, so that the window can tell whether that
        answers its last command.
        """
        if self._run is None:
            return
        self._order = order
        if steps and self._timer.isActive():
            steps += self._steps_left or 0
        self._steps_left = steps or None
        if not steps:
            self._pacer.go_on(*self._place, time.monotonic())
        self._timer.start(0)
        if steps:
            self._on_timer()  # what is asked for after a step is meant to come after it

    @Slot()
    def pause(self) -> None:
        """Stop stepping; the run is kept."""
        self._timer.stop()
        if self._run is not None:
            self._guarded(self._publish)

    @Slot(object)
    def set_pace(self, pace: TrainingPace) -> None:
        """Train at ``pace`` from now on."""
        self._pacer.set_pace(pace, *self._place, time.monotonic())
        if self._timer.isActive():
            self._timer.start(0)

    @Slot(object)
    def change(self, settings: dict[str, float]) -> None:
        """Take up new values of live settings from the next step on."""
        if self._run is not None:
            self._run.change(**settings)
            self.changed.emit(self._run_id, self._run.segments)
            if not self._run.steps_done:  # that is part of the moment, too
                self._guarded(self._publish)

    @Slot()
    def record(self) -> None:
        """Answer with all of the run, as it stands now."""
        if self._run is not None:
            self.recorded.emit(self._run_id, self._run.record())

    @Slot()
    def take_moment(self) -> None:
        """Answer with the model as it is between two steps."""
        self._guarded(self._hand_over)

    @Slot(int)
    def fall_due_every(self, steps: int) -> None:
        """Hand over the moment of a draw whenever ``steps`` more steps are done.

        0 never. Draws that would take more than their share of the time are left out,
        but for the one at the end of the run; see `note_drawn`.
        """
        self._due.every = steps

    @Slot(int, float)
    def note_drawn(self, run_id: int, took_s: float) -> None:
        """Take down that samples that fell due are drawn, and how long it took."""
        if run_id == self._run_id:
            self._due.note_drawn(took_s)

    @Slot()
    def stop(self) -> None:
        """Drop the run. Call before the thread quits."""
        self._timer.stop()
        self._run = None

    def _guarded(self, action: Callable[[], None]) -> None:
        """Run ``action``; a fault ends the run, not the thread."""
        try:
            action()
        except Cancelled:
            self.stop()
        except Exception as error:
            self._fail(error)

    @Slot()
    def _on_timer(self) -> None:
        self._guarded(self._slice)

    def _slice(self) -> None:
        run = self._run
        if run is None:
            self._timer.stop()
            return
        end_s = time.monotonic() + SLICE_S
        while True:
            if run.is_finished or self._steps_left == 0:
                self._rest()
                return
            most = self._most_now(run, end_s)
            if not most:
                break
            try:
                self._step_on(run, most, end_s)
            except Diverged as error:
                self._break_off(error)
                return
            now_s = time.monotonic()
            if self._due.is_due(run.steps_done, is_last=run.is_finished, now_s=now_s):
                self._let_fall_due(run)
            if self._publisher.is_due(now_s):
                self._publish()
            if now_s >= end_s:
                break
        self.gap.pass_by()
        wait_s = 0.0
        if self._steps_left is None and not run.is_finished:
            wait_s = self._pacer.wait_s(run.steps_done, time.monotonic())
        if wait_s or self._timer.interval():
            self._timer.start(ceil(wait_s * 1000))  # too early would be for nothing

    def _rest(self) -> None:
        self._timer.stop()
        self._publish()
        self.rested.emit(self._run_id, self._order)

    def _break_off(self, error: Diverged) -> None:
        self._timer.stop()
        self._publish()
        self.diverged.emit(self._run_id, str(error))
        run = self._run
        if run is not None and self._due.every:
            self._let_fall_due(run)

    def _let_fall_due(self, run: Run) -> None:
        moment = self._moment(run)
        self._publish(moment)
        self._due.note_begun()
        self.fell_due.emit(moment)

    def _most_now(self, run: Run, end_s: float) -> int:
        """Return how many steps to do in one go; 0 if it is too early for the next."""
        now_s, step = time.monotonic(), run.steps_done
        # What is asked for by number does not wait for the pace.
        asked = self._steps_left
        most = self._pacer.due(*self._place, now_s) if asked is None else asked
        fits = self._batch_size.fitting(end_s - now_s)
        return min(
            most, fits, run.config.steps - step, self._due.steps_until(step, now_s)
        )

    @property
    def _place(self) -> tuple[int, int]:
        """Steps done, and steps of the run; none where there is no run."""
        run = self._run
        return (run.steps_done, run.config.steps) if run is not None else (0, 0)

    def _step_on(self, run: Run, most: int, end_s: float) -> None:
        began_s, began_cpu_s = time.monotonic(), time.thread_time()
        done = run.train(most, end_s)
        cpu_s, now_s = time.thread_time() - began_cpu_s, time.monotonic()
        self._batch_size.note(len(done), now_s - began_s)
        self._publisher.add(done.losses)
        self._pacer.note(*self._place, Work(len(done), cpu_s), now_s)
        if self._steps_left is not None:
            self._steps_left -= len(done)

    def _hand_over(self) -> None:
        if self._timer.isActive() and self._steps_left is not None:
            self._slice()  # what is asked for after a step is meant to come after it
        if self._run is not None:
            self.moment_taken.emit(self._moment(self._run))

    def _publish(self, moment: Moment | None = None) -> None:
        """Tell what is new; with ``moment``, or a newer one if it is time for that."""
        run = self._run
        assert run is not None
        now_s = time.monotonic()
        losses = self._publisher.take(now_s)
        is_time = not self._timer.isActive() or self._moment_is_due(now_s)
        if moment is None and is_time:
            moment = self._moment(run)
        step = run.steps_done
        news = Snapshot(self._run_id, step, losses, moment, run.taken_over_at)
        self.published.emit(news)
        self._tell_pace(now_s)

    def _tell_pace(self, now_s: float) -> None:
        in_force = self._pacer.in_force
        if self._pace_told is not None:
            told_s, told = self._pace_told
            if now_s - told_s < TELL_PACE_S and told.limit == in_force.limit:
                return
        self._pace_told = now_s, in_force
        self.paced.emit(self._run_id, in_force)

    def _moment_is_due(self, now_s: float) -> bool:
        is_far = now_s - self._moment_at_s >= MOMENTS_S
        return is_far and self._moment_rest.is_over(now_s)

    def _moment(self, run: Run) -> Moment:
        began_s, began_cpu_s = time.monotonic(), time.thread_time()
        moment = run.moment()
        self.watched_s += time.thread_time() - began_cpu_s
        self._moment_at_s = time.monotonic()
        self._moment_rest.begin(began_s, self._moment_at_s)
        return moment

    def _fail(self, error: Exception) -> None:
        if self._run is not None:  # what it learnt until then is not lost
            losses = self._publisher.take(time.monotonic())
            last = Snapshot(self._run_id, self._run.steps_done, losses)
            self.published.emit(last)
        self.stop()
        message = str(error) if isinstance(error, ValueError | OSError) else ""
        if isinstance(error, MemoryError):
            message = too_large(error, "this model")
        self.failed.emit(self._run_id, message or f"{type(error).__name__}: {error}")
