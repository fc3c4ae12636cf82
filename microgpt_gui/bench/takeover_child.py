"""The real window while machine code comes and takes over; a process of its own.

Its cache is empty, so that there is something to compile.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.bench.child import answer, argument_of_child
from microgpt_gui.bench.phases import Phases
from microgpt_gui.bench.probes import LatenessProbe
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

#: So long around the moment that the window tells of the takeover counts as it, and so
#: long the window is watched afterwards.
_AROUND_S, _AFTER_MS = 0.5, 4000


class Takeover(Phases):
    """Trains, with Python first, until some seconds after machine code has come."""

    def __init__(self, size: tuple[int, int]) -> None:
        super().__init__(size)
        self._lateness = LatenessProbe(self)
        self._took_over_s = 0.0
        self.run.compiling.took_over.connect(self._on_took_over)

    @Slot(str)
    def _on_took_over(self, _what: str) -> None:
        self._took_over_s = time.perf_counter()

    def phases(self) -> Iterator[int]:
        """See the base class."""
        began_s = time.perf_counter()
        self.run.train()
        self._lateness.start()
        while self.run.compiling.since is None:
            if not self.run.is_training:
                self.problem = "the run was over before: more --steps may help"
            if self.run.compiling.problem:
                self.problem = self.run.compiling.problem
            if self.problem:
                return
            yield 50
        yield _AFTER_MS
        self._lateness.stop()
        late: dict[str, list[float]] = {"before": [], "around": [], "after": []}
        turns = zip(self._lateness.due_s, self._lateness.late_ms, strict=True)
        for due_s, late_ms in turns:
            beyond_s = due_s - self._took_over_s
            is_near = abs(beyond_s) <= _AROUND_S
            when = "around" if is_near else "before" if beyond_s < 0 else "after"
            late[when].append(late_ms)
        self.figures |= {f"{when}_ms": each for when, each in late.items()}
        self.figures["after_s"] = self._took_over_s - began_s


if __name__ == "__main__":
    given = argument_of_child()
    config = RunConfig(**given.pop("config"))
    answer(Takeover(**given).measure(config))
