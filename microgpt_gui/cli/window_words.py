"""The figures of the window as tables, each with what it says and what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.bench.gil_releases import NEEDS
from microgpt_gui.cli.table import delay, delays, figure, megabytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.bench.delays import Delays
    from microgpt_gui.bench.restyle import RestyleFigures
    from microgpt_gui.bench.spread import Spread
    from microgpt_gui.bench.takeover import TakeoverFigures
    from microgpt_gui.bench.views import ViewFigures
    from microgpt_gui.bench.window import WindowFigures
    from microgpt_gui.cli.table import Table

_END = ("p999", "max")  # of a distribution


def of_window(windows: Sequence[WindowFigures], draw: Table) -> str:
    """Return one table with a column for each engine."""
    rows = [("", *(window.engine for window in windows))]
    facts: tuple[tuple[str, Callable[[WindowFigures], str]], ...] = (
        ("at rest: timer late, p50 / p99 ms", lambda w: delays(w.at_rest)),
        ("at rest: timer late, p99.9 / max ms", lambda w: delays(w.at_rest, *_END)),
        ("training: timer late, p50 ms", lambda w: delay(w.lateness, "p50")),
        ("training: timer late, p95 ms", lambda w: delay(w.lateness, "p95")),
        ("training: timer late, p99 ms", lambda w: delay(w.lateness, "p99")),
        ("training: timer late, p99.9 ms", lambda w: delay(w.lateness, "p999")),
        ("training: timer late, max ms", lambda w: delay(w.lateness, "max")),
        (
            "training: p99 beyond that at rest, ms",
            lambda w: figure(w.beyond_rest_ms.median),
        ),
        ("key to effect, p50 / p99 ms", lambda w: delays(w.key)),
        ("letter to its picture, p50 / p99 ms", lambda w: delays(w.look)),
        ("letter clicked to its odds, p50 / p99 ms", lambda w: delays(w.click)),
        ("temperature to its odds, p50 / p99 ms", lambda w: delays(w.slide)),
        ("frames a second", lambda w: figure(w.frames_per_s.median)),
        ("window's CPU a frame, ms", lambda w: figure(w.gui_cpu_ms.median)),
        ("lock let go, times a frame", lambda w: _count(w.gil_releases)),
        ("trainer's share for being watched", lambda w: f"{w.watched.median:.1%}"),
        ("trainer's share for samples", lambda w: f"{w.drawn.median:.1%}"),
        ("steps/s in the window", lambda w: figure(w.steps_per_s.median)),
        ("steps/s without", lambda w: figure(w.headless_steps_per_s.median)),
        ("share", lambda w: f"{w.share.median:.0%}"),
        ("memory of the window's process, MB", lambda w: megabytes(w.peak_bytes)),
    )
    for title, shown in facts:
        rows.append((title, *(shown(window) for window in windows)))
    text = (
        f"{draw(rows)}\nThe real window ({windows[0].platform}), training flat out; "
        "a 10 ms timer on its thread; frames\nof the loss plot, which changes with "
        "each step; speeds by the clock, without the\nwindow before and after.\n"
    )
    if any(window.gil_releases is None for window in windows):
        text += f"The lock is counted where there is {NEEDS}.\n"
    if any(window.key is None for window in windows):
        text += "The keys had no effect: the window did not get the keyboard.\n"
    return text


def of_views(by_engine: Mapping[str, Sequence[ViewFigures]], draw: Table) -> str:
    """Return a table for each engine, a line for each view."""
    text = ""
    for engine, views in by_engine.items():
        heading = (engine, "watched", "window's CPU", "timer late, p50 / p99 ms")
        rows = [heading]
        for view in views:
            shares = f"{view.watched:.1%}", f"{view.gui:.1%}"
            rows.append((view.title, *shares, delays(view.lateness)))
        text += f"{draw(rows)}\n"
    return (
        f"{text}Each view in front in the usual layout, training flat out. Watched: of "
        "the CPU time of\nthe threads that train and read, what went into being "
        "watched. The window's CPU: its\nthread's, of a second.\n"
    )


def of_restyle(figures: Sequence[RestyleFigures], draw: Table) -> str:
    """Return a line for each engine."""
    rows = [("engine", "theme, at rest / training ms", "zoom, at rest / training ms")]
    for f in figures:
        themes = _two(f.theme_rest_ms, f.theme_training_ms)
        rows.append((f.engine, themes, _two(f.zoom_rest_ms, f.zoom_training_ms)))
    return (
        f"{draw(rows)}\nFrom the choice of another theme, or of a step of the zoom, "
        "until all of the window is\npainted; medians, there and back.\n"
    )


def of_takeover(found: TakeoverFigures, draw: Table) -> str:
    """Return how late the window is on the way to machine code."""
    longest = figure(found.longest_ms.median)
    rows = [
        ("", "p50 ms", "p99 ms", "max ms"),
        ("while it compiles and Python trains", *_three(found.before)),
        ("within half a second of the takeover", "", "", longest),
        ("while machine code trains", *_three(found.after)),
    ]
    return (
        f"{draw(rows)}\nA 10 ms timer on the window's thread, training flat out; it "
        f"took over after {figure(found.after_s.median)} s.\n"
    )


def _beyond_rest(window: WindowFigures) -> str:
    return figure(window.beyond_rest_ms.median)


def _two(first: Spread, second: Spread) -> str:
    return f"{figure(first.median)} / {figure(second.median)}"


def _three(late: Delays | None) -> tuple[str, str, str]:
    return delay(late, "p50"), delay(late, "p99"), delay(late, "max")


def _count(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"
