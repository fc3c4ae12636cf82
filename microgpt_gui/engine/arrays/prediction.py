"""Where vectors become logits, and logits a loss."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.exponentials import needs_shift

if TYPE_CHECKING:
    from microgpt_gui.engine.arrays.embedding import Integers
    from microgpt_gui.engine.arrays.memory import Floats, Memory
    from microgpt_gui.engine.arrays.weights import Weights
    from microgpt_gui.engine.config import ModelConfig

#: Up to this alphabet a sum over the tokens is computed once for every token that it
#: divides; see `norm.WIDEST_SQUARE`.
LARGEST_SQUARE = 64


class Prediction:
    """The logits of documents of one length, and their cross-entropy.

    Attributes:
        logits: Of the document read last, [token][position]; `loss` uses them up.
    """

    __slots__ = (
        "_counts",
        "_dx",
        "_flat",
        "_gradient",
        "_lm_head",
        "_lm_head_t",
        "_n",
        "_positions",
        "_share",
        "_sums",
        "_x",
        "logits",
    )

    def __init__(
        self,
        config: ModelConfig,
        n: int,
        memory: Memory,
        weights: Weights,
        gradients: Weights,
    ) -> None:
        vocab_size = config.vocab_size
        self._lm_head, self._lm_head_t = weights.lm_head, weights.lm_head.T
        self._gradient = gradients.lm_head
        self.logits = memory.lend(vocab_size, n)
        self._flat = self.logits.reshape(vocab_size * n)
        rows = vocab_size if vocab_size <= LARGEST_SQUARE else 1
        self._counts = np.full((rows, vocab_size), float(n))
        self._sums = memory.lend(rows, n)
        self._dx = memory.lend(config.n_embd, n)
        self._positions = np.arange(n)
        self._n, self._share = n, np.array(1 / n)

    def forward(self, x: Floats) -> None:
        """Read the residual stream, [feature][position], that ends the model."""
        self._x = x
        self._lm_head.dot(x, self.logits)

    def loss(self, starts: Integers) -> float:
        """Return the mean cross-entropy of the tokens that came next, in nats.

        ``starts`` are these tokens times n: where their rows start.

        Raises:
            ValueError: One of them has probability 0.
        """
        shares = self.logits
        if needs_shift(self._flat):
            np.subtract(shares, shares.max(0), shares)
        np.exp(shares, shares)
        self._counts.dot(shares, self._sums)
        np.divide(shares, self._sums, shares)  # probability / n
        places = starts + self._positions
        found = self._flat[places]
        self._flat[places] = found - self._share  # now the gradient of the logits
        total = 0.0
        for share in found.tolist():
            total -= log(share * self._n)
        return total / self._n

    def backward(self) -> Floats:
        """Return the gradient of the residual stream, once `loss` is known."""
        self.logits.dot(self._x.T, self._gradient)
        self._lm_head_t.dot(self.logits, self._dx)
        return self._dx
