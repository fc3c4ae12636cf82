"""The real window, training flat out, with instruments in it; a process of its own."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGraphicsView

from microgpt_gui.app import Playground
from microgpt_gui.bench import gil_releases
from microgpt_gui.bench.child import answer, argument_of_child
from microgpt_gui.bench.headless import WARM_UP_S
from microgpt_gui.bench.letter_probe import LetterProbe
from microgpt_gui.bench.look_probe import LookProbe
from microgpt_gui.bench.positions import positions_of
from microgpt_gui.bench.probes import FrameProbe, KeyProbe, LatenessProbe
from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.gui.panels.next_letter import NextLetterPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.run.training_pace import FULL_SPEED
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.window.main_window import MainWindow

_Panel = TypeVar("_Panel", bound="Panel")

SETTLE_MS = 800  # for what start-up leaves to be done
REST_MS = 1000  # of looking at the window before it trains
COUNT_MS = 2000  # of counting what a frame costs, at most


@dataclass(frozen=True, slots=True)
class _Mark:
    """All counters at one moment."""

    at_s: float
    gui_cpu_s: float
    step: int
    step_at_s: float
    frames: int
    releases: int | None
    process_cpu_s: float
    watched_cpu_s: float  # to hand over moments, and to answer the views that are open
    drawn_cpu_s: float  # to draw samples


class Measurement(QObject):
    """Rests, warms up, counts, trains, trains under key presses, closes the window.

    First come keys that pause and train, then letters of a text to look at, then
    letters that are clicked and temperatures.

    Args:
        playground: The window, shown.
        seconds: How long each of the two timed stretches of training takes.
        counts_only: Count only; then ``seconds`` says how long.

    Attributes:
        figures: What was found; complete when the window is closed.
        problem: Why it is not; for people.
    """

    def __init__(
        self, playground: Playground, seconds: float, *, counts_only: bool
    ) -> None:
        super().__init__()
        self.figures: dict[str, Any] = {"platform": QGuiApplication.platformName()}
        self.problem = ""
        self._window = playground.window
        self._run = playground.run
        self._workshop = playground.workshop
        self._app = playground.app
        self._ms = int(seconds * 1000)
        self._counts_only = counts_only
        self._frames = FrameProbe(_loss_plot(self._window))
        self._lateness = LatenessProbe(self)
        self._keys = KeyProbe(self._run, self._window)
        self._looks = LookProbe(self._run, _panel(self._window, AttentionPanel))
        self._letters = LetterProbe(
            self._workshop,
            _panel(self._window, NextLetterPanel),
            _panel(self._window, SamplingPanel).settings.temperature.slider,
        )
        self._step_at_s = 0.0
        self._first = self._mark()
        self._run.prepared.connect(self._on_prepared)
        self._run.updated.connect(self._on_updated)
        self._run.failed.connect(self._on_failed)

    @Slot()
    def _on_prepared(self) -> None:
        QTimer.singleShot(SETTLE_MS, self._rest)

    @Slot()
    def _on_updated(self) -> None:
        self._step_at_s = time.perf_counter()

    @Slot(str)
    def _on_failed(self, message: str) -> None:
        self.problem = message
        self._close()

    @Slot()
    def _rest(self) -> None:
        if not self._counts_only:
            self._lateness.start()
        QTimer.singleShot(0 if self._counts_only else REST_MS, self._warm_up)

    @Slot()
    def _warm_up(self) -> None:
        self._lateness.stop()
        self.figures["at_rest_ms"] = self._lateness.late_ms
        self._run.train()
        QTimer.singleShot(int(WARM_UP_S * 1000), self._count)

    @Slot()
    def _count(self) -> None:
        """Without the other instruments, which cost something too."""
        self._frames.cpu_s.clear()
        self._frames.releases.clear()
        self._first = self._mark()
        then = self._finish_counting if self._counts_only else self._train
        most_ms = self._ms if self._counts_only else min(self._ms, COUNT_MS)
        QTimer.singleShot(most_ms, then)

    @Slot()
    def _train(self) -> None:
        self._take_counts(self._first, self._mark())
        self._first = self._mark()
        self._lateness.start()
        QTimer.singleShot(self._ms, self._press_keys)

    @Slot()
    def _press_keys(self) -> None:
        self._lateness.stop()
        self._take_speeds(self._first, self._mark())
        self._keys.start()
        QTimer.singleShot(self._ms, self._type)

    @Slot()
    def _finish_counting(self) -> None:
        self._take_counts(self._first, self._mark())
        self._close()

    @Slot()
    def _type(self) -> None:
        self._keys.stop()
        self.figures["key_ms"] = self._keys.effect_ms
        self._run.train()
        self._looks.start()
        QTimer.singleShot(self._ms, self._click)

    @Slot()
    def _click(self) -> None:
        self._looks.stop()
        self.figures["look_ms"] = self._looks.look_ms
        self._window.docks.bring_forward(_panel(self._window, NextLetterPanel))
        self._letters.start()
        QTimer.singleShot(self._ms, self._finish)

    @Slot()
    def _finish(self) -> None:
        self._letters.stop()
        self.figures["click_ms"] = self._letters.click_ms
        self.figures["slide_ms"] = self._letters.slide_ms
        self._close()

    def _close(self) -> None:
        self._window.close_without_remembering()
        self._app.quit()

    def _mark(self) -> _Mark:
        drawn_s = self._workshop.draws.spent_s
        read_s = self._workshop.reading.spent_s
        return _Mark(
            at_s=time.perf_counter(),
            gui_cpu_s=time.thread_time(),
            step=self._run.step,
            step_at_s=self._step_at_s,
            frames=self._frames.frames,
            releases=gil_releases.count(),
            process_cpu_s=time.process_time(),
            watched_cpu_s=self._run.handover.spent_s + read_s - drawn_s,
            drawn_cpu_s=drawn_s,
        )

    def _take_counts(self, first: _Mark, last: _Mark) -> None:
        frames = last.frames - first.frames
        if frames < 2:
            self.problem = "hardly anything was drawn: more --seconds may help"
            return
        # All threads' but the window's own: theirs who trains, and who reads for it.
        trainer_s = (last.process_cpu_s - first.process_cpu_s) - (
            last.gui_cpu_s - first.gui_cpu_s
        )
        each_s = [b - a for a, b in pairwise(self._frames.cpu_s)]
        self.figures |= {
            "gui_cpu_ms": (last.gui_cpu_s - first.gui_cpu_s) * 1000 / frames,
            "gui_cpu_median_ms": statistics.median(each_s) * 1000,
            "counted_frames": frames,
            "watched": (last.watched_cpu_s - first.watched_cpu_s) / trainer_s,
            "drawn": (last.drawn_cpu_s - first.drawn_cpu_s) / trainer_s,
            "releases": None,
            "releases_median": None,
        }
        if first.releases is not None and last.releases is not None:
            each = [b - a for a, b in pairwise(self._frames.releases)]
            self.figures["releases_median"] = statistics.median(each)
            self.figures["releases"] = (last.releases - first.releases) / frames

    def _take_speeds(self, first: _Mark, last: _Mark) -> None:
        trained_s = last.step_at_s - first.step_at_s
        info = self._run.info
        if info is None or trained_s <= 0:
            self.problem = "no step was done: more --seconds may help"
            return
        steps = range(first.step, last.step)
        positions = sum(positions_of(info, step) for step in steps)
        self.figures |= {
            "late_ms": self._lateness.late_ms,
            "frames_per_s": (last.frames - first.frames) / (last.at_s - first.at_s),
            "steps_per_s": len(steps) / trained_s,
            "positions_per_s": positions / trained_s,
        }


def _panel(window: MainWindow, kind: type[_Panel]) -> _Panel:
    [panel] = [p for p in window.docks.panels if isinstance(p, kind)]
    return panel


def _loss_plot(window: MainWindow) -> QWidget:
    return _panel(window, LossPanel).findChildren(QGraphicsView)[0].viewport()


def measure(
    config: RunConfig,
    seconds: float,
    *,
    counts_only: bool = False,
    size: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """Open the window, ``size`` pixels large, and measure; see `Measurement`.

    Raises:
        RuntimeError: There are no figures; says why.
    """
    playground = Playground(Preferences(pace=FULL_SPEED.stored))
    if size is not None:
        playground.window.resize(*size)
    playground.window.show()
    measurement = Measurement(playground, seconds, counts_only=counts_only)
    playground.run.start(config)
    playground.app.exec()
    if measurement.problem:
        raise RuntimeError(measurement.problem)
    return measurement.figures


if __name__ == "__main__":
    given = argument_of_child()
    given["config"] = RunConfig(**given["config"])
    answer(measure(**given))
