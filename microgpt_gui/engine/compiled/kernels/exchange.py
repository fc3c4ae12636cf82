"""All parameters' numbers, from memory to an array in the script's order, or back."""

from __future__ import annotations

from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.eight import get, put
from microgpt_gui.engine.compiled.kernels.places import NUMBER
from microgpt_gui.engine.compiled.kernels.tables import (
    layer_weights,
    model_at,
)


@inlined
def _copy(inside: int, outside: int, count: int, outwards: int) -> int:
    """Copy a row one way or the other; return where the next one goes outside."""
    for i in range(0, count * NUMBER, NUMBER):
        if outwards:
            put(outside + i, get(inside + i))
        else:
            put(inside + i, get(outside + i))
    return outside + count * NUMBER


@compiled
def exchange(places_at: int, kind: int, outside: int, outwards: int) -> int:
    """Copy one number of each parameter.

    Args:
        places_at: Where the `Places` are.
        kind: 0 the parameters themselves, 1 Adam's m, 2 Adam's v, 3 the gradient.
        outside: Where the array is, row by row in the script's creation order.
        outwards: 0 from there into the model's memory, otherwise from memory to there.

    Returns:
        0.
    """
    model = model_at(places_at)
    sizes, weights = model.sizes, model.weights
    shift = kind * weights.size
    c, d, row = sizes.n_embd, sizes.head_dim, sizes.row
    for r in range(sizes.vocab_size):
        outside = _copy(weights.wte + shift + r * row, outside, c, outwards)
    for r in range(sizes.block_size):
        outside = _copy(weights.wpe + shift + r * row, outside, c, outwards)
    for r in range(sizes.vocab_size):
        outside = _copy(weights.lm_head + shift + r * row, outside, c, outwards)
    for layer in range(sizes.n_layer):
        w = layer_weights(model, layer)
        for part in range(3):
            for r in range(c):
                place = (r // d * 3 + part) * d + r % d
                outside = _copy(w.qkv + shift + place * row, outside, c, outwards)
        for r in range(c):
            outside = _copy(w.wo + shift + r * row, outside, c, outwards)
        for r in range(4 * c):
            outside = _copy(w.fc1 + shift + r * row, outside, c, outwards)
        for r in range(c):
            at = w.fc2 + shift + r * sizes.wide_row
            outside = _copy(at, outside, 4 * c, outwards)
    return 0
