"""The backward pass: from the loss to the gradient of every parameter.

It goes through the forward pass from its end. Where a number was used several times its
gradient is a sum, and the order of that sum is that of the script's graph: over
positions from the last to the first, over output rows from the last to the first.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.attention import attention_backward
from microgpt_gui.engine.compiled.kernels.compiler import inlined
from microgpt_gui.engine.compiled.kernels.cross_entropy import cross_entropy
from microgpt_gui.engine.compiled.kernels.eight import get, get_whole, put
from microgpt_gui.engine.compiled.kernels.embedding import embed_backward
from microgpt_gui.engine.compiled.kernels.forward import forward
from microgpt_gui.engine.compiled.kernels.matrix import (
    Matrix,
    from_last_column,
    from_last_row,
    multiply,
    relu,
    rows_at,
    transposed,
    turn,
    whole,
)
from microgpt_gui.engine.compiled.kernels.norm import norm_backward
from microgpt_gui.engine.compiled.kernels.places import EIGHT, NUMBER
from microgpt_gui.engine.compiled.kernels.tables import layer_tape, layer_weights

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.places import LayerTape, LayerWeights
    from microgpt_gui.engine.compiled.kernels.tables import Model


@inlined
def differentiate(model: Model, tokens: int, n: int) -> float:
    """Write the gradient of a document's loss where it belongs; return the loss.

    Where the loss is not finite there is no gradient.

    Args:
        model: Where everything is.
        tokens: Where n + 1 of them lie.
        n: How many are read, each to predict the one after it.
    """
    # An odd number of eights: rows that lie a power of two apart would push each other
    # out of the cache.
    row = ((n + 7) // 8 | 1) * EIGHT
    sizes, tape, scratch = model.sizes, model.tape, model.scratch
    forward(model, tokens, row, whole(n))
    logits, targets = rows_at(tape.logits, row), tokens + NUMBER
    slopes, own = scratch.by_position, scratch.by_position + row
    loss = cross_entropy(
        logits, targets, sizes.vocab_size, n, slopes, own, model.constants
    )
    if not loss < math.inf:
        return loss
    _lm_head_backward(model, logits, targets, own, row, n)
    for layer in range(sizes.n_layer - 1, -1, -1):
        w, t = layer_weights(model, layer), layer_tape(model, layer)
        _mlp_backward(model, w, t, row, n)
        _attention_backward(model, w, t, row, n)
    dx, nothing = rows_at(scratch.d_stream, row), rows_at(0, row)
    embedded, d = rows_at(tape.embedded, row), rows_at(scratch.d_normed, row)
    norm_backward(
        d,
        embedded,
        tape.means,
        tape.scales,
        dx,
        nothing,
        sizes.n_embd,
        n,
        model.constants,
    )
    embed_backward(d, tokens, model.weights, sizes, scratch.turned, n)
    return loss


@inlined
def _input_gradient(
    out: Matrix, w: Matrix, d: Matrix, columns: int, rows: int, n: int, start: float
) -> None:
    """Write out[column][p] = sum of w[row][column] d[row][p], from the last row."""
    weights = from_last_column(transposed(w), rows)
    multiply(out, weights, from_last_row(d, rows), columns, rows, whole(n), start)


@inlined
def _weight_gradient(
    model: Model,
    w: Matrix,
    d: Matrix,
    x: Matrix,
    rows: int,
    columns: int,
    n: int,
    start: float,
) -> None:
    """Write the gradient of w: the sum of d[row][p] x[column][p], from the last p."""
    turned = rows_at(model.scratch.turned, w.down)
    turn(turned, x, columns, whole(n))
    out = rows_at(w.at + 3 * model.weights.size, w.down)
    d_reversed, x_reversed = from_last_column(d, n), from_last_row(turned, n)
    multiply(out, d_reversed, x_reversed, rows, n, whole(columns), start)


@inlined
def _lm_head_backward(
    model: Model, d_logits: Matrix, targets: int, own: int, row: int, n: int
) -> None:
    """Write the gradients of the final residual stream and of lm_head.

    A target's own row comes last: the graph reaches its logit first.
    """
    width, vocab_size = model.sizes.n_embd, model.sizes.vocab_size
    lm_head = rows_at(model.weights.lm_head, model.sizes.row)
    dx, final = rows_at(model.scratch.d_stream, row), rows_at(model.tape.final, row)
    _input_gradient(dx, lm_head, d_logits, width, vocab_size, n, -0.0)
    for p in range(0, n * NUMBER, NUMBER):
        target, d = get_whole(targets + p), get(own + p)
        put(d_logits.at + target * row + p, d)
        weight = lm_head.at + target * lm_head.down
        for i in range(width):
            at = dx.at + i * row + p
            put(at, get(at) + d * get(weight + i * NUMBER))
    _weight_gradient(model, lm_head, d_logits, final, vocab_size, width, n, -0.0)


@inlined
def _mlp_backward(
    model: Model, w: LayerWeights, t: LayerTape, row: int, n: int
) -> None:
    """Take the gradient of the residual stream back to before the MLP."""
    sizes, scratch, width = model.sizes, model.scratch, model.sizes.n_embd
    fc1, fc2 = rows_at(w.fc1, sizes.row), rows_at(w.fc2, sizes.wide_row)
    hidden, d_hidden = rows_at(t.hidden, row), rows_at(scratch.d_hidden, row)
    normed, d_normed = rows_at(t.normed2, row), rows_at(scratch.d_normed, row)
    middle, dx = rows_at(t.middle, row), rows_at(scratch.d_stream, row)
    _input_gradient(d_hidden, fc2, dx, 4 * width, width, n, -0.0)
    relu(d_hidden, hidden, 4 * width, whole(n))
    _input_gradient(d_normed, fc1, d_hidden, width, 4 * width, n, 0.0)
    _weight_gradient(model, fc2, dx, hidden, width, 4 * width, n, 0.0)
    _weight_gradient(model, fc1, d_hidden, normed, 4 * width, width, n, 0.0)
    norm_backward(
        dx, middle, t.means2, t.scales2, d_normed, dx, width, n, model.constants
    )


@inlined
def _attention_backward(
    model: Model, w: LayerWeights, t: LayerTape, row: int, n: int
) -> None:
    """Take the gradient of the residual stream back to before the attention."""
    sizes, scratch, width = model.sizes, model.scratch, model.sizes.n_embd
    wo, qkv = rows_at(w.wo, sizes.row), rows_at(w.qkv, sizes.row)
    joined, d_joined = rows_at(t.joined, row), rows_at(scratch.d_joined, row)
    normed, d_normed = rows_at(t.normed1, row), rows_at(scratch.d_normed, row)
    before, dx = rows_at(t.before, row), rows_at(scratch.d_stream, row)
    d_qkv = rows_at(scratch.d_qkv, row)
    _input_gradient(d_joined, wo, dx, width, width, n, -0.0)
    _weight_gradient(model, wo, dx, joined, width, width, n, -0.0)
    attention_backward(t, scratch, sizes, row, n, model.constants)
    _input_gradient(d_normed, qkv, d_qkv, width, 3 * width, n, -0.0)
    _weight_gradient(model, qkv, d_qkv, normed, 3 * width, width, n, -0.0)
    norm_backward(
        dx, before, t.means1, t.scales1, d_normed, dx, width, n, model.constants
    )
