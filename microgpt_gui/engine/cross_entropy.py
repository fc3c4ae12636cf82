"""The loss, and its gradient by the logits."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def cross_entropy(
    logits: Sequence[Sequence[float]], targets: Sequence[int], check: Callable[[], None]
) -> tuple[float, list[list[float]]]:
    """Return the mean of -log(softmax(logits)[target]), and its gradient.

    Args:
        logits: [position][vocab].
        targets: The token that came next, by position.
        check: Called once a position; may raise.
    """
    share = 1 / len(targets)
    total = 0.0
    gradient = []
    for row, target in zip(logits, targets, strict=True):
        check()
        top = max(row)
        exps = [exp(x - top) for x in row]
        summed = 0.0
        for e in exps:
            summed += e
        inverse = summed**-1
        e = exps[target]
        probability = e * inverse
        total += log(probability) * -1
        d_probability = (1 / probability) * (-1 * share)
        d_summed = (-1 * summed**-2) * (e * d_probability)
        d = [e * d_summed for e in exps]
        d[target] = e * (inverse * d_probability + d_summed)
        gradient.append(d)
    return share * total, gradient
