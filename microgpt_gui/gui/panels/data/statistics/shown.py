"""What the page of statistics shows, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.corpus.count_maps import Kind, count_map

if TYPE_CHECKING:
    from microgpt_gui.session.corpus.count_maps import CountMap
    from microgpt_gui.session.corpus.lengths import Lengths
    from microgpt_gui.session.corpus.letter_counts import LetterCounts

#: The parts, by their numbers.
LENGTHS, POSITIONS, PAIRS = range(3)
PARTS = (LENGTHS, POSITIONS, PAIRS)

_KINDS: dict[int, Kind] = {POSITIONS: "positions", PAIRS: "pairs"}


@dataclass(frozen=True, slots=True)
class Statistics:
    """The statistics of one text.

    Attributes:
        title: What people call the text.
        lengths: Of its documents.
        counts: Of its letters; None while they are being counted.
    """

    title: str
    lengths: Lengths
    counts: LetterCounts | None


def map_of(
    counts: LetterCounts, part: int, most: int, positions: int | None
) -> CountMap:
    """Return the map of a part. See `count_map`."""
    return count_map(counts, _KINDS[part], most, positions)
