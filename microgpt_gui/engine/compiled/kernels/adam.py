"""Adam (Kingma and Ba, 2015), over all parameters in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.compiler import compiled
from microgpt_gui.engine.compiled.kernels.eight import load, store
from microgpt_gui.engine.compiled.kernels.places import ADAM_TOGETHER, EIGHT
from microgpt_gui.engine.compiled.kernels.rounding import roots, squares

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.tables import Model


@compiled
def adam(model: Model, learning_rate: float, steps_done: int) -> None:
    """Move every parameter p against its gradient g.

        m  = beta1 m + (1 - beta1) g
        v  = beta2 v + (1 - beta2) g ** 2
        p -= lr (m / correction1) / ((v / correction2) ** 0.5 + eps)

    The corrections, 1 - beta ** t after t steps, make up for the start of m and v at
    zero.

    Args:
        model: Where everything is, the gradient g among it.
        learning_rate: Already decayed for this step.
        steps_done: t - 1.
    """
    constants = model.constants
    beta1, beta2 = constants.beta1, constants.beta2
    rest1, rest2 = 1 - beta1, 1 - beta2
    correction1 = 1 - beta1 ** float(steps_done + 1)
    correction2 = 1 - beta2 ** float(steps_done + 1)
    size = model.weights.size
    corrected = model.scratch.adam
    powers = corrected + ADAM_TOGETHER * EIGHT
    notes = powers + ADAM_TOGETHER * EIGHT
    for start in range(0, size, ADAM_TOGETHER * EIGHT):
        count = min(ADAM_TOGETHER, (size - start) // EIGHT)
        p = model.weights.wte + start
        m, v, g = p + size, p + 2 * size, p + 3 * size
        squares(powers, g, count, notes, constants)
        for k in range(0, count * EIGHT, EIGHT):
            mean = load(v + k) * beta2 + load(powers + k) * rest2
            store(v + k, mean)
            if correction2 != 1.0:
                mean = mean / correction2
            store(corrected + k, mean)
        roots(powers, corrected, count, notes, constants)
        for k in range(0, count * EIGHT, EIGHT):
            mean = load(m + k) * beta1 + load(g + k) * rest1
            store(m + k, mean)
            if correction1 != 1.0:
                mean = mean / correction1
            move = mean * learning_rate / (load(powers + k) + constants.eps)
            store(p + k, load(p + k) - move)
