"""The numerators of softmax, which must neither overflow nor all vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.arrays.memory import Floats

#: For an x in +-SAFE_EXPONENT, e^x has full precision, and sums have room.
SAFE_EXPONENT = 600.0

_SAFE_SQUARE = SAFE_EXPONENT**2


def needs_shift(scores: Floats) -> bool:
    """Return whether a number of the vector ``scores`` may be too large for `exp`.

    The script subtracts the largest score before it takes exponentials, which changes
    nothing but their range. To find it takes several times as long as to see, by the
    sum of their squares, that all scores are far from the limit.
    """
    return not scores.dot(scores) < _SAFE_SQUARE  # so that NaN needs it too
