"""`microgpt-gui verify`: the engines against recorded runs of microgpt.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import FAILED
from microgpt_gui.cli.progress import ProgressBar
from microgpt_gui.engine import ENGINES
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.golden import GOLDENS, read_golden
from microgpt_gui.session.machine_code.at_hand import COMPILED
from microgpt_gui.session.machine_code.powers import words_of_powers
from microgpt_gui.session.verify import QUICK_STEPS, Verifier

if TYPE_CHECKING:
    from argparse import Namespace

    from microgpt_gui.cli.streams import Output
    from microgpt_gui.session.verdict import Verdict


def verify_engines(options: Namespace, output: Output) -> int:
    """Print a verdict for each engine and recorded run; return the exit status."""
    engines = list(dict.fromkeys(options.engines or ENGINES))
    verifier = Verifier()
    functions = verifier.functions
    if not functions.are_those_of_the_recording:
        output.write(f"{functions.words}\n")
    verdicts = []
    for engine in engines:
        for name in GOLDENS:
            verdict = _verify(verifier, engine, name, options.quick)
            verdicts.append(verdict)
            output.write(
                f"{engine:{max(map(len, engines))}}  {name:{max(map(len, GOLDENS))}}  "
                f"{verdict.words}\n"
            )
            output.flush()
    if COMPILED in engines and (words := words_of_powers()):
        output.write(f"{words}\n")
    compared = sum(not verdict.not_here for verdict in verdicts)
    failed = sum(not verdict.holds for verdict in verdicts)
    if not compared:
        output.write("nothing was compared\n")
        return FAILED
    if failed:
        output.write(f"{failed} of {compared} runs are not {functions.wanted}\n")
        return FAILED
    output.write(f"all {compared} runs are {functions.wanted}\n")
    return 0


def _verify(verifier: Verifier, engine: str, name: str, is_quick: bool) -> Verdict:
    golden = read_golden(name)
    steps = QUICK_STEPS if is_quick else None
    total = min(steps or len(golden.losses), len(golden.losses))
    with no_collector(), ProgressBar(total, "steps", stays=False) as bar:

        def show(step: int) -> None:
            bar.update(step, f"{engine}, {name}")

        return verifier.verify(engine, golden, steps=steps, progress=show)
