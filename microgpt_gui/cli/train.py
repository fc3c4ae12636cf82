"""`microgpt-gui train`: a run that prints what microgpt.py prints, byte for byte."""

from __future__ import annotations

import platform
import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui import __version__
from microgpt_gui.cli.download import download
from microgpt_gui.cli.errors import CommandError
from microgpt_gui.cli.interrupt import patient_interrupt
from microgpt_gui.cli.outputs import check_outputs, refuse_texts_of
from microgpt_gui.cli.progress import ProgressBar
from microgpt_gui.cli.resume import resumed
from microgpt_gui.cli.settings import misused, run_config
from microgpt_gui.cli.streams import is_terminal, say
from microgpt_gui.data import CorpusError, NotDownloaded
from microgpt_gui.data.text_file import shown_path
from microgpt_gui.engine.base import Diverged
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.exports.names import settings_to_share
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.report import Report, write_report
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run
from microgpt_gui.session.writable import CannotWrite

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from pathlib import Path

    from microgpt_gui.cli.streams import Output
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord


def train(options: Namespace, output: Output) -> None:
    """Train, sample, and write what was asked for.

    Raises:
        CommandError: Something that was given cannot be used.
        KeyboardInterrupt: Ctrl C was pressed; what --save asks for has been written.
    """
    config = run_config(options)
    check_outputs(options)
    try:
        old = resumed(options) if options.resume else None
        if old:
            refuse_texts_of(old.record, options)
        recorder = _recorder(options, old)
        run = _prepared(
            old.record if old else config, recorder, may_download=options.download
        )
        report = _report(
            run, recorder, old, options, _nothing if options.quiet else output.write
        )
        output.flush()
        if options.report:
            write_report(options.report, report)
    except (CorpusError, CannotWrite, RunFileError) as error:
        raise CommandError(str(error)) from None
    except ConfigError as error:
        raise misused(error.field, str(error)) from None


def _nothing(_text: str) -> None:
    """Print nothing."""


def _recorder(options: Namespace, old: SavedRun | None) -> Recorder | None:
    if old:
        return Recorder.of(old.record)
    return Recorder() if options.save else None


def _prepared(
    start: RunConfig | RunRecord, recorder: Recorder | None, *, may_download: bool
) -> Run:
    try:
        return Run(start, recorder=recorder)
    except NotDownloaded as error:
        if not may_download:
            raise CommandError(
                f"the dataset {error.key} is not on this computer yet: fetch it with "
                f"'microgpt-gui download {error.key}', or add --download"
            ) from None
        download(error.key)
        return Run(start, recorder=recorder)


def _report(
    run: Run,
    recorder: Recorder | None,
    old: SavedRun | None,
    options: Namespace,
    write: Callable[[str], object],
) -> Report:
    info = run.info
    write(f"num docs: {len(info.docs)}\n")
    write(f"vocab size: {info.vocab_size}\n")
    write(f"num params: {info.num_params}\n")
    started_s = time.perf_counter()
    losses = _train(run, options, write)
    trained_s = time.perf_counter() - started_s
    if options.save:
        # Before the samples: they use up the random stream.
        _save(run, old, options.save, trained_s)
        if not run.is_finished:
            raise KeyboardInterrupt
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
        losses=tuple(recorder.figures.losses if recorder else losses),
        samples=tuple(samples),
        final_params_sha256=run.parameters_sha256(),
        engine=run.config.engine,
        steps_per_second=len(losses) / trained_s,
        settings=settings_to_share(run.config) | settings,
        python=platform.python_version(),
        version=__version__,
    )


def _train(run: Run, options: Namespace, write: Callable[[str], object]) -> list[float]:
    """Train to the end, or to the first Ctrl C if the run is to be saved."""
    steps = run.config.steps
    losses: list[float] = []
    # Where the steps themselves are on the screen, a bar would only get in their way.
    wanted = options.quiet or not is_terminal(sys.stdout)
    begun = run.steps_done
    interrupt = patient_interrupt() if options.save else nullcontext(lambda: False)
    bar = ProgressBar(steps, "steps", begun=begun, wanted=wanted)
    with interrupt as is_interrupted, no_collector(), bar:
        for step in range(begun + 1, steps + 1):
            if is_interrupted():
                break
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


def _save(run: Run, old: SavedRun | None, path: Path, trained_s: float) -> None:
    saved = SavedRun(run.record(), trained_s=trained_s)
    if old:
        whole_s = None if old.trained_s is None else old.trained_s + trained_s
        saved = replace(saved, name=old.name, marks=old.marks, trained_s=whole_s)
    write_run(path, saved)
    if not run.is_finished:
        say(
            f"stopped after step {run.steps_done}; "
            f"--resume {shown_path(path)} goes on from there"
        )
