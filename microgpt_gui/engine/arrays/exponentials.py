"""The numerators of softmax, which must neither overflow nor all vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from microgpt_gui.engine.arrays.memory import Floats

#: e^x and e^-x, and sums and products of a few of them, stay far within range.
SAFE_EXPONENT = 300.0

_SAFE_SQUARE = SAFE_EXPONENT**2


def needs_shift(flat: Floats) -> bool:
    """Return whether some number of the vector ``flat`` may be too large for `exp`.

    The script subtracts the largest score before it takes exponentials, which changes
    nothing but their range. Finding it takes three times as long as seeing, by the sum
    of squares, that no score is anywhere near the limit.
    """
    return not np.dot(flat, flat) < _SAFE_SQUARE  # so that it holds for NaN too
