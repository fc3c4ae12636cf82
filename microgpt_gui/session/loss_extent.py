"""Between which losses a picture lies where a few of them are far from all others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import inf, isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Losses = Sequence[float] | NDArray[np.float64]

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


def usual_extent(losses: Losses, fence: float = SINGLE) -> Extent:
    """Return between which values the finite ``losses`` lie, but for outliers.

    Fences around the quartiles are Tukey's outer ones (Exploratory Data Analysis, 1977,
    chapter 2), or further out.

    Args:
        losses: In nats.
        fence: SINGLE, or AVERAGED where these are averages.
    """
    known = sorted(filter(isfinite, map(float, looked_at(losses))))
    return usual_of_sorted(known, fence)


def looked_at(losses: Losses) -> Losses:
    """Return all of ``losses``, or evenly spaced ones where they are very many."""
    return losses[:: -(-len(losses) // _MOST_LOOKED_AT) or 1]


def usual_of_sorted(known: Losses, fence: float = SINGLE) -> Extent:
    """Return the `usual_extent` of finite losses that are in order, for the quick.

    Args:
        known: Finite, the lowest first.
        fence: As there.
    """
    if not len(known):
        return NOTHING
    low, high = float(known[0]), float(known[-1])
    if len(known) >= _FEW:
        quarter = len(known) // 4
        first, third = float(known[quarter]), float(known[-quarter - 1])
        reach = fence * max(third - first, _LEAST_DISTANCE)
        low = float(known[bisect_left(known, first - reach)])
        high = float(known[bisect_right(known, third + reach) - 1])
    return low, high


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
