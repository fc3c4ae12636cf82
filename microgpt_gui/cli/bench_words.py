"""The figures of `bench` as tables, each with what it says and what it does not."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from microgpt_gui.bench.engines import BASELINES
from microgpt_gui.bench.gil_releases import NEEDS
from microgpt_gui.bench.scale import LONGEST_STEP_S
from microgpt_gui.cli.table import figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.bench.delays import Delays
    from microgpt_gui.bench.engines import EngineSpeed
    from microgpt_gui.bench.restyle import RestyleFigures
    from microgpt_gui.bench.scale import Cell
    from microgpt_gui.bench.spread import Spread
    from microgpt_gui.bench.start import StartFigures
    from microgpt_gui.bench.views import ViewFigures
    from microgpt_gui.bench.window import WindowFigures

    #: How rows become a table: `table` or `markdown_table`.
    Table = Callable[[Sequence[Sequence[str]]], str]


def of_problems(problems: Mapping[str, str]) -> str:
    """Return why which engine was not measured, a paragraph for each."""
    return "".join(
        fill(f"Not measured: {engine}: {problem.rstrip('.')}.", 88) + "\n"
        for engine, problem in problems.items()
    )


_SPEEDS = (
    *("engine", "steps/s", "min..max", "x script", "x python"),
    *("one a call", "20 samples", "memory"),
)


def of_engines(speeds: Sequence[EngineSpeed], draw: Table) -> str:
    """Return the table of speeds."""
    rows: list[Sequence[str]] = [_SPEEDS]
    for speed in speeds:
        rate = speed.steps_per_s
        rows.append(
            (
                speed.engine,
                figure(rate.median) if rate else "-",
                _range(rate) if rate else "-",
                *(_times(speed, baseline) for baseline in BASELINES),
                figure(speed.one_a_call.median) if speed.one_a_call else "-",
                f"{figure(speed.samples_ms.median)} ms" if speed.samples_ms else "-",
                f"{speed.peak_bytes / 2**20:.0f} MB" if speed.peak_bytes else "-",
            )
        )
    problems = of_problems({s.engine: s.problem for s in speeds if s.problem})
    return (
        f"{draw(rows)}\nSteps of the mean document in a second of CPU time, median of "
        "the rounds, all by turns.\nScript: one object for every operation, and the "
        "garbage collector on, as microgpt.py has\nit; in a process of its own. "
        "One a call: where steps are not done in batches. Samples: of\nthe same "
        "weights, as the window draws them. Memory: the most that a fresh process had\n"
        f"in use (resident), interpreter included, training so alone.\n{problems}"
    )


def of_scale(cells: Sequence[Cell], draw: Table) -> str:
    """Return the table of sizes; one column for each engine."""
    engines = list(dict.fromkeys(cell.engine for cell in cells))
    by_size: dict[tuple[int, int, int], dict[str, Cell]] = {}
    for cell in cells:
        size = (cell.n_layer, cell.n_embd, cell.num_params)
        by_size.setdefault(size, {})[cell.engine] = cell
    has_ratio = {"compiled", "numpy"} <= set(engines)
    ratio = ("numpy / compiled",) if has_ratio else ()
    rows: list[Sequence[str]] = [("n_layer", "n_embd", "parameters", *engines, *ratio)]
    for (n_layer, n_embd, num_params), row in by_size.items():
        shown = [_cell(row[engine]) for engine in engines]
        if has_ratio:
            shown.append(_ratio(row["numpy"], row["compiled"]))
        rows.append((str(n_layer), str(n_embd), f"{num_params:,}", *shown))
    text = f"{draw(rows)}\nMilliseconds of CPU time a step, on the mean document.\n"
    if any(cell.step_ms is None for cell in cells):
        text += (
            "(about N): left out, since a step would take more than "
            f"{LONGEST_STEP_S:g} s.\n"
        )
    return text


_END = ("p999", "max")  # of a distribution


def of_window(windows: Sequence[WindowFigures], draw: Table) -> str:
    """Return one table with a column for each engine."""
    rows = [("", *(window.engine for window in windows))]
    facts: tuple[tuple[str, Callable[[WindowFigures], str]], ...] = (
        ("at rest: timer late, p50 / p99 ms", lambda w: _delays(w.at_rest)),
        ("                     p99.9 / max ms", lambda w: _delays(w.at_rest, *_END)),
        ("training: timer late, p50 ms", lambda w: _delay(w.lateness, "p50")),
        ("                      p95 ms", lambda w: _delay(w.lateness, "p95")),
        ("                      p99 ms", lambda w: _delay(w.lateness, "p99")),
        ("                      p99.9 ms", lambda w: _delay(w.lateness, "p999")),
        ("                      max ms", lambda w: _delay(w.lateness, "max")),
        ("p99 beyond that at rest, ms", lambda w: figure(w.beyond_rest_ms.median)),
        ("key to effect, p50 / p99 ms", lambda w: _delays(w.key)),
        ("letter to its picture, p50 / p99 ms", lambda w: _delays(w.look)),
        ("letter clicked to its odds, p50 / p99 ms", lambda w: _delays(w.click)),
        ("temperature to its odds, p50 / p99 ms", lambda w: _delays(w.slide)),
        ("frames a second", lambda w: figure(w.frames_per_s.median)),
        ("window's CPU a frame, ms", lambda w: figure(w.gui_cpu_ms.median)),
        ("lock let go, times a frame", lambda w: _count(w.gil_releases)),
        ("trainer's share for being watched", lambda w: f"{w.watched.median:.1%}"),
        ("              for samples", lambda w: f"{w.drawn.median:.1%}"),
        ("steps/s in the window", lambda w: figure(w.steps_per_s.median)),
        ("steps/s without", lambda w: figure(w.headless_steps_per_s.median)),
        ("share", lambda w: f"{w.share.median:.0%}"),
        ("memory of the window's process, MB", _megabytes),
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
            rows.append((view.title, *shares, _delays(view.lateness)))
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


def of_start(start: StartFigures, draw: Table) -> str:
    """Return the time of a start, and its dearest imports."""
    time_ms = start.start_ms
    rows = [("imports", "modules", "ms")]
    rows += [
        (cost.package, str(cost.modules), figure(cost.ms)) for cost in start.imports
    ]
    return (
        f"{time_ms.median:,.0f} ms ({time_ms.low:,.0f}..{time_ms.high:,.0f}) from the "
        "command to the first painted window, warm, each in a fresh process\n\n"
        f"{draw(rows)}\n{start.modules} modules; their import is "
        f"{start.imports_share:.0%} of a start. Noting it makes all of it slower:\n"
        "the shares count, not the sums.\n"
    )


def _cell(cell: Cell) -> str:
    if cell.step_ms is not None:
        return figure(cell.step_ms)
    return f"(about {cell.expected_ms or 0:,.0f})"


def _ratio(slow: Cell, quick: Cell) -> str:
    if slow.step_ms is None or quick.step_ms is None:
        return "-"
    return figure(slow.step_ms / quick.step_ms)


def _times(speed: EngineSpeed, baseline: str) -> str:
    times = speed.times.get(baseline)
    return figure(times.median) if times else "-"


def _range(spread: Spread) -> str:
    return f"{figure(spread.low)}..{figure(spread.high)}"


def _two(first: Spread, second: Spread) -> str:
    return f"{figure(first.median)} / {figure(second.median)}"


def _megabytes(window: WindowFigures) -> str:
    return f"{window.peak_bytes / 2**20:.0f}" if window.peak_bytes else "-"


def _delay(delays: Delays | None, name: str) -> str:
    return figure(getattr(delays, name)) if delays else "-"


def _delays(delays: Delays | None, first: str = "p50", second: str = "p99") -> str:
    return f"{_delay(delays, first)} / {_delay(delays, second)}" if delays else "-"


def _count(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"
