"""Sums of what heads spend on each pattern, over documents; by NumPy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.heads.patterns import Measure, Pattern, targets
from microgpt_gui.session.reading.heads.role import HeadRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

_PATTERNS = tuple(Pattern)
_PLACES = {pattern: place for place, pattern in enumerate(_PATTERNS)}
_EVEN = _PLACES[Pattern.EVEN]


class Sums:
    """What every head spends on each pattern, and what chance would."""

    def __init__(self, heads: int) -> None:
        """Begin with no document.

        Args:
            heads: In all layers.
        """
        # Here, not at the top: readings are for interpreters without NumPy, too.
        import numpy as np

        self._rows = [0] * len(_PATTERNS)
        self._chance = [0.0] * len(_PATTERNS)
        self._spent = np.zeros((heads, len(_PATTERNS)))

    def add(
        self, tokens: Sequence[int], attention: Sequence[NDArray[np.float64]]
    ) -> None:
        """Add a document.

        Args:
            tokens: BOS, and the letters.
            attention: Over them: for each layer, [head][query][key], 0 where a query
                cannot see.
        """
        import numpy as np

        n = len(tokens)
        masks = np.zeros((len(_PATTERNS), n, n))
        for pattern, query, keys in targets(tokens):
            place = _PLACES[pattern]
            masks[place, query, keys] = 1.0
            self._rows[place] += 1
            self._chance[place] += len(keys) / (query + 1)
        self._rows[_EVEN] += n - 1
        weights = np.concatenate(attention)
        spent = weights.reshape(len(weights), -1) @ masks.reshape(len(masks), -1).T
        spent[:, _EVEN] = _evenness(weights).sum(axis=1)
        self._spent += spent

    def roles(self) -> tuple[HeadRole, ...]:
        """Return the measures of every head so far."""
        return tuple(
            HeadRole(tuple(map(self._measure, range(len(_PATTERNS)), spent)))
            for spent in self._spent.tolist()
        )

    def _measure(self, place: int, spent: float) -> Measure:
        pattern, rows = _PATTERNS[place], self._rows[place]
        if not rows:
            return Measure(pattern, 0, math.nan, math.nan)
        return Measure(pattern, rows, spent / rows, self._chance[place] / rows)


def _evenness(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the entropy of each row but BOS's, as a share of its largest.

    That is -sum(p ln p) / ln(number of shares), from 0 (all on one) to 1 (all alike).

    Args:
        weights: [head][query][key].
    """
    import numpy as np

    rows = weights[:, 1:]
    with np.errstate(all="ignore"):
        # What is 0 adds nothing; what is no number stays none.
        terms = np.where(rows == 0.0, 0.0, rows * np.log(rows))
    largest = np.log(np.arange(2, weights.shape[1] + 1))
    entropy: NDArray[np.float64] = -terms.sum(axis=2) / largest
    return entropy
