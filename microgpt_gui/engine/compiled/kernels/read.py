"""Reading tokens without learning."""

from __future__ import annotations

from microgpt_gui.engine.compiled.kernels.compiler import compiled
from microgpt_gui.engine.compiled.kernels.forward import forward
from microgpt_gui.engine.compiled.kernels.matrix import Span
from microgpt_gui.engine.compiled.kernels.tables import model_at


@compiled
def read(places_at: int, row: int, first: int, end: int) -> int:
    """Read the tokens that lie in the tape; fill the rest of the tape.

    Args:
        places_at: Where the `Places` are.
        row: Bytes from one feature's numbers to the next one's.
        first: The first position to read, a multiple of eight; those before were read
            in another call.
        end: The position after the last.

    Returns:
        0.
    """
    model = model_at(places_at)
    forward(model, model.tape.tokens, row, Span(first, end))
    return 0
