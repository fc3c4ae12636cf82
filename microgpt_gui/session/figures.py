"""What is noted of every step of a run."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

#: Numbers that are copied in one go: a million take as long as the window may be late.
_STRIDE = 2**15


def _floats() -> array[float]:
    return array("d")


@dataclass(frozen=True, slots=True)
class Figures:
    """One number a step, [step]; all three are equally long.

    Attributes:
        losses: In nats, before the step's update.
        learning_rates: Adam's, in that step.
        gradient_norms: Euclidean, of all parameters' gradient; never below 0.
    """

    losses: array[float] = field(default_factory=_floats)
    learning_rates: array[float] = field(default_factory=_floats)
    gradient_norms: array[float] = field(default_factory=_floats)

    def __len__(self) -> int:
        # The last to grow: whoever reads on another thread never sees a torn step.
        return len(self.gradient_norms)

    def extend(
        self,
        losses: array[float],
        learning_rates: array[float],
        gradient_norms: array[float],
    ) -> None:
        """Note more steps; of each array the first so many as there are losses."""
        self.losses.extend(losses)
        self.learning_rates.extend(learning_rates[: len(losses)])
        self.gradient_norms.extend(gradient_norms)

    def first(self, steps: int) -> Figures:
        """Return a copy of the figures of so many steps."""
        return Figures(
            _first(self.losses, steps),
            _first(self.learning_rates, steps),
            _first(self.gradient_norms, steps),
        )


def _first(numbers: array[float], count: int) -> array[float]:
    """Return a copy of the first; others get the interpreter lock in between."""
    copy = _floats()
    for start in range(0, count, _STRIDE):
        copy.extend(numbers[start : min(start + _STRIDE, count)])
    return copy
