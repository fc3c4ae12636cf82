"""All parameters, or all their gradients, in one vector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.arrays.memory import Floats
    from microgpt_gui.engine.config import ModelConfig


@dataclass(frozen=True, slots=True)
class LayerWeights:
    """The matrices of one layer, [output][input]."""

    qkv: Floats  # attn_wq above attn_wk above attn_wv
    wo: Floats
    fc1: Floats
    fc2: Floats


class Weights:
    """One vector in the script's creation order, and the matrices as views of it.

    Adam moves the vector at once. Matrices that follow each other in it are also one
    matrix, so that one product does for all of them.

    Attributes:
        vector: All of them, row by row.
        embeddings: wte above wpe.
        lm_head: [token][n_embd].
        layers: By number.
    """

    def __init__(self, config: ModelConfig, vector: Floats) -> None:
        self.vector = vector
        self._start = 0
        c = config.n_embd
        self.embeddings = self._next(config.vocab_size + config.block_size, c)
        self.lm_head = self._next(config.vocab_size, c)
        self.layers = [
            LayerWeights(
                qkv=self._next(3 * c, c),
                wo=self._next(c, c),
                fc1=self._next(4 * c, c),
                fc2=self._next(c, 4 * c),
            )
            for _ in range(config.n_layer)
        ]

    def _next(self, rows: int, columns: int) -> Floats:
        start = self._start
        self._start += rows * columns
        return self.vector[start : self._start].reshape(rows, columns)
