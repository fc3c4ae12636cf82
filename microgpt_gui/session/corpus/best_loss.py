"""How low the loss can get on texts whose generator is known."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.data import DATASETS
from microgpt_gui.data.dataset import Generated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from microgpt_gui.data.dataset import LoadedCorpus

#: Documents between two chances to do something else.
_STRIDE = 500


@dataclass(frozen=True, slots=True)
class BestLoss:
    """The loss of the best predictors of a generator, measured as the training loss is.

    The generator draws one of M documents, each with odds 1/M. Of a document with n
    positions (BOS, letters, BOS, cut to the context), let x_i be its first i tokens.

    Attributes:
        documents: M.
        true_odds: What a predictor loses on average that gives every next token its
            true odds, count(x_i+1) / count(x_i): of all M documents, those that begin
            so. The product of a document's odds telescopes, so this is the mean over
            documents of ln(M / count(x_n)) / n; of documents that all differ and are
            not cut, ln(M) times the mean of 1/n: the generator's entropy by the token.
        least: The least that any predictor can lose on average. It is less by a trifle,
            for the loss counts a token of a short document for more: the best odds are
            w(x_i+1) / w(x_i), where w adds up 1/n, not 1, of the documents that begin
            so. (They minimise, for each beginning, the sum of -w log p.)
    """

    documents: int
    true_odds: float
    least: float


def is_generated(dataset: LoadedCorpus) -> bool:
    """Say whether a rule has made all documents of this text."""
    entry = DATASETS.get(dataset.source)
    return entry is not None and isinstance(entry.origin, Generated)


def best_loss(documents: Sequence[str], block_size: int) -> BestLoss:
    """Return how low the loss can get. See `best_losses`."""
    *_, loss = best_losses(documents, block_size)
    assert loss is not None
    return loss


def best_losses(documents: Sequence[str], block_size: int) -> Iterator[BestLoss | None]:
    """Yield None after some documents, at last how low the loss can get.

    Ten thousand documents take a fifth of a second: who has other things to do can do
    them in between, or stop.

    Args:
        documents: All that the generator can draw, each as likely as another.
        block_size: What they are cut to.
    """
    counts: Counter[tuple[str, bool]] = Counter()
    weights: defaultdict[tuple[str, bool], float] = defaultdict(float)
    for number, document in enumerate(documents):
        if number % _STRIDE == 0:
            yield None
        beginnings = _beginnings(document, block_size)
        share = 1 / (len(beginnings) - 1)
        for beginning in beginnings:
            counts[beginning] += 1
            weights[beginning] += share
    true_odds, least = [], []
    for number, document in enumerate(documents):
        if number % _STRIDE == 0:
            yield None
        beginnings = _beginnings(document, block_size)
        n = len(beginnings) - 1
        true_odds.append(math.log(len(documents) / counts[beginnings[-1]]) / n)
        first, last = weights[beginnings[0]], weights[beginnings[-1]]
        least.append(math.log(first / last) / n)
    total = len(documents)
    yield BestLoss(total, math.fsum(true_odds) / total, math.fsum(least) / total)


def _beginnings(document: str, block_size: int) -> list[tuple[str, bool]]:
    """Return x_0 to x_n: letters, and whether the end came after them."""
    letters = min(len(document), block_size)
    found = [(document[:i], False) for i in range(letters + 1)]
    if letters < block_size:
        found.append((document, True))
    return found
