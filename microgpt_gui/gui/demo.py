"""The window shows itself: trains, samples, looks at a word, and is photographed."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.reading.questions import TextQuestion
from microgpt_gui.session.sample_batch import SampleRequest

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.gui.window.main_window import MainWindow
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.sample_batch import SampleBatch

#: Time for the last frames to be drawn before the picture is taken.
SETTLE_MS = 400


class _Stage(Enum):
    TRAINING = "training"
    SAMPLING = "sampling"
    LOOKING = "looking"


class Demo(QObject):
    """Plays one performance in a real window, then says that it is over.

    Signals:
        done: It is over (an error, for people, or empty: str).

    Attributes:
        names: What was sampled after training.
    """

    done = Signal(str)

    def __init__(
        self, window: MainWindow, workshop: Workshop, config: RunConfig, picture: Path
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workshop = workshop
        self._run = run = workshop.run
        self._config = config
        self._picture = picture
        self._stage = _Stage.TRAINING
        self.names: tuple[str, ...] = ()
        run.state_changed.connect(self._on_run_state_changed)
        workshop.draws.sampled.connect(self._on_draws_sampled)
        self._wish = workshop.wish(self)
        self._wish.answered.connect(self._on_wish_answered)
        run.failed.connect(self.done)
        run.diverged.connect(self.done)

    def play(self) -> None:
        """Begin."""
        self._run.start(self._config)
        self._run.train()

    @Slot()
    def _on_run_state_changed(self) -> None:
        if self._run.state is RunState.FINISHED and self._stage is _Stage.TRAINING:
            self._stage = _Stage.SAMPLING
            self._workshop.draws.sample(SampleRequest())

    @Slot(object)
    def _on_draws_sampled(self, batch: SampleBatch) -> None:
        is_ours = self._stage is _Stage.SAMPLING and batch.step == self._config.steps
        if is_ours and batch.is_complete and not batch.is_cut_short:
            self.names = tuple(sample.text for sample in batch.samples)
            self._stage = _Stage.LOOKING
            room = self._config.block_size - 1
            text = next(n for n in (*self.names, "a") if n)[:room]
            self._workshop.subject.watch(text)
            place = self._workshop.timeline.place
            assert place is not None
            self._wish.want(place, TextQuestion(text))

    @Slot()
    def _on_wish_answered(self) -> None:
        """Go on: whoever shows that text has asked for it before."""
        QTimer.singleShot(SETTLE_MS, self._rehearse)

    @Slot()
    def _rehearse(self) -> None:
        """Draw it once unseen: the first time may change the size of an axis."""
        self._settle()
        self._window.grab()
        QTimer.singleShot(0, self._photograph)

    def _settle(self) -> None:
        for panel in self._window.docks.panels.standing:
            if panel.isVisible():
                panel.settle()

    @Slot()
    def _photograph(self) -> None:
        self._settle()
        if self._window.grab().save(str(self._picture), "PNG"):
            self.done.emit("")
        else:
            self.done.emit(f"{self._picture}: the picture could not be saved")
