"""How long documents are, as bars."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: No more bars than this.
MOST_BARS = 60

#: Documents that are longer than so many times what 99 of 100 have share one bar.
_FAR = 3


@dataclass(frozen=True, slots=True)
class LengthBar:
    """Documents of about one length.

    Attributes:
        least: Letters, at least.
        most: Letters, at most; at least ``least``.
        count: Documents.
        is_open: It holds all that are longer than those before it: a wide range.
    """

    least: int
    most: int
    count: int
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Lengths:
    """The lengths of all documents, in letters, and what of them training reads.

    Attributes:
        documents: How many; at least one.
        shortest: Of any document.
        longest: Of any document.
        mean: Of all.
        median: Half of them are no longer.
        block_size: So many letters of a document are predicted at most.
        cut: How many have so many letters or more: at least their end is not learnt.
        bars: From short to long, without gaps.
    """

    documents: int
    shortest: int
    longest: int
    mean: float
    median: int
    block_size: int
    cut: int
    bars: tuple[LengthBar, ...]


def lengths_of(counts: Mapping[int, int], block_size: int) -> Lengths:
    """Return the lengths of documents.

    Args:
        counts: How many documents have so many letters, for each length there is; at
            least one.
        block_size: Of the model.
    """
    lengths = sorted(counts)
    documents = sum(counts.values())
    letters = sum(length * count for length, count in counts.items())
    return Lengths(
        documents=documents,
        shortest=lengths[0],
        longest=lengths[-1],
        mean=letters / documents,
        median=_within(counts, lengths, documents / 2),
        block_size=block_size,
        cut=sum(count for length, count in counts.items() if length >= block_size),
        bars=_bars(counts, lengths, documents),
    )


def _within(counts: Mapping[int, int], lengths: list[int], wanted: float) -> int:
    """Return the least length that so many documents do not exceed."""
    sums = accumulate(counts[length] for length in lengths)
    return next(n for n, done in zip(lengths, sums, strict=True) if done >= wanted)


def _bars(
    counts: Mapping[int, int], lengths: list[int], documents: int
) -> tuple[LengthBar, ...]:
    shortest, longest = lengths[0], lengths[-1]
    usual = _within(counts, lengths, 0.99 * documents)
    has_far = longest > _FAR * usual
    last = usual if has_far else longest
    width = _round((last - shortest) // MOST_BARS + 1)
    first = shortest // width * width
    sums: dict[int, int] = {}
    far = 0
    for length in lengths:
        place = (length - first) // width
        if length > last:
            far += counts[length]
        else:
            sums[place] = sums.get(place, 0) + counts[length]
    bars = [
        LengthBar(
            first + place * width,
            min(first + (place + 1) * width - 1, last),
            sums.get(place, 0),
        )
        for place in range(max(sums) + 1)
    ]
    if has_far:
        bars.append(LengthBar(last + 1, longest, far, is_open=True))
    return tuple(bars)


def _round(width: int) -> int:
    """Return the next width that is 1, 2 or 5 times a power of 10."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power >= width:
                return step * power
        power *= 10
