"""The forward pass: from tokens to logits, all of it kept for the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.attention import attention
from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.eight import load, store, where_positive
from microgpt_gui.engine.compiled.kernels.embedding import embed
from microgpt_gui.engine.compiled.kernels.matrix import (
    Matrix,
    add_to,
    multiply,
    rows_at,
)
from microgpt_gui.engine.compiled.kernels.norm import norm
from microgpt_gui.engine.compiled.kernels.tables import layer_tape, layer_weights
from microgpt_gui.engine.compiled.places import EIGHT, NUMBER

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.places import (
        Constants,
        Places,
        Scratch,
        Sizes,
        Tape,
        Weights,
    )


@compiled
def forward(
    places: Places,
    sizes: Sizes,
    weights: Weights,
    tape: Tape,
    scratch: Scratch,
    constants: Constants,
    tokens: int,
    row: int,
    first: int,
    end: int,
) -> None:
    """Read tokens; fill the tape.

    Args:
        places: Where everything is.
        sizes: The model's.
        weights: Its matrices.
        tape: To be filled.
        scratch: Room.
        constants: The exponents among them.
        tokens: Where they lie, from position 0 on.
        row: Bytes from one feature's numbers to the next one's: a whole number of
            eights that holds all positions.
        first: The first position to read, a multiple of eight; what is before it was
            read in another call.
        end: The position after the last.
    """
    width = sizes.n_embd
    embedded = rows_at(tape.embedded, row)
    embed(embedded, tokens, weights, sizes, scratch.turned, first, end)
    x = rows_at(layer_tape(places, 0).before, row)
    norm(x, embedded, tape.means, tape.scales, width, first, end, constants)
    for layer in range(sizes.n_layer):
        w, t = layer_weights(places, layer), layer_tape(places, layer)
        before, middle = rows_at(t.before, row), rows_at(t.middle, row)

        normed = rows_at(t.normed1, row)
        norm(normed, before, t.means1, t.scales1, width, first, end, constants)
        qkv, w_qkv = rows_at(t.qkv, row), rows_at(w.qkv, sizes.row)
        multiply(qkv, w_qkv, normed, 3 * width, width, first, end, -0.0)
        attention(t, scratch, sizes, row, first, end, constants)
        joined, w_o = rows_at(t.joined, row), rows_at(w.wo, sizes.row)
        multiply(middle, w_o, joined, width, width, first, end, -0.0)
        add_to(middle, before, width, first, end)

        normed = rows_at(t.normed2, row)
        norm(normed, middle, t.means2, t.scales2, width, first, end, constants)
        hidden, w_fc1 = rows_at(t.hidden, row), rows_at(w.fc1, sizes.row)
        multiply(hidden, w_fc1, normed, 4 * width, width, first, end, -0.0)
        relu(hidden, hidden, 4 * width, first, end)
        after = tape.final
        if layer + 1 < sizes.n_layer:
            after = layer_tape(places, layer + 1).before
        x, w_fc2 = rows_at(after, row), rows_at(w.fc2, sizes.wide_row)
        multiply(x, w_fc2, hidden, width, 4 * width, first, end, 0.0)
        add_to(x, middle, width, first, end)
    logits, lm_head = rows_at(tape.logits, row), rows_at(weights.lm_head, sizes.row)
    final = rows_at(tape.final, row)
    multiply(logits, lm_head, final, sizes.vocab_size, width, first, end, -0.0)


@inlined
def relu(x: Matrix, by: Matrix, rows: int, first: int, end: int) -> None:
    """Let only those of x stay that lie where ``by`` is above 0, the rest become 0."""
    for r in range(rows):
        for p in range(first * NUMBER, end * NUMBER, EIGHT):
            at = x.at + r * x.down + p
            store(at, where_positive(load(at), load(by.at + r * by.down + p)))
