"""What the window costs the trainer, and the trainer the window.

Each part runs in a process of its own, by turns with the same run without a window.
"""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microgpt_gui.bench import gil_releases
from microgpt_gui.bench.child import PATIENCE_S, run_module
from microgpt_gui.bench.delays import Delays
from microgpt_gui.bench.spread import Spread, percentile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.config import RunConfig


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """The window, training flat out with one engine.

    Of delays, the medians over the runs of what each run gives.

    Attributes:
        engine: A key of ENGINES.
        platform: Qt's, such as "xcb", or "offscreen".
        at_rest: Lateness of a 10 ms timer in the same window, paused by turns with its
            training: the floor.
        lateness: The same while training.
        beyond_rest_ms: By how much p99 while training exceeds that at rest, over the
            runs.
        key: From when a key was due to when the run's state had changed; None where
            the window did not get the keyboard.
        look: From when a letter of a text to look at was due to when its heads were
            painted, training flat out.
        click: From when a click on a letter's bar was due to when the odds after it
            were painted, likewise.
        slide: From when a move of the temperature's slider was due to when the odds at
            that temperature were, likewise.
        watched: Of the CPU time of the threads that train and read, the share that went
            into handing over moments and answering the views that are open, nobody
            asking for anything.
        drawn: The share that went into samples, drawn again every so many steps.
        frames_per_s: How often the loss plot was painted. It changes with each step:
            an engine of 14 steps a second cannot give 30 frames.
        gui_cpu_ms: CPU time of the window's thread for each of these frames, whatever
            it did.
        gil_releases: How often that thread let the interpreter lock go for a call into
            Qt, for each frame; None where it cannot be counted.
        steps_per_s: Training in the window, by the clock, over the runs.
        headless_steps_per_s: The same without a window, before and after each run.
        share: The one as a share of the other, on documents of equal length.
        peak_bytes: The most memory that the window's process had in use, trained so
            long; None where the system does not tell.
    """

    engine: str
    platform: str
    at_rest: Delays | None
    lateness: Delays | None
    beyond_rest_ms: Spread
    key: Delays | None
    look: Delays | None
    click: Delays | None
    slide: Delays | None
    watched: Spread
    drawn: Spread
    frames_per_s: Spread
    gui_cpu_ms: Spread
    gil_releases: float | None
    steps_per_s: Spread
    headless_steps_per_s: Spread
    share: Spread
    peak_bytes: float | None


def measure_window(
    config: RunConfig, engine: str, rounds: int = 1, round_s: float = 4.0
) -> WindowFigures:
    """Measure one engine in the window.

    Args:
        config: The run; its engine does not matter.
        engine: A key of ENGINES.
        rounds: How often the window is opened.
        round_s: How long it trains each time and rests between, first for the clock,
            then for the keys, then for the looks, then for the clicks; and without a
            window, half before and half after.

    Raises:
        ChildFailed: A measuring process failed.
    """
    given = {"config": asdict(replace(config, engine=engine)), "seconds": round_s}
    half = given | {"seconds": round_s / 2}
    longest_s = PATIENCE_S + 6 * round_s
    with tempfile.TemporaryDirectory() as folder:
        counting = gil_releases.build_counter(Path(folder))
        headless = [run_module("headless", half, None, longest_s)]
        windows = []
        for _ in range(rounds):
            windows.append(run_module("window_child", given, counting, longest_s))
            headless.append(run_module("headless", half, None, longest_s))
    shares = [
        2 * window["positions_per_s"] / sum(h["positions_per_s"] for h in around)
        for window, around in zip(windows, pairwise(headless), strict=True)
    ]
    return WindowFigures(
        engine=engine,
        platform=windows[0]["platform"],
        at_rest=Delays.of_runs([w["at_rest_ms"] for w in windows]),
        lateness=Delays.of_runs([w["late_ms"] for w in windows]),
        beyond_rest_ms=Spread.of(
            [
                percentile(w["late_ms"], 0.99) - percentile(w["at_rest_ms"], 0.99)
                for w in windows
            ]
        ),
        key=Delays.of_runs([w["key_ms"] for w in windows]),
        look=Delays.of_runs([w["look_ms"] for w in windows]),
        click=Delays.of_runs([w["click_ms"] for w in windows]),
        slide=Delays.of_runs([w["slide_ms"] for w in windows]),
        watched=Spread.of([w["watched"] for w in windows]),
        drawn=Spread.of([w["drawn"] for w in windows]),
        frames_per_s=Spread.of([w["frames_per_s"] for w in windows]),
        gui_cpu_ms=Spread.of([w["gui_cpu_ms"] for w in windows]),
        gil_releases=_median([w["releases"] for w in windows]),
        steps_per_s=Spread.of([w["steps_per_s"] for w in windows]),
        headless_steps_per_s=Spread.of([h["steps_per_s"] for h in headless]),
        share=Spread.of(shares),
        peak_bytes=_median([w["peak_bytes"] for w in windows]),
    )


def count_costs(
    config: RunConfig, engine: str, seconds: float, size: tuple[int, int]
) -> dict[str, Any]:
    """Count what a frame costs, and nothing else.

    Args:
        config: The run; its engine does not matter.
        engine: A key of ENGINES.
        seconds: How long to count.
        size: Of the window, width and height in pixels.

    Returns:
        ``counted_frames``; for each of them on average ``releases`` (None where they
        cannot be counted) and ``gui_cpu_ms``, the CPU time of the window's thread; and
        the same of the median frame, ``releases_median`` and ``gui_cpu_median_ms``.

    Raises:
        ChildFailed: The measuring process failed.
    """
    given = {
        "config": asdict(replace(config, engine=engine)),
        "seconds": seconds,
        "counts_only": True,
        "size": size,
    }
    with tempfile.TemporaryDirectory() as folder:
        counting = gil_releases.build_counter(Path(folder))
        figures: dict[str, Any] = run_module("window_child", given, counting)
    return figures


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
