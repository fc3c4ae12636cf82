"""Everything a person can do to the run by key, menu or button, in one list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.session.retreat import RETREAT_STEPS, way_back

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from microgpt_gui.gui.workshop import Workshop


class Actions(QObject):
    """The actions that drive a run; they know when they can be used.

    Attributes:
        train: Train, or Pause while training; at the end of the run, train more.
        step: One step.
        reset: Back to the same initial weights.
        new_seed: Anew from the next seed.
        retreat: Back some steps from where the run diverged, and slower from there.

    Signals:
        more_requested: The run is done, and should go on: ask how.
        model_asked: Settings wait for a new model: ask which one to go on with, then
            call `go_on` (``train`` or ``step``: QAction).
    """

    more_requested = Signal()
    model_asked = Signal(object)

    def __init__(self, workshop: Workshop, parent: QObject) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._run = run = workshop.run
        self.train = make_action(self, "Train", "Space", "", self._on_train)
        self.train.setWhatsThis("Train, or pause")
        self.step = make_action(
            self,
            "Step",
            ".",
            "Learn from one document, then rest",
            self._on_step,
        )
        self.step.setAutoRepeat(True)
        self.reset = make_action(
            self,
            "Reset",
            "R",
            "Forget all training: back to the same initial weights",
            self._on_reset,
        )
        self.new_seed = make_action(
            self,
            "New seed",
            "N",
            "Start anew with the next seed: other weights, other order of documents",
            self._on_new_seed,
        )
        self.retreat = make_action(self, "", "", "", self._on_retreat)
        run.state_changed.connect(self._refresh)
        run.hearers.add(self._refresh_reset)
        self._refresh()

    def all(self) -> tuple[QAction, ...]:
        """Return the actions in the order of the Run menu."""
        return (self.train, self.step, self.reset, self.new_seed, self.retreat)

    def go_on(self, action: QAction) -> None:
        """Do what ``train`` or ``step`` does, whatever waits for another model."""
        run = self._run
        if action is self.step:
            run.step_once()
        elif run.state is RunState.FINISHED:
            self.more_requested.emit()
        else:
            run.toggle()

    def _go_on_or_ask(self, action: QAction) -> None:
        if not self._run.is_training and self._run.pending.settle():
            self.model_asked.emit(action)
        else:
            self.go_on(action)

    @Slot()
    def _on_train(self) -> None:
        self._go_on_or_ask(self.train)

    @Slot()
    def _on_step(self) -> None:
        self._go_on_or_ask(self.step)

    @Slot()
    def _on_reset(self) -> None:
        self._run.pending.settle()
        self._run.reset()

    @Slot()
    def _on_new_seed(self) -> None:
        self._run.pending.settle()
        self._run.new_seed()

    @Slot()
    def _on_retreat(self) -> None:
        run = self._run
        config = replace(run.config, learning_rate=run.config.learning_rate / 2)
        self._workshop.timeline.fork(config, run.step - self._way_back())

    def _way_back(self) -> int:
        info = self._run.info
        return way_back(info.segments, self._run.step) if info else 0

    @Slot()
    def _refresh(self) -> None:
        state = self._run.state
        is_training = state is RunState.TRAINING
        is_done = state is RunState.FINISHED
        self.train.setText(
            "Pause" if is_training else "Train more…" if is_done else "Train"
        )
        self.train.setToolTip(_TRAIN_TIPS.get(state, "Train to the last step (Space)"))
        at_work = (RunState.LOADING, RunState.READY, RunState.TRAINING, RunState.PAUSED)
        has_diverged = state is RunState.DIVERGED  # both say so again
        self.train.setEnabled(state in at_work or is_done or has_diverged)
        self.step.setEnabled(state in at_work or has_diverged)
        self.retreat.setEnabled(has_diverged)
        back = self._way_back() if has_diverged else RETREAT_STEPS
        noun = "step" if back == 1 else "steps"
        self.retreat.setText(
            f"Go back {back} {noun} with half the learning rate"
            if back
            else "Begin again with half the learning rate"
        )
        self.retreat.setToolTip(
            "Go on from there as a run of its own; this one stays in the list of runs"
            if has_diverged
            else "For a run that has diverged"
        )
        self._refresh_reset()

    @Slot()
    def _refresh_reset(self) -> None:
        # An untrained run is what Reset leads to: it is there for a trained one.
        # After a failure it tries the same settings again.
        is_of_use = self._run.step > 0 or self._run.state in (
            RunState.TRAINING,
            RunState.FAILED,
        )
        if self.reset.isEnabled() != is_of_use:
            self.reset.setEnabled(is_of_use)


_TRAIN_TIPS = {
    RunState.TRAINING: "Rest after the step in hand (Space)",
    RunState.FINISHED: (
        "All steps are done: add some and go on (Space), or Reset to train again"
    ),
    RunState.DIVERGED: (
        "This run has diverged and can go no further: go back some steps, or Reset "
        "and choose a smaller learning rate"
    ),
    RunState.FAILED: "There is no run to train: see the message in the Run panel",
}
