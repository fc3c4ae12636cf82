"""What the end colour of a map stands for: chosen by the person, panel by panel."""

from __future__ import annotations

from enum import Enum


class ColourRange(Enum):
    """How far the colours reach."""

    FIXED = "fixed"  # as far in all parts
    PART = "part"  # in each part as far as most of its values
    ROW = "row"  # in each row as far as its largest value
