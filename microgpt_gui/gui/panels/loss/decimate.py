"""Which points of a long curve to draw so that no peak is lost."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Up to so many values, NumPy is not worth its price.
_FEW = 256


def bucket_size(count: int, max_points: int) -> int:
    """Return how many of ``count`` values share two drawn points; 1 where all fit.

    A power of two, so that a growing curve seldom changes buckets.
    """
    if count <= max_points:
        return 1
    size = 2
    # Two points a bucket, and a bucket cut off at either end.
    while 2 * (count // size + 2) > max_points:
        size *= 2
    return size


def extremes(
    values: NDArray[np.float64], start: int, stop: int, size: int
) -> NDArray[np.int64]:
    """Return where the smallest and the largest value of each bucket are.

    Buckets begin at multiples of their size, wherever the window begins: so a curve
    does not flicker while it grows or moves. Values that are not finite count only in a
    bucket that holds nothing else.

    Args:
        values: [index].
        start: First index of the window; its bucket is taken whole.
        stop: End of the window, exclusive; its bucket is taken as far as it goes.
        size: Values a bucket, at least 2.

    Returns:
        Two indices a bucket, in ascending order.
    """
    begin = start // size * size
    end = min(-(-stop // size) * size, len(values))
    if end - begin <= _FEW:
        return _extremes_of_few(values[begin:end].tolist(), begin, size)
    whole = begin + (end - begin) // size * size
    found = _extremes(values[begin:whole].reshape(-1, size), begin)
    if whole == end:
        return found
    return np.concatenate((found, _extremes(values[np.newaxis, whole:end], whole)))


def _extremes_of_few(values: list[float], begin: int, size: int) -> NDArray[np.int64]:
    """Do as `_extremes`, without NumPy, which lets the interpreter's lock go."""
    indices: list[int] = []
    for start in range(0, len(values), size):
        bucket = values[start : start + size]
        if not isfinite(sum(bucket)):
            bucket = [value for value in bucket if isfinite(value)] or bucket
        low = values.index(min(bucket), start) if bucket[0] == bucket[0] else start
        high = values.index(max(bucket), start) if bucket[0] == bucket[0] else start
        indices += (low, high) if low < high else (high, low)
    return np.array(indices, dtype=np.int64) + begin


def _extremes(rows: NDArray[np.float64], begin: int) -> NDArray[np.int64]:
    """Return the indices of each row's extremes, the first value's being ``begin``."""
    pairs = np.stack((rows.argmin(axis=1), rows.argmax(axis=1)), axis=1)
    # nan and inf come out of argmin or argmax, so only these need a second look.
    found = np.take_along_axis(rows, pairs, axis=1)
    for row in np.flatnonzero(~np.isfinite(found).all(axis=1)):
        finite = np.flatnonzero(np.isfinite(rows[row]))
        if len(finite):
            kept = rows[row][finite]
            pairs[row] = finite[kept.argmin()], finite[kept.argmax()]
    pairs.sort(axis=1)
    starts = begin + np.arange(len(rows), dtype=np.int64) * rows.shape[1]
    indices: NDArray[np.int64] = (pairs + starts[:, np.newaxis]).reshape(-1)
    return indices
