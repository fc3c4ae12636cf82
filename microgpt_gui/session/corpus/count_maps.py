"""Letters by position, and pairs of letters, as maps of shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from microgpt_gui.session.corpus.letter_counts import LetterCounts

    Counts = NDArray[np.int64]

Kind = Literal["positions", "pairs"]

#: On a logarithmic scale, colours reach so many powers of 10 down from the largest.
DECADES = 3


@dataclass(frozen=True, slots=True, eq=False)
class CountMap:
    """Counts in rows and columns, and of how many each is a part.

    A letter's row, or column, is its place among the most frequent; BOS is the last.

    Attributes:
        kind: "pairs": a row for each given token, a column for the token that comes
            next. "positions": a row for each token, a column for each position.
        rows: What the rows are called.
        columns: What the columns are called.
        counts: [row][column].
        wholes: What a count is a part of, [row][column] or what broadcasts to it: for
            pairs, how often the given token is followed by any; for positions, how many
            documents go so far, the end counted as a token.
        letters: How many letters the text has; there may be more than are shown.
        is_all: Whether all letters are shown.
    """

    kind: Kind
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Counts
    wholes: Counts
    letters: int
    is_all: bool

    def share(self, row: int, column: int) -> float:
        """Return a count as a part of its whole, 0 to 1; 0 of nothing."""
        whole = self.whole(row, column)
        return int(self.counts[row, column]) / whole if whole else 0.0

    def whole(self, row: int, column: int) -> int:
        """Return what a count is a part of."""
        return int(
            self.wholes[row, 0] if self.kind == "pairs" else self.wholes[0, column]
        )

    def values(self, *, is_chance: bool) -> NDArray[np.float64]:
        """Return what is drawn, [row][column], from 0 to 1.

        Args:
            is_chance: Shares of the wholes; else counts relative to the largest.
        """
        import numpy as np  # not at the top: a session alone does without

        if is_chance:
            return self.counts / np.maximum(self.wholes, 1)
        return self.counts / max(1, int(self.counts.max(initial=0)))


def count_map(
    counts: LetterCounts, kind: Kind, most: int, positions: int | None = None
) -> CountMap:
    """Return one of the two maps.

    Args:
        counts: Of the documents.
        kind: See `CountMap`.
        most: Letters that are shown, the most frequent; BOS, and the heap of others if
            there is one and all fit, come on top.
        positions: How many positions are shown; None: all that were counted.
    """
    import numpy as np  # not at the top: a session alone does without

    letters = len(counts.letters)
    is_all = letters + bool(counts.others) <= most
    shown = min(letters, most)
    heap = range(letters, counts.bos) if is_all else range(0)
    places = np.array([*range(shown), *heap, counts.bos])
    labels = tuple(counts.labels[place] for place in places)
    total = letters + counts.others
    if kind == "pairs":
        return CountMap(
            kind,
            labels,
            labels,
            counts.pairs[np.ix_(places, places)],
            counts.pairs.sum(axis=1)[places][:, None],
            total,
            is_all,
        )
    by_position = counts.positions[:positions]
    columns = tuple(f"{place + 1:,}" for place in range(len(by_position)))
    wholes = by_position.sum(axis=1)[None, :]
    return CountMap(
        kind, labels, columns, by_position[:, places].T, wholes, total, is_all
    )


def tone(values: NDArray[np.float64], *, is_log: bool) -> NDArray[np.float64]:
    """Return where on the scale of colours values from 0 to 1 are, from 0 to 1.

    Args:
        values: Whatever is 0 stays 0.
        is_log: Each power of 10 takes as much of the scale, DECADES of them; what is
            smaller is at its start.
    """
    import numpy as np  # not at the top: a session alone does without

    if not is_log:
        return values
    floor = 10.0**-DECADES
    tones: NDArray[np.float64] = 1 + np.log10(np.maximum(values, floor)) / DECADES
    return tones


def ticks(*, is_chance: bool, is_log: bool) -> tuple[str, str, str]:
    """Return what the start, the middle and the end of the colours stand for.

    Args:
        is_chance: See `CountMap.values`.
        is_log: See `tone`.
    """
    end = "100 %" if is_chance else "most"
    if is_log:
        return ("0.1 %", "3 %", end)
    return ("0", "50 %", end)
