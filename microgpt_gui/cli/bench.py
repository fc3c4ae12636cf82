"""`microgpt-gui bench`: measures, and shows the figures as a table or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from microgpt_gui.bench.child import ChildFailed
from microgpt_gui.bench.engines import BASELINES, time_engines, turns
from microgpt_gui.bench.machine import this_machine
from microgpt_gui.bench.scale import cells, time_scale
from microgpt_gui.bench.script_way import SCRIPT
from microgpt_gui.bench.start import time_start
from microgpt_gui.bench.views import measure_views
from microgpt_gui.bench.window import measure_window
from microgpt_gui.cli import bench_words
from microgpt_gui.cli.errors import CommandError
from microgpt_gui.cli.outputs import TO_BE_PRINTED, check_outputs
from microgpt_gui.cli.progress import ProgressBar
from microgpt_gui.cli.settings import misused, run_config
from microgpt_gui.cli.table import markdown_table, table
from microgpt_gui.data import CorpusError
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.exports.names import settings_to_share
from microgpt_gui.session.report import write_json
from microgpt_gui.session.writable import CannotWrite

if TYPE_CHECKING:
    from argparse import Namespace

    from microgpt_gui.cli.streams import Output
    from microgpt_gui.session.config import RunConfig

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
    everyone = [SCRIPT, *ENGINES] if options.measures == "engines" else [*ENGINES]
    engines = list(dict.fromkeys(options.engines or everyone))
    if SCRIPT in engines and options.measures != "engines":
        raise misused("engine", f"{SCRIPT} is timed only beside the engines")
    draw = markdown_table if options.markdown else table
    given = {"rounds": options.rounds, "round_s": options.seconds}
    given = {name: value for name, value in given.items() if value is not None}
    match options.measures:
        case "engines":
            total = turns(engines, given.get("rounds", 5))
            with ProgressBar(total, "turns", stays=False) as bar:
                speeds = time_engines(config, engines, progress=bar.update, **given)
            figures = {"baselines": BASELINES, "engines": [asdict(s) for s in speeds]}
            return figures, bench_words.of_engines(speeds, draw)
        case "scale":
            with ProgressBar(cells(engines), "sizes", stays=False) as bar:
                sizes = time_scale(config, engines, progress=bar.update, **given)
            return {"cells": [asdict(s) for s in sizes]}, bench_words.of_scale(
                sizes, draw
            )
        case "window":
            windows = []
            with ProgressBar(len(engines), "engines", stays=False) as bar:
                for done, engine in enumerate(engines):
                    bar.update(done, engine)
                    windows.append(measure_window(config, engine, **given))
            figures = {"engines": [asdict(w) for w in windows]}
            return figures, bench_words.of_window(windows, draw)
        case "views":
            seconds = {"seconds": options.seconds} if options.seconds else {}
            by_engine = {}
            with ProgressBar(len(engines), "engines", stays=False) as bar:
                for done, engine in enumerate(engines):
                    bar.update(done, engine)
                    by_engine[engine] = measure_views(config, engine, **seconds)
            figures = {
                engine: [asdict(view) for view in views]
                for engine, views in by_engine.items()
            }
            return {"views": figures}, bench_words.of_views(by_engine, draw)
        case _:
            rounds = given.get("rounds", 5)
            with ProgressBar(rounds, "starts", stays=False) as bar:
                start = time_start(rounds, progress=bar.update)
            return asdict(start), bench_words.of_start(start, draw)


def _do_nothing() -> None:
    """Go on loading."""
