"""Every view of the real window in turn, training flat out; a process of its own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from microgpt_gui.app import Playground
from microgpt_gui.bench.child import answer, argument_of_child
from microgpt_gui.bench.headless import WARM_UP_S
from microgpt_gui.bench.probes import LatenessProbe
from microgpt_gui.gui.run.training_pace import FULL_SPEED
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from typing import Any

    from microgpt_gui.gui.panel.panel import Panel

#: What a view does when it comes up is not counted: so long it settles.
SETTLE_MS = 700


class Watching(QObject):
    """Lets each view be seen for a while, and counts what that takes.

    Attributes:
        figures: By the titles of the views, in their order; see `ViewFigures`.
        problem: Why there are none; for people.
    """

    def __init__(self, playground: Playground, seconds: float) -> None:
        super().__init__()
        self.figures: dict[str, dict[str, Any]] = {}
        self.problem = ""
        self._playground = playground
        self._workshop = playground.workshop
        self._ms = int(seconds * 1000)
        docks = playground.window.docks
        seen = [title for column in docks.shown.columns for title in column.titles]
        self._left = [panel for panel in docks.panels if panel.title in seen]
        self._panel: Panel | None = None
        self._lateness = LatenessProbe(self)
        self._first = (0.0, 0.0, 0.0)
        playground.run.prepared.connect(self._on_prepared)
        playground.run.failed.connect(self._on_failed)

    @Slot()
    def _on_prepared(self) -> None:
        self._playground.run.train()
        QTimer.singleShot(int(WARM_UP_S * 1000), self._bring_next)

    @Slot(str)
    def _on_failed(self, message: str) -> None:
        self.problem = message
        self._close()

    @Slot()
    def _bring_next(self) -> None:
        if not self._left:
            self._close()
            return
        self._panel = self._left.pop(0)
        self._playground.window.docks.bring_forward(self._panel)
        QTimer.singleShot(SETTLE_MS, self._begin)

    @Slot()
    def _begin(self) -> None:
        self._lateness.late_ms = []
        self._lateness.start()
        self._first = self._spent_s()
        QTimer.singleShot(self._ms, self._end)

    @Slot()
    def _end(self) -> None:
        assert self._panel is not None
        self._lateness.stop()
        all_s, gui_s, watched_s = (
            b - a for a, b in zip(self._first, self._spent_s(), strict=True)
        )
        self.figures[self._panel.title] = {
            "watched": watched_s / max(all_s - gui_s, 1e-9),
            "gui": gui_s / (self._ms / 1000),
            "late_ms": self._lateness.late_ms,
        }
        self._bring_next()

    def _spent_s(self) -> tuple[float, float, float]:
        """Return the CPU time of all, of the window's thread, and of being watched."""
        workshop = self._workshop
        read_s = workshop.reading.spent_s - workshop.draws.spent_s
        return (
            time.process_time(),
            time.thread_time(),
            workshop.run.handover.spent_s + read_s,
        )

    def _close(self) -> None:
        self._playground.window.close_without_remembering()
        self._playground.app.quit()


def measure(
    config: RunConfig, seconds: float, size: tuple[int, int]
) -> dict[str, dict[str, Any]]:
    """Open the window, ``size`` pixels large, and watch each view in turn.

    Raises:
        RuntimeError: There are no figures; says why.
    """
    playground = Playground(Preferences(pace=FULL_SPEED.stored))
    playground.window.resize(*size)
    playground.window.show()
    watching = Watching(playground, seconds)
    playground.run.start(config)
    playground.app.exec()
    if watching.problem:
        raise RuntimeError(watching.problem)
    return watching.figures


if __name__ == "__main__":
    given = argument_of_child()
    given["config"] = RunConfig(**given["config"])
    answer(measure(**given))
