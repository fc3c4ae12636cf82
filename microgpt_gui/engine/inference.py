"""What the engines that run in Python say of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Forward
from microgpt_gui.engine.document import empty_memories, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.document import LayerTape, ModelRows

    HeadWeights = tuple[tuple[float, ...], ...]


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
    if not 1 <= len(tokens) <= config.block_size:
        raise ValueError(
            f"the model reads 1 to {config.block_size} tokens, not {len(tokens)}"
        )
    tape = read(config, model, tokens, empty_memories(config), check)
    return Forward(tuple(tape.logits), tuple(map(_attention, tape.layers)))


def _attention(tape: LayerTape) -> tuple[HeadWeights, ...]:
    """Return a layer's weights, [head][query][key]."""
    queries = [
        [
            tuple([e * inverse for e in reversed(exps)])
            for exps, inverse in zip(
                zip(*by_key, strict=True), [t**-1 for t in totals], strict=True
            )
        ]
        for by_key, totals in zip(tape.exps, tape.totals, strict=True)
    ]
    return tuple(zip(*queries, strict=True))


class Reader:
    """Reads a text token by token; call it with the next one."""

    def __init__(
        self, config: ModelConfig, model: ModelRows, check: Callable[[], None]
    ) -> None:
        self._config = config
        self._model = model
        self._check = check
        self._memories = empty_memories(config)

    def __call__(self, token: int) -> list[float]:
        """Read one more token, at most ``block_size``.

        Returns:
            ``vocab_size`` logits for the token after it.

        Raises:
            ValueError: The block is full.
        """
        block_size = self._config.block_size
        if len(self._memories[0].keys) == block_size:
            raise ValueError(f"the block is full: {block_size} tokens were read")
        tape = read(self._config, self._model, [token], self._memories, self._check)
        return list(tape.logits[0])
