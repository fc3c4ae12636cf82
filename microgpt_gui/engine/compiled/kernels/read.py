"""Reading tokens without learning."""

from __future__ import annotations

from microgpt_gui.engine.compiled.kernels.compiler import compiled
from microgpt_gui.engine.compiled.kernels.forward import forward
from microgpt_gui.engine.compiled.kernels.tables import (
    read_constants,
    read_places,
    read_scratch,
    read_sizes,
    read_tape,
    read_weights,
)
from microgpt_gui.engine.compiled.places import EIGHT


@compiled
def read(places_at: int, first: int, end: int) -> int:
    """Read the tokens of the tape from position ``first`` to ``end``; fill the tape.

    Args:
        places_at: Where the `Places` are.
        first: A multiple of eight; what is before it was read by another call.
        end: The position after the last.

    Returns:
        Bytes from one feature's numbers to the next one's, in the tape.
    """
    places = read_places(places_at)
    sizes, constants = read_sizes(places.sizes), read_constants(places.constants)
    weights, tape = read_weights(places.weights), read_tape(places.tape)
    scratch = read_scratch(places.scratch)
    row = ((sizes.block_size + 7) // 8 | 1) * EIGHT
    tokens = tape.tokens
    forward(places, sizes, weights, tape, scratch, constants, tokens, row, first, end)
    return row
