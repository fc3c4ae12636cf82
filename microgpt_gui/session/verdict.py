"""What came of comparing an engine with a recorded run, and how people are told."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: How far the losses of an engine that does not claim identity may be off, relative to
#: the recorded ones; and those of all, where the C library is another.
TOLERANCE = 1e-12

#: The engine that stands for the script where its numbers are not the recorded ones.
REFERENCE = "autograd"


@dataclass(frozen=True, slots=True)
class Difference:
    """One loss that is not as it should be, in nats."""

    step: int  # counted from 1, as people and the script do
    wanted: float
    computed: float

    @property
    def relative(self) -> float:
        """Size of the difference relative to what was wanted; inf for no number."""
        size = abs(self.computed - self.wanted) / abs(self.wanted)
        return math.inf if math.isnan(size) else size

    def words(self, source: str) -> str:
        """Return it for people; ``source`` says, after "the loss", whose was wanted."""
        return (
            f"differs from step {self.step} on: the loss {source} "
            f"{self.wanted!r} and is {self.computed!r}, {self.relative:.0e} off"
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one engine on one recorded run.

    Attributes:
        engine: A key of ENGINES.
        golden: The recording's name.
        claims_identity: Whether every bit must be the script's.
        is_recorded_library: Whether the C library here rounds as the recording's: then
            the script's numbers are the recorded ones, else those of REFERENCE.
        steps: How many losses were compared.
        recorded_steps: How many there are.
        first: The first loss that is further from the recorded one than it may be.
        first_from_reference: The first loss that is not REFERENCE's to the last bit,
            where it must be.
        largest: The largest difference of all, relative to the recorded loss.
        samples_differ: How many samples are not as recorded; None: not compared.
        samples: How many were recorded.
        same_parameters: Whether the final parameters are the script's to the last bit;
            None: not compared.
        problem: Why the run could not be done; for people.
        not_here: Why the engine does not work on this computer, for people: then
            nothing was compared, and nothing is wrong.
    """

    engine: str
    golden: str
    claims_identity: bool
    is_recorded_library: bool
    steps: int
    recorded_steps: int
    first: Difference | None = None
    first_from_reference: Difference | None = None
    largest: float = 0.0
    samples_differ: int | None = None
    samples: int = 0
    same_parameters: bool | None = None
    problem: str = ""
    not_here: str = ""

    @property
    def must_be_recorded(self) -> bool:
        """Whether every bit must be the recorded one."""
        return self.claims_identity and self.is_recorded_library

    @property
    def must_be_reference(self) -> bool:
        """Whether every bit must be that of REFERENCE on this computer."""
        is_other = self.engine != REFERENCE
        return self.claims_identity and not self.is_recorded_library and is_other

    @property
    def holds(self) -> bool:
        """Whether the engine keeps what it promises, as far as it works here."""
        is_off = (
            self.problem
            or self.first is not None
            or self.first_from_reference is not None
            or self.samples_differ
        )
        return not is_off and self.same_parameters is not False

    @property
    def words(self) -> str:
        """The verdict in one line, for people."""
        if self.problem:
            return self.problem
        if self.not_here:
            return f"not compared: {self.not_here}"
        if self.holds:
            return f"{self._agreement()}: {self._compared()}"
        return "; ".join(self._differences())

    def _agreement(self) -> str:
        if self.must_be_recorded:
            return "identical"
        near = f"within {TOLERANCE:.0e} (largest {self.largest:.0e})"
        return f"identical to {REFERENCE}, {near}" if self.must_be_reference else near

    def _compared(self) -> str:
        if self.steps < self.recorded_steps:
            return f"the first {self.steps} of {self.recorded_steps} losses"
        compared = [f"{self.steps} losses"]
        if self.samples_differ is not None:
            same = "" if self.must_be_recorded else "the same "
            compared.append(f"{same}{self.samples} samples")
        if self.same_parameters is not None:
            compared.append("every parameter")
        return ", ".join(compared)

    def _differences(self) -> list[str]:
        found = []
        if self.first_from_reference is not None:
            found.append(self.first_from_reference.words(f"with {REFERENCE} is"))
        if self.first is not None:
            found.append(f"{self.first.words('was')} (largest {self.largest:.0e})")
        if not found:
            found.append(f"{self.steps} losses agree")
        if self.samples_differ:
            found.append(f"{self.samples_differ} of {self.samples} samples differ")
        if self.same_parameters is False:
            found.append("the final parameters differ")
        return found
