"""The window's side of a run: owns the training thread, remembers the history.

Panels read this and connect to it; nothing else in the window may touch the worker.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.run.compiling import Compiling
from microgpt_gui.gui.run.handover import Handover
from microgpt_gui.gui.run.hearers import Hearers
from microgpt_gui.gui.run.history import LossHistory
from microgpt_gui.gui.run.loading import Loading
from microgpt_gui.gui.run.pending import PendingSettings
from microgpt_gui.gui.run.rate_words import jump
from microgpt_gui.gui.run.run_pace import RunPace
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.run.speed import Speed
from microgpt_gui.gui.run.trainer_link import TrainerLink
from microgpt_gui.session.config import LIVE_SETTINGS, RunConfig
from microgpt_gui.session.recipe import Recipe
from microgpt_gui.session.record import RunRecord
from microgpt_gui.session.recorder import DEFAULT_BUDGET_BYTES, Recorder

if TYPE_CHECKING:
    from microgpt_gui.gui.run.collection import CollectionGap, Trainer
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.snapshot import Snapshot


class RunController(QObject):
    """Single source of truth for the widgets, on the GUI thread.

    Attributes:
        config: Settings of the run in force, live changes included.
        info: What is known of the run from its start, or None while it loads.
        state: See `RunState`.
        losses: Loss of every step so far.
        moment: The model at the newest step that has come across, or None.
        step: Steps done.
        keyframe_bytes: What a run's keyframes may take, from the next run on.
        loading: How far ``state`` LOADING is.
        compiling: Gets the machine code that the engine "compiled" needs.
        handover: Lets the trainer hand over the moments that samples are drawn from.
        speed: How fast it trains.
        pending: Settings that wait for a new model.
        pace: How fast it is to train.
        divergence: Why there is no next step, for people; empty while there is one.
        recorder: What takes the run down; its figures are those of every step so far.
        trainers: All that train, here and in a race; see `CollectionGap`.
        hearers: Told of what `updated` says, before that is emitted.

    Signals:
        leaving: A run that is there gives way to another; all of it can be read yet.
        dropped: Likewise of a run of some steps, even if it only loads; after that.
        started: A new run is being prepared; forget what you drew.
        replaced: The new run is quite another one, which has been trained before.
        prepared: ``info`` is there.
        updated: ``losses``, ``step`` or ``moment`` changed, or ``info`` by a live
            change.
        renewed: ``moment`` changed; follows `updated`.
        state_changed: ``state`` changed.
        config_changed: ``config`` changed.
        segments_corrected: What held in a run that has given way already (run_id: int,
            tuple[Segment, ...]): a live change had been on its way.
        recorded: All of the run, as `request_record` asked for it (RunRecord).
        failed: The run could not be prepared or died (str, for people).
        diverged: The run has come to its last good step, or is asked to go beyond it;
            the state was set before (why, for people: str).
        noticed: Something the person should know (str).
    """

    leaving = Signal()
    dropped = Signal()
    started = Signal()
    replaced = Signal()
    prepared = Signal()
    updated = Signal()
    renewed = Signal()
    state_changed = Signal()
    config_changed = Signal()
    segments_corrected = Signal(int, object)
    recorded = Signal(object)
    failed = Signal(str)
    diverged = Signal(str)
    noticed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.config = RunConfig()
        self.info: RunInfo | None = None
        self.state = RunState.LOADING
        self.hearers = Hearers()
        self.losses = LossHistory()
        self.recorder = Recorder()
        self.moment: Moment | None = None
        self.step = 0
        self.keyframe_bytes = DEFAULT_BUDGET_BYTES
        self.divergence = ""
        self.trainers: list[Trainer] = [self]
        self._segments: tuple[Segment, ...] = ()  # of a run that loads
        self._when_prepared: list[int] = []  # steps asked for while the run loads
        self.speed = Speed()
        self._link = TrainerLink(self)
        self.loading = Loading(self._link, self)
        self.pace = RunPace(self._link, self)
        self.compiling = Compiling(self)
        self.handover = Handover(self._link, self)
        self._connect()
        self.pending = PendingSettings(self)

    def open_thread(self) -> None:
        """Let the training thread begin, when everybody has connected."""
        self._link.start()

    def _connect(self) -> None:
        self.loading.cancelled.connect(self._on_loading_cancelled)
        self.pace.changed.connect(self._on_pace_changed)
        link = self._link
        link.prepared.connect(self._on_link_prepared)
        link.published.connect(self._on_link_published)
        link.changed.connect(self._on_link_changed)
        link.changed_late.connect(self.segments_corrected)
        link.recorded.connect(self.recorded)
        link.rested.connect(self._on_link_rested)
        link.failed.connect(self._on_link_failed)
        link.diverged.connect(self._on_link_diverged)

    @property
    def gap(self) -> CollectionGap:
        """Where garbage may be collected while this trains."""
        return self._link.gap

    @property
    def recipe(self) -> Recipe:
        """What the steps so far have learnt with; before any step, what will be."""
        return self.recipe_at(self.step)

    def recipe_at(self, step: int) -> Recipe:
        """Return what the first ``step`` steps have learnt with, likewise."""
        segments = self.info.segments if self.info else self._segments
        if not segments or not self.step:
            return Recipe.planned(self.config)
        return Recipe.of(segments, step)

    @property
    def is_training(self) -> bool:
        """Whether steps are being done until the end or a pause."""
        return self.state is RunState.TRAINING

    # What a person can do

    def start(self, config: RunConfig) -> None:
        """Prepare a new run; the one before is dropped at once, in mid-step."""
        config = config.of_new_run()
        self._begin_anew(config, config, Recorder(self.keyframe_bytes))

    def resume(
        self, record: RunRecord, *, is_fork: bool = False, divergence: str = ""
    ) -> None:
        """Take up a run where ``record`` ends; the one before is dropped as above.

        Args:
            record: The run.
            is_fork: Whether the run before goes on in it, with other settings.
            divergence: See the class; where it is known already.
        """
        recorder = Recorder.of(record, self.keyframe_bytes)
        self._begin_anew(record, record.config, recorder, divergence)
        if not is_fork:
            self.replaced.emit()

    def _begin_anew(
        self,
        start: RunConfig | RunRecord,
        config: RunConfig,
        recorder: Recorder,
        divergence: str = "",
    ) -> None:
        self._link.forget()
        if self.info is not None:
            self.leaving.emit()
        if self.step:
            self.dropped.emit()
        self.config = config
        self.info = None
        self._segments = start.segments if isinstance(start, RunRecord) else ()
        self.recorder = recorder
        self.losses = LossHistory()
        self.losses.extend(recorder.figures.losses)
        self.moment = None
        self.step = len(recorder.figures)
        self.speed.forget()
        self.pace.forget()
        self._when_prepared.clear()
        self.divergence = divergence
        self._set_state(RunState.LOADING)
        self.started.emit()
        self.config_changed.emit()
        self._link.begin(start, recorder)

    def train(self) -> None:
        """Train to the end, or until paused."""
        self._go(0, RunState.TRAINING)

    def pause(self) -> None:
        """Stop after the step in hand."""
        self._when_prepared.clear()
        if self.state is RunState.TRAINING:
            self._set_state(RunState.PAUSED)
            self._link.pause()

    def toggle(self) -> None:
        """Train if at rest, pause if training."""
        if self.state is RunState.TRAINING or 0 in self._when_prepared:
            self.pause()
        else:
            self.train()

    def step_once(self) -> None:
        """Do one step; pauses first if training."""
        self.pause()
        self._go(1, RunState.PAUSED)

    def reset(self) -> None:
        """Go back to the same initial weights; a new run on its way goes there."""
        if self.state is RunState.LOADING and not self._segments:
            self._when_prepared.clear()
        else:
            self.start(self.config)

    def new_seed(self) -> None:
        """Start anew from the next seed: other weights, other order of documents."""
        self.start(self.config.with_next_seed())

    def change(self, **settings: float) -> None:
        """Change live settings of the run, see `LIVE_SETTINGS`.

        Raises:
            ConfigError: A value is not allowed; nothing is changed.
            ValueError: A setting needs a new model.
        """
        if foreign := settings.keys() - LIVE_SETTINGS:
            raise ValueError(f"{', '.join(sorted(foreign))} need a new model")
        config = replace(self.config, **settings)  # type: ignore[arg-type]  # by name
        if config == self.config:
            return
        before, self.config = self.config, config
        self.config_changed.emit()
        self._link.change.emit(settings)
        self._settle_after_change(before)

    def request_record(self) -> None:
        """Ask for all of the run, as it stands after the step in hand: `recorded`."""
        self._link.record.emit()

    def shut_down(self) -> None:
        """Stop the thread, in mid-step if need be, and wait for it."""
        self.forget()
        self._link.shut_down()
        self.compiling.shut_down()

    def forget(self) -> None:
        """End the run there is, in mid-step if need be, and hear no more of it."""
        self._link.forget()

    def _go(self, steps: int, state: RunState) -> None:
        """Ask for ``steps`` steps (0: all), at once or when the run is loaded."""
        if self.state is RunState.LOADING:
            self._when_prepared.append(steps)
        elif self.state in (RunState.READY, RunState.PAUSED):
            self.speed.forget()
            self._set_state(state)
            self._link.train(steps)
        elif self.state is RunState.DIVERGED:
            self.diverged.emit(self.divergence)  # the next try would end there, too

    def _set_state(self, state: RunState) -> None:
        if state is not self.state:
            self.state = state
            self.speed.forget()
            self.state_changed.emit()

    def _settle_after_change(self, before: RunConfig) -> None:
        """Bring state in line with ``steps``; tell of a jump in the learning rate."""
        is_done = self.step >= self.config.steps
        if is_done and self.state in (RunState.TRAINING, RunState.PAUSED):
            self._link.pause()
            self._set_state(RunState.FINISHED)
        elif self.state is RunState.FINISHED and not is_done:
            self._set_state(RunState.PAUSED)
        rates = (c.learning_rate_at(self.step) for c in (before, self.config))
        if self.step and not is_done and len(set(rates)) > 1:
            self.noticed.emit(jump(self.config, self.step, before))

    # What the worker says

    @Slot()
    def _on_pace_changed(self) -> None:
        self.speed.forget()

    @Slot()
    def _on_loading_cancelled(self) -> None:
        self._on_link_failed("Loading was cancelled.")

    @Slot(object)
    def _on_link_prepared(self, info: RunInfo) -> None:
        self.info = info
        at_rest = RunState.at_rest(self.step, self.config.steps)
        self._set_state(RunState.DIVERGED if self.divergence else at_rest)
        self.compiling.serve(self.config.engine)
        self.prepared.emit()
        wanted, self._when_prepared = self._when_prepared, []
        for steps in wanted:
            self._go(steps, RunState.PAUSED if steps else RunState.TRAINING)

    @Slot(object)
    def _on_link_published(self, snapshot: Snapshot) -> None:
        self.losses.extend(snapshot.losses)
        self.step = snapshot.step
        self.compiling.note_taken_over(snapshot.taken_over_at)
        self.moment = snapshot.moment or self.moment
        if self.state is RunState.TRAINING:
            self.speed.note(snapshot.step)
        self._tell_updated()
        if snapshot.moment is not None:
            self.renewed.emit()
        is_done = self.step >= self.config.steps
        if is_done and self.state is RunState.PAUSED:  # paused in the last step
            self._set_state(RunState.FINISHED)

    def _tell_updated(self) -> None:
        self.hearers.tell()
        self.updated.emit()

    @Slot()
    def _on_link_rested(self) -> None:
        self._set_state(RunState.at_rest(self.step, self.config.steps))

    @Slot(str)
    def _on_link_diverged(self, message: str) -> None:
        self.divergence = message
        self._set_state(RunState.DIVERGED)
        self.diverged.emit(message)

    @Slot(object)
    def _on_link_changed(self, segments: tuple[Segment, ...]) -> None:
        if self.info is not None:
            self.info = replace(self.info, segments=segments)
            self._tell_updated()

    @Slot(str)
    def _on_link_failed(self, message: str) -> None:
        self._set_state(RunState.FAILED)
        self.failed.emit(message)
