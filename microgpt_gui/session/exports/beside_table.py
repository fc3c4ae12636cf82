"""The loss on documents not trained on, and what it is held against, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.exports.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.corpus.yardsticks import Yardsticks
    from microgpt_gui.session.reading.unseen_losses import UnseenLosses


def beside_csv(
    unseen: UnseenLosses, held: Yardsticks, check: Callable[[], None]
) -> Iterator[str]:
    """Yield a table with a row for each point of the curve, to the last digit.

    Columns: step (done); unseen_loss; documents, how many it is the mean of; held_out,
    1 where the run holds them out; then, the same in each row, the bigram model's loss
    on the documents that it was counted over and on those not trained on, and the best
    loss possible and that of the true odds, empty where they are not known. In nats.

    Args:
        unseen: The curve.
        held: What it is held against.
        check: Called now and then; what it raises ends the work.
    """
    header = (
        "step",
        "unseen_loss",
        "documents",
        "held_out",
        "bigram_loss",
        "bigram_unseen_loss",
        "best_loss",
        "true_odds_loss",
    )
    best = (held.best.least, held.best.true_odds) if held.best else None
    same = (
        repr(held.bigram.on_counted),
        repr(held.bigram.on_others),
        *(map(repr, best) if best else ("", "")),
    )

    def rows() -> Iterator[Sequence[object]]:
        for step, loss in unseen.losses:
            is_held_out = int(unseen.is_held_out)
            yield step, repr(loss), unseen.documents, is_held_out, *same

    return table(header, rows(), check)
