"""Adam (Kingma and Ba, 2015) on one vector of all parameters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.config import ADAM_EPS

if TYPE_CHECKING:
    from microgpt_gui.engine.arrays.memory import Floats
    from microgpt_gui.engine.config import AdamConfig

#: Parameters moved at once: their five vectors stay in the processor's cache.
SLICE = 8192

#: Where a gradient stays zero the moments decay for ever, and numbers below 1e-308 slow
#: every operation down. What is below ``DUST`` moves no weight; it is swept to zero
#: every ``SWEEP_STEPS``.
DUST = 1e-200
SWEEP_STEPS = 500


class Adam:
    """The moments of every parameter, and how they move it.

    With m and v the script's moments, it keeps m / (1 - beta1) and v / (1 - beta2): so
    the gradient is added as it is, and the factors, with the bias corrections, go into
    two numbers a step.
    """

    def __init__(
        self, config: AdamConfig, parameters: Floats, gradients: Floats
    ) -> None:
        self._beta1, self._beta2 = config.beta1, config.beta2
        self._decay1, self._decay2 = np.array(config.beta1), np.array(config.beta2)
        self._steps = 0
        self._m = np.zeros_like(parameters)
        self._v = np.zeros_like(parameters)
        scratch = np.empty(min(SLICE, parameters.size))
        self._slices = [
            (
                parameters[start : start + SLICE],
                gradients[start : start + SLICE],
                self._m[start : start + SLICE],
                self._v[start : start + SLICE],
                scratch[: parameters.size - start],
            )
            for start in range(0, parameters.size, SLICE)
        ]

    def update(self, learning_rate: float) -> None:
        """Move the parameters against their gradients, which are used up."""
        self._steps += 1
        correction1 = 1 - self._beta1**self._steps
        correction2 = 1 - self._beta2**self._steps
        # The root of the kept v is this many times the root of the corrected one.
        factor = math.sqrt(correction2 / (1 - self._beta2))
        epsilon = ADAM_EPS * factor
        rate = learning_rate * (1 - self._beta1) / correction1 * factor
        decay1, decay2 = self._decay1, self._decay2
        for p, g, m, v, step in self._slices:
            np.multiply(m, decay1, m)
            np.add(m, g, m)
            np.multiply(g, g, g)
            np.multiply(v, decay2, v)
            np.add(v, g, v)
            np.sqrt(v, step)
            np.add(step, epsilon, step)
            np.divide(m, step, step)
            np.multiply(step, rate, step)
            np.subtract(p, step, p)
        if self._steps % SWEEP_STEPS == 0:
            for moments in (self._m, self._v):
                moments[np.abs(moments) < DUST] = 0.0
