"""Steps of training."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.adam import adam
from microgpt_gui.engine.compiled.kernels.backward import differentiate
from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.eight import (
    all_of,
    get,
    get_whole,
    load,
    put,
    store,
)
from microgpt_gui.engine.compiled.kernels.places import EIGHT, NUMBER
from microgpt_gui.engine.compiled.kernels.tables import model_at

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.tables import Model


@inlined
def _sum_of_squares(model: Model) -> float:
    """Return that of the gradient, in an order of its own."""
    room = model.scratch.by_position
    at = model.weights.wte + 3 * model.weights.size
    end = at + model.weights.size
    sum0 = sum1 = sum2 = sum3 = all_of(0.0)
    while at + 4 * EIGHT <= end:
        sum0 = sum0 + load(at) * load(at)
        sum1 = sum1 + load(at + EIGHT) * load(at + EIGHT)
        sum2 = sum2 + load(at + 2 * EIGHT) * load(at + 2 * EIGHT)
        sum3 = sum3 + load(at + 3 * EIGHT) * load(at + 3 * EIGHT)
        at += 4 * EIGHT
    while at < end:
        sum0 = sum0 + load(at) * load(at)
        at += EIGHT
    store(room, sum0 + sum1 + (sum2 + sum3))
    total = 0.0
    for lane in range(8):
        total += get(room + lane * NUMBER)
    return total


@compiled
def move(places_at: int, learning_rate: float, steps_done: int) -> int:
    """Move all parameters against the gradient that was found; see `adam`.

    Returns:
        0.
    """
    model = model_at(places_at)
    adam(model, learning_rate, steps_done)
    return 0


@compiled
def train(
    places_at: int,
    tokens: int,
    starts: int,
    learning_rates: int,
    count: int,
    steps_done: int,
    losses: int,
    norms: int,
    moves: int,
) -> int:
    """Make ``count`` steps, or those before one that has to be looked at.

    That is one with a token that there is not, with nothing to read, with a loss that
    is not finite, or with a gradient whose length is too large or too small to be
    found from its squares. It is not made, but its loss and its gradient are found.

    Args:
        places_at: Where the `Places` are.
        tokens: Where the documents' tokens lie, one after another.
        starts: Where it is written at which token each document starts; one more is
            the end of the last.
        learning_rates: Where those of the steps are.
        count: How many steps are wanted.
        steps_done: How many were made before.
        losses: Where each step's loss goes.
        norms: Where the length of each step's gradient goes.
        moves: Whether parameters are moved; 0 only finds the gradients.

    Returns:
        How many steps were made.
    """
    model = model_at(places_at)
    least, most = model.constants.least, model.constants.most
    for i in range(count):
        step = i * NUMBER
        start, end = get_whole(starts + step), get_whole(starts + step + NUMBER)
        n = min(model.sizes.block_size, end - start - 1)
        document = tokens + start * NUMBER
        if n < 1 or not _are_tokens(document, n + 1, model.sizes.vocab_size):
            return i
        loss = differentiate(model, document, n)
        total = _sum_of_squares(model)
        put(losses + step, loss)
        put(norms + step, math.sqrt(total))
        if not (loss < most and least < total < most):
            return i
        if moves:
            adam(model, get(learning_rates + step), steps_done + i)
    return count


@inlined
def _are_tokens(tokens: int, count: int, vocab_size: int) -> bool:
    for at in range(tokens, tokens + count * NUMBER, NUMBER):
        if not 0 <= get_whole(at) < vocab_size:
            return False
    return True
