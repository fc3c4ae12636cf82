"""The real window, training flat out, with instruments in it; a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from microgpt_gui.bench.child import answer, argument_of_child
from microgpt_gui.bench.headless import WARM_UP_S
from microgpt_gui.bench.letter_probe import LetterProbe
from microgpt_gui.bench.look_probe import LookProbe
from microgpt_gui.bench.parts import loss_plot, panel_of
from microgpt_gui.bench.peak import peak_of_this_process
from microgpt_gui.bench.phases import LONGEST_MS, Phases
from microgpt_gui.bench.positions import positions_of
from microgpt_gui.bench.probes import FrameProbe, KeyProbe, LatenessProbe
from microgpt_gui.bench.window_mark import Counters, Mark
from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.next_letter import NextLetterPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT_MS = 2000  # of counting what a frame costs, at most

#: It rests and trains by turns, for so long each, and at least so often: what disturbs
#: one disturbs both alike.
TURN_MS, TURNS = 1000, 2


class Measurement(Phases):
    """Counts, rests and trains by turns, then asks for this and that while it trains.

    First come keys that pause and train, then letters of a text to look at, then
    letters that are clicked and temperatures.

    Args:
        seconds: How long it rests and how long it trains by turns, and how long each of
            the other stretches takes.
        counts_only: Count only; then ``seconds`` says how long.
        size: Of the window, width and height in pixels; None: its own.
    """

    def __init__(
        self,
        seconds: float,
        *,
        counts_only: bool = False,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(size)
        self.figures["platform"] = QGuiApplication.platformName()
        self._ms = int(seconds * 1000)
        self._stretch_ms = min(self._ms, LONGEST_MS)
        self._counts_only = counts_only
        self._frames = FrameProbe(loss_plot(self.window))
        self._counters = Counters(self.playground.workshop, self._frames)
        self._lateness = LatenessProbe(self)

    def phases(self) -> Iterator[int]:
        """See the base class."""
        self.run.train()
        yield int(WARM_UP_S * 1000)
        yield from self._count()
        if self._counts_only:
            return
        yield from self._rest_and_train()
        self.figures["peak_bytes"] = peak_of_this_process()
        yield from self._press_keys()
        yield from self._type()
        yield from self._click()

    def _count(self) -> Iterator[int]:
        """Count without the other instruments, which cost something too."""
        self._frames.cpu_s.clear()
        self._frames.releases.clear()
        first = self._counters.mark()
        yield self._ms if self._counts_only else min(self._ms, COUNT_MS)
        costs = self._counters.costs_between(first, self._counters.mark())
        if costs is None:
            self.problem = "hardly anything was drawn: more --seconds may help"
        else:
            self.figures |= costs

    def _rest_and_train(self) -> Iterator[int]:
        at_rest_ms: list[float] = []
        late_ms: list[float] = []
        turns = max(TURNS, self._ms // TURN_MS)
        stretches: list[tuple[Mark, Mark]] = []
        positions = 0
        for _ in range(turns):
            yield from self.rest()
            yield from self._listen(self._ms // turns, at_rest_ms)
            yield from self.train_on()
            first = self._counters.mark()
            yield from self._listen(self._ms // turns, late_ms)
            last = self._counters.mark()
            stretches.append((first, last))
            # Now: a run that begins anew may learn something else at these steps.
            info = self.run.info
            assert info is not None
            positions += sum(
                positions_of(info, s) for s in range(first.step, last.step)
            )
        trained_s = sum(b.step_at_s - a.step_at_s for a, b in stretches)
        if trained_s <= 0:
            self.problem = "no step was done: more --seconds may help"
            return
        watched_s = sum(b.at_s - a.at_s for a, b in stretches)
        self.figures |= {
            "at_rest_ms": at_rest_ms,
            "late_ms": late_ms,
            "frames_per_s": sum(b.frames - a.frames for a, b in stretches) / watched_s,
            "steps_per_s": sum(b.step - a.step for a, b in stretches) / trained_s,
            "positions_per_s": positions / trained_s,
        }

    def _listen(self, wait_ms: int, heard_ms: list[float]) -> Iterator[int]:
        self._lateness.start()
        yield wait_ms
        self._lateness.stop()
        heard_ms += self._lateness.late_ms

    def _press_keys(self) -> Iterator[int]:
        yield from self.train_on()
        keys = KeyProbe(self.run, self.window)
        keys.start()
        yield self._stretch_ms
        keys.stop()
        self.figures["key_ms"] = keys.effect_ms

    def _type(self) -> Iterator[int]:
        yield from self.train_on()
        looks = LookProbe(self.run, panel_of(self.window, AttentionPanel))
        looks.start()
        yield self._stretch_ms
        looks.stop()
        self.figures["look_ms"] = looks.look_ms

    def _click(self) -> Iterator[int]:
        panel = panel_of(self.window, NextLetterPanel)
        slider = panel_of(self.window, SamplingPanel).settings.temperature.slider
        self.window.docks.bring_forward(panel)
        yield from self.train_on()
        letters = LetterProbe(self.playground.workshop, panel, slider)
        letters.start()
        yield self._stretch_ms
        letters.stop()
        self.figures["click_ms"] = letters.click_ms
        self.figures["slide_ms"] = letters.slide_ms


if __name__ == "__main__":
    given = argument_of_child()
    config = RunConfig(**given.pop("config"))
    answer(Measurement(**given).measure(config))
