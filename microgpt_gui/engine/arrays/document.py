"""The whole model over a whole document of one length, forwards and backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.attention import Attention, AttentionScratch
from microgpt_gui.engine.arrays.embedding import Embedding
from microgpt_gui.engine.arrays.mlp import Mlp, MlpScratch
from microgpt_gui.engine.arrays.norm import NormScratch
from microgpt_gui.engine.arrays.prediction import Prediction
from microgpt_gui.engine.arrays.trace import by_position, layer_trace, norm_trace
from microgpt_gui.engine.sampling import softmax
from microgpt_gui.engine.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.arrays.embedding import Integers
    from microgpt_gui.engine.arrays.memory import Floats, Memory
    from microgpt_gui.engine.arrays.weights import Weights
    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.trace import LayerTrace, Vectors


class DocumentPass:
    """Reads documents of ``n`` tokens, all positions at once."""

    __slots__ = (
        "_attentions",
        "_blocks",
        "_check",
        "_embedding",
        "_longest",
        "_mlps",
        "_n",
        "_prediction",
        "_weights",
    )

    def __init__(
        self,
        config: ModelConfig,
        n: int,
        memory: Memory,
        weights: Weights,
        gradients: Weights,
        check: Callable[[], None],
    ) -> None:
        memory.take_back()
        self._n = np.array(n)
        self._check = check
        norm = NormScratch(config, n, memory)
        attention = AttentionScratch(config, n, memory, norm, check)
        mlp = MlpScratch(config, n, memory, norm)
        self._embedding = Embedding(config, n, memory, norm, weights, gradients)
        self._weights, self._longest = weights, config.block_size
        self._attentions: list[Attention] = []
        self._mlps: list[Mlp] = []
        self._blocks: list[Attention | Mlp] = []
        for w, g in zip(weights.layers, gradients.layers, strict=True):
            self._attentions.append(Attention(config, n, memory, attention, w, g))
            self._mlps.append(Mlp(config, n, memory, mlp, w, g))
            self._blocks += self._attentions[-1], self._mlps[-1]
        self._prediction = Prediction(config, n, memory, weights, gradients)

    def read(self, tokens: Sequence[int]) -> tuple[Floats, list[Floats]]:
        """Read ``n`` tokens.

        Returns:
            Logits, [token][position], and for each layer the attention weights,
            [head][query][key]; the next document writes over them.
        """
        self._forward(np.array(tokens) * self._n)
        weights = [attention.weights for attention in self._attentions]
        return self._prediction.logits, weights

    def trace(self, tokens: Sequence[int]) -> Trace:
        """Read ``n`` tokens; return all stages as values."""
        self._forward(np.array(tokens) * self._n)
        embedding, weights = self._embedding, self._weights
        norm = norm_trace(embedding.norm)
        layers: list[LayerTrace] = []
        for attention, mlp in zip(self._attentions, self._mlps, strict=True):
            self._check()
            before = layers[-1].after if layers else norm.out
            layers.append(layer_trace(before, attention.stages(), mlp.stages()))
        wpe = weights.embeddings[-self._longest :]
        logits = by_position(self._prediction.logits)
        return Trace(
            tokens=tuple(tokens),
            token_embeddings=_rows(weights.embeddings[list(tokens)]),
            position_embeddings=_rows(wpe[: len(tokens)]),
            embedded=by_position(embedding.embedded),
            norm=norm,
            layers=tuple(layers),
            logits=logits,
            probabilities=tuple(tuple(softmax(row)) for row in logits),
        )

    def learn(self, tokens: Sequence[int]) -> float:
        """Write the gradient of every parameter; return the loss.

        Args:
            tokens: One more than ``n``: the last is only predicted.

        Raises:
            ValueError: A token has probability 0.
        """
        starts = np.array(tokens) * self._n
        self._forward(starts[:-1])
        loss = self._prediction.loss(starts[1:])
        dx = self._prediction.backward()
        for block in reversed(self._blocks):
            self._check()
            block.backward(dx)
        self._embedding.backward(dx)
        return loss

    def _forward(self, starts: Integers) -> None:
        x = self._embedding.forward(starts)
        for block in self._blocks:
            self._check()
            x = block.forward(x)
        self._check()
        self._prediction.forward(x)


def _rows(matrix: Floats) -> Vectors:
    return tuple(map(tuple, matrix.tolist()))
