"""Which box an arrow key leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect

#: A box beside the way counts as so much further away.
_ASIDE = 3


def nearest_towards(
    boxes: Sequence[QRect], current: int, towards: tuple[int, int]
) -> int:
    """Return the nearest box in a direction; the same where there is none.

    Args:
        boxes: All of them.
        current: Number of the one to begin at.
        towards: 1 or -1 to the right and down.
    """
    dx, dy = towards
    here = boxes[current]
    best, least = current, float("inf")
    for number, there in enumerate(boxes):
        if number == current:
            continue
        right, down = (
            _gap(here.left(), here.right(), there.left(), there.right()),
            (_gap(here.top(), here.bottom(), there.top(), there.bottom())),
        )
        ahead = right * dx + down * dy
        aside = abs(down if dx else right)
        if ahead > 0 and (cost := ahead + _ASIDE * aside) < least:
            best, least = number, cost
    return best


def _gap(first: int, last: int, other_first: int, other_last: int) -> int:
    """Return how far another stretch lies beyond one: 0 where they overlap."""
    if other_first > last:
        return other_first - last
    return other_last - first if other_last < first else 0
