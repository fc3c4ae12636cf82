"""The forward pass: from tokens to logits, all of it kept for the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.attention import attention
from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.embedding import embed
from microgpt_gui.engine.compiled.kernels.matrix import (
    add_to,
    multiply,
    relu,
    rows_at,
)
from microgpt_gui.engine.compiled.kernels.norm import norm
from microgpt_gui.engine.compiled.kernels.tables import layer_tape, layer_weights

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.matrix import Matrix, Span
    from microgpt_gui.engine.compiled.kernels.places import LayerTape, LayerWeights
    from microgpt_gui.engine.compiled.kernels.tables import Model


@compiled
def forward(model: Model, tokens: int, row: int, span: Span) -> None:
    """Read tokens; fill the tape.

    Args:
        model: Where everything is.
        tokens: Where they lie, from position 0 on.
        row: Bytes from one feature's numbers to the next one's: a whole number of
            eights that holds all positions.
        span: Which positions to read; those before were read in another call.
    """
    sizes, weights, tape = model.sizes, model.weights, model.tape
    width, constants = sizes.n_embd, model.constants
    embedded = rows_at(tape.embedded, row)
    embed(embedded, tokens, weights, sizes, model.scratch.turned, span)
    x = rows_at(layer_tape(model, 0).before, row)
    norm(x, embedded, tape.means, tape.scales, width, span, constants)
    for layer in range(sizes.n_layer):
        w, t = layer_weights(model, layer), layer_tape(model, layer)
        after = tape.final
        if layer + 1 < sizes.n_layer:
            after = layer_tape(model, layer + 1).before
        _attention(model, w, t, row, span)
        _mlp(model, w, t, rows_at(after, row), row, span)
    logits, lm_head = rows_at(tape.logits, row), rows_at(weights.lm_head, sizes.row)
    final = rows_at(tape.final, row)
    multiply(logits, lm_head, final, sizes.vocab_size, width, span, -0.0)


@inlined
def _attention(
    model: Model, w: LayerWeights, t: LayerTape, row: int, span: Span
) -> None:
    """Write middle = wo . attention(qkv . norm(before)) + before."""
    sizes, width, constants = model.sizes, model.sizes.n_embd, model.constants
    before, middle = rows_at(t.before, row), rows_at(t.middle, row)
    normed, qkv, joined = (
        rows_at(t.normed1, row),
        rows_at(t.qkv, row),
        rows_at(t.joined, row),
    )
    norm(normed, before, t.means1, t.scales1, width, span, constants)
    multiply(qkv, rows_at(w.qkv, sizes.row), normed, 3 * width, width, span, -0.0)
    attention(t, model.scratch, sizes, row, span, constants)
    multiply(middle, rows_at(w.wo, sizes.row), joined, width, width, span, -0.0)
    add_to(middle, before, width, span)


@inlined
def _mlp(
    model: Model,
    w: LayerWeights,
    t: LayerTape,
    after: Matrix,
    row: int,
    span: Span,
) -> None:
    """Write after = fc2 . relu(fc1 . norm(middle)) + middle."""
    sizes, width, constants = model.sizes, model.sizes.n_embd, model.constants
    middle, normed = rows_at(t.middle, row), rows_at(t.normed2, row)
    hidden, fc2 = rows_at(t.hidden, row), rows_at(w.fc2, sizes.wide_row)
    norm(normed, middle, t.means2, t.scales2, width, span, constants)
    multiply(hidden, rows_at(w.fc1, sizes.row), normed, 4 * width, width, span, -0.0)
    relu(hidden, hidden, 4 * width, span)
    multiply(after, fc2, hidden, width, 4 * width, span, 0.0)
    add_to(after, middle, width, span)
