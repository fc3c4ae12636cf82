"""Every view of the real window in turn, training flat out; a process of its own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from microgpt_gui.bench.child import answer, argument_of_child
from microgpt_gui.bench.headless import WARM_UP_S
from microgpt_gui.bench.phases import Phases
from microgpt_gui.bench.probes import LatenessProbe
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a view does when it comes up is not counted: so long it settles.
_SETTLE_MS = 700


class Watching(Phases):
    """Lets each view be seen for a while, and counts what that takes.

    Its figures are by the titles of the views, in their order; see `ViewFigures`.
    """

    def __init__(self, seconds: float, size: tuple[int, int]) -> None:
        super().__init__(size)
        self._ms = int(seconds * 1000)
        self._lateness = LatenessProbe(self)

    def phases(self) -> Iterator[int]:
        """See the base class."""
        self.run.train()
        yield int(WARM_UP_S * 1000)
        docks = self.window.docks
        seen = [title for column in docks.shown.columns for title in column.titles]
        for panel in docks.panels:
            if panel.title not in seen:
                continue
            docks.bring_forward(panel)
            yield from self.train_on()
            yield _SETTLE_MS
            self._lateness.start()
            first = self._spent_s()
            yield self._ms
            self._lateness.stop()
            all_s, gui_s, watched_s = (
                b - a for a, b in zip(first, self._spent_s(), strict=True)
            )
            self.figures[panel.title] = {
                # Samples that are being drawn may be counted here and not there.
                "watched": max(watched_s, 0.0) / max(all_s - gui_s, 1e-9),
                "gui": gui_s / (self._ms / 1000),
                "late_ms": self._lateness.late_ms,
            }

    def _spent_s(self) -> tuple[float, float, float]:
        """Return the CPU time of all, of the window's thread, and of being watched."""
        workshop = self.playground.workshop
        read_s = workshop.reading.spent_s - workshop.draws.spent_s
        return (
            time.process_time(),
            time.thread_time(),
            workshop.run.handover.spent_s + read_s,
        )


if __name__ == "__main__":
    given = argument_of_child()
    config = RunConfig(**given.pop("config"))
    answer(Watching(**given).measure(config))
