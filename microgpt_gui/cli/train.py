"""`microgpt-gui train`: a run that prints what microgpt.py prints, byte for byte."""

from __future__ import annotations

import platform
import sys
import time
from array import array
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui import __version__
from microgpt_gui.cli.compiling import CompilingBeside
from microgpt_gui.cli.download import download
from microgpt_gui.cli.errors import CommandError, in_a_message
from microgpt_gui.cli.interrupt import patient_end
from microgpt_gui.cli.loading import loading_bar
from microgpt_gui.cli.outputs import check_outputs, refuse_texts_of
from microgpt_gui.cli.progress import ProgressBar
from microgpt_gui.cli.resume import resumed
from microgpt_gui.cli.settings import misused, run_config
from microgpt_gui.cli.streams import is_terminal, say
from microgpt_gui.cli.text_words import tell_of_text
from microgpt_gui.data import CorpusError, NotDownloaded
from microgpt_gui.data.text_file import shown_path
from microgpt_gui.engine.base import CancelToken, Diverged
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.engine.memory_words import DoesNotFit
from microgpt_gui.engine.sampling import Unpredictable
from microgpt_gui.letters import with_escaped_breaks
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.cost import (
    STILL_STEP_S,
    run_step_seconds,
    slowness_in_words,
)
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.exports.names import settings_to_share
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.report import Report, write_report
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.container import check_alphabet_fits
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run
from microgpt_gui.session.writable import CannotWrite

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable
    from pathlib import Path

    from microgpt_gui.cli.streams import Output
    from microgpt_gui.data import LoadedCorpus
    from microgpt_gui.session.record import RunRecord

#: Steps are done back to back for so long before they are told.
TELL_EVERY_S = 0.02


def train(options: Namespace, output: Output) -> None:
    """Train, sample, and write what was asked for.

    Raises:
        CommandError: Something that was given cannot be used, or training diverged;
            what was done before that has been written.
        KeyboardInterrupt, Stopped: Ctrl C was pressed, or a signal came; what --save
            asks for has been written.
    """
    try:
        start, old = _start(options)
        recorder = _recorder(options, old)
        run = _prepared(start, recorder, may_download=options.download)
        if not options.quiet:
            tell_of_text(run)
        write = _nothing if options.quiet else output.write
        is_quiet = options.quiet and not is_terminal(sys.stderr)
        with CompilingBeside(run.config.engine, is_quiet=is_quiet) as compiling:
            report, failure = _report(run, recorder, old, options, write, compiling)
            output.flush()
            if options.report:
                write_report(options.report, report)
            if failure is not None:
                raise failure
            compiling.finish()
    except (CorpusError, CannotWrite, RunFileError) as error:
        raise CommandError(str(error)) from None
    except ConfigError as error:
        raise misused(error.field, str(error)) from None


def _start(options: Namespace) -> tuple[RunConfig | RunRecord, SavedRun | None]:
    """Return what to train, and the saved run that it goes on with, if any.

    Raises:
        CommandError: An option cannot be used.
        RunFileError: The saved run cannot be.
    """
    if not options.resume:
        config = run_config(options)
        check_outputs(options)
        return config, None
    check_outputs(options)
    # What is written is held against that run's settings, not the usual ones.
    old = resumed(options)
    refuse_texts_of(old.record, options)
    return old.record, old


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
        with loading_bar() as tell:
            dataset = None
            if recorder is not None and isinstance(start, RunConfig):
                dataset = _keepable(start, tell)
            return Run(start, dataset=dataset, recorder=recorder, tell=tell)
    except NotDownloaded as error:
        if not may_download:
            raise CommandError(
                f"the dataset {error.key} is not on this computer yet: fetch it with "
                f"'microgpt-gui download {error.key}', or add --download"
            ) from None
        download(error.key)
        return Run(start, recorder=recorder)


def _keepable(config: RunConfig, tell: Callable[[float], None]) -> LoadedCorpus:
    """Return the text of a run that is to be saved; no training shall be in vain.

    Raises:
        RunFileError: No file could hold a run that learns from it.
    """
    dataset = load_dataset(
        config.dataset,
        CancelToken().check,
        lambda share: tell(share / 2),
        reading=config.reading,
    )
    try:
        check_alphabet_fits(dataset.corpus.vocabulary.chars)
    except RunFileError as error:
        raise RunFileError(f"--save: the run cannot be saved: {error}") from None
    return dataset


def _report(
    run: Run,
    recorder: Recorder | None,
    old: SavedRun | None,
    options: Namespace,
    write: Callable[[str], object],
    compiling: CompilingBeside,
) -> tuple[Report, CommandError | None]:
    """Train; return what came of it, and what was wrong with it.

    Raises:
        CommandError, BrokenPipeError: The output has ended; what --save asks for has
            been written.
        KeyboardInterrupt, Stopped: Likewise, when the person or the system asked.
    """
    info = run.info
    _warn_of_slowness(run, options)
    write(f"num docs: {len(info.docs)}\n")
    write(f"vocab size: {info.vocab_size}\n")
    write(f"num params: {info.num_params}\n")
    started_s = time.perf_counter()
    failures: list[str] = []
    with patient_end() if options.save else nullcontext(_never) as asked:
        losses, end = _train(run, options, write, asked, compiling)
        trained_s = time.perf_counter() - started_s
        if isinstance(end, Diverged):
            failures.append(_runaway(end))
        if options.save and (losses or end is None or isinstance(end, Diverged)):
            # Before the samples: they use up the random stream.
            try:
                _save(run, old, options.save, trained_s)
            except (CannotWrite, RunFileError) as error:
                failures.append(str(error))  # what else was asked for is still to come
            else:
                name = shown_path(options.save)
                if failures:
                    failures.append(f"{name} has the run up to step {run.steps_done}")
                elif not run.is_finished:
                    say(
                        f"stopped after step {run.steps_done}; "
                        f"--resume {name} goes on from there"
                    )
        wish = asked()
    samples: list[str] = []
    if isinstance(end, Diverged):
        pass  # its samples would be as wild as its last losses
    elif (why := wish or end) is not None:
        # A terminal that is closed cannot be written to either: the wish counts.
        raise CommandError("; ".join(failures)) if failures else why
    else:
        write("\n--- inference (new, hallucinated names) ---\n")
        try:
            for text in run.script_samples(options.samples, options.temperature):
                samples.append(text)
                write(f"sample {len(samples):2d}: {with_escaped_breaks(text)}\n")
        except Unpredictable as error:
            failures.append(in_a_message(str(error)))
    settings = {"samples": options.samples, "temperature": options.temperature}
    report = Report(
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
    return report, CommandError("; ".join(failures)) if failures else None


def _warn_of_slowness(run: Run, options: Namespace) -> None:
    """Say beforehand that nothing will move for long; to people, if to be quiet."""
    if options.quiet and not is_terminal(sys.stderr):
        return
    steps = run.config.steps - run.steps_done
    step_s = run_step_seconds(run.info, run.config) if steps else None
    if warning := slowness_in_words(step_s, steps, above_s=STILL_STEP_S):
        say(warning)


def _never() -> None:
    """Say that nothing has asked for an end."""


def _train(
    run: Run,
    options: Namespace,
    write: Callable[[str], object],
    asked: Callable[[], BaseException | None],
    compiling: CompilingBeside,
) -> tuple[array[float], BaseException | None]:
    """Train to the end, or to what ends it before, which is returned with the losses.

    That is a run that diverges, a document too large for the memory, an output that
    nobody reads, or what ``asked`` returns.
    """
    steps = run.config.steps
    losses = array("d")
    # Where the steps themselves are on the screen, a bar would only get in their way.
    wanted = options.quiet or not is_terminal(sys.stdout)
    begun = run.steps_done
    bar = ProgressBar(steps, "steps", begun=begun, wanted=wanted)
    try:
        with no_collector(), bar:
            while run.steps_done < steps:
                if (end := asked()) is not None:
                    return losses, end
                first = run.steps_done + 1
                until_s = time.monotonic() + TELL_EVERY_S
                done = run.train(steps - run.steps_done, until_s)
                losses.extend(done.losses)
                if not options.quiet:
                    told = enumerate(done.losses, first)
                    lines = (
                        f"step {s:4d} / {steps:4d} | loss {x:.4f}\r" for s, x in told
                    )
                    write("".join(lines))
                bar.update(run.steps_done, f"loss {losses[-1]:.4f}")
                compiling.look(bar, run.steps_done)
    except (Diverged, DoesNotFit, BrokenPipeError, CommandError) as end:
        return losses, end
    return losses, None


def _runaway(error: Diverged) -> str:
    return (
        f"training diverged at step {error.step + 1}: its numbers left the range that "
        "a computer can hold; a smaller --learning-rate keeps them in it"
    )


def _save(run: Run, old: SavedRun | None, path: Path, trained_s: float) -> None:
    """Write the run, with what its old file has besides.

    Raises:
        CannotWrite, RunFileError: It cannot be written.
    """
    saved = SavedRun(run.record(), trained_s=trained_s)
    if old:
        whole_s = None if old.trained_s is None else old.trained_s + trained_s
        saved = replace(saved, name=old.name, marks=old.marks, trained_s=whole_s)
    write_run(path, saved)
