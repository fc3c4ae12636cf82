"""What a head may look at, and how much of it chance alone would give."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Pattern(Enum):
    """What a row of attention may be spent on.

    Row ``q`` is that of the token at position ``q``, which may look at the positions 0
    (BOS) to ``q``; letters begin at position 1. Each pattern but the last is a set of
    positions, in rows where it says something of its own: where the previous letter is
    the first one as well, say, neither is counted.
    """

    PREVIOUS = "previous letter"  # q - 1, for q >= 2
    ITSELF = "itself"  # q, for q >= 1
    BOS = "BOS"  # 0, for q >= 1
    FIRST = "first letter"  # 1, for q >= 3
    SAME = "same letter"  # all k with the letter of q, 1 <= k <= q - 2
    AFTER_SAME = "after same letter"  # k + 1 of these, as far as k + 1 <= q - 2
    EVEN = "evenly"  # all: the entropy, as a share of its largest


class Target(NamedTuple):
    """Positions that a row may spend its attention on."""

    pattern: Pattern
    query: int
    keys: tuple[int, ...]  # ascending


def targets(tokens: Sequence[int]) -> Iterator[Target]:
    """Yield every pattern of each row where it is defined.

    Args:
        tokens: BOS, and the letters.
    """
    places: dict[int, list[int]] = {}  # of each letter, where it stood so far
    for query, token in enumerate(tokens):
        if query >= 1:
            yield Target(Pattern.ITSELF, query, (query,))
            yield Target(Pattern.BOS, query, (0,))
        if query >= 2:
            yield Target(Pattern.PREVIOUS, query, (query - 1,))
        if query >= 3:
            yield Target(Pattern.FIRST, query, (1,))
        before = [key for key in places.get(token, ()) if key <= query - 2]
        if before:
            yield Target(Pattern.SAME, query, tuple(before))
        if after := tuple(key + 1 for key in before if key + 1 <= query - 2):
            yield Target(Pattern.AFTER_SAME, query, after)
        if query >= 1:
            places.setdefault(token, []).append(query)


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of its attention a head spends on a pattern, over many rows.

    Attributes:
        pattern: What is looked at.
        rows: In how many rows it is defined.
        mean: Over these rows, of the attention on the pattern's positions; of EVEN, of
            the entropy as a share of its largest. NaN without a row, or where numbers
            ran away.
        chance: The mean of what attention that is spread evenly would spend there: the
            positions of the pattern by those of the row. NaN of EVEN, which has none.
    """

    pattern: Pattern
    rows: int
    mean: float
    chance: float

    @property
    def beyond_chance(self) -> float:
        """(mean - chance) / (1 - chance): 0 where it is as by chance, 1 where all is.

        Below 0 where the head looks away from it. NaN where nothing can be said.
        """
        if not self.rows or not self.chance < 1.0:
            return math.nan
        return (self.mean - self.chance) / (1.0 - self.chance)
