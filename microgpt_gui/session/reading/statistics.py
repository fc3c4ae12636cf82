"""What can be said of a matrix in a few numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.reader import never

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.matrices import Matrix


@dataclass(frozen=True, slots=True)
class MatrixStatistics:
    """One matrix; where a number of it is not finite, all but the counts are NaN.

    Attributes:
        name: The script's.
        count: Of its numbers.
        not_finite: How many of them are infinite or no number.
        mean: Of all.
        deviation: Standard deviation, of the matrix itself: the root of the mean of the
            squared distances from the mean.
        least: Of all.
        largest: Of all.
        norm: Euclidean: the root of the sum of the squares.
    """

    name: str
    count: int
    not_finite: int = 0
    mean: float = math.nan
    deviation: float = math.nan
    least: float = math.nan
    largest: float = math.nan
    norm: float = math.nan


def statistics(
    moment: Moment, check: Callable[[], None] = never
) -> tuple[MatrixStatistics, ...]:
    """Return the statistics of every matrix, in the script's creation order.

    Sums are rounded once, at their end.

    Args:
        moment: Whose matrices.
        check: Called before each; what it raises ends the work.
    """
    return tuple(_statistics(matrix, check) for matrix in matrices(moment))


def _statistics(matrix: Matrix, check: Callable[[], None]) -> MatrixStatistics:
    check()
    numbers = matrix.numbers.tolist()
    count = len(numbers)
    not_finite = count - sum(map(math.isfinite, numbers))
    if not_finite:
        return MatrixStatistics(matrix.name, count, not_finite)
    largest, least = max(numbers), min(numbers)
    # By a power of two, which changes no digit: so that no sum leaves its range.
    unit = 2.0 ** max(math.frexp(max(largest, -least))[1] - 1, -1000)
    parts = [x / unit for x in numbers]
    mean = math.fsum(parts) / count
    check()
    return MatrixStatistics(
        name=matrix.name,
        count=count,
        mean=mean * unit,
        deviation=math.sqrt(math.fsum((x - mean) ** 2 for x in parts) / count) * unit,
        least=least,
        largest=largest,
        norm=math.sqrt(math.fsum(x * x for x in parts)) * unit,
    )
