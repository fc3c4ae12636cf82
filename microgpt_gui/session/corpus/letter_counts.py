"""How often letters stand at each position, and after each other, in documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.data.documents import PIECE
from microgpt_gui.data.kept import Kept
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from microgpt_gui.data.documents import Documents

    Counts = NDArray[np.int64]
    Tokens = NDArray[np.intp]
    Check = Callable[[], None]

#: So many letters are counted one by one, the most frequent; the others in one heap.
MOST_LETTERS = 2_000

#: So many positions are counted.
MOST_POSITIONS = 256

#: What the letters in one heap are called.
OTHERS_LABEL = "others"

#: Letters that are counted in one call.
_CHUNK = 1 << 17


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class LetterCounts:
    """Whole documents, each between two BOS; nothing is cut to the context length.

    Attributes:
        documents: How many.
        letters: The letters, the most frequent first, those as frequent in the
            alphabet's order.
        others: How many letters beyond MOST_LETTERS are counted in one heap; 0 as a
            rule.
        frequencies: How often each token stands in the documents, [token]; BOS, the
            last, once for each document: at its end.
        pairs: How often each token follows each, [given][next]. A given BOS is a
            document's start, the next one its end.
        positions: How often each token is the first, the second and so on in a
            document, [position][token]; the end counts as its last. At most
            MOST_POSITIONS.
    """

    documents: int
    letters: str
    others: int
    frequencies: Counts
    pairs: Counts
    positions: Counts

    @property
    def labels(self) -> tuple[str, ...]:
        """How the tokens are written; BOS is the last."""
        heap = (OTHERS_LABEL,) if self.others else ()
        return (*self.letters, *heap, BOS_LABEL)

    @property
    def bos(self) -> int:
        """The number of BOS among the tokens here."""
        return len(self.frequencies) - 1


def letter_counts(documents: Documents, check: Check = lambda: None) -> LetterCounts:
    """Return the counts of documents, made once for all who hold them.

    Four million take some seconds, so call it off the window's thread.

    Args:
        documents: At least one.
        check: Called often; what it raises ends the work.
    """
    return _kept.get(documents, partial(_counted, documents, check))


def _counted(documents: Documents, check: Check) -> LetterCounts:
    import numpy as np  # not at the top: a session alone does without

    chars, kept = documents.chars, len(documents.chars)
    table = np.zeros(ord(chars[-1]) + 1 if chars else 1, np.intp)
    codes = np.array([ord(letter) for letter in chars], np.intp)
    table[codes] = np.arange(len(chars))
    others = 0
    if len(chars) > MOST_LETTERS:
        kept, others = MOST_LETTERS, len(chars) - MOST_LETTERS
        frequent = _by_frequency(_letters_alone(documents, table, len(chars), check))
        table[codes[frequent[:kept]]] = np.arange(kept)
        table[codes[frequent[kept:]]] = kept
        chars = "".join(chars[number] for number in frequent[:kept])
    bos = kept + (1 if others else 0)
    longest = max(documents.lengths, default=0)
    pairs = np.zeros((bos + 1, bos + 1), np.int64)
    positions = np.zeros((min(longest + 1, MOST_POSITIONS), bos + 1), np.int64)
    before = bos
    for tokens, places in _tokens(documents, table, bos, check):
        given = np.concatenate(([before], tokens[:-1]))
        np.add.at(pairs.reshape(-1), given * (bos + 1) + tokens, 1)
        is_counted = places < len(positions)
        at = places[is_counted] * (bos + 1) + tokens[is_counted]
        np.add.at(positions.reshape(-1), at, 1)
        before = tokens[-1]
    frequencies = pairs.sum(axis=0)
    order = np.concatenate(
        (_by_frequency(frequencies[:kept]), np.arange(kept, bos + 1))
    )
    return LetterCounts(
        documents=len(documents),
        letters="".join(chars[number] for number in order[:kept]),
        others=others,
        frequencies=frequencies[order],
        pairs=pairs[np.ix_(order, order)],
        positions=positions[:, order],
    )


def _by_frequency(counts: Counts) -> Tokens:
    """Return the numbers of letters, the most frequent first."""
    return (-counts).argsort(kind="stable")


def _letters_alone(
    documents: Documents, table: Tokens, size: int, check: Check
) -> Counts:
    import numpy as np

    counts = np.zeros(size + 1, np.int64)
    for tokens, _ in _tokens(documents, table, size, check):
        np.add.at(counts, tokens, 1)
    return counts[:size]


def _tokens(
    documents: Documents, table: Tokens, bos: int, check: Check
) -> Iterator[tuple[Tokens, Tokens]]:
    """Yield the tokens of all documents, a BOS after each, and each one's position."""
    import numpy as np

    for start in range(0, len(documents), PIECE):
        check()
        piece = documents.piece(start)
        lengths = np.fromiter(map(len, piece), np.intp, len(piece))
        if lengths.sum() <= _CHUNK:
            ids = _ids("".join(piece), table)
            ends = np.cumsum(lengths)
            first = np.repeat(ends - lengths + np.arange(len(piece)), lengths + 1)
            tokens = np.insert(ids, ends, bos)
            yield tokens, np.arange(len(tokens)) - first
            continue
        for document in piece:
            for at in range(0, len(document) + 1, _CHUNK):
                check()
                ids = _ids(document[at : at + _CHUNK], table)
                if at + _CHUNK > len(document):
                    ids = np.append(ids, bos)
                yield ids, np.arange(at, at + len(ids))


def _ids(text: str, table: Tokens) -> Tokens:
    import numpy as np

    encoded = text.encode("utf-32-le", "surrogatepass")
    found: Tokens = table[np.frombuffer(encoded, np.dtype("<u4"))]
    return found


_kept: Kept[LetterCounts] = Kept()
