"""The window's side of a race: owns its thread, remembers what each entrant has done.

The race has a thread and runs of its own, so the main run is not touched; but both
would share the interpreter, so the race rests while the main run trains.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.engine.base import CancelToken
from microgpt_gui.gui.jobs.race_worker import RaceWorker
from microgpt_gui.gui.run.history import LossHistory
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.threads.worker_thread import WorkerThread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.run.collection import CollectionGap
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.race import Comparison, RaceNews


class RaceState(Enum):
    """What the race is doing, as the person asked for it."""

    NONE = "none"  # none was begun yet
    LOADING = "loading"
    RACING = "racing"
    RESTING = "resting"  # while the main run trains
    STOPPED = "stopped"
    OVER = "over"  # everyone has arrived or given up
    FAILED = "failed"  # it could not begin; ``problem`` says why


#: In these, a race is under way.
UNDER_WAY = frozenset({RaceState.LOADING, RaceState.RACING, RaceState.RESTING})


@dataclass(slots=True)
class Entrant:
    """How far one engine has come."""

    losses: LossHistory = field(default_factory=LossHistory)
    step: int = 0
    seconds: float = 0.0  # that its own steps took
    is_finished: bool = False
    problem: str = ""  # why it gave up; for people

    @property
    def steps_per_s(self) -> float | None:
        """Steps a second by its own clock; None before the first."""
        return self.step / self.seconds if self.seconds > 0 else None


class RaceController(QObject):
    """What the widgets know of the race, on the GUI thread.

    Attributes:
        state: See `RaceState`.
        config: Settings of the race, or None before the first.
        steps: How far it goes.
        entrants: By the engine's key, in the order given to `start`.
        comparisons: Of every other entrant with the first.
        problem: Why it could not begin; for people.
        has_paused: Whether `start` paused the main run, which has not gone on since.

    Signals:
        started: A new race is being prepared; forget what you drew.
        updated: ``entrants`` or ``comparisons`` changed.
        state_changed: ``state`` changed.
    """

    started = Signal()
    updated = Signal()
    state_changed = Signal()

    _begin = Signal(object, object, int, int, object)
    _rest = Signal()
    _go_on = Signal()
    _stop = Signal()

    def __init__(self, run: RunController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.state = RaceState.NONE
        self.config: RunConfig | None = None
        self.steps = 0
        self.entrants: dict[str, Entrant] = {}
        self.comparisons: tuple[Comparison, ...] = ()
        self.problem = ""
        self.has_paused = False
        self._race_id = 0
        self._cancel = CancelToken()
        self._thread = WorkerThread("race", self)
        self._worker = RaceWorker()
        self._worker.moveToThread(self._thread)
        self._begin.connect(self._worker.begin)
        self._rest.connect(self._worker.rest)
        self._go_on.connect(self._worker.go_on)
        self._stop.connect(self._worker.stop)
        self._worker.published.connect(self._on_worker_published)
        self._worker.ended.connect(self._on_worker_ended)
        self._worker.failed.connect(self._on_worker_failed)
        self._thread.finished.connect(self._worker.stop)
        run.trainers.append(self)
        run.state_changed.connect(self._on_run_state_changed)
        run.config_changed.connect(self._on_run_config_changed)

    @property
    def gap(self) -> CollectionGap:
        """Where garbage may be collected during the race."""
        return self._worker.gap

    @property
    def is_training(self) -> bool:
        """Whether entrants are training now."""
        return self.state is RaceState.RACING

    @property
    def is_under_way(self) -> bool:
        """Whether a race has begun and not ended."""
        return self.state in UNDER_WAY

    @property
    def can_start(self) -> bool:
        """Whether there is a run whose settings can be raced."""
        return self._run.info is not None

    @property
    def is_of_run(self) -> bool:
        """Whether the race has the settings that the main run has now."""
        config = self.config
        return config is not None and config == replace(
            self._run.config, engine=config.engine
        )

    def start(self, engines: Sequence[str], steps: int) -> None:
        """Let ``engines`` do the first ``steps`` of the main run, which is paused."""
        self.has_paused = self._run.state is RunState.TRAINING
        self._run.pause()
        self._cancel.cancel()
        self._cancel = CancelToken()
        self._race_id += 1
        self.config = self._run.config
        self.steps = steps
        self.entrants = {engine: Entrant() for engine in engines}
        self.comparisons = ()
        self.problem = ""
        self._set_state(RaceState.LOADING)
        self.started.emit()
        if not self._thread.isRunning():
            self._thread.start()
        self._begin.emit(
            self.config, tuple(engines), steps, self._race_id, self._cancel
        )

    @Slot()
    def stop(self) -> None:
        """End the race where it stands, in mid-step."""
        if self.is_under_way:
            self._cancel.cancel()
            self._stop.emit()
            self._set_state(RaceState.STOPPED)

    def shut_down(self) -> None:
        """Stop the thread, in mid-step if need be, and wait for it."""
        self._cancel.cancel()
        self.gap.close()
        self._thread.quit()
        self._thread.wait()

    def _set_state(self, state: RaceState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit()

    # What the main run does

    @Slot()
    def _on_run_state_changed(self) -> None:
        if not self.is_under_way:
            return
        if self._run.state is RunState.TRAINING:
            self.has_paused = False
            self._rest.emit()
            self._set_state(RaceState.RESTING)
        elif self.state is RaceState.RESTING:
            self._go_on.emit()
            self._set_state(RaceState.RACING)

    @Slot()
    def _on_run_config_changed(self) -> None:
        if not self.is_of_run:
            self.stop()

    # What the worker says

    @Slot(int, object)
    def _on_worker_published(self, race_id: int, news: RaceNews) -> None:
        if race_id != self._race_id:
            return  # queued before a new race was begun
        for snapshot in news.snapshots:
            entrant = self.entrants[snapshot.entrant]
            entrant.losses.extend(snapshot.losses)
            entrant.step = snapshot.step
            entrant.seconds = snapshot.seconds
            entrant.is_finished = snapshot.is_finished
            entrant.problem = snapshot.problem
        self.comparisons = news.comparisons
        if self.state is RaceState.LOADING:
            self._set_state(RaceState.RACING)
        self.updated.emit()

    @Slot(int)
    def _on_worker_ended(self, race_id: int) -> None:
        if race_id == self._race_id and self.is_under_way:
            self._set_state(RaceState.OVER)

    @Slot(int, str)
    def _on_worker_failed(self, race_id: int, message: str) -> None:
        if race_id == self._race_id and self.is_under_way:
            self.problem = message
            self._set_state(RaceState.FAILED)
