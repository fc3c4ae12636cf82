"""`microgpt-gui bench`: measures, and shows the figures as a table or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from microgpt_gui.bench.at_hand import problem_with
from microgpt_gui.bench.child import ChildFailed
from microgpt_gui.bench.engines import BASELINES, time_engines, turns
from microgpt_gui.bench.machine import this_machine
from microgpt_gui.bench.past import measure_past
from microgpt_gui.bench.restyle import measure_restyle
from microgpt_gui.bench.scale import cells, time_scale
from microgpt_gui.bench.script_way import SCRIPT
from microgpt_gui.bench.start import time_start
from microgpt_gui.bench.takeover import measure_takeover
from microgpt_gui.bench.views import measure_views
from microgpt_gui.bench.window import measure_window
from microgpt_gui.cli import bench_words, window_words
from microgpt_gui.cli.errors import CommandError
from microgpt_gui.cli.outputs import TO_BE_PRINTED, check_outputs
from microgpt_gui.cli.progress import ProgressBar
from microgpt_gui.cli.settings import misused, run_config
from microgpt_gui.cli.streams import say
from microgpt_gui.cli.table import markdown_table, table
from microgpt_gui.data import CorpusError
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.exports.names import settings_to_share
from microgpt_gui.session.machine_code.at_hand import COMPILED
from microgpt_gui.session.machine_code.supply import NoMachineCode, Supply
from microgpt_gui.session.report import write_json
from microgpt_gui.session.writable import CannotWrite

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from microgpt_gui.cli.streams import Output
    from microgpt_gui.cli.table import Table
    from microgpt_gui.session.config import RunConfig

_Figures = TypeVar("_Figures")

_, _STANDARD_OUTPUT = TO_BE_PRINTED


def bench(options: Namespace, output: Output) -> None:
    """Measure what was asked for, and show it.

    Raises:
        CommandError: A setting cannot be used, or a measurement failed.
    """
    config = run_config(options)
    file = options.json if options.json != _STANDARD_OUTPUT else None
    check_outputs(options)
    try:
        # Here, that a process which measures need not complain of it.
        load_dataset(config.dataset, _do_nothing)
        if options.compile:
            _compile()
        figures, words = _measure(options, config)
        figures = {
            "measures": options.measures,
            "machine": asdict(this_machine()),
            "settings": settings_to_share(config),
            **figures,
        }
        if options.json == _STANDARD_OUTPUT:
            output.write(json.dumps(figures, indent=1, allow_nan=False) + "\n")
        else:
            output.write(f"{this_machine().words()}\n\n{words}")
        if file:
            write_json(file, figures)
    except ConfigError as error:
        raise misused(error.field, str(error)) from None
    except (CorpusError, CannotWrite, ChildFailed) as error:
        raise CommandError(str(error)) from None
    except ArithmeticError as error:
        raise CommandError(f"a run broke off: {error}") from None


def _measure(options: Namespace, config: RunConfig) -> tuple[dict[str, Any], str]:
    """Return the figures, and the same in words."""
    draw = markdown_table if options.markdown else table
    given = {"rounds": options.rounds, "round_s": options.seconds}
    given = {name: value for name, value in given.items() if value is not None}
    figures: dict[str, Any]
    match options.measures:
        case "engines":
            engines = list(dict.fromkeys(options.engines or [SCRIPT, *ENGINES]))
            total = turns(engines, given.get("rounds", 5))
            with ProgressBar(total, "turns", stays=False) as bar:
                speeds = time_engines(config, engines, progress=bar.update, **given)
            speed_figures = [asdict(speed) for speed in speeds]
            figures = {"baselines": BASELINES, "engines": speed_figures}
            return figures, bench_words.of_engines(speeds, draw)
        case "takeover":
            takeover = measure_takeover(config, options.rounds or 1)
            return asdict(takeover), window_words.of_takeover(takeover, draw)
        case "start":
            rounds = given.get("rounds", 5)
            with ProgressBar(rounds, "starts", stays=False) as bar:
                start = time_start(rounds, progress=bar.update)
            return asdict(start), bench_words.of_start(start, draw)
        case "scale":
            engines, problems = _those_here(options)
            with ProgressBar(cells(engines), "sizes", stays=False) as bar:
                sizes = time_scale(config, engines, progress=bar.update, **given)
            figures = {"problems": problems, "cells": [asdict(s) for s in sizes]}
            words = bench_words.of_scale(sizes, draw)
            return figures, words + bench_words.of_problems(problems)
        case _:
            return _measure_each(options, config, given, draw)


def _measure_each(
    options: Namespace, config: RunConfig, given: dict[str, Any], draw: Table
) -> tuple[dict[str, Any], str]:
    """Measure one engine after the other."""
    engines, problems = _those_here(options)
    seconds = {"seconds": options.seconds} if options.seconds else {}
    rounds = {"rounds": options.rounds} if options.rounds else {}
    figures: dict[str, Any] = {"problems": problems}
    match options.measures:
        case "window":
            windows = _each(engines, lambda e: measure_window(config, e, **given))
            figures["engines"] = [asdict(window) for window in windows]
            words = window_words.of_window(windows, draw)
        case "past":
            pasts = _each(engines, lambda e: measure_past(config, e, **seconds))
            figures["engines"] = [asdict(past) for past in pasts]
            words = bench_words.of_past(pasts, draw)
        case "restyle":
            restyles = _each(engines, lambda e: measure_restyle(config, e, **rounds))
            figures["engines"] = [asdict(restyle) for restyle in restyles]
            words = window_words.of_restyle(restyles, draw)
        case _:
            views = _each(engines, lambda e: measure_views(config, e, **seconds))
            figures["views"] = {
                engine: [asdict(view) for view in seen]
                for engine, seen in zip(engines, views, strict=True)
            }
            words = window_words.of_views(dict(zip(engines, views, strict=True)), draw)
    return figures, words + bench_words.of_problems(problems)


def _each(engines: Sequence[str], measure: Callable[[str], _Figures]) -> list[_Figures]:
    found = []
    with ProgressBar(len(engines), "engines", stays=False) as bar:
        for done, engine in enumerate(engines):
            bar.update(done, engine)
            found.append(measure(engine))
    return found


def _those_here(options: Namespace) -> tuple[list[str], dict[str, str]]:
    """Return the engines to be measured, and why which of them cannot be."""
    usual = [COMPILED] if options.measures == "past" else ENGINES
    engines = list(dict.fromkeys(options.engines or usual))
    if SCRIPT in engines:
        raise misused("engine", f"{SCRIPT} is timed only beside the engines")
    found = {engine: problem_with(engine) for engine in engines}
    problems = {engine: problem for engine, problem in found.items() if problem}
    if len(problems) == len(engines):
        raise CommandError(" ".join(bench_words.of_problems(problems).split()))
    return [engine for engine in engines if engine not in problems], problems


def _compile() -> None:
    """Get the machine code; where that cannot be had, say so and go on without."""
    problem = ""
    with ProgressBar(None, "s", stays=False) as bar:

        def tell(seconds: float) -> None:
            bar.update(int(seconds), "compiling")

        try:
            Supply().wait(_do_nothing, tell)
        except NoMachineCode as error:
            problem = str(error)
    if problem:
        say(problem)


def _do_nothing() -> None:
    """Go on loading."""
