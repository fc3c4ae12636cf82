"""The forward pass on plain numbers: what every engine says of a text.

The same sums in the same order as the script's, so the same logits to the last bit.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Forward
from microgpt_gui.engine.kernels.attention import attention_source
from microgpt_gui.engine.kernels.multiply import multiply
from microgpt_gui.engine.kernels.norm import norm_source
from microgpt_gui.engine.kernels.source import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from microgpt_gui.engine.config import ModelConfig

    Row = tuple[float, ...]
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
        tuple(zip(*memory.weights, strict=True)) for memory in reader.memories
    )
    return Forward(logits, attention)


class Memory:
    """What a layer remembers of the tokens so far."""

    __slots__ = ("keys", "values", "weights")

    def __init__(self) -> None:
        self.keys: list[Row] = []  # [key][i], all heads in one
        self.values: list[Row] = []  # [key][i]
        self.weights: list[tuple[Row, ...]] = []  # [query][head][key]


class Reader:
    """Reads a text token by token; call it with the next one.

    Attributes:
        memories: By layer.
    """

    def __init__(
        self, config: ModelConfig, parameters: Matrices, check: Callable[[], None]
    ) -> None:
        self.memories = [Memory() for _ in range(config.n_layer)]
        self._check = check
        self._parameters = parameters
        self._config = config
        self._position = 0

    def __call__(self, token: int) -> list[float]:
        """Read one more token, at most ``block_size``.

        Returns:
            ``vocab_size`` logits for the token after it.

        Raises:
            ValueError: The block is full.
        """
        block_size, matrices = self._config.block_size, self._parameters
        if self._position == block_size:
            raise ValueError(f"the block is full: {block_size} tokens were read")
        x = _sum(matrices["wte"][token], matrices["wpe"][self._position])
        self._position += 1
        x = _rmsnorm(x)
        for number, memory in enumerate(self.memories):
            layer = f"layer{number}."
            normed = _rmsnorm(x)
            query = self._linear(layer + "attn_wq", normed)
            memory.keys.append(self._linear(layer + "attn_wk", normed))
            memory.values.append(self._linear(layer + "attn_wv", normed))
            joined = self._attend(query, memory)
            x = _sum(self._linear(layer + "attn_wo", joined), x)
            hidden = self._linear(layer + "mlp_fc1", _rmsnorm(x))
            hidden = tuple([max(0.0, h) for h in hidden])
            x = _sum(self._linear(layer + "mlp_fc2", hidden), x)
        return list(self._linear("lm_head", x))

    def _attend(self, query: Row, memory: Memory) -> Row:
        """Note the heads' weights in ``memory``; return their outputs, joined."""
        kernel = compiled(attention_source, self._config.n_head, self._config.head_dim)
        keys, values = memory.keys, memory.values
        (exps,), (totals,), (out,) = kernel(
            [query], keys, values, self._check, len(keys)
        )
        memory.weights.append(
            tuple(
                tuple([e * total**-1 for e in reversed(head)])
                for head, total in zip(zip(*exps, strict=True), totals, strict=True)
            )
        )
        return out  # type: ignore[no-any-return]  # made of text

    def _linear(self, name: str, x: Row) -> Row:
        """Return the product of the matrix ``name`` and ``x``."""
        (out,) = zip(*multiply(self._parameters[name], [x], self._check), strict=True)
        return out


def _sum(a: Iterable[float], b: Iterable[float]) -> Row:
    return tuple(map(add, a, b))


def _rmsnorm(x: Row) -> Row:
    _, _, (out,) = compiled(norm_source, len(x))([x])
    return out  # type: ignore[no-any-return]  # made of text
