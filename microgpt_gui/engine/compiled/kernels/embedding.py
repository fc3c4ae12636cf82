"""What stands for a token at a position, and the gradient of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.compiler import compiled
from microgpt_gui.engine.compiled.kernels.eight import all_of, get_whole, load, store
from microgpt_gui.engine.compiled.kernels.matrix import (
    Matrix,
    Span,
    rows_at,
    turn,
    whole,
)
from microgpt_gui.engine.compiled.kernels.places import EIGHT, NUMBER

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.places import Sizes, Weights


@compiled
def embed(
    out: Matrix, tokens: int, weights: Weights, sizes: Sizes, turned: int, span: Span
) -> None:
    """Write wte[token] + wpe[position].

    Args:
        out: [feature][position].
        tokens: Where they lie, by position.
        weights: Where wte and wpe are.
        sizes: The model's.
        turned: Room for the same, [position][feature].
        span: Which positions.
    """
    row = sizes.row
    for p in range(span.first, span.end):
        of_token = weights.wte + get_whole(tokens + p * NUMBER) * row
        of_position = weights.wpe + p * row
        for i in range(0, sizes.n_embd * NUMBER, EIGHT):
            both = load(of_token + i) + load(of_position + i)
            store(turned + (p - span.first) * row + i, both)
    to = rows_at(out.at + span.first * NUMBER, out.down)
    turn(to, rows_at(turned, row), span.end - span.first, whole(sizes.n_embd))


@compiled
def embed_backward(
    d: Matrix,
    tokens: int,
    weights: Weights,
    sizes: Sizes,
    turned: int,
    n: int,
) -> None:
    """Write the gradients of wte and wpe.

    Args:
        d: Of what `embed` gave out, [feature][position].
        tokens: What it was given.
        weights: Where wte and wpe are.
        sizes: The model's.
        turned: Room for the same, [position][feature].
        n: How many positions there are.
    """
    row, to_gradient = sizes.row, 3 * weights.size
    d_wte, d_wpe = weights.wte + to_gradient, weights.wpe + to_gradient
    for at in range(d_wte, d_wte + sizes.vocab_size * row, EIGHT):
        store(at, all_of(0.0))
    for at in range(d_wpe + n * row, d_wpe + sizes.block_size * row, EIGHT):
        store(at, all_of(0.0))
    turn(rows_at(turned, row), d, sizes.n_embd, whole(n))
    for p in range(n):
        of_token = d_wte + get_whole(tokens + p * NUMBER) * row
        for i in range(0, sizes.n_embd * NUMBER, EIGHT):
            store(of_token + i, all_of(-0.0))
    for p in range(n - 1, -1, -1):
        of_token = d_wte + get_whole(tokens + p * NUMBER) * row
        for i in range(0, sizes.n_embd * NUMBER, EIGHT):
            of_this = load(turned + p * row + i)
            store(of_token + i, load(of_token + i) + of_this)
            store(d_wpe + p * row + i, of_this)
