"""Where the curves lie in their view, and where the numbers of its axes stand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from microgpt_gui.gui.panel.colour_range import rounded_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import QRect

#: So many numbers stand at an axis, at most.
_MOST_TICKS = 6

#: Powers of 10 beyond these are no numbers.
_LEAST, _LARGEST = 1e-290, 1e290


class Axes(NamedTuple):
    """A plot from step 0 to ``last``, and from 0 to ``top``."""

    area: QRect  # of the curves, in pixels
    last: int  # step
    top: float  # norm

    def x(self, steps: Sequence[int]) -> NDArray[np.float64]:
        """Return where steps lie from left to right, in pixels."""
        wide = max(1, self.area.width() - 1)
        return self.area.left() + np.asarray(steps, float) * wide / max(1, self.last)

    def y(self, norms: Sequence[float]) -> NDArray[np.float64]:
        """Return where norms lie from top to bottom; nan for what is no number."""
        with np.errstate(all="ignore"):
            shares = np.asarray(norms, float) / self.top
        shares[~np.isfinite(shares)] = np.nan
        high = max(1, self.area.height() - 1)
        return self.area.bottom() - shares * high


def top_of(curves: Sequence[Sequence[float]]) -> float:
    """Return up to which norm a plot reaches: a round number that all are below."""
    finite = [n for curve in curves for n in curve if math.isfinite(n)]
    largest = max(finite, default=0.0)
    if largest <= 0:
        return 1.0
    if not _LEAST < largest < _LARGEST:
        return largest
    apart = tick_distance(largest)
    return apart * math.ceil(largest / apart * (1 - 1e-12))


def tick_distance(reach: float) -> float:
    """Return how far apart the numbers of an axis are: 1, 2 or 5 times a power of 10.

    Args:
        reach: What the axis reaches to from 0.
    """
    return rounded_up(reach / _MOST_TICKS)


def step_ticks(last: int) -> list[int]:
    """Return the steps that stand below the plot."""
    apart = max(1, round(tick_distance(max(1, last))))
    return list(range(0, last + 1, apart))


def norm_ticks(top: float) -> list[float]:
    """Return the norms that stand beside the plot."""
    if not _LEAST < top < _LARGEST:
        return [0.0, top]
    apart = tick_distance(top)
    return [apart * i for i in range(round(top / apart) + 1)]


def spread(
    wanted: Sequence[float], apart: float, low: float, high: float
) -> dict[int, float]:
    """Return where labels stand that would cover each other where they belong.

    All keep their order. Where there is no room for all, the last ones are left out.

    Args:
        wanted: Where each label's middle should be; what is no number has none.
        apart: How far two middles are apart, at least.
        low: The least that a middle may be.
        high: The most.
    """
    named = [i for i, at in enumerate(wanted) if math.isfinite(at)]
    named = named[: max(0, math.floor((high - low) / apart) + 1)]
    order = sorted(named, key=lambda i: (wanted[i], i))
    places: list[float] = []
    for i in order:
        least = places[-1] + apart if places else low
        places.append(max(wanted[i], least))
    most = high
    for place in range(len(places) - 1, -1, -1):
        places[place] = min(places[place], most)
        most = places[place] - apart
    return dict(zip(order, places, strict=True))
