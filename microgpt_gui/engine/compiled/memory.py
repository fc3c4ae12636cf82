"""Memory for a compiled model: one block for its weights, one for each reading.

Numbers lie where `places` says. A block is only as large in the computer's memory as
what was ever written to it: the rest of it is there by name alone.
"""

from __future__ import annotations

import ctypes
import mmap
from array import array
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.places import (
    ADAM_ROOM,
    NUMBER,
    Constants,
    LayerTape,
    LayerWeights,
    Places,
    Scratch,
    Sizes,
    Tape,
    Weights,
)

if TYPE_CHECKING:
    from microgpt_gui.engine.config import ModelConfig


def rounded_up(count: int) -> int:
    """Return the next multiple of eight."""
    return -(-count // 8) * 8


class Block:
    """Zeros, to be given out piece by piece; each begins at a multiple of 64 bytes.

    Attributes:
        at: The address of the first.
    """

    def __init__(self, size: int) -> None:
        """Take ``size`` bytes.

        Raises:
            MemoryError: There are not so many.
        """
        try:
            self._map = mmap.mmap(-1, max(size, 1))
        except OSError as error:
            raise MemoryError(str(error)) from error
        self.at = ctypes.addressof(ctypes.c_char.from_buffer(self._map))
        self._bytes = memoryview(self._map)

    def numbers(self, at: int, count: int) -> memoryview[float]:
        """Return ``count`` doubles from the address ``at`` on, as they are."""
        return self.bytes_at(at, count * NUMBER).cast("d")

    def bytes_at(self, at: int, count: int) -> memoryview:
        """Return ``count`` bytes from the address ``at`` on, as they are."""
        start = at - self.at
        return self._bytes[start : start + count]


class _Sizer:
    """Gives out addresses from one on."""

    def __init__(self, at: int) -> None:
        self.at = at

    def take(self, rows: int, row: int = NUMBER) -> int:
        """Return where there is room for ``rows``, each of ``row`` bytes."""
        taken = self.at
        self.at += rounded_up(rows * row // NUMBER) * NUMBER
        return taken


def sizes_of(config: ModelConfig) -> Sizes:
    """Return the sizes of a model as machine code wants them."""
    return Sizes(
        config.n_layer,
        config.n_embd,
        config.n_head,
        config.head_dim,
        config.vocab_size,
        config.block_size,
        _row(config.n_embd),
        _row(4 * config.n_embd),
    )


def _row(columns: int) -> int:
    """Return how far rows of weights are apart, in bytes.

    Long rows take an odd number of eights: if they lay a power of two apart they would
    push each other out of the processor's cache.
    """
    eights = rounded_up(columns)
    return (eights | 8 if columns > 63 else eights) * NUMBER


class WeightsMemory:
    """All parameters; where they learn, Adam's m, v and the gradient after them.

    Attributes:
        sizes: The model's.
        weights: Where its matrices lie.
        layers: Where those of its layers lie.
    """

    def __init__(self, config: ModelConfig, learns: bool) -> None:
        self.sizes = sizes = sizes_of(config)
        size = self._lay_out(0)
        self._block = Block(size * (4 if learns else 1))
        self._lay_out(self._block.at)
        assert self.weights.size == size, sizes

    def _lay_out(self, at: int) -> int:
        s, take = self.sizes, _Sizer(at).take
        c, row = s.n_embd, s.row
        wte, wpe, lm_head = (
            take(rows, row) for rows in (s.vocab_size, s.block_size, s.vocab_size)
        )
        self.layers = [
            LayerWeights(
                take(3 * c, row), take(c, row), take(4 * c, row), take(c, s.wide_row)
            )
            for _ in range(s.n_layer)
        ]
        size = take(0) - at
        self.weights = Weights(wte, wpe, lm_head, size)
        return size


class Reading:
    """Room for one text at a time, and the tables that lead machine code to it.

    Attributes:
        places_at: The address of the `Places`.
        tape: Where things lie that a forward pass finds.
        layers: Where those of the layers lie.
        row: Bytes from one feature's numbers to the next one's, where a text is read
            without learning.
    """

    def __init__(
        self, memory: WeightsMemory, constants: Constants, learns: bool
    ) -> None:
        self._memory = memory  # the tables point there
        s = memory.sizes
        self.row = (rounded_up(s.block_size) | 8) * NUMBER
        size = self._lay_out(0, s, learns)
        self._block = Block(size)
        self._lay_out(self._block.at, s, learns)
        self._constants = array("d", constants)
        self._table = self._table_of(memory)
        self.places_at = self._table.buffer_info()[0]

    def _lay_out(self, at: int, s: Sizes, learns: bool) -> int:
        take, row = _Sizer(at).take, self.row
        positions = rounded_up(s.block_size)
        c, wide = rounded_up(s.n_embd), rounded_up(4 * s.n_embd)

        def rows(*counts: int) -> list[int]:
            return [take(count, row) for count in counts]

        h = s.n_head
        exps = h * s.block_size + 8  # eight rows are read where the last one starts
        self.tape = Tape(take(positions), *rows(c, 1, 1, c, rounded_up(s.vocab_size)))
        self.layers = [
            LayerTape(*rows(c, 1, 1, c, 3 * c, exps, h, h, c, c, 1, 1, c, wide))
            for _ in range(s.n_layer)
        ]
        turned = take(positions, s.wide_row)
        (attention,) = rows(positions)
        learning = rows(c, c, wide, c, 3 * c, positions, positions, positions, 2)
        adam = take(ADAM_ROOM // NUMBER)
        self.scratch = Scratch(*(turned, attention, *learning, adam))
        # What only learning needs comes last, and is left out where nothing learns.
        return (take(0) if learns else learning[0]) - at

    def _table_of(self, memory: WeightsMemory) -> array[int]:
        parts: list[tuple[int, ...]] = [
            tuple(memory.sizes),
            tuple(memory.weights),
            tuple(self.tape),
            tuple(self.scratch),
            *map(tuple, memory.layers),
            *map(tuple, self.layers),
        ]
        table = array("q", bytes(NUMBER * len(Places._fields)))
        starts = []
        for part in parts:
            starts.append(len(table))
            table.extend(part)
        at = table.buffer_info()[0]
        sizes, weights, tape, scratch, layers, *_ = (at + NUMBER * i for i in starts)
        layer_tapes = at + NUMBER * starts[4 + len(memory.layers)]
        table[: len(Places._fields)] = array(
            "q",
            Places(
                sizes,
                self._constants.buffer_info()[0],
                weights,
                layers,
                tape,
                layer_tapes,
                scratch,
            ),
        )
        return table

    def rows(self, at: int, count: int, n: int) -> list[list[float]]:
        """Return ``n`` numbers of each of the rows from the address ``at`` on."""
        return [
            list(self._block.numbers(start, n))
            for start in range(at, at + count * self.row, self.row)
        ]

    def column(self, at: int, count: int) -> list[float]:
        """Return a number of each of the rows from the address ``at`` on."""
        step = self.row // NUMBER
        return list(self._block.numbers(at, (count - 1) * step + 1)[::step])

    def write_tokens(self, position: int, tokens: array[int]) -> None:
        """Write tokens to be read, from ``position`` on."""
        at = self.tape.tokens + position * NUMBER
        self._block.bytes_at(at, len(tokens) * NUMBER)[:] = tokens.tobytes()
