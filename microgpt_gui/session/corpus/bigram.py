"""The loss of a bigram model: one that looks back no further than a single token."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    Check = Callable[[], None]

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
    counted: Iterable[str],
    others: Iterable[str],
    chars: str,
    block_size: int,
    check: Check = lambda: None,
) -> BigramLoss:
    """Return the loss of the bigram model of documents.

    A million documents take some seconds.

    Args:
        counted: The documents that make the table.
        others: Documents to predict with it.
        chars: The alphabet that spells them all, sorted.
        block_size: What they are cut to.
        check: Called often; what it raises ends the work.
    """
    import numpy as np  # not at the top: a session alone does without

    vocab_size = len(chars) + 1
    table = _counted(counted, chars, block_size, check)
    rows = np.zeros(vocab_size)
    np.add.at(rows, table.pairs // vocab_size, table.counts)
    found = -np.log(table.counts / rows[table.pairs // vocab_size])
    new = _counted(others, chars, block_size, check)
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


def _counted(
    documents: Iterable[str], chars: str, block_size: int, check: Check
) -> _Table:
    import numpy as np

    number, loose = 0, 0
    parts = [_Table(0, np.empty(0, np.int64), np.empty(0), np.empty(0))]
    for piece in _pieces(documents):
        check()
        pairs, weights = _pairs(piece, chars, block_size)
        number += len(piece)
        parts.append(_added([_Table(0, pairs, np.ones(len(pairs)), weights)]))
        loose += len(parts[-1].pairs)
        if loose > _MOST_LOOSE:
            parts, loose = [_added(parts)], 0
    whole = _added(parts)
    return _Table(number, whole.pairs, whole.counts, whole.shares)


def _added(parts: list[_Table]) -> _Table:
    """Return one table of several, each pair once."""
    import numpy as np

    pairs, places = np.unique(
        np.concatenate([part.pairs for part in parts]), return_inverse=True
    )
    counts, shares = np.zeros(len(pairs)), np.zeros(len(pairs))
    np.add.at(counts, places, np.concatenate([part.counts for part in parts]))
    np.add.at(shares, places, np.concatenate([part.shares for part in parts]))
    return _Table(0, pairs, counts, shares)


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
