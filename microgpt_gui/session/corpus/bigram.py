"""The loss of a bigram model: one that looks back no further than a single token."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

#: Documents that are counted in one go.
_PIECE = 1_000

#: So many different pairs of a few goes are kept apart before they are added up.
_MOST_LOOSE = 1 << 20


@dataclass(frozen=True, slots=True)
class BigramLoss:
    """What a table of pairs of tokens reaches, measured as the training loss is.

    The table is counted over documents, each read as a step reads it: BOS, letters,
    BOS, of which the first ``block_size + 1`` tokens count. A document's loss is the
    mean over its positions of -log p(next given this), in nats; a text's loss is the
    mean over its documents.

    Attributes:
        documents: How many were counted.
        on_counted: Their own loss, with p = count(this, next) / count(this): maximum
            likelihood, the table that a model would learn that sees a single token.
        others: How many documents were predicted that were not counted.
        on_others: Their loss, with p = (count(this, next) + 1) / (count(this) + V) of V
            tokens, BOS among them: with 1 added to each count no pair is impossible.
            NaN where there are none.
    """

    documents: int
    on_counted: float
    others: int
    on_others: float


def bigram_loss(
    counted: Iterable[str], others: Iterable[str], chars: str, block_size: int
) -> BigramLoss:
    """Return the loss of the bigram model of documents. See `bigram_losses`."""
    *_, loss = bigram_losses(counted, others, chars, block_size)
    assert loss is not None
    return loss


def bigram_losses(
    counted: Iterable[str], others: Iterable[str], chars: str, block_size: int
) -> Iterator[BigramLoss | None]:
    """Yield None after every thousand documents, at last the bigram model's loss.

    A million documents take some seconds: who has other things to do can do them in
    between, or stop.

    Args:
        counted: The documents that make the table, at least one.
        others: Documents to predict with it.
        chars: The alphabet that spells them all, sorted.
        block_size: What they are cut to.
    """
    counting = _Counting(chars, block_size)
    for piece in _pieces(counted):
        counting.add(piece)
        yield None
    predicted = _Counting(chars, block_size)
    for piece in _pieces(others):
        predicted.add(piece)
    yield _loss(counting.table(), predicted.table(), len(chars) + 1)


def _loss(table: _Table, new: _Table, vocab_size: int) -> BigramLoss:
    import numpy as np  # not at the top: a session alone does without

    rows = np.zeros(vocab_size)
    np.add.at(rows, table.pairs // vocab_size, table.counts)
    found = -np.log(table.counts / rows[table.pairs // vocab_size])
    on_others = math.nan
    if new.documents:
        places = np.minimum(table.pairs.searchsorted(new.pairs), len(table.pairs) - 1)
        counts = np.where(table.pairs[places] == new.pairs, table.counts[places], 0)
        totals = rows[new.pairs // vocab_size]
        surprise = -np.log((counts + 1) / (totals + vocab_size))
        on_others = math.fsum((new.shares * surprise).tolist()) / new.documents
    return BigramLoss(
        documents=table.documents,
        on_counted=math.fsum((table.shares * found).tolist()) / table.documents,
        others=new.documents,
        on_others=on_others,
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """Pairs of tokens in documents.

    Attributes:
        documents: How many.
        pairs: This token times the number of tokens, plus the next one; ascending.
        counts: How often each stands there.
        shares: The same, each time counted as 1/n in a document of n positions.
    """

    documents: int
    pairs: NDArray[np.int64]
    counts: NDArray[np.float64]
    shares: NDArray[np.float64]


class _Counting:
    """Counts the pairs of documents, piece by piece."""

    def __init__(self, chars: str, block_size: int) -> None:
        self._chars = chars
        self._block_size = block_size
        self._parts: list[_Table] = []
        self._loose = 0

    def add(self, documents: list[str]) -> None:
        """Count some more."""
        import numpy as np

        pairs, weights = _pairs(documents, self._chars, self._block_size)
        new = _Table(len(documents), pairs, np.ones(len(pairs)), weights)
        self._parts.append(_added([new]))
        self._loose += len(self._parts[-1].pairs)
        if self._loose > _MOST_LOOSE:
            self._parts, self._loose = [self.table()], 0

    def table(self) -> _Table:
        """Return what is counted so far."""
        import numpy as np

        nothing = _Table(0, np.empty(0, np.int64), np.empty(0), np.empty(0))
        return _added([nothing, *self._parts])


def _added(parts: list[_Table]) -> _Table:
    """Return one table of several, each pair once."""
    import numpy as np

    documents = sum(part.documents for part in parts)
    pairs, places = np.unique(
        np.concatenate([part.pairs for part in parts]), return_inverse=True
    )
    counts, shares = np.zeros(len(pairs)), np.zeros(len(pairs))
    np.add.at(counts, places, np.concatenate([part.counts for part in parts]))
    np.add.at(shares, places, np.concatenate([part.shares for part in parts]))
    return _Table(documents, pairs, counts, shares)


def _pieces(documents: Iterable[str]) -> Iterator[list[str]]:
    left = iter(documents)
    while piece := list(islice(left, _PIECE)):
        yield piece


def _pairs(
    documents: list[str], chars: str, block_size: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the pairs of these documents, and 1/n of the document of each."""
    import numpy as np

    bos = len(chars)
    cut = [document[:block_size] for document in documents]
    lengths = np.fromiter(map(len, cut), np.int64, len(cut))
    # The end is asked for where there is a position to ask it from.
    has_end = lengths < block_size
    n = lengths + has_end
    letters = _codes(chars).searchsorted(_codes("".join(cut))).astype(np.int64)
    after = np.insert(letters, np.cumsum(lengths)[has_end], bos)
    this = np.roll(after, 1)
    this[np.cumsum(n) - n] = bos
    return this * (bos + 1) + after, np.repeat(1 / n, n)


def _codes(text: str) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
