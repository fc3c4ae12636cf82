"""Runs an engine on recorded runs of microgpt.py, and compares every number.

Where this computer's C library rounds otherwise than the recording's, so does
microgpt.py here. Then `autograd`, which makes each of its operations in its order, says
what the script gives on this computer, and the recording is a bound for all.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.functions import this_computers_functions
from microgpt_gui.session.machine_code.at_hand import COMPILED
from microgpt_gui.session.machine_code.supply import NoMachineCode, Supply
from microgpt_gui.session.run import Run
from microgpt_gui.session.verdict import REFERENCE, TOLERANCE, Difference, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.session.golden import Golden

#: How many steps of each run a quick look takes.
QUICK_STEPS = 50

#: Steps are done back to back for so long before anybody hears of them.
LOOK_EVERY_S = 0.02


class Verifier:
    """Compares engines with recordings; remembers what it has trained for that.

    Attributes:
        functions: What is known of this computer's C library.
    """

    def __init__(self, check: Callable[[], None] = lambda: None) -> None:
        """Take note of what stops the work.

        Args:
            check: Called often, in mid-step too; whatever it raises stops the run, and
                the verifier is spent.
        """
        self.functions = this_computers_functions()
        self._check = check
        self._references: dict[str, _Reference] = {}  # by recording
        self._no_machine_code: str | None = None  # why there is none, once it was tried

    def verify(
        self,
        engine: str,
        golden: Golden,
        *,
        steps: int | None = None,
        progress: Callable[[int], None] = lambda _step: None,
    ) -> Verdict:
        """Train as ``golden`` was, and compare.

        The engine "compiled" is compiled first, if it is not.

        Args:
            engine: A key of ENGINES.
            golden: What to repeat.
            steps: Only the first so many; samples and parameters, which come after the
                last, are then not compared. None: all.
            progress: Called with the number of steps done, after each.
        """
        recorded = len(golden.losses)
        verdict = Verdict(
            engine=engine,
            golden=golden.name,
            claims_identity=ENGINES[engine].identical,
            is_recorded_library=self.functions.are_those_of_the_recording,
            steps=recorded if steps is None else min(steps, recorded),
            recorded_steps=recorded,
            samples=len(golden.samples),
        )
        try:
            dataset = load_dataset(golden.config.dataset, self._check)
            if dataset.sha256 != golden.data_sha256:
                return replace(verdict, problem="the text is not the one recorded from")
            if engine == COMPILED and (missing := self._missing()):
                return replace(verdict, not_here=missing)
            run = _run(golden, engine, self._check)
            if (size := _size(run)) != golden.size:
                problem = (
                    f"documents, vocabulary, parameters: {golden.size}, not {size}"
                )
                return replace(verdict, problem=problem)
            reference = self._reference(verdict, golden)
            verdict = self._with_losses(verdict, run, golden, reference, progress)
            if verdict.steps < recorded:
                return verdict
            return _with_results(verdict, run, golden, reference)
        except (CorpusError, OSError) as error:
            return replace(verdict, problem=str(error))
        except (ArithmeticError, ValueError) as error:
            return replace(verdict, problem=f"the run broke off: {error}")

    def _missing(self) -> str:
        """Get the machine code; return why it cannot be had, or nothing."""
        if self._no_machine_code is None:
            try:
                Supply().wait(self._check)
                self._no_machine_code = ""
            except NoMachineCode as error:
                self._no_machine_code = str(error)
        return self._no_machine_code

    def _reference(self, verdict: Verdict, golden: Golden) -> _Reference | None:
        if not verdict.must_be_reference:
            return None
        if golden.name not in self._references:
            run = _run(golden, REFERENCE, self._check)
            self._references[golden.name] = _Reference(run)
        return self._references[golden.name]

    def _with_losses(
        self,
        verdict: Verdict,
        run: Run,
        golden: Golden,
        reference: _Reference | None,
        progress: Callable[[int], None],
    ) -> Verdict:
        allowed = 0.0 if verdict.must_be_recorded else TOLERANCE
        first: Difference | None = None
        first_from_reference: Difference | None = None
        largest = 0.0
        for step, loss in enumerate(self._losses_of(run, verdict.steps), 1):
            difference = Difference(step, golden.losses[step - 1], loss)
            largest = max(largest, difference.relative)
            if first is None and difference.relative > allowed:
                first = difference
            if reference is not None and first_from_reference is None:
                difference = Difference(step, reference.loss(step), loss)
                if difference.relative > 0:
                    first_from_reference = difference
            progress(step)
        return replace(
            verdict,
            first=first,
            first_from_reference=first_from_reference,
            largest=largest,
        )

    def _losses_of(self, run: Run, steps: int) -> Iterator[float]:
        while run.steps_done < steps:
            self._check()
            until_s = time.monotonic() + LOOK_EVERY_S
            yield from run.train(steps - run.steps_done, until_s).losses


class _Reference:
    """The numbers of REFERENCE on this computer, trained as far as they are wanted."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._losses: list[float] = []

    def loss(self, step: int) -> float:
        """Return the loss of ``step``, counted from 1."""
        while len(self._losses) < step:
            self._losses.append(self._run.step())
        return self._losses[step - 1]

    def parameters_sha256(self) -> str:
        """Return the sum over the parameters after the last step asked for."""
        return self._run.parameters_sha256()


def _run(golden: Golden, engine: str, check: Callable[[], None]) -> Run:
    return Run(replace(golden.config, engine=engine), cancel=CheckedBy(check))


def _size(run: Run) -> tuple[int, int, int]:
    return len(run.info.docs), run.info.vocab_size, run.info.num_params


def _with_results(
    verdict: Verdict, run: Run, golden: Golden, reference: _Reference | None
) -> Verdict:
    drawn = run.script_samples(len(golden.samples), golden.temperature)
    pairs = zip(drawn, golden.samples, strict=True)
    differ = sum(ours != theirs for ours, theirs in pairs)
    # A checksum can tell equal from unequal, not near from far.
    same: bool | None = None
    if verdict.must_be_recorded:
        same = run.parameters_sha256() == golden.parameters_sha256
    elif reference is not None:
        same = run.parameters_sha256() == reference.parameters_sha256()
    return replace(verdict, samples_differ=differ, same_parameters=same)
