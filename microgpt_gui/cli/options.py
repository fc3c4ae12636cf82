"""What can be written after the program's name, and what it must look like."""

from __future__ import annotations

from argparse import (
    ArgumentParser,
    ArgumentTypeError,
    Namespace,
    RawDescriptionHelpFormatter,
)
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from microgpt_gui import __version__
from microgpt_gui.cli.errors import MISUSED, CommandError
from microgpt_gui.data import DATASETS
from microgpt_gui.data.dataset import Download
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.session.config import MAX_LEARNING_RATE, RANGES, RunConfig
from microgpt_gui.session.snapshot import TEMPERATURE_RANGE

if TYPE_CHECKING:
    from argparse import _ArgumentGroup
    from collections.abc import Callable, Sequence
    from typing import Any

#: How many samples can be asked for, both ends included.
SAMPLES_RANGE = (0, 1_000_000)

_DEFAULTS = RunConfig()

DOWNLOADS = tuple(k for k, d in DATASETS.items() if isinstance(d.origin, Download))

_ABOUT = """\
A GPT that is trained from nothing and opened up while it learns.

Alone, microgpt-gui opens the window. The commands do without it."""

_ABOUT_EXAMPLES = """\
examples:
  microgpt-gui
  microgpt-gui train --dataset dinosaurs --steps 500
  microgpt-gui demo --screenshot window.png
  microgpt-gui train --help"""

_TRAIN = """\
Train as microgpt.py does, and print what it prints, byte for byte: the size of the
data and of the model, the loss of every step, then names that the model makes up.
Needs no display."""

_TRAIN_EXAMPLES = """\
examples:
  microgpt-gui train
  microgpt-gui train --dataset makemore --download
  microgpt-gui train --dataset my-words.txt --n-layer 2 --temperature 0.8
  microgpt-gui train --engine autograd --steps 50
  microgpt-gui train --seed 7 --quiet --report run.json"""

_DEMO = """\
Open the window and let it play by itself: train, sample 20 names, look at one of them.
Then save a picture of the window. Where there is no display, it does so unseen."""

_DEMO_EXAMPLES = """\
examples:
  microgpt-gui demo --screenshot window.png
  microgpt-gui demo --screenshot cities.png --dataset cities --steps 300"""

_DOWNLOAD = """\
Fetch a dataset that does not come with this program, check it, keep it for later, and
print where it is."""


def parse(arguments: Sequence[str] | None) -> Namespace:
    """Return what the command line asks for.

    Its ``command`` is empty for the window and "help" where all has been said.

    Raises:
        CommandError: It cannot be understood.
    """
    try:
        return _parser().parse_args(arguments)
    except SystemExit:  # of --help and --version
        return Namespace(command="help")


def run_config(options: Namespace) -> RunConfig:
    """Return the settings of a run.

    Raises:
        CommandError: A value is not allowed; names the option and says what is.
    """
    try:
        return RunConfig(
            **{f.name: getattr(options, f.name) for f in fields(RunConfig)}
        )
    except ConfigError as error:
        raise misused(error.field, str(error)) from None


def misused(setting: str, message: str) -> CommandError:
    """Return the error of an option whose value is not allowed."""
    option = "--" + setting.replace("_", "-")
    return CommandError(f"argument {option}: {message}", MISUSED)


class _Parser(ArgumentParser):
    """Says what is wrong in one line; the usage is for those who ask."""

    def __init__(self, *, examples: str = "", **options: Any) -> None:
        super().__init__(
            epilog=examples,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,  # an abbreviation breaks when an option is added
            **options,
        )

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message} (see {self.prog} --help)", MISUSED)


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="microgpt-gui",
        usage="%(prog)s [-h] [--version] [COMMAND ...]",
        description=_ABOUT,
        examples=_ABOUT_EXAMPLES,
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {__version__}"
    )
    parser.set_defaults(command="")
    commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", prog=parser.prog
    )
    _add_train(
        commands.add_parser(
            "train",
            help="train without a window and print what microgpt.py prints",
            description=_TRAIN,
            examples=f"{_list_of_names()}\n\n{_TRAIN_EXAMPLES}",
        )
    )
    demo = commands.add_parser(
        "demo",
        help="let the window play by itself and save a picture of it",
        description=_DEMO,
        examples=_DEMO_EXAMPLES,
    )
    demo.add_argument(
        "--screenshot",
        type=_path,
        required=True,
        metavar="FILE.png",
        help="where the picture goes",
    )
    _add_settings(demo)
    download = commands.add_parser(
        "download",
        help="fetch a dataset that does not come with this program",
        description=_DOWNLOAD,
    )
    download.add_argument(
        "dataset",
        nargs="?",
        choices=DOWNLOADS,
        default=DOWNLOADS[0],
        help="which one (%(choices)s; default: %(default)s)",
    )
    return parser


def _add_train(parser: ArgumentParser) -> None:
    run = _add_settings(parser)
    run.add_argument(
        "--download",
        action="store_true",
        help="first fetch the dataset if it is not on this computer yet",
    )
    results = parser.add_argument_group("results")
    results.add_argument(
        "--samples",
        type=_within("samples", *SAMPLES_RANGE),
        default=20,
        metavar="N",
        help="how many names to make up after training (default: %(default)s)",
    )
    low, high = TEMPERATURE_RANGE
    results.add_argument(
        "--temperature",
        type=_temperature,
        default=0.5,
        metavar="T",
        help=f"{low:g} to {high:g}; below 1 prefers the likely (default: %(default)s)",
    )
    results.add_argument(
        "--report",
        type=_path,
        metavar="FILE.json",
        help="write every loss at full precision, the samples and a checksum of the "
        "parameters",
    )
    results.add_argument(
        "--quiet",
        action="store_true",
        help="print nothing; on a terminal, standard error still shows progress",
    )


def _add_settings(parser: ArgumentParser) -> _ArgumentGroup:
    """Add one option for each field of `RunConfig`; return the group of the run's."""
    run = parser.add_argument_group("the run")
    model = parser.add_argument_group("the model")
    optimizer = parser.add_argument_group("the optimizer")
    run.add_argument(
        "--dataset",
        default=_DEFAULTS.dataset,
        metavar="NAME|FILE",
        help="a dataset, or a UTF-8 text file of one document a line "
        "(default: %(default)s)",
    )
    run.add_argument(
        "--engine",
        default=_DEFAULTS.engine,
        metavar="E",
        help=f"what computes: {', '.join(ENGINES)} (default: %(default)s)",
    )
    for group, setting, meaning in (
        (run, "seed", "of the one random stream that decides everything"),
        (run, "steps", "documents to learn from, one a step"),
        (model, "n_layer", "layers"),
        (model, "n_embd", "width of the residual stream"),
        (model, "n_head", "heads of each layer; must divide n_embd"),
        (model, "block_size", "longest context, in tokens"),
    ):
        low, high = RANGES[setting]
        group.add_argument(
            "--" + setting.replace("_", "-"),
            type=_whole_number,
            default=getattr(_DEFAULTS, setting),
            metavar="N",
            help=f"{meaning}; {low:,} to {high:,} (default: %(default)s)",
        )
    for setting, meaning in (
        (
            "learning_rate",
            f"of the first step, up to {MAX_LEARNING_RATE:g}; falls to 0",
        ),
        ("beta1", "how slowly Adam forgets gradients, below 1"),
        ("beta2", "how slowly Adam forgets squared gradients, below 1"),
    ):
        optimizer.add_argument(
            "--" + setting.replace("_", "-"),
            type=_number,
            default=getattr(_DEFAULTS, setting),
            metavar="X",
            help=f"{meaning} (default: %(default)s)",
        )
    return run


def _list_of_names() -> str:
    width = max(map(len, (*DATASETS, *ENGINES)))
    lines = ["datasets:"]
    lines += [f"  {d.key:{width}}  {d.description}" for d in DATASETS.values()]
    lines += ["", "engines:"]
    lines += [f"  {key:{width}}  {entry.summary}" for key, entry in ENGINES.items()]
    return "\n".join(lines)


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(f"a whole number was wanted, not {text!r}") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ArgumentTypeError(f"a number was wanted, not {text!r}") from None


def _within(setting: str, low: int, high: int) -> Callable[[str], int]:
    def parse_number(text: str) -> int:
        number = _whole_number(text)
        if not low <= number <= high:
            raise ArgumentTypeError(
                f"{setting} must be from {low} to {high}, not {number}"
            )
        return number

    return parse_number


def _temperature(text: str) -> float:
    number = _number(text)
    low, high = TEMPERATURE_RANGE
    if not low <= number <= high:
        raise ArgumentTypeError(
            f"temperature must be from {low:g} to {high:g}, not {number!r}"
        )
    return number


def _path(text: str) -> Path:
    if not text:
        raise ArgumentTypeError("the path of a file was wanted, not an empty text")
    return Path(text)
