"""The forward pass on plain numbers: what every engine says of a text.

The same sums in the same order as the script's, so the same logits to the last bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Forward
from microgpt_gui.engine.sampling import softmax
from microgpt_gui.engine.unrolled import linear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.config import ModelConfig

    Matrices = Mapping[str, Sequence[Sequence[float]]]


def forward(
    config: ModelConfig,
    parameters: Matrices,
    tokens: Sequence[int],
    check: Callable[[], None],
) -> Forward:
    """Return logits and attention for 1 to ``block_size`` tokens.

    ``check`` is called once a token and layer; what it raises ends the reading.

    Raises:
        ValueError: There are none, or too many.
    """
    if not 1 <= len(tokens) <= config.block_size:
        raise ValueError(
            f"the model reads 1 to {config.block_size} tokens, not {len(tokens)}"
        )
    reader = Reader(config, parameters, check)
    logits = tuple(tuple(reader(token)) for token in tokens)
    attention = tuple(
        tuple(tuple(tuple(row) for row in head.weights) for head in heads)
        for heads in reader.heads
    )
    return Forward(logits, attention)


class Head:
    """What one head of attention remembers of the tokens so far."""

    __slots__ = ("keys", "values", "weights")

    def __init__(self) -> None:
        self.keys: list[list[float]] = []  # [key][i]
        self.values: list[list[float]] = []  # [key][i]
        self.weights: list[list[float]] = []  # [query][key]

    def read(
        self, q: list[float], k: list[float], v: list[float], scale: float
    ) -> list[float]:
        """Remember ``k`` and ``v``; return the values' mean as weighted for ``q``."""
        self.keys.append(k)
        self.values.append(v)
        scores = linear(self.keys, [q])[0]
        weights = softmax([score * scale for score in scores])
        self.weights.append(weights)
        out = [weights[0] * x for x in self.values[0]]
        for t in range(1, len(weights)):
            weight = weights[t]
            out = [o + weight * x for o, x in zip(out, self.values[t], strict=True)]
        return out


class Reader:
    """Reads a text token by token; call it with the next one.

    Attributes:
        heads: [layer][head].
    """

    def __init__(
        self, config: ModelConfig, parameters: Matrices, check: Callable[[], None]
    ) -> None:
        self._check = check
        self.heads = [
            [Head() for _ in range(config.n_head)] for _ in range(config.n_layer)
        ]
        self._head_dim = config.head_dim
        self._block_size = config.block_size
        self._parameters = parameters
        self._position = 0

    def __call__(self, token: int) -> list[float]:
        """Read one more token, at most ``block_size``.

        Returns:
            ``vocab_size`` logits for the token after it.

        Raises:
            ValueError: The block is full.
        """
        if self._position == self._block_size:
            raise ValueError(f"the block is full: {self._block_size} tokens were read")
        matrices, head_dim = self._parameters, self._head_dim
        scale = (head_dim**0.5) ** -1
        x = _add(matrices["wte"][token], matrices["wpe"][self._position])
        self._position += 1
        x = _rmsnorm(x)
        for number, heads in enumerate(self.heads):
            self._check()
            layer = f"layer{number}."
            residual, x = x, _rmsnorm(x)
            q = linear(matrices[layer + "attn_wq"], [x])[0]
            k = linear(matrices[layer + "attn_wk"], [x])[0]
            v = linear(matrices[layer + "attn_wv"], [x])[0]
            x = []
            for i, head in enumerate(heads):
                part = slice(i * head_dim, (i + 1) * head_dim)
                x += head.read(q[part], k[part], v[part], scale)
            x = _add(linear(matrices[layer + "attn_wo"], [x])[0], residual)
            residual, x = x, _rmsnorm(x)
            x = linear(matrices[layer + "mlp_fc1"], [x])[0]
            x = [max(0.0, h) for h in x]
            x = _add(linear(matrices[layer + "mlp_fc2"], [x])[0], residual)
        return linear(matrices["lm_head"], [x])[0]


def _add(a: Sequence[float], b: Sequence[float]) -> list[float]:
    return [x + y for x, y in zip(a, b, strict=True)]


def _rmsnorm(x: list[float]) -> list[float]:
    mean_square = linear([x], [x])[0][0] * len(x) ** -1
    scale = (mean_square + 1e-5) ** -0.5
    return [xi * scale for xi in x]
