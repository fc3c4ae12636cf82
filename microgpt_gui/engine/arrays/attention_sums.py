"""How much of its attention each head spends on marked places, and how evenly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from microgpt_gui.engine.arrays.memory import Floats

#: A kind of places, counted from 0, the query, and keys of it.
Marked = tuple[int, int, tuple[int, ...]]


def spent(
    attention: Sequence[Floats], marked: Iterable[Marked], kinds: int
) -> list[list[float]]:
    """Return the sums of the weights at marked places, [head][kind].

    Args:
        attention: For each layer, [head][query][key]; 0 where a query cannot see.
        marked: The places.
        kinds: How many kinds there are.
    """
    weights = np.concatenate(attention)
    n = weights.shape[1]
    masks = np.zeros((kinds, n, n))
    for kind, query, keys in marked:
        masks[kind, query, keys] = 1.0
    sums = weights.reshape(len(weights), -1) @ masks.reshape(kinds, -1).T
    found: list[list[float]] = sums.tolist()
    return found


def evenness(attention: Sequence[Floats]) -> list[float]:
    """Return the sum of the evenness of all rows but the first, [head].

    That of a row is its entropy as a share of its largest: -sum(p ln p) / ln(number of
    shares), from 0 (all on one) to 1 (all alike).

    Args:
        attention: See `spent`.
    """
    weights = np.concatenate(attention)
    rows = weights[:, 1:]
    with np.errstate(all="ignore"):
        # What is 0 adds nothing; what is no number stays none.
        terms = np.where(rows == 0.0, 0.0, rows * np.log(rows))
    largest = np.log(np.arange(2, weights.shape[1] + 1))
    found: list[float] = (-terms.sum(axis=2) / largest).sum(axis=1).tolist()
    return found
