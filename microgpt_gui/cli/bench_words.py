"""The figures of `bench` as tables, each with what it says and what it does not."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from microgpt_gui.bench.engines import BASELINES
from microgpt_gui.bench.scale import LONGEST_STEP_S
from microgpt_gui.cli.table import delay, delays, figure, megabytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.bench.engines import EngineSpeed
    from microgpt_gui.bench.past import PastFigures
    from microgpt_gui.bench.scale import Cell
    from microgpt_gui.bench.spread import Spread
    from microgpt_gui.bench.start import StartFigures
    from microgpt_gui.cli.table import Table


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


def of_past(pasts: Sequence[PastFigures], draw: Table) -> str:
    """Return one table with a column for each engine."""
    rows = [("", *(past.engine for past in pasts))]
    facts: tuple[tuple[str, Callable[[PastFigures], str]], ...] = (
        ("steps", lambda p: f"{p.steps:,}"),
        ("seconds", lambda p: figure(p.taken_s)),
        ("any moment, p50 / p99 ms", lambda p: delays(p.moment)),
        ("any moment, max ms", lambda p: delay(p.moment, "max")),
        ("keyframes", lambda p: f"{p.keyframes:,}"),
        ("steps between two, at most", lambda p: f"{p.widest_gap:,}"),
        ("keyframes, MB", lambda p: megabytes(p.keyframe_bytes)),
        ("memory grown beyond those, MB", lambda p: megabytes(p.grown_bytes)),
        ("keyframes for 0.1 s a moment, MB", lambda p: megabytes(p.bytes_for_soon)),
    )
    for title, shown in facts:
        rows.append((title, *(shown(past) for past in pasts)))
    return (
        f"{draw(rows)}\nA run taken down as the window does it, without a window; "
        "random moments of it, by the\nclock, from the wish until the model is there.\n"
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
