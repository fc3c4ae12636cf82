"""What the end colour of a map stands for: chosen by the person, panel by panel."""

from __future__ import annotations

import math
from enum import Enum


class ColourRange(Enum):
    """How far the colours reach."""

    FIXED = "fixed"  # as far in all parts
    PART = "part"  # in each part as far as most of its values
    ROW = "row"  # in each row as far as its largest value


def rounded_up(value: float) -> float:
    """Return the next number that is 1, 2 or 5 times a power of 10.

    A round end of a range stays the same for many steps, so that colours can be
    compared.

    Args:
        value: From 1e-300 to 1e300.
    """
    power = 10.0 ** math.floor(math.log10(value))
    least = value * (1 - 1e-12)
    return next(power * k for k in (1, 2, 5, 10) if power * k >= least)
