"""Everything a person can do to the run by key, menu or button, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.run_state import RunState
from microgpt_gui.gui.widgets.action import make_action

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from microgpt_gui.gui.controller import RunController


class Actions(QObject):
    """The actions that drive a run; they know when they can be used.

    Attributes:
        train: Train, or Pause while training; at the end of the run, train more.
        step: One step.
        reset: Back to the same initial weights.
        new_seed: Anew from the next seed.

    Signals:
        more_requested: The run is done, and should go on: ask how.
    """

    more_requested = Signal()

    def __init__(self, run: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self._run = run
        self.train = make_action(self, "Train", "Space", "", self._on_train)
        self.train.setWhatsThis("Train, or pause")
        self.step = make_action(
            self,
            "Step",
            ".",
            "Learn from one document, then rest",
            run.step_once,
        )
        self.step.setAutoRepeat(True)
        self.reset = make_action(
            self,
            "Reset",
            "R",
            "Forget all training: back to the same initial weights",
            run.reset,
        )
        self.new_seed = make_action(
            self,
            "New seed",
            "N",
            "Start anew with the next seed: other weights, other order of documents",
            run.new_seed,
        )
        run.state_changed.connect(self._refresh)
        run.updated.connect(self._refresh_reset)
        self._refresh()

    def all(self) -> tuple[QAction, ...]:
        """Return the actions in the order of the Run menu."""
        return (self.train, self.step, self.reset, self.new_seed)

    @Slot()
    def _on_train(self) -> None:
        if self._run.state is RunState.FINISHED:
            self.more_requested.emit()
        else:
            self._run.toggle()

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
        self.train.setEnabled(state in at_work or is_done)
        self.step.setEnabled(state in at_work)
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
    RunState.FAILED: "There is no run to train: see the message in the Run panel",
}
