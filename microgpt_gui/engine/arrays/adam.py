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

    Attributes:
        m: The mean of the gradients, before its correction.
        v: The mean of their squares, before its correction. The corrections go into two
            numbers a step.
    """

    def __init__(
        self, config: AdamConfig, parameters: Floats, gradients: Floats
    ) -> None:
        self._beta1, self._beta2 = config.beta1, config.beta2
        self._decay1, self._decay2 = np.array(config.beta1), np.array(config.beta2)
        self._rest1 = np.array(1 - config.beta1)
        self._rest2 = np.array(1 - config.beta2)
        # NumPy takes a number out of an array faster than a plain one.
        self._epsilon, self._rate = np.empty(()), np.empty(())
        self.m = np.zeros_like(parameters)
        self.v = np.zeros_like(parameters)
        scratch = np.empty(min(SLICE, parameters.size))
        self._slices = [
            (
                parameters[start : start + SLICE],
                gradients[start : start + SLICE],
                self.m[start : start + SLICE],
                self.v[start : start + SLICE],
                scratch[: parameters.size - start],
            )
            for start in range(0, parameters.size, SLICE)
        ]

    def update(self, learning_rate: float, t: int) -> None:
        """Move the parameters against their gradients, which are used up.

        Args:
            learning_rate: Of this step.
            t: The number of this step, from 1.
        """
        correction1 = 1 - self._beta1**t
        # The root of v is this many times the root of the corrected one.
        factor = math.sqrt(1 - self._beta2**t)
        epsilon, rate = self._epsilon, self._rate
        epsilon[()] = ADAM_EPS * factor
        rate[()] = learning_rate / correction1 * factor
        decay1, decay2 = self._decay1, self._decay2
        rest1, rest2 = self._rest1, self._rest2
        for p, g, m, v, step in self._slices:
            np.multiply(m, decay1, m)
            np.multiply(g, rest1, step)
            np.add(m, step, m)
            np.multiply(g, g, g)
            np.multiply(g, rest2, g)
            np.multiply(v, decay2, v)
            np.add(v, g, v)
            np.sqrt(v, step)
            np.add(step, epsilon, step)
            np.divide(m, step, step)
            np.multiply(step, rate, step)
            np.subtract(p, step, p)
        if t % SWEEP_STEPS == 0:
            for moments in (self.m, self.v):
                moments[np.abs(moments) < DUST] = 0.0
