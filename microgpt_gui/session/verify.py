"""Runs an engine on recorded runs of microgpt.py, and compares every number."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.golden import Golden

#: How far an engine that does not claim identity may be off, relative to the loss.
TOLERANCE = 1e-12

#: How many steps of each run a quick look takes.
QUICK_STEPS = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """One loss that is not as recorded, in nats."""

    step: int  # counted from 1, as people and the script do
    recorded: float
    computed: float

    @property
    def relative(self) -> float:
        """Size of the difference relative to what was recorded; inf for no number."""
        size = abs(self.computed - self.recorded) / abs(self.recorded)
        return math.inf if math.isnan(size) else size


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one engine on one recorded run.

    Attributes:
        engine: A key of ENGINES.
        golden: The recording's name.
        claims_identity: Whether every bit must be the script's.
        steps: How many losses were compared.
        recorded_steps: How many there are.
        first: The first loss that is further off than the engine may be.
        largest: The largest difference of all, relative to the recorded loss.
        samples_differ: How many samples are not as recorded; None: not compared.
        samples: How many were recorded.
        same_parameters: Whether the final parameters are the recorded ones to the last
            bit; None: not compared.
        problem: Why the run could not be done; for people.
    """

    engine: str
    golden: str
    claims_identity: bool
    steps: int
    recorded_steps: int
    first: Difference | None = None
    largest: float = 0.0
    samples_differ: int | None = None
    samples: int = 0
    same_parameters: bool | None = None
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether the engine keeps what it promises."""
        is_off = self.problem or self.first is not None or self.samples_differ
        return not is_off and self.same_parameters is not False

    @property
    def words(self) -> str:
        """The verdict in one line, for people."""
        if self.problem:
            return self.problem
        if self.holds:
            return f"{self._agreement()}: {self._compared()}"
        return "; ".join(self._differences())

    def _agreement(self) -> str:
        if self.claims_identity:
            return "identical"
        return f"within {TOLERANCE:.0e} (largest {self.largest:.0e})"

    def _compared(self) -> str:
        if self.steps < self.recorded_steps:
            return f"the first {self.steps} of {self.recorded_steps} losses"
        compared = [f"{self.steps} losses"]
        if self.samples_differ is not None:
            same = "" if self.claims_identity else "the same "
            compared.append(f"{same}{self.samples} samples")
        if self.same_parameters is not None:
            compared.append("every parameter")
        return ", ".join(compared)

    def _differences(self) -> list[str]:
        found = []
        if self.first is not None:
            found.append(
                f"differs from step {self.first.step} on: the loss was "
                f"{self.first.recorded!r} and is {self.first.computed!r}, "
                f"{self.first.relative:.0e} off (largest {self.largest:.0e})"
            )
        else:
            found.append(f"{self.steps} losses agree")
        if self.samples_differ:
            found.append(f"{self.samples_differ} of {self.samples} samples differ")
        if self.same_parameters is False:
            found.append("the final parameters differ")
        return found


def verify(
    engine: str,
    golden: Golden,
    *,
    steps: int | None = None,
    progress: Callable[[int], None] = lambda _step: None,
    check: Callable[[], None] = lambda: None,
) -> Verdict:
    """Train as ``golden`` was, and compare.

    Args:
        engine: A key of ENGINES.
        golden: What to repeat.
        steps: Only the first so many; samples and parameters, which come after the
            last, are then not compared. None: all.
        progress: Called with the number of steps done, after each.
        check: Called often, in mid-step too; whatever it raises stops the run.
    """
    wanted = len(golden.losses) if steps is None else min(steps, len(golden.losses))
    verdict = Verdict(
        engine=engine,
        golden=golden.name,
        claims_identity=ENGINES[engine].identical,
        steps=wanted,
        recorded_steps=len(golden.losses),
        samples=len(golden.samples),
    )
    try:
        if load_dataset(golden.config.dataset, check).sha256 != golden.data_sha256:
            return replace(verdict, problem="the text is not the one recorded from")
        run = Run(replace(golden.config, engine=engine), cancel=CheckedBy(check))
        if (size := _size(run)) != golden.size:
            problem = f"documents, vocabulary, parameters: {golden.size}, not {size}"
            return replace(verdict, problem=problem)
        verdict = _with_losses(verdict, run, golden, progress, check)
        if wanted < len(golden.losses):
            return verdict
        return _with_results(verdict, run, golden)
    except (CorpusError, OSError) as error:
        return replace(verdict, problem=str(error))
    except (ArithmeticError, ValueError) as error:
        return replace(verdict, problem=f"the run broke off: {error}")


def _size(run: Run) -> tuple[int, int, int]:
    return len(run.info.docs), run.info.vocab_size, run.info.num_params


def _with_losses(
    verdict: Verdict,
    run: Run,
    golden: Golden,
    progress: Callable[[int], None],
    check: Callable[[], None],
) -> Verdict:
    allowed = 0.0 if verdict.claims_identity else TOLERANCE
    first: Difference | None = None
    largest = 0.0
    for step in range(1, verdict.steps + 1):
        check()
        difference = Difference(step, golden.losses[step - 1], run.step())
        largest = max(largest, difference.relative)
        if first is None and difference.relative > allowed:
            first = difference
        progress(step)
    return replace(verdict, first=first, largest=largest)


def _with_results(verdict: Verdict, run: Run, golden: Golden) -> Verdict:
    drawn = run.script_samples(len(golden.samples), golden.temperature)
    pairs = zip(drawn, golden.samples, strict=True)
    differ = sum(ours != theirs for ours, theirs in pairs)
    # Only a checksum is recorded: it can tell equal from unequal, not near from far.
    same = (
        run.parameters_sha256() == golden.parameters_sha256
        if verdict.claims_identity
        else None
    )
    return replace(verdict, samples_differ=differ, same_parameters=same)
