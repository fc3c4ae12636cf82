"""Where the plot of a picture of losses is, and what it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.loss_extent import Extent


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot is in its picture, in pixels, and what it shows.

    Attributes:
        low, high: Losses at the lower and the upper edge, in nats.
        every: From one tick of the losses to the next.
        end: The last step, at least 2; the first is 1.
    """

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    every: float
    end: int

    def x(self, step: float) -> float:
        """Return where a step is from left to right."""
        across = (step - 1) / (self.end - 1)
        return self.left + across * (self.right - self.left)

    def y(self, loss: float) -> float:
        """Return where a loss is from top to bottom."""
        up = (loss - self.low) / (self.high - self.low)
        return self.bottom - up * (self.bottom - self.top)


def rounded_out(extent: Extent) -> tuple[float, float, float]:
    """Return round ends around ``extent``, and the distance of the ticks between."""
    low, high = extent
    span = max(high - low, 0.1)
    every = round_step(span / 5)
    low = max(0.0, math.floor((low - 0.02 * span) / every) * every)
    return low, math.ceil((high + 0.02 * span) / every) * every, every


def round_step(least: float) -> float:
    """Return 1, 2 or 5 times a power of ten, not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= least * (1 - 1e-9))
