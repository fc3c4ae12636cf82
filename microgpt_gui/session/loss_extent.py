"""Between which losses a picture lies where a few of them are far from all others."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

Extent = tuple[float, float]

#: No losses at all: lowest above highest.
NOTHING: Extent = (inf, -inf)

#: A loss is an outlier if it lies so many times the distance between the quartiles
#: beyond them; an average, which is the curve itself, further. A few losses have none;
#: many are judged by evenly spaced ones.
SINGLE, AVERAGED = 3.0, 5.0
_LEAST_DISTANCE = 0.25
_FEW, _MOST_LOOKED_AT = 8, 4096

#: Outliers are left out where with them the picture would be so many times as high,
#: taken as so many nats at least.
_PRESSED, _LEAST_HEIGHT = 2.0, 1.0


def usual_extent(
    losses: Sequence[float] | NDArray[np.float64], fence: float = SINGLE
) -> Extent:
    """Return between which values the finite ``losses`` lie, but for outliers.

    Fences around the quartiles are Tukey's outer ones (Exploratory Data Analysis, 1977,
    chapter 2), or further out.

    Args:
        losses: In nats.
        fence: SINGLE, or AVERAGED where these are averages.
    """
    stride = -(-len(losses) // _MOST_LOOKED_AT) or 1
    known = sorted(float(loss) for loss in losses[::stride] if isfinite(loss))
    if not known:
        return NOTHING
    if len(known) < _FEW:
        return known[0], known[-1]
    low, high = known[len(known) // 4], known[-(len(known) // 4) - 1]
    reach = fence * max(high - low, _LEAST_DISTANCE)
    inside = [loss for loss in known if low - reach <= loss <= high + reach]
    return inside[0], inside[-1]


def shown_extent(whole: Extent, usual: Extent) -> Extent:
    """Return which of the two a picture shows where nobody has asked for all.

    Args:
        whole: With every outlier, and all else that is to be seen.
        usual: Without them.
    """
    is_pressed = whole[1] - whole[0] > _PRESSED * max(
        usual[1] - usual[0], _LEAST_HEIGHT
    )
    return usual if is_pressed else whole


#: Runs beside another are in view as far as they make the picture so many times as high
#: at most: one that has exploded does not press the others.
_BESIDE = 4.0


def usual_beside(own: Extent, others: Iterable[Extent]) -> Extent:
    """Return what a picture of a run holds, with what it is compared with.

    Args:
        own: Usual extent of the run, and all else that is to be seen; NOTHING, or a
            single value, where it has no losses yet.
        others: Usual extents of the runs beside it.
    """
    if own[1] <= own[0]:
        return around(own, *others)
    most = _BESIDE * max(own[1] - own[0], _LEAST_HEIGHT)
    both = (around(own, other) for other in others)
    return around(own, *(extent for extent in both if extent[1] - extent[0] <= most))


def around(*extents: Extent) -> Extent:
    """Return what holds all of ``extents``."""
    lows, highs = zip(*extents, strict=True)
    return min(lows), max(highs)
