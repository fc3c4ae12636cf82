"""What is said of the lines that the loss is held against."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.loss.words import exact, short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.corpus.best_loss import BestLoss
    from microgpt_gui.session.corpus.bigram import BigramLoss
    from microgpt_gui.session.reading.unseen_losses import UnseenLosses

UNSEEN = "Loss on documents not trained on"
UNSEEN_TIP = (
    "Tells what is learnt from what is known by heart. It is the mean over documents, "
    "cut as training cuts them: of the held-out ones, or else of those that no step up "
    "to the planned end comes to; of these the first 200. Some 50 moments of the run, "
    "fixed by its end, are brought back for it: a few while it trains, all when it "
    "rests."
)
BIGRAM = "Bigram model's loss"
BIGRAM_TIP = (
    "What a table of letter pairs loses: each letter's odds are how often it follows "
    "the one before, counted over all documents that are there to train on, and "
    "measured over the same documents, as the training loss is."
)
BEST = "Best loss possible"
BEST_TIP = (
    "What nobody can go below on average, where a rule has made the text and all its "
    "documents are equally likely: Roman numerals and sums."
)
HOLD_OUT = "Hold a tenth of the documents out…"
HOLD_OUT_TIP = (
    "Let held_out 0.1 wait in the Run panel: a new model then learns from nine tenths "
    "of the documents, and the others tell how it does on what it has never seen."
)
NO_BEST = "The best loss is known of Roman numerals and sums alone: a rule makes them."


def unseen(answer: UnseenLosses, last: tuple[int, float], left: int) -> Sequence[str]:
    """Return what stands beside the curve's key, longest first.

    Args:
        answer: Which documents it is of.
        last: Step (done) and loss of its last point.
        left: How many points are still to be computed.
    """
    step, loss = last
    whole, brief = which(answer)
    now = f"{short(loss)} nats at step {step:,}"
    coming = f" ({left} more points to come)" if left else ""
    return (
        f"{whole}: {now}{coming}",
        f"{whole}: {short(loss)}",
        f"{brief}: {short(loss)}",
        short(loss),
    )


def which(answer: UnseenLosses) -> tuple[str, str]:
    """Return which documents the curve is of: in words, and in few."""
    count = f"{answer.documents:,}"
    noun = "document" if answer.documents == 1 else "documents"
    if answer.is_held_out:
        of = f" of {answer.of:,}" if answer.of > answer.documents else ""
        return f"{count}{of} held-out {noun}", f"{count} held out"
    return (
        f"{count} {noun} not trained on up to step {answer.end:,}",
        f"{count} not trained on",
    )


def unseen_at(answer: UnseenLosses, step: int, loss: float) -> str:
    """Return what is said of the point of the curve nearest to the pointer."""
    which = "held out" if answer.is_held_out else "not trained on"
    return f"{which} ({answer.documents:,} documents): {exact(loss)} at step {step:,}"


def bigram(found: BigramLoss) -> Sequence[str]:
    """Return what the bigram's line means, longest first."""
    value = f"{found.on_counted:.3f}"
    return (f"bigram model: {value} nats", f"bigram: {value}")


def bigram_at(found: BigramLoss) -> str:
    """Return it to the last digit, and what it is on documents not counted."""
    told = f"bigram model {found.on_counted!r} nats"
    if isnan(found.on_others):
        return told
    return f"{told}; not trained on {found.on_others:.6f}"


def best(found: BestLoss) -> Sequence[str]:
    """Return what the line of the best loss means, longest first."""
    value = f"{found.least:.3f}"
    return (
        f"best possible: {value} nats (with the true odds {found.true_odds:.3f})",
        f"best possible: {value} nats",
        f"best: {value}",
    )


def best_at(found: BestLoss) -> str:
    """Return it to the last digit."""
    return f"best possible {found.least!r} nats; the true odds {found.true_odds:.6f}"
