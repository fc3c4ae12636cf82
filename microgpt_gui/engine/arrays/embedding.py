"""Where tokens become vectors: rmsnorm(wte[token] + wpe[position])."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.norm import Norm, NormScratch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from microgpt_gui.engine.arrays.memory import Floats, Memory
    from microgpt_gui.engine.arrays.weights import Weights
    from microgpt_gui.engine.config import ModelConfig

    Integers = NDArray[np.intp]


class Embedding:
    """The embedding of documents of one length.

    wte and wpe are one matrix here, so the sum of a row of each is that matrix times a
    column with two ones. The gradient is a product as well, in which the parts of a
    token that occurs twice add up.

    Attributes:
        embedded: The sums of the document read last, [feature][position].
        norm: Of them.
    """

    __slots__ = (
        "_gradient",
        "_matrix_t",
        "_places",
        "_positions",
        "_token_places",
        "_two_hot",
        "_two_hot_flat",
        "embedded",
        "norm",
    )

    def __init__(
        self,
        config: ModelConfig,
        n: int,
        memory: Memory,
        scratch: NormScratch,
        weights: Weights,
        gradients: Weights,
    ) -> None:
        self._matrix_t = weights.embeddings.T
        self._gradient = gradients.embeddings
        self.norm = Norm(config, n, memory, scratch)
        self.embedded = memory.lend(config.n_embd, n)
        rows = config.vocab_size + config.block_size
        self._two_hot = memory.lend(rows, n)
        self._two_hot_flat = self._two_hot.reshape(rows * n)
        self._positions = np.arange(n)
        # Of the ones, in the array read as a vector: tokens, written anew, positions.
        self._places = np.tile(self._positions, 2)
        self._places[n:] += (config.vocab_size + self._positions) * n
        self._token_places = self._places[:n]

    def forward(self, starts: Integers) -> Floats:
        """Return the residual stream, [feature][position], that begins the model.

        ``starts`` are the tokens times n: where their rows start.
        """
        np.add(starts, self._positions, self._token_places)
        self._two_hot.fill(0.0)
        self._two_hot_flat[self._places] = 1.0
        self._matrix_t.dot(self._two_hot, self.embedded)
        return self.norm.forward(self.embedded)

    def backward(self, dx: Floats) -> None:
        """Turn the gradient of the stream into that of both matrices; use it up."""
        self.norm.backward(dx)
        self._two_hot.dot(dx.T, self._gradient)
