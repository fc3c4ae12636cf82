"""Many delays of one kind, in few numbers."""

from __future__ import annotations

import statistics
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

from microgpt_gui.bench.spread import percentile

if TYPE_CHECKING:
    from collections.abc import Sequence


_SHARES = (0.5, 0.95, 0.99, 0.999)


@dataclass(frozen=True, slots=True)
class Delays:
    """A distribution, in milliseconds.

    Attributes:
        p50: The median. Of fewer than 100 delays p99 is the longest one, and so on.
        count: How many delays there were.
    """

    p50: float
    p95: float
    p99: float
    p999: float
    max: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Delays | None:
        """Return the distribution of some delays; None where there are none."""
        if not values:
            return None
        p50, p95, p99, p999 = (percentile(values, share) for share in _SHARES)
        return cls(p50, p95, p99, p999, max(values), len(values))

    @classmethod
    def of_runs(cls, runs: Sequence[Sequence[float]]) -> Delays | None:
        """Return the medians over runs of what each run gives; None where none does.

        One run in which the machine had other things to do then says little.
        """
        each = [delays for values in runs if (delays := cls.of(values))]
        if not each:
            return None
        columns = zip(*map(astuple, each), strict=True)
        p50, p95, p99, p999, longest, _ = map(statistics.median, columns)
        return cls(p50, p95, p99, p999, longest, sum(delays.count for delays in each))
