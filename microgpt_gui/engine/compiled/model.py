"""What a compiled model says of a text."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Forward
from microgpt_gui.engine.compiled.constants import bound_here, constants_of
from microgpt_gui.engine.compiled.kernels.places import NUMBER
from microgpt_gui.engine.compiled.loaded import loaded_entries
from microgpt_gui.engine.compiled.memory import Reading, WeightsMemory
from microgpt_gui.engine.config import AdamConfig
from microgpt_gui.engine.inference import PlainModel, check_length

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.compiled.kernels.places import LayerTape
    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.trace import Trace, Vectors

#: What `exchange` copies, by its number.
KINDS = {"parameters": 0, "m": 1, "v": 2, "gradient": 3}


class MemoryModel:
    """See `Model`: one whose weights lie in memory that somebody else may write to."""

    def __init__(
        self,
        config: ModelConfig,
        adam: AdamConfig,
        check: Callable[[], None],
        learns: bool,
    ) -> None:
        """Take memory for a model whose numbers are all 0.

        Args:
            config: Its sizes.
            adam: The decay rates, if it learns.
            check: Called every now and then; may raise.
            learns: Whether it shall have a gradient and Adam's moments.

        Raises:
            NotLoaded: There is no machine code.
        """
        self.config = config
        self.entries = loaded_entries()
        bound = bound_here(self.entries)
        self._constants = constants_of(config, adam, bound)
        self._memory = WeightsMemory(config, learns)
        self.check = check
        self.reading = Reading(self._memory, self._constants, learns)

    def new_reading(self) -> Reading:
        """Return room for another text that is read at the same time."""
        return Reading(self._memory, self._constants, learns=False)

    def numbers(self, kind: str) -> array[float]:
        """Return a copy of one of ``KINDS``, in the script's creation order."""
        numbers = array("d", bytes(self.config.num_params * NUMBER))
        self._exchange(kind, numbers, True)
        return numbers

    def replace(self, kind: str, numbers: array[float]) -> None:
        """Copy one of ``KINDS`` from an array in the script's creation order."""
        self._exchange(kind, numbers, False)

    def _exchange(self, kind: str, numbers: array[float], outwards: bool) -> None:
        at, _ = numbers.buffer_info()
        exchange = self.entries["exchange"]
        exchange(self.reading.places_at, KINDS[kind], at, outwards)

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Model`."""
        check_length(self.config, tokens)
        self.check()
        reading, n = self.reading, len(tokens)
        reading.write_tokens(0, tokens_of(self.config, tokens))
        self.entries["read"](reading.places_at, reading.row, 0, n)
        logits = reading.rows(reading.tape.logits, self.config.vocab_size, n)
        if not all(map(_are_finite, logits)):
            return self.plain().forward(tokens)
        return Forward(
            tuple(zip(*logits, strict=True)),
            tuple(self._attention(tape, n) for tape in reading.layers),
        )

    def _attention(self, tape: LayerTape, n: int) -> tuple[Vectors, ...]:
        """Return a layer's attention weights, [head][query][key]."""
        self.check()
        heads, block_size = self.config.n_head, self.config.block_size
        inverses = self.reading.rows(tape.inverses, heads, n)
        return tuple(
            _weights(self.reading.rows(exps, n, n), inverses[head])
            for head in range(heads)
            for exps in [tape.exps + head * block_size * self.reading.row]
        )

    def trace(self, tokens: Sequence[int]) -> Trace:
        """See `Model`."""
        return self.plain().trace(tokens)

    def plain(self) -> PlainModel:
        """Return the same, computed in Python.

        It is right where numbers leave the range that doubles hold, too: there machine
        code spoils those of earlier tokens as well, as what a token must not look at is
        multiplied by 0, and infinity times 0 is none.
        """
        return PlainModel(self.config, self.numbers("parameters"), self.check)

    def start_sequence(self) -> Callable[[int], list[float]]:
        """See `Model`."""
        return _TokenReader(self)


class _TokenReader:
    """Reads a text token by token; call it with the next one."""

    def __init__(self, model: MemoryModel) -> None:
        self._model = model
        self._reading = model.new_reading()
        self._position = 0

    def __call__(self, token: int) -> list[float]:
        """Read one more token, at most ``block_size``.

        Returns:
            ``vocab_size`` logits for the token after it.

        Raises:
            ValueError: The block is full.
        """
        model, reading, position = self._model, self._reading, self._position
        if position == model.config.block_size:
            raise ValueError(f"the block is full: {position} tokens were read")
        model.check()
        reading.write_tokens(position, tokens_of(model.config, (token,)))
        self._position += 1
        # The eight positions that this one is among are read once more.
        eight = position // 8 * 8
        model.entries["read"](reading.places_at, reading.row, eight, position + 1)
        at = reading.tape.logits + position * NUMBER
        return reading.column(at, model.config.vocab_size)


class CompiledModel(MemoryModel):
    """See `Model`: one that cannot learn."""

    def __init__(
        self, config: ModelConfig, weights: array[float], check: Callable[[], None]
    ) -> None:
        """See `ModelFactory`."""
        super().__init__(config, AdamConfig(), check, learns=False)
        self.replace("parameters", weights)


def tokens_of(config: ModelConfig, tokens: Sequence[int]) -> array[int]:
    """Return tokens as machine code reads them.

    Raises:
        IndexError: The model has no such token.
    """
    for token in tokens:
        if not 0 <= token < config.vocab_size:
            raise IndexError(f"the model has no token {token}")
    return array("q", tokens)


def _are_finite(numbers: list[float]) -> bool:
    return all(map(math.isfinite, numbers))


def _weights(exps: list[list[float]], inverses: list[float]) -> Vectors:
    """Return weights, [query][key], of exps, [key][query], and of 1 / their sums."""
    columns = zip(*exps, strict=True)
    return tuple(
        tuple([e * inverse for e in column[: query + 1]])
        for query, (column, inverse) in enumerate(zip(columns, inverses, strict=True))
    )
