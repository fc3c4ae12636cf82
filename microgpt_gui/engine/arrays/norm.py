"""rmsnorm: each position scaled so that the mean of its squares is 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from microgpt_gui.engine.arrays.memory import Floats, Memory
    from microgpt_gui.engine.config import ModelConfig

#: The script's guard against division by zero.
EPSILON = 1e-5

#: Up to this width a mean is computed once for every feature that it scales, as a
#: product with a square matrix: cheaper than stretching one row over all features.
WIDEST_SQUARE = 32

_MINUS_HALF = np.array(-0.5)


class NormScratch:
    """What all norms of one length share.

    Attributes:
        mean_and_epsilon: Times ``squares_and_epsilon``, it is mean(x^2) + epsilon, in
            one row or in n_embd equal ones.
        mean: Times [feature][position], it is the mean over the features, likewise.
        squares_and_epsilon: A row of epsilons above ``squares``.
    """

    __slots__ = (
        "mean",
        "mean_and_epsilon",
        "means",
        "products",
        "squares",
        "squares_and_epsilon",
    )

    def __init__(self, config: ModelConfig, n: int, memory: Memory) -> None:
        c = config.n_embd
        rows = mean_rows(config)
        self.mean = memory.lend(rows, c)
        self.mean[...] = 1 / c
        self.mean_and_epsilon = memory.lend(rows, 1 + c)
        self.mean_and_epsilon[:, 0] = 1.0
        self.mean_and_epsilon[:, 1:] = 1 / c
        # The row of epsilons ends at one place in all lengths: none overwrites it.
        longest = config.block_size
        flat = memory.lend((1 + c) * longest)
        flat[:longest] = EPSILON
        start = longest - n
        self.squares_and_epsilon = flat[start : longest + c * n].reshape(1 + c, n)
        self.squares = self.squares_and_epsilon[1:]
        self.products = memory.lend(c, n)
        self.means = memory.lend(rows, n)


def mean_rows(config: ModelConfig) -> int:
    """Return how many equal rows a mean over the features has."""
    return config.n_embd if config.n_embd <= WIDEST_SQUARE else 1


class Norm:
    """One rmsnorm for documents of one length.

    Attributes:
        out: What `forward` made, [feature][position].
        out_t: Its transposed view.
    """

    __slots__ = ("_scale", "_scratch", "out", "out_t")

    def __init__(
        self, config: ModelConfig, n: int, memory: Memory, scratch: NormScratch
    ) -> None:
        self._scratch = scratch
        self._scale = memory.lend(mean_rows(config), n)
        self.out = memory.lend(config.n_embd, n)
        self.out_t = self.out.T

    def forward(self, x: Floats) -> Floats:
        """Return x * (mean(x^2) + epsilon)^-0.5; remember it."""
        scratch, scale, out = self._scratch, self._scale, self.out
        np.multiply(x, x, scratch.squares)
        scratch.mean_and_epsilon.dot(scratch.squares_and_epsilon, scale)
        np.power(scale, _MINUS_HALF, scale)
        np.multiply(x, scale, out)
        return out

    @property
    def scales(self) -> Floats:
        """What `forward` multiplied each position by, [position]."""
        scales: Floats = self._scale[0]
        return scales

    def backward(self, d: Floats) -> None:
        """Turn the gradient of ``out`` into that of x, in place.

        With r the scale and y = x r the output, dx = r (d - y mean(y d)).
        """
        scratch, out = self._scratch, self.out
        products, means = scratch.products, scratch.means
        np.multiply(out, d, products)
        scratch.mean.dot(products, means)
        np.multiply(out, means, products)
        np.subtract(d, products, d)
        np.multiply(d, self._scale, d)
