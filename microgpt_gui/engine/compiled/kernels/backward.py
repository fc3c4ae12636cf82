"""The backward pass: from the loss to the gradient of every parameter.

It goes through the forward pass from its end. Where a number was used several times its
gradient is a sum, and the order of that sum is that of the script's graph: over
positions from the last to the first, over output rows from the last to the first.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.attention import attention_backward
from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.cross_entropy import cross_entropy
from microgpt_gui.engine.compiled.kernels.eight import get, get_whole, put
from microgpt_gui.engine.compiled.kernels.embedding import embed_backward
from microgpt_gui.engine.compiled.kernels.forward import forward, relu
from microgpt_gui.engine.compiled.kernels.matrix import (
    Matrix,
    from_last_column,
    from_last_row,
    multiply,
    rows_at,
    transposed,
    turn,
)
from microgpt_gui.engine.compiled.kernels.norm import norm_backward
from microgpt_gui.engine.compiled.kernels.tables import layer_tape, layer_weights
from microgpt_gui.engine.compiled.places import EIGHT, NUMBER

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.places import (
        Constants,
        LayerTape,
        LayerWeights,
        Places,
        Scratch,
        Sizes,
        Tape,
        Weights,
    )


@compiled
def differentiate(
    places: Places,
    sizes: Sizes,
    weights: Weights,
    tape: Tape,
    scratch: Scratch,
    constants: Constants,
    tokens: int,
    n: int,
) -> float:
    """Write the gradient of a document's loss, after the weights, and return the loss.

    Where the loss is not finite there is no gradient.

    Args:
        places: Where everything is.
        sizes: The model's.
        weights: Its matrices.
        tape: Room for what the forward pass finds.
        scratch: Room.
        constants: The exponents among them.
        tokens: Where n + 1 of them lie.
        n: How many are read, each to predict the one after it.
    """
    # An odd number of eights: rows that lie a power of two apart would push each other
    # out of the cache.
    row = ((n + 7) // 8 | 1) * EIGHT
    forward(places, sizes, weights, tape, scratch, constants, tokens, row, 0, n)
    logits, targets = rows_at(tape.logits, row), tokens + NUMBER
    own = scratch.by_position + row
    loss = cross_entropy(
        logits, targets, sizes.vocab_size, n, scratch.by_position, own, constants
    )
    if not loss < math.inf:
        return loss
    to_gradient = 3 * weights.size
    dx = rows_at(scratch.d_stream, row)
    _lm_head_backward(dx, logits, targets, own, weights, tape, scratch, sizes, row, n)
    for layer in range(sizes.n_layer - 1, -1, -1):
        w, t = layer_weights(places, layer), layer_tape(places, layer)
        _mlp_backward(dx, w, t, scratch, sizes, to_gradient, row, n, constants)
        _attention_backward(dx, w, t, scratch, sizes, to_gradient, row, n, constants)
    embedded, d = rows_at(tape.embedded, row), rows_at(scratch.d_normed, row)
    norm_backward(
        d, embedded, tape.means, tape.scales, dx, 0, sizes.n_embd, n, constants
    )
    embed_backward(d, tokens, weights, sizes, scratch.turned, n)
    return loss


@inlined
def _input_gradient(
    out: Matrix, w: Matrix, d: Matrix, columns: int, rows: int, n: int, start: float
) -> None:
    """Write out[column][p] = sum of w[row][column] d[row][p], from the last row."""
    weights = from_last_column(transposed(w), rows)
    multiply(out, weights, from_last_row(d, rows), columns, rows, 0, n, start)


@inlined
def _weight_gradient(
    out: Matrix,
    d: Matrix,
    x: Matrix,
    turned: Matrix,
    rows: int,
    columns: int,
    n: int,
    start: float,
) -> None:
    """Write out[row][column] = sum of d[row][p] x[column][p], from the last p."""
    turn(turned, x, columns, 0, n)
    positions = from_last_row(turned, n)
    multiply(out, from_last_column(d, n), positions, rows, n, 0, columns, start)


@inlined
def _lm_head_backward(
    dx: Matrix,
    d_logits: Matrix,
    targets: int,
    own: int,
    weights: Weights,
    tape: Tape,
    scratch: Scratch,
    sizes: Sizes,
    row: int,
    n: int,
) -> None:
    """Write the gradients of the final residual stream and of lm_head.

    A target's own row comes last: the graph reaches its logit first.
    """
    width, vocab_size = sizes.n_embd, sizes.vocab_size
    lm_head = rows_at(weights.lm_head, sizes.row)
    _input_gradient(dx, lm_head, d_logits, width, vocab_size, n, -0.0)
    for p in range(n):
        target = get_whole(targets + p * NUMBER)
        d = get(own + p * NUMBER)
        put(d_logits.at + target * row + p * NUMBER, d)
        for i in range(width):
            at = dx.at + i * row + p * NUMBER
            put(at, get(at) + d * get(lm_head.at + target * sizes.row + i * NUMBER))
    d_lm_head = rows_at(lm_head.at + 3 * weights.size, sizes.row)
    final, turned = rows_at(tape.final, row), rows_at(scratch.turned, sizes.row)
    _weight_gradient(d_lm_head, d_logits, final, turned, vocab_size, width, n, -0.0)


@inlined
def _mlp_backward(
    dx: Matrix,
    w: LayerWeights,
    t: LayerTape,
    scratch: Scratch,
    sizes: Sizes,
    to_gradient: int,
    row: int,
    n: int,
    constants: Constants,
) -> None:
    """Take the gradient of the residual stream back to before the MLP."""
    width = sizes.n_embd
    fc1, d_fc1 = rows_at(w.fc1, sizes.row), rows_at(w.fc1 + to_gradient, sizes.row)
    fc2 = rows_at(w.fc2, sizes.wide_row)
    d_fc2 = rows_at(w.fc2 + to_gradient, sizes.wide_row)
    hidden, d_hidden = rows_at(t.hidden, row), rows_at(scratch.d_hidden, row)
    normed, d_normed = rows_at(t.normed2, row), rows_at(scratch.d_normed, row)
    turned = rows_at(scratch.turned, sizes.row)
    wide = rows_at(scratch.turned, sizes.wide_row)
    _input_gradient(d_hidden, fc2, dx, 4 * width, width, n, -0.0)
    relu(d_hidden, hidden, 4 * width, 0, n)
    _input_gradient(d_normed, fc1, d_hidden, width, 4 * width, n, 0.0)
    _weight_gradient(d_fc2, dx, hidden, wide, width, 4 * width, n, 0.0)
    _weight_gradient(d_fc1, d_hidden, normed, turned, 4 * width, width, n, 0.0)
    middle = rows_at(t.middle, row)
    norm_backward(dx, middle, t.means2, t.scales2, d_normed, dx.at, width, n, constants)


@inlined
def _attention_backward(
    dx: Matrix,
    w: LayerWeights,
    t: LayerTape,
    scratch: Scratch,
    sizes: Sizes,
    to_gradient: int,
    row: int,
    n: int,
    constants: Constants,
) -> None:
    """Take the gradient of the residual stream back to before the attention."""
    width = sizes.n_embd
    wo, d_wo = rows_at(w.wo, sizes.row), rows_at(w.wo + to_gradient, sizes.row)
    w_qkv = rows_at(w.qkv, sizes.row)
    d_w_qkv = rows_at(w.qkv + to_gradient, sizes.row)
    joined, d_joined = rows_at(t.joined, row), rows_at(scratch.d_joined, row)
    d_qkv = rows_at(scratch.d_qkv, row)
    normed, d_normed = rows_at(t.normed1, row), rows_at(scratch.d_normed, row)
    turned = rows_at(scratch.turned, sizes.row)
    _input_gradient(d_joined, wo, dx, width, width, n, -0.0)
    _weight_gradient(d_wo, dx, joined, turned, width, width, n, -0.0)
    attention_backward(t, scratch, sizes, row, n, constants)
    _input_gradient(d_normed, w_qkv, d_qkv, width, 3 * width, n, -0.0)
    _weight_gradient(d_w_qkv, d_qkv, normed, turned, 3 * width, width, n, -0.0)
    before = rows_at(t.before, row)
    norm_backward(dx, before, t.means1, t.scales1, d_normed, dx.at, width, n, constants)
