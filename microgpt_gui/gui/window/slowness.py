"""Says of a run that was prepared that its steps will take long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController


class SlowSteps(QObject):
    """Speaks before training begins: in mid-step, nothing moves for so long.

    Signals:
        noticed: A step takes seconds, or minutes (how long, for people: str).
    """

    noticed = Signal(str)

    def __init__(self, run: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self._run = run
        run.prepared.connect(self._on_run_prepared)

    @Slot()
    def _on_run_prepared(self) -> None:
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.cost import (
            STILL_STEP_S,
            run_step_seconds,
            slowness_in_words,
        )

        run = self._run
        steps = run.config.steps - run.step
        if run.info is None or steps <= 0:
            return
        step_s = run_step_seconds(run.info, run.config)
        if text := slowness_in_words(step_s, steps, above_s=STILL_STEP_S):
            self.noticed.emit(text)
