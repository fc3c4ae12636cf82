"""Everything that training has made of a model, in the form that all engines share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array


@dataclass(frozen=True, slots=True)
class EngineState:
    """A moment of a training: what `Engine.load_state` needs to go on from there.

    The arrays hold ``num_params`` doubles each (type code ``d``), row by row in the
    script's creation order. Nobody writes to them: who holds a state may keep it.

    Attributes:
        steps_done: Optimizer steps so far, at least 0.
        parameters: The weights.
        m: Adam's mean of the gradients, without the correction of its start at 0.
        v: Adam's mean of the gradients' squares, likewise.
    """

    steps_done: int
    parameters: array[float]
    m: array[float]
    v: array[float]

    def largest(self) -> float:
        """Return a number that no size of a number in here is above; NaN for a NaN."""
        return sum(sum(map(abs, a)) for a in (self.parameters, self.m, self.v))

    def is_finite(self) -> bool:
        """Return whether no number is NaN or infinite."""
        return all(
            all(map(math.isfinite, a)) for a in (self.parameters, self.m, self.v)
        )

    def check_size(self, num_params: int) -> None:
        """Refuse a state that is not one of a model of ``num_params`` parameters.

        Raises:
            ValueError: A number of steps below 0, or an array of another length or
                type; says which.
        """
        if self.steps_done < 0:
            raise ValueError(f"steps_done must be at least 0, not {self.steps_done}")
        for name in ("parameters", "m", "v"):
            numbers = getattr(self, name)
            if numbers.typecode != "d":
                raise ValueError(
                    f"{name} must be an array of doubles, type code 'd', "
                    f"not {numbers.typecode!r}"
                )
            if len(numbers) != num_params:
                raise ValueError(
                    f"{name} must have {num_params} numbers, not {len(numbers)}"
                )
