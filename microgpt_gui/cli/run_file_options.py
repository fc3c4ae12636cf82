"""The options and commands that write and read run files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.cli.values import path, temperature, within
from microgpt_gui.session.config import RANGES
from microgpt_gui.session.sample_batch import (
    COUNT_RANGE,
    TEMPERATURE_RANGE,
    SampleRequest,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, _ArgumentGroup, _SubParsersAction
    from typing import Any

_SAMPLE = """\
Draw samples from the model in a run file, one a line. Needs neither a display nor the
text that it learnt from. Without --seed these are the samples that train printed."""

_SAMPLE_EXAMPLES = """\
examples:
  microgpt-gui sample first.mgpt
  microgpt-gui sample first.mgpt --temperature 1.2 --seed 7 --count 50
  microgpt-gui sample first.mgpt --prompt Ma"""

_INFO = """\
Say what is in a run file: how far the run is, its settings, its model and its text.
Only the head of the file is read; the numbers are checked when the run is opened."""


def add_resume(group: _ArgumentGroup) -> None:
    """Add --resume to the options of a run."""
    group.add_argument(
        "--resume",
        type=path,
        metavar="FILE.mgpt",
        help="go on with a saved run as if it had never stopped, up to --steps; its "
        "settings stay, but for --learning-rate, --steps, --decay-steps and --engine, "
        "where given. More steps alone leave the learning rate's fall as it is: after "
        "its end, the rate stays at its last value",
    )


def add_save(group: _ArgumentGroup) -> None:
    """Add --save to the options that say what a run leaves behind."""
    group.add_argument(
        "--save",
        type=path,
        metavar="FILE.mgpt",
        help="write the run, to go on with it or to open it in the window; Ctrl C then "
        "stops after the step in hand, and what is done is written",
    )


def add_sample(commands: _SubParsersAction[Any]) -> None:
    """Add the command that draws from a saved run."""
    parser = commands.add_parser(
        "sample",
        help="draw samples from a saved run",
        description=_SAMPLE,
        examples=_SAMPLE_EXAMPLES,
    )
    _add_file(parser)
    usual = SampleRequest()
    low, high = TEMPERATURE_RANGE
    parser.add_argument(
        "--temperature",
        type=temperature,
        default=usual.temperature,
        metavar="T",
        help=f"{low:g} to {high:g}; below 1 prefers the likely (default: %(default)s)",
    )
    low_seed, high_seed = RANGES["seed"]
    parser.add_argument(
        "--seed",
        type=within("seed", low_seed, high_seed),
        metavar="N",
        help=f"{low_seed} to {high_seed:,} (default: the run's own random stream)",
    )
    low_count, high_count = COUNT_RANGE
    parser.add_argument(
        "--count",
        type=within("count", low_count, high_count),
        default=usual.count,
        metavar="N",
        help=f"how many; {low_count} to {high_count} (default: %(default)s)",
    )
    parser.add_argument(
        "--prompt",
        default=usual.prompt,
        metavar="TEXT",
        help="what every sample begins with",
    )


def add_info(commands: _SubParsersAction[Any]) -> None:
    """Add the command that says what is in a run file."""
    parser = commands.add_parser(
        "info", help="say what is in a saved run", description=_INFO
    )
    _add_file(parser)


def _add_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=path, metavar="FILE.mgpt", help="a saved run")
