"""Sums of what heads spend on each pattern, over documents."""

from __future__ import annotations

import math
from operator import add
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.heads.patterns import Measure, Pattern, targets
from microgpt_gui.session.reading.heads.role import HeadRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.engine.arrays.memory import Floats

_PATTERNS = tuple(Pattern)
_PLACES = {pattern: place for place, pattern in enumerate(_PATTERNS)}
_EVEN = _PLACES[Pattern.EVEN]


class Sums:
    """What every head spends on each pattern, and what chance would."""

    def __init__(self, heads: int) -> None:
        """Begin with no document.

        Args:
            heads: In all layers.
        """
        self._rows = [0] * len(_PATTERNS)
        self._chance = [0.0] * len(_PATTERNS)
        self._spent = [[0.0] * len(_PATTERNS) for _ in range(heads)]

    def add(self, tokens: Sequence[int], attention: Sequence[Floats]) -> None:
        """Add a document.

        Args:
            tokens: BOS, and the letters.
            attention: Over them: for each layer, [head][query][key], 0 where a query
                cannot see.
        """
        # Not at the top: nobody needs NumPy to train.
        from microgpt_gui.engine.arrays.attention_sums import evenness, spent

        marked = []
        for pattern, query, keys in targets(tokens):
            place = _PLACES[pattern]
            marked.append((place, query, keys))
            self._rows[place] += 1
            self._chance[place] += len(keys) / (query + 1)
        self._rows[_EVEN] += len(tokens) - 1
        found = spent(attention, marked, len(_PATTERNS))
        for sums, more, even in zip(
            self._spent, found, evenness(attention), strict=True
        ):
            more[_EVEN] = even
            sums[:] = map(add, sums, more)

    def roles(self) -> tuple[HeadRole, ...]:
        """Return the measures of every head so far."""
        return tuple(
            HeadRole(tuple(map(self._measure, range(len(_PATTERNS)), spent)))
            for spent in self._spent
        )

    def _measure(self, place: int, spent: float) -> Measure:
        pattern, rows = _PATTERNS[place], self._rows[place]
        if not rows:
            return Measure(pattern, 0, math.nan, math.nan)
        chance = math.nan if place == _EVEN else self._chance[place] / rows
        return Measure(pattern, rows, spent / rows, chance)
