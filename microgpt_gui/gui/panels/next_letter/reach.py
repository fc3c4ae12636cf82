"""How far bars reach: round bounds, which seldom change while the values do."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROUND = (1.0, 2.0, 5.0, 10.0)


def reach_of(
    values: Sequence[float], others: Sequence[float] = ()
) -> tuple[float, float]:
    """Return where bars of ``values`` begin and end.

    Args:
        values: At least one; finite.
        others: What is marked beside them.

    Returns:
        Round numbers: 0 or below, and above 0.
    """
    low = min(0.0, *values, *others)
    high = max(0.0, *values, *others)
    return (-_round(-low) if low else 0.0), _round(high)


def _round(value: float) -> float:
    """Return the least of 1, 2, 5 times a power of ten that ``value`` is below."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _ROUND if value <= step * power * (1 + 1e-9))
