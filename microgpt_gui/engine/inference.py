"""What the engines that run in Python say of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Forward
from microgpt_gui.engine.document import embed, model_rows, read, rmsnorm
from microgpt_gui.engine.kernels.multiply import multiply
from microgpt_gui.engine.kernels.source import compiled
from microgpt_gui.engine.kernels.token import token_source
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.engine.plain_trace import attention_of, trace

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.document import ModelRows, Rows
    from microgpt_gui.engine.trace import Trace


def forward(
    config: ModelConfig,
    model: ModelRows,
    tokens: Sequence[int],
    check: Callable[[], None],
) -> Forward:
    """Return logits and attention for 1 to ``block_size`` tokens.

    ``check`` is called every now and then; what it raises ends the reading.

    Raises:
        ValueError: There are none, or too many.
    """
    check_length(config, tokens)
    tape = read(config, model, tokens, check)
    return Forward(tuple(tape.logits), tuple(map(attention_of, tape.layers)))


def check_length(config: ModelConfig, tokens: Sequence[int]) -> None:
    """Refuse what a model cannot read at once.

    Raises:
        ValueError: There are no tokens, or too many.
    """
    if not 1 <= len(tokens) <= config.block_size:
        raise ValueError(
            f"the model reads 1 to {config.block_size} tokens, not {len(tokens)}"
        )


class PlainModel:
    """See `Model`: what the engines that run in Python say, with nothing to train."""

    def __init__(
        self, config: ModelConfig, weights: array[float], check: Callable[[], None]
    ) -> None:
        """See `ModelFactory`."""
        self.config = config
        self._model = model_rows(config, unflattened(config, weights))
        self._check = check

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Model`."""
        return forward(self.config, self._model, tokens, self._check)

    def trace(self, tokens: Sequence[int]) -> Trace:
        """See `Model`."""
        check_length(self.config, tokens)
        return trace(self.config, self._model, tokens, self._check)

    def start_sequence(self) -> Reader:
        """See `Model`."""
        return Reader(self.config, self._model, self._check)


class Reader:
    """Reads a text token by token; call it with the next one."""

    def __init__(
        self, config: ModelConfig, model: ModelRows, check: Callable[[], None]
    ) -> None:
        self._block_size = config.block_size
        self._model = model
        self._check = check
        self._kernel = compiled(token_source, config.n_head, config.head_dim)
        self._position = 0
        # What the layers remember: keys and values, [layer][position][i].
        self._keys: list[Rows] = [[] for _ in model.layers]
        self._values: list[Rows] = [[] for _ in model.layers]

    def __call__(self, token: int) -> list[float]:
        """Read one more token, at most ``block_size``.

        Returns:
            ``vocab_size`` logits for the token after it.

        Raises:
            ValueError: The block is full.
        """
        model, position = self._model, self._position
        if position == self._block_size:
            raise ValueError(f"the block is full: {position} tokens were read")
        self._position += 1
        _, (x,) = rmsnorm([embed(model, token, position)])
        for layer, keys, values in zip(
            model.layers, self._keys, self._values, strict=True
        ):
            self._check()
            x = self._kernel(*layer, x, keys, values)
        return [logit for (logit,) in multiply(model.lm_head, [x], self._check)]
