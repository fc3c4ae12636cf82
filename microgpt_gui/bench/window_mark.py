"""Counters of the window, and what has come of them between two moments."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from microgpt_gui.bench import gil_releases

if TYPE_CHECKING:
    from typing import Any

    from microgpt_gui.bench.probes import FrameProbe
    from microgpt_gui.gui.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Mark:
    """All counters at one moment."""

    at_s: float
    gui_cpu_s: float
    step: int  # the newest that the window knows of
    step_at_s: float  # since when
    frames: int
    releases: int | None
    process_cpu_s: float
    watched_cpu_s: float  # to hand over moments, and to answer the views that are open
    drawn_cpu_s: float  # to draw samples


class Counters(QObject):
    """Reads them all at once; lives on the window's thread."""

    def __init__(self, workshop: Workshop, frames: FrameProbe) -> None:
        super().__init__(frames)
        self._workshop = workshop
        self._run = workshop.run
        self._frames = frames
        self._step_at_s = 0.0
        self._run.updated.connect(self._on_updated)

    @Slot()
    def _on_updated(self) -> None:
        self._step_at_s = time.perf_counter()

    def mark(self) -> Mark:
        """Return what they say now."""
        drawn_s = self._workshop.draws.spent_s
        read_s = self._workshop.reading.spent_s
        return Mark(
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

    def costs_between(self, first: Mark, last: Mark) -> dict[str, Any] | None:
        """Return what a frame has cost, and being watched; None without frames."""
        frames = last.frames - first.frames
        if frames < 2:
            return None
        # All threads' but the window's own: theirs who trains, and who reads for it.
        trainer_s = (last.process_cpu_s - first.process_cpu_s) - (
            last.gui_cpu_s - first.gui_cpu_s
        )
        each_s = [b - a for a, b in pairwise(self._frames.cpu_s)]
        costs: dict[str, Any] = {
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
            costs["releases_median"] = statistics.median(each)
            costs["releases"] = (last.releases - first.releases) / frames
        return costs
