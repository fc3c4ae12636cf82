"""The options of the commands that check and measure: `verify` and `bench`."""

from __future__ import annotations

from argparse import SUPPRESS
from typing import TYPE_CHECKING

from microgpt_gui.bench.script_way import SCRIPT
from microgpt_gui.cli.settings import add_settings
from microgpt_gui.cli.values import number_within, path, within
from microgpt_gui.engine import DEFAULT_ENGINE, ENGINES
from microgpt_gui.session.config import RANGES, RunConfig
from microgpt_gui.session.verdict import TOLERANCE
from microgpt_gui.session.verify import QUICK_STEPS

if TYPE_CHECKING:
    from argparse import ArgumentParser, _ArgumentGroup, _SubParsersAction
    from typing import Any

ROUNDS_RANGE = (1, 1000)
SECONDS_RANGE = (0.1, 600.0)

_VERIFY = f"""\
Train the recorded runs of microgpt.py again with every engine, and compare every loss,
every sample and the final parameters. An engine that claims identity must give each
number to the last bit. Of another, losses may be {TOLERANCE:g} off, samples must be the
same, and parameters are not compared: their checksum is all that is recorded. Where
this computer's C library rounds otherwise than that of the recordings, the script has
other last digits here too: engines are then compared bit for bit with autograd, and
with the recordings as above. The engine compiled is compiled first, if need be; where
that cannot be done, it is said and left out. The exit status is 0 if all hold, 1 if one
does not."""

_VERIFY_EXAMPLES = """\
examples:
  microgpt-gui verify
  microgpt-gui verify --quick
  microgpt-gui verify --engine python"""

_BENCH = """\
Measure. Without a choice of what: the speed of the engines and of the script's own way
of training, by turns, in CPU time, and their memory. The script's way is one object for
every operation, a recursive walk through them, and the garbage collector on, as in
microgpt.py; it costs what microgpt.py costs, and gives the same numbers."""

_BENCH_EXAMPLES = """\
examples:
  microgpt-gui bench
  microgpt-gui bench --engine script --engine python --rounds 9
  microgpt-gui bench --markdown
  microgpt-gui bench --scale
  microgpt-gui bench --window --engine python --seconds 20 --runs 5
  microgpt-gui bench --start --json start.json"""

#: Steps enough for any measurement; the learning rate then hardly falls in it.
_ENDLESS = RANGES["steps"][1]


def add_verify(commands: _SubParsersAction[Any]) -> None:
    """Add the command `verify`."""
    parser = commands.add_parser(
        "verify",
        help="compare the engines with recorded runs of microgpt.py",
        description=_VERIFY,
        examples=_VERIFY_EXAMPLES,
    )
    _add_engines(parser, [*ENGINES])
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"only the first {QUICK_STEPS} steps of each run",
    )


def add_bench(commands: _SubParsersAction[Any]) -> None:
    """Add the command `bench`."""
    parser = commands.add_parser(
        "bench",
        help="measure speed, memory, and how smooth the window is",
        description=_BENCH,
        examples=_BENCH_EXAMPLES,
    )
    what = parser.add_argument_group("what").add_mutually_exclusive_group()
    parser.set_defaults(measures="engines")
    for measures, meaning in (
        ("scale", "milliseconds a step over n_layer 1 to 4 and n_embd 16 to 128"),
        (
            "window",
            "how late the window is and how fast it trains, against no window at all; "
            "on an unseen display where there is none",
        ),
        (
            "views",
            "what each view takes of the trainer's time and of the window's while it "
            "is open",
        ),
        ("restyle", "how long another theme takes, and a step of the zoom"),
        (
            "past",
            "the memory of a million steps, or of those done in --seconds, and how "
            "soon any of their moments is there again",
        ),
        (
            "takeover",
            "how late the window is when machine code is compiled and takes over",
        ),
        ("start", "the time from the command to the first painted window"),
        ("first_paint", SUPPRESS),  # one start, closed at once: what --start times
    ):
        what.add_argument(
            "--" + measures.replace("_", "-"),
            dest="measures",
            action="store_const",
            const=measures,
            help=meaning,
        )
    how = parser.add_argument_group("how")
    _add_engines(how, [SCRIPT, *ENGINES])
    how.add_argument(
        "--rounds",
        "--runs",
        type=within("rounds", *ROUNDS_RANGE),
        metavar="N",
        help="how often to measure, for the medians (default: 5; for --scale 3, for "
        "--window 1)",
    )
    how.add_argument(
        "--seconds",
        type=number_within("seconds", *SECONDS_RANGE),
        metavar="S",
        help="how long a round of one engine takes, or a view is watched (default: 1; "
        "for --scale 0.3, for --window and --views 4, for --past 60)",
    )
    how.add_argument(
        "--compile",
        action="store_true",
        help="first compile the machine code of the engine compiled, if it is not kept "
        "from before; without it that engine is left out",
    )
    how.add_argument(
        "--markdown",
        action="store_true",
        help="print the table as Markdown",
    )
    how.add_argument(
        "--json",
        type=path,
        metavar="FILE.json",
        help="write the figures to a file too; with - write them to standard output, "
        "instead of the table",
    )
    fixed = RunConfig(engine=DEFAULT_ENGINE, steps=_ENDLESS)
    names = ("engine", "steps", "decay_steps", "learning_rate", "beta1", "beta2")
    add_settings(parser, {name: getattr(fixed, name) for name in names})


def _add_engines(parser: ArgumentParser | _ArgumentGroup, names: list[str]) -> None:
    parser.add_argument(
        "--engine",
        dest="engines",
        action="append",
        choices=names,
        metavar="E",
        help=f"{', '.join(names)}; may be given several times (default: all)",
    )
