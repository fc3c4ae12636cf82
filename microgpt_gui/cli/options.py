"""What can be written after the program's name, and what it must look like."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from microgpt_gui import __version__
from microgpt_gui.cli.measuring_options import add_bench, add_verify
from microgpt_gui.cli.parser import Parser
from microgpt_gui.cli.run_file_options import (
    add_info,
    add_resume,
    add_sample,
    add_save,
)
from microgpt_gui.cli.settings import add_settings
from microgpt_gui.cli.values import path, temperature, within
from microgpt_gui.cli.window_options import parse_for_window
from microgpt_gui.data import DATASETS
from microgpt_gui.data.dataset import Download
from microgpt_gui.engine import ENGINES
from microgpt_gui.session.sample_batch import TEMPERATURE_RANGE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

#: How many samples can be asked for, both ends included.
SAMPLES_RANGE = (0, 1_000_000)

#: Asked for instead of a command.
_ANSWERED = ("-h", "--help", "--version")

DOWNLOADS = tuple(k for k, d in DATASETS.items() if isinstance(d.origin, Download))

_ABOUT = """\
A GPT that is trained from nothing and opened up while it learns.

Alone, microgpt-gui opens the window; with a run file, on that run; with a folder, on
all runs in it; with a text file, on a run that learns from it. Settings may follow, as
train has them. A command's name is always the command: ./train is the file. The
commands do without the window."""

_ABOUT_EXAMPLES = """\
examples:
  microgpt-gui
  microgpt-gui first.mgpt
  microgpt-gui lesson/
  microgpt-gui words.txt --n-layer 2
  microgpt-gui train --dataset dinosaurs --steps 500
  microgpt-gui demo --screenshot window.png
  microgpt-gui sample first.mgpt --temperature 0.8
  microgpt-gui verify
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
  microgpt-gui train --dataset poems.txt --documents paragraphs --block-size 128
  microgpt-gui train --engine autograd --steps 50
  microgpt-gui train --save first.mgpt
  microgpt-gui train --resume first.mgpt --steps 2000 --save second.mgpt
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

    Its ``command`` is empty for the window, see `parse_for_window`, and "help" where
    all has been said.

    Raises:
        CommandError: It cannot be understood.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    parser, commands = _parser()
    if not arguments or arguments[0] not in commands:
        answered = [argument for argument in arguments if argument in _ANSWERED]
        if not answered:
            return parse_for_window(arguments, commands)
        arguments = answered
    try:
        return parser.parse_args(arguments)
    except SystemExit:  # of --help and --version
        return Namespace(command="help")


def _parser() -> tuple[Parser, Collection[str]]:
    """Return the parser of all commands, and their names."""
    parser = Parser(
        prog="microgpt-gui",
        usage="%(prog)s [-h] [--version] [FILE] [SETTING ...] | COMMAND ...",
        description=_ABOUT,
        examples=_ABOUT_EXAMPLES,
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {__version__}"
    )
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
        type=path,
        required=True,
        metavar="FILE.png",
        help="where the picture goes",
    )
    add_settings(demo)
    add_sample(commands)
    add_info(commands)
    add_verify(commands)
    add_bench(commands)
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
    return parser, commands.choices


def _add_train(parser: Parser) -> None:
    run = add_settings(parser)
    run.add_argument(
        "--download",
        action="store_true",
        help="first fetch the dataset if it is not on this computer yet",
    )
    add_resume(run)
    results = parser.add_argument_group("results")
    add_save(results)
    results.add_argument(
        "--samples",
        type=within("samples", *SAMPLES_RANGE),
        default=20,
        metavar="N",
        help="how many names to make up after training (default: %(default)s)",
    )
    low, high = TEMPERATURE_RANGE
    results.add_argument(
        "--temperature",
        type=temperature,
        default=0.5,
        metavar="T",
        help=f"{low:g} to {high:g}; below 1 prefers the likely (default: %(default)s)",
    )
    results.add_argument(
        "--report",
        type=path,
        metavar="FILE.json",
        help="write every loss at full precision, the samples and a checksum of the "
        "parameters",
    )
    results.add_argument(
        "--quiet",
        action="store_true",
        help="print nothing; on a terminal, standard error still shows progress",
    )


def _list_of_names() -> str:
    width = max(map(len, (*DATASETS, *ENGINES)))
    lines = ["datasets:"]
    lines += [f"  {d.key:{width}}  {d.description}" for d in DATASETS.values()]
    lines += ["", "engines:"]
    lines += [f"  {key:{width}}  {entry.summary}" for key, entry in ENGINES.items()]
    return "\n".join(lines)
