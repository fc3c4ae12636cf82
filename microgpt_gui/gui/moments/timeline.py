"""Which moment of the run the window shows: the newest, or an earlier one."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.gui.moments.fork import Fork
from microgpt_gui.gui.moments.place import Place
from microgpt_gui.gui.run.hearers import Hearers

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord

#: Playing moves on so often.
PLAY_MS = 33


class Timeline(QObject):
    """The moment that all views show, on the GUI thread.

    An earlier one is brought back by whoever reads it, beside the training, which may
    go on.

    Attributes:
        step: Steps done at the moment that is shown, or None for the newest: live.
        speed: Steps a second that playing shows, or 0 while it does not play.
        hearers: Told of what `advanced` says, before that is emitted.

    Signals:
        moved: ``step`` changed.
        advanced: Live, and a newer moment has come.
        emptied: There is another run: no moment of the one before is shown any more.
        speed_changed: ``speed`` changed.
        forking: The text of a fork takes long (share loaded, from 0 to 1: float).
        forked: A run goes on from an earlier moment (the step: int).
        refused: A moment cannot be gone on from (why, for people: str).
    """

    moved = Signal()
    advanced = Signal()
    emptied = Signal()
    speed_changed = Signal()
    forking = Signal(float)
    forked = Signal(int)
    refused = Signal(str)

    def __init__(self, run: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self.step: int | None = None
        self.speed = 0.0
        self.hearers = Hearers()
        self._run = run
        self._fork = Fork(self)
        self._fork.progressed.connect(self.forking)
        self._fork.succeeded.connect(self._on_fork_succeeded)
        self._fork.failed.connect(self.refused)
        self._play_timer = QTimer(self, interval=PLAY_MS)
        self._play_timer.timeout.connect(self._on_play_timer)
        self._played_to = 0.0
        self._played_s = 0.0
        run.started.connect(self._on_run_started)
        run.renewed.connect(self._on_run_renewed)

    @property
    def is_live(self) -> bool:
        """Whether the newest moment is shown."""
        return self.step is None

    @property
    def at(self) -> int:
        """Steps done at the moment that is shown."""
        return self._run.step if self.step is None else self.step

    @property
    def place(self) -> Place | None:
        """Where the moment that is shown is found; None while there is none."""
        run, moment = self._run, self._run.moment
        if run.info is None:
            return None
        if self.step is not None:
            return Place(run.info, run.recorder, self.step)
        if moment is None:
            return None
        return Place(run.info, run.recorder, moment.step, moment)

    @property
    def is_forking(self) -> bool:
        """Whether `forked` or `refused` is still to come."""
        return self._fork.is_active

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
            self.moved.emit()

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
            self._fork.fork(Place(run.info, run.recorder, at), config)

    def cancel_fork(self) -> None:
        """Fork no more; the run stays, and the moment that is shown."""
        self._fork.cancel()

    def shut_down(self) -> None:
        """End what was started."""
        self._fork.shut_down()

    def _leave(self) -> None:
        self.step = None
        self._fork.cancel()

    @Slot()
    def _on_run_started(self) -> None:
        self.stop()
        was_live = self.is_live
        self._leave()
        self.emptied.emit()
        if not was_live:
            self.moved.emit()

    @Slot()
    def _on_run_renewed(self) -> None:
        if self.step is None:
            self.hearers.tell()
            self.advanced.emit()

    @Slot(object)
    def _on_fork_succeeded(self, record: RunRecord) -> None:
        self._run.resume(record, is_fork=True)
        self.forked.emit(record.steps_done)

    @Slot()
    def _on_play_timer(self) -> None:
        now_s = time.monotonic()
        self._played_to += self.speed * (now_s - self._played_s)
        self._played_s = now_s
        if self._played_to >= self._run.step:
            self.go_live()
        else:
            self.show(int(self._played_to))
