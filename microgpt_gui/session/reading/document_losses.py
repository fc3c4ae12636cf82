"""How well a model predicts documents: the loss of each, without learning from it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.session.reading.reader import never

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from microgpt_gui.session.moments.moment import Moment


def document_losses(
    moment: Moment, documents: Iterable[str], check: Callable[[], None] = never
) -> tuple[float, ...]:
    """Return the loss of each document, in nats: what a step that learns it would give.

    That is the mean of -log(softmax(logits)[next token]) over the first ``n =
    min(block_size, letters + 1)`` positions of BOS, letters, BOS. It is infinite where
    a token that came has probability 0, and NaN where numbers ran away.

    All are computed at once by NumPy, whatever engine trains: its numbers are those of
    the others within 1e-12, in a fiftieth of the time.

    Args:
        moment: What predicts.
        documents: Of the moment's alphabet.
        check: Called often; what it raises ends the work.

    Raises:
        CorpusError: A document has a letter that the alphabet has not.
    """
    # Not at the top: nobody needs NumPy to train.
    from microgpt_gui.engine.arrays.losses import losses

    tokens_of = Vocabulary(moment.chars).tokens_of
    tokens = [tokens_of(document) for document in documents]
    return losses(moment.model, moment.weights, tokens, check)


def mean_loss(losses: Sequence[float]) -> float:
    """Return the mean over documents: each counts alike, however long it is.

    The sum is rounded once. NaN of none.
    """
    if not losses:
        return math.nan
    return math.fsum(losses) / len(losses)
