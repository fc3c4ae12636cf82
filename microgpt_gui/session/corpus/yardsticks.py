"""What a run's loss is held against: a simpler model, and the best there can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.corpus.best_loss import best_losses, is_generated
from microgpt_gui.session.corpus.bigram import bigram_losses
from microgpt_gui.session.reading.unseen_losses import DOCUMENTS
from microgpt_gui.session.unseen import unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.corpus.best_loss import BestLoss
    from microgpt_gui.session.corpus.bigram import BigramLoss
    from microgpt_gui.session.reading.question import Asked


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """Losses of other models, measured as the training loss is, in nats.

    Attributes:
        bigram: A bigram model's: counted over all documents that the run's text in
            force has for training, reached or not, and tried on the first of those not
            trained on, as `UnseenLosses` has them.
        best: The best possible; None where no rule has made the text.
    """

    bigram: BigramLoss
    best: BestLoss | None


@dataclass(frozen=True, slots=True)
class YardsticksQuestion:
    """The yardsticks of the run that a moment belongs to; None while at work.

    Attributes:
        end: See `UnseenLossesQuestion`.
        documents: See there.
    """

    end: int
    documents: int = DOCUMENTS

    def answers(self, asked: Asked) -> Iterator[Yardsticks | None]:
        """See `Question`."""
        info, check = asked.info, asked.check
        segment = info.segments[-1]
        others = unseen(info, self.end, check).first(self.documents, check)
        block_size = segment.config.block_size
        bigram, best = None, None
        for counted in bigram_losses(
            segment.docs.at(range(segment.num_trained), check),
            others,
            info.chars,
            block_size,
        ):
            check()
            bigram = counted
            yield None
        if is_generated(segment.dataset):
            for found in best_losses(segment.dataset.corpus.docs, block_size):
                check()
                best = found
                yield None
        assert bigram is not None
        yield Yardsticks(bigram, best)
