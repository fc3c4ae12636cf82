"""Other themes and sizes of the real window; a process of its own."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.bench.child import answer, argument_of_child
from microgpt_gui.bench.phases import PAUSE_MS, Phases
from microgpt_gui.bench.restyle_watch import RestyleWatch
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: So long it trains before.
_TRAINED_MS = 1000


class Restyling(Phases):
    """Changes theme and size there and back, ``rounds`` times, at rest and training."""

    def __init__(self, rounds: int, size: tuple[int, int]) -> None:
        super().__init__(size)
        self._rounds = rounds

    def phases(self) -> Iterator[int]:
        """See the base class."""
        for name in ("theme_rest", "theme_training", "zoom_rest", "zoom_training"):
            self.figures[f"{name}_ms"] = []
        self.run.train()
        yield _TRAINED_MS
        for _ in range(self._rounds):
            yield from self.rest()
            yield from self._there_and_back("rest")
            yield from self.train_on()
            yield from self._there_and_back("training")

    def _there_and_back(self, when: str) -> Iterator[int]:
        appearance = self.playground.appearance
        here, there = "light", "dark"
        if appearance.theme.name == there:
            here, there = there, here
        usual = appearance.scale
        for mode in (there, here):
            change = partial(appearance.set_mode, mode)
            yield from self._time(change, f"theme_{when}_ms")
        for scale in (usual.larger(), usual):
            change = partial(appearance.set_scale, scale)
            yield from self._time(change, f"zoom_{when}_ms")

    def _time(self, change: Callable[[], None], figure: str) -> Iterator[int]:
        watch = RestyleWatch(self.window)
        began_s = time.perf_counter()
        change()
        while watch.painted_at_s is None:
            yield 0
        self.figures[figure].append((watch.painted_at_s - began_s) * 1000)
        yield PAUSE_MS


if __name__ == "__main__":
    given = argument_of_child()
    config = RunConfig(**given.pop("config"))
    answer(Restyling(**given).measure(config))
