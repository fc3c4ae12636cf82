"""Which points of a long curve to draw so that no peak is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


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


class Envelope:
    """The smallest and the largest value of each bucket of a curve that grows.

    Buckets begin at multiples of their size, wherever the window begins: so a curve
    does not flicker while it grows or moves, and only what is new is looked at.
    """

    def __init__(self) -> None:
        self._key = (0, 0)  # begin of the first bucket kept, bucket size
        self._kept = np.empty(0, dtype=np.int64)  # of whole buckets

    def clear(self) -> None:
        """Forget the curve: the next values are another's."""
        self._key = (0, 0)

    def indices(
        self, values: NDArray[np.float64], start: int, stop: int, size: int
    ) -> NDArray[np.int64]:
        """Return where the extremes are, two indices a bucket, in ascending order.

        Values that are not finite count only in a bucket that holds nothing else.

        Args:
            values: [index]; those seen before must be as they were.
            start: First index of the window; its bucket is taken whole.
            stop: End of the window, exclusive; its bucket is taken as far as it goes.
            size: Values a bucket, at least 2.
        """
        begin = start // size * size
        end = min(-(-stop // size) * size, len(values))
        whole = begin + (end - begin) // size * size
        if self._key != (begin, size):
            self._key = (begin, size)
            self._kept = np.empty(0, dtype=np.int64)
        done = begin + len(self._kept) // 2 * size
        if done < whole:
            rows = values[done:whole].reshape(-1, size)
            self._kept = np.concatenate((self._kept, _extremes(rows, done)))
        kept = self._kept[: 2 * ((whole - begin) // size)]
        if whole == end:
            return kept
        return np.concatenate((kept, _extremes(values[np.newaxis, whole:end], whole)))


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
