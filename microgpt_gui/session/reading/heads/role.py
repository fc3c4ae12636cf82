"""What one head does: its measures, and the one that names it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from microgpt_gui.session.reading.heads.patterns import Measure, Pattern

#: A pattern is clear from so much beyond chance on, of all that is there beyond it.
CLEAR = 0.3

#: Attention is called even from this share of the largest entropy on.
EVEN = 0.9

#: In fewer rows than this, nothing is called clear.
LEAST_ROWS = 10


@dataclass(frozen=True, slots=True)
class HeadRole:
    """What one head does.

    Attributes:
        measures: One for each `Pattern`, in its order.
    """

    measures: tuple[Measure, ...]

    @property
    def clearest(self) -> Measure | None:
        """The measure that names the head; None where no pattern is clear.

        Of the patterns that are sets of positions, the one the most beyond chance, if
        that is at least CLEAR; else EVEN, if that is at least EVEN.
        """
        known = [m for m in self.measures if m.rows >= LEAST_ROWS]
        places = [m for m in known if m.pattern is not Pattern.EVEN]
        best = max(
            (m for m in places if m.beyond_chance >= CLEAR),
            key=lambda m: m.beyond_chance,
            default=None,
        )
        if best is not None:
            return best
        return next(
            (m for m in known if m.pattern is Pattern.EVEN and m.mean >= EVEN), None
        )

    @property
    def is_measured(self) -> bool:
        """Whether there was a row to measure."""
        return any(m.rows for m in self.measures)

    @property
    def is_number(self) -> bool:
        """Whether the attention is made of numbers: not of weights that ran away."""
        return not any(m.rows and math.isnan(m.mean) for m in self.measures)
