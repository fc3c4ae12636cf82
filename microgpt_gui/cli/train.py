"""`microgpt-gui train`: a run that prints what microgpt.py prints, byte for byte."""

from __future__ import annotations

import platform
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from microgpt_gui import __version__
from microgpt_gui.cli.download import download
from microgpt_gui.cli.errors import CommandError
from microgpt_gui.cli.progress import ProgressBar
from microgpt_gui.cli.settings import misused, run_config
from microgpt_gui.cli.streams import is_terminal
from microgpt_gui.data import CorpusError, NotDownloaded
from microgpt_gui.engine.base import Diverged
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.report import Report, write_report
from microgpt_gui.session.run import Run
from microgpt_gui.session.writable import CannotWrite, check_writable

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from microgpt_gui.cli.streams import Output
    from microgpt_gui.session.config import RunConfig


def train(options: Namespace, output: Output) -> None:
    """Train, sample, and write the report that was asked for.

    Raises:
        CommandError: Something that was given cannot be used.
    """
    config = run_config(options)
    try:
        if options.report:
            check_writable(options.report)
        run = _prepared(config, may_download=options.download)
        report = _report(run, options, _nothing if options.quiet else output.write)
        output.flush()
        if options.report:
            write_report(options.report, report)
    except (CorpusError, CannotWrite) as error:
        raise CommandError(str(error)) from None
    except ConfigError as error:
        raise misused(error.field, str(error)) from None


def _nothing(_text: str) -> None:
    """Print nothing."""


def _prepared(config: RunConfig, *, may_download: bool) -> Run:
    try:
        return Run(config)
    except NotDownloaded as error:
        if not may_download:
            raise CommandError(
                f"the dataset {error.key} is not on this computer yet: fetch it with "
                f"'microgpt-gui download {error.key}', or add --download"
            ) from None
        download(error.key)
        return Run(config)


def _report(run: Run, options: Namespace, write: Callable[[str], object]) -> Report:
    info = run.info
    write(f"num docs: {len(info.docs)}\n")
    write(f"vocab size: {info.vocab_size}\n")
    write(f"num params: {info.num_params}\n")
    started_s = time.perf_counter()
    losses = _train(run, write, shows_steps=not options.quiet)
    trained_s = time.perf_counter() - started_s
    write("\n--- inference (new, hallucinated names) ---\n")
    samples = []
    for text in run.script_samples(options.samples, options.temperature):
        samples.append(text)
        write(f"sample {len(samples):2d}: {text}\n")
    settings = {"samples": options.samples, "temperature": options.temperature}
    return Report(
        num_docs=len(info.docs),
        vocab_size=info.vocab_size,
        num_params=info.num_params,
        losses=tuple(losses),
        samples=tuple(samples),
        final_params_sha256=run.parameters_sha256(),
        engine=run.config.engine,
        steps_per_second=len(losses) / trained_s,
        settings=asdict(run.config) | settings,
        python=platform.python_version(),
        version=__version__,
    )


def _train(
    run: Run, write: Callable[[str], object], *, shows_steps: bool
) -> list[float]:
    steps = run.config.steps
    losses: list[float] = []
    # Where the steps themselves are on the screen, a bar would only get in their way.
    wanted = not (shows_steps and is_terminal(sys.stdout))
    with no_collector(), ProgressBar(steps, "steps", wanted=wanted) as bar:
        for step in range(1, steps + 1):
            try:
                loss = run.step()
            except Diverged:
                raise CommandError(
                    f"training diverged at step {step}: its numbers left the range "
                    "that a computer can hold; a smaller --learning-rate keeps them "
                    "in it"
                ) from None
            losses.append(loss)
            shown = f"loss {loss:.4f}"
            write(f"step {step:4d} / {steps:4d} | {shown}\r")
            bar.update(step, shown)
    return losses
