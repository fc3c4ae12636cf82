"""The loss, and its gradient by the logits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.compiler import compiled
from microgpt_gui.engine.compiled.kernels.eight import get, get_whole, load, put, store
from microgpt_gui.engine.compiled.kernels.places import EIGHT, NUMBER

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.matrix import Matrix
    from microgpt_gui.engine.compiled.kernels.places import Constants


@compiled
def cross_entropy(
    logits: Matrix,
    targets: int,
    vocab_size: int,
    n: int,
    slopes: int,
    own: int,
    constants: Constants,
) -> float:
    """Return the mean of -log(softmax(logits)[target]), in nats.

    Its gradient takes the place of the logits, but for each target's own: that is left
    0, as it comes last in the sums that follow.

    Args:
        logits: [token][position].
        targets: Where the token lies that came next, by position.
        vocab_size: How many tokens there are.
        n: How many positions there are.
        slopes: A row of numbers, to be used.
        own: Where the gradients by the targets' logits go, by position.
        constants: The exponents among them.
    """
    end = n * NUMBER
    tops, totals = slopes, own  # until the loss is known
    for p in range(0, end, NUMBER):
        put(tops + p, get(logits.at + p))
        put(totals + p, 0.0)
    for row in range(logits.at, logits.at + vocab_size * logits.down, logits.down):
        for p in range(0, end, NUMBER):
            put(tops + p, max(get(tops + p), get(row + p)))
    for row in range(logits.at, logits.at + vocab_size * logits.down, logits.down):
        for p in range(0, end, NUMBER):
            e = math.exp(get(row + p) - get(tops + p))
            put(row + p, e)
            put(totals + p, get(totals + p) + e)
    share, loss = 1 / n, 0.0
    for p in range(0, end, NUMBER):
        total = get(totals + p)
        inverse = total**constants.minus_one
        e = get(logits.at + get_whole(targets + p) * logits.down + p)
        probability = e * inverse
        loss += math.log(probability) * -1.0
        d_probability = (1 / probability) * (-1.0 * share)
        d_total = (-1.0 * total**constants.minus_two) * (e * d_probability)
        put(slopes + p, d_total)
        put(own + p, e * (inverse * d_probability + d_total))
    for row in range(logits.at, logits.at + vocab_size * logits.down, logits.down):
        for p in range(0, end, EIGHT):
            store(row + p, load(row + p) * load(slopes + p))
    for p in range(0, end, NUMBER):
        put(logits.at + get_whole(targets + p) * logits.down + p, 0.0)
    return share * loss
