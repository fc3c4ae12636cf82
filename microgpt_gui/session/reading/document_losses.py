"""How well a model predicts documents: the loss of each, without learning from it."""

from __future__ import annotations

import math
from math import exp, log
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import RUNAWAY_ERRORS
from microgpt_gui.session.reading.reader import never, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from microgpt_gui.engine.base import Model
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader


def document_losses(
    moment: Moment,
    documents: Iterable[str],
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> tuple[float, ...]:
    """Return the loss of each document, in nats: what a step that learns it would give.

    That is the mean of -log(softmax(logits)[next token]) over the first ``n =
    min(block_size, letters + 1)`` positions of BOS, letters, BOS. It is infinite where
    a token that came has probability 0, and NaN where numbers ran away.

    Args:
        moment: What predicts.
        documents: Of the moment's alphabet.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.

    Raises:
        CorpusError: A document has a letter that the alphabet has not.
    """
    model, vocabulary = opened(moment, check, reader)
    return tuple(_loss(model, vocabulary.tokens_of(doc)) for doc in documents)


def mean_loss(losses: Sequence[float]) -> float:
    """Return the mean over documents: each counts alike, however long it is.

    The sum is rounded once. NaN of none.
    """
    if not losses:
        return math.nan
    return math.fsum(losses) / len(losses)


def _loss(model: Model, tokens: Sequence[int]) -> float:
    n = min(model.config.block_size, len(tokens) - 1)
    try:
        logits = model.forward(tokens[:n]).logits
        total = sum(map(_surprise, logits, tokens[1 : n + 1]))
    except RUNAWAY_ERRORS:  # weights at the end of the numbers
        return math.nan
    return total / n


def _surprise(logits: Sequence[float], target: int) -> float:
    """Return -log(softmax(logits)[target])."""
    top = max(logits)
    exps = [exp(x - top) for x in logits]
    probability = exps[target] / sum(exps)
    return -log(probability) if probability else math.inf
