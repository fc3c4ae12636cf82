"""The smoothed loss: an exponential moving average, corrected for its start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.run.history import LossHistory

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Steps averaged at once; small enough that ``weight ** -_BLOCK`` stays exact enough.
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Smoothing:
    """A choice that the person has.

    Attributes:
        name: As shown.
        weight: What one step back counts for, compared with the step after it; 0 for no
            smoothing.
    """

    name: str
    weight: float

    @property
    def span(self) -> int:
        """Steps that the average covers, roughly; also by how many it lags behind."""
        return round(1 / (1 - self.weight))

    @property
    def explanation(self) -> str:
        """One sentence on what it does, with its numbers."""
        if not self.weight:
            return (
                f"{self.name}: the loss of each step as it is; every step sees another "
                "document, so it jumps."
            )
        return (
            f"{self.name}: the line averages about the last {self.span:,} steps, each "
            f"step back counting {100 * (1 - self.weight):.2g} % less than the one "
            "after it (exponential moving average, corrected for its start), so it "
            f"lags about {self.span:,} steps behind."
        )


OFF = Smoothing("Off", 0.0)
LIGHT = Smoothing("Light", 0.95)
STRONG = Smoothing("Strong", 0.99)
STRONGEST = Smoothing("Strongest", 0.999)  # of runs of 100,000 steps
SMOOTHINGS = (OFF, LIGHT, STRONG, STRONGEST)


class MovingAverage:
    """The average after each value so far; a new value costs constant time.

    With weight b the average after t values x is
    ``(1 - b) * sum(b ** (t - i) * x[i]) / (1 - b ** t)``: the division makes the
    weights add up to 1 from the first value on (Kingma and Ba 2015, section 3).
    """

    def __init__(self, weight: float) -> None:
        self._weight = weight
        self._mean = 0.0  # before the correction
        self._count = 0  # finite values so far
        self._averages = LossHistory()
        self._powers = weight ** np.arange(1.0, _BLOCK + 1)

    @property
    def averages(self) -> NDArray[np.float64]:
        """[step]; nan where the value itself was not finite."""
        return self._averages.values

    def __len__(self) -> int:
        return len(self._averages)

    def extend(self, values: NDArray[np.float64]) -> None:
        """Take in ``values``, [step]; those that are not finite do not count."""
        finite = np.isfinite(values)
        result = np.full(len(values), np.nan)
        result[finite] = self._averages_of(values[finite])
        self._averages.extend(result)

    def _averages_of(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        b = self._weight
        result = np.empty(len(values))
        if not b:
            return values
        for begin in range(0, len(values), _BLOCK):
            block = values[begin : begin + _BLOCK]
            powers = self._powers[: len(block)]
            means = powers * (self._mean + (1 - b) * np.cumsum(block / powers))
            corrections = 1 - powers * b**self._count
            result[begin : begin + _BLOCK] = means / corrections
            self._mean = float(means[-1])
            self._count += len(block)
        return result
