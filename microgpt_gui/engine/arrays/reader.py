"""Reading token by token, with a cache of keys and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.exponentials import needs_shift
from microgpt_gui.engine.arrays.norm import EPSILON

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.arrays.memory import Floats
    from microgpt_gui.engine.arrays.weights import LayerWeights, Weights
    from microgpt_gui.engine.config import ModelConfig


class Reader:
    """Reads a text token by token; call it with the next one."""

    def __init__(
        self, config: ModelConfig, weights: Weights, check: Callable[[], None]
    ) -> None:
        self._config = config
        self._weights = weights
        self._check = check
        self._position = 0
        self._layers = [_LayerReader(config, layer) for layer in weights.layers]

    def __call__(self, token: int) -> list[float]:
        """Read one more token, at most ``block_size``.

        Returns:
            ``vocab_size`` logits for the token after it.

        Raises:
            ValueError: The block is full.
        """
        config, weights = self._config, self._weights
        if self._position == config.block_size:
            raise ValueError(f"the block is full: {self._position} tokens were read")
        rows, position = weights.embeddings, self._position
        self._position += 1
        with np.errstate(all="ignore"):
            x = _rmsnorm(rows[token] + rows[config.vocab_size + position])
            for layer in self._layers:
                self._check()
                x = layer.read(x, position)
            logits: list[float] = weights.lm_head.dot(x).tolist()
        return logits


class _LayerReader:
    """One layer, and what it remembers of the tokens so far."""

    __slots__ = ("_keys", "_ones", "_scale", "_values", "_weights")

    def __init__(self, config: ModelConfig, weights: LayerWeights) -> None:
        self._weights = weights
        shape = config.n_head, config.block_size, config.head_dim
        self._keys, self._values = np.empty(shape), np.empty(shape)
        self._scale = np.array(config.head_dim**-0.5)
        self._ones = np.ones(config.block_size)

    def read(self, x: Floats, position: int) -> Floats:
        """Return the residual stream after the layer, [feature]."""
        weights = self._weights
        x = weights.wo.dot(self._attend(_rmsnorm(x), position)) + x
        hidden = weights.fc1.dot(_rmsnorm(x))
        np.maximum(hidden, 0.0, out=hidden)
        out: Floats = weights.fc2.dot(hidden) + x
        return out

    def _attend(self, x: Floats, position: int) -> Floats:
        """Return the answers of all heads, joined."""
        keys, values = self._keys, self._values
        heads, _, head_dim = keys.shape
        q, k, v = self._weights.qkv.dot(x).reshape(3, heads, head_dim, 1)
        keys[:, position, :, None] = k
        values[:, position, :, None] = v
        n = position + 1
        scores = np.matmul(keys[:, :n], q).reshape(heads, n)
        np.multiply(scores, self._scale, scores)
        if needs_shift(scores.reshape(heads * n)):
            scores -= scores.max(1, keepdims=True)
        np.exp(scores, scores)
        scores /= scores.dot(self._ones[:n])[:, None]
        joined: Floats = np.matmul(scores[:, None], values[:, :n])
        return joined.reshape(heads * head_dim)


def _rmsnorm(x: Floats) -> Floats:
    scale: float = (x.dot(x) / len(x) + EPSILON) ** -0.5
    return x * scale
