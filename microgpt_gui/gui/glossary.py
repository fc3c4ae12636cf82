"""What the field's words mean, in a sentence or two, for where they stand."""

from __future__ import annotations

from math import exp

NATS = (
    "A nat measures surprise: the natural logarithm of 1 over the probability that the "
    "model gave to what came. 0 nats: it was certain; 0.69: it gave one half; 2.3: one "
    "tenth."
)

LOG_P = (
    "log p is the natural logarithm of the probability of the whole sample, in nats: "
    "that of each letter and of the end, added up. 0 would be certain; "
    "\N{MINUS SIGN}2.3 is one in ten, \N{MINUS SIGN}6.9 one in a thousand."
)

BOS = (
    "BOS (beginning of sequence) is the token that every document begins with; the "
    "model writes it again to say that a document ends."
)

#: Losses beyond this have a perplexity that nobody reads.
_MOST = 20.0


def perplexity(loss: float) -> str:
    """Say how large the perplexity at ``loss`` (nats) is; what it is where it is huge.

    Args:
        loss: In nats; finite.
    """
    meaning = "as unsure as somebody who guesses evenly among so many tokens"
    if not 0 <= loss <= _MOST:
        return f"Perplexity is e to the power of the loss: {meaning}."
    return f"Perplexity, e to the power of the loss: {exp(loss):,.4g}, {meaning}."
