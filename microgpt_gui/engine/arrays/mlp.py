"""The second half of a layer: x + fc2 relu(fc1 rmsnorm(x))."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.norm import Norm, NormScratch
from microgpt_gui.engine.arrays.trace import MlpStages

if TYPE_CHECKING:
    from microgpt_gui.engine.arrays.memory import Floats, Memory
    from microgpt_gui.engine.arrays.weights import LayerWeights
    from microgpt_gui.engine.config import ModelConfig

_ZERO = np.array(0.0)


class MlpScratch:
    """What the MLPs of all layers of one length share.

    Attributes:
        is_live: 1.0 where relu let something through, else 0.0.
    """

    __slots__ = ("d_hidden", "d_normed", "is_live", "norm")

    def __init__(
        self, config: ModelConfig, n: int, memory: Memory, norm: NormScratch
    ) -> None:
        self.norm = norm
        self.d_hidden = memory.lend(4 * config.n_embd, n)
        self.is_live = memory.lend(4 * config.n_embd, n)
        self.d_normed = memory.lend(config.n_embd, n)


class Mlp:
    """One layer's MLP for documents of one length."""

    __slots__ = (
        "_fc1",
        "_fc1_t",
        "_fc2",
        "_fc2_t",
        "_g_fc1",
        "_g_fc2",
        "_hidden",
        "_hidden_t",
        "_norm",
        "_out",
        "_scratch",
    )

    def __init__(
        self,
        config: ModelConfig,
        n: int,
        memory: Memory,
        scratch: MlpScratch,
        weights: LayerWeights,
        gradients: LayerWeights,
    ) -> None:
        self._scratch = scratch
        self._norm = Norm(config, n, memory, scratch.norm)
        self._fc1, self._fc1_t = weights.fc1, weights.fc1.T
        self._fc2, self._fc2_t = weights.fc2, weights.fc2.T
        self._g_fc1, self._g_fc2 = gradients.fc1, gradients.fc2
        self._hidden = memory.lend(4 * config.n_embd, n)
        self._hidden_t = self._hidden.T
        self._out = memory.lend(config.n_embd, n)

    def forward(self, x: Floats) -> Floats:
        """Read the residual stream, [feature][position]; return it with the answer."""
        hidden, out = self._hidden, self._out
        self._fc1.dot(self._norm.forward(x), hidden)
        np.maximum(hidden, _ZERO, out=hidden)
        self._fc2.dot(hidden, out)
        np.add(out, x, out)
        return out

    def stages(self) -> MlpStages:
        """Return what `forward` went through."""
        return MlpStages(
            norm=self._norm,
            before_relu=self._fc1.dot(self._norm.out),  # as in `forward`
            hidden=self._hidden,
            out=self._fc2.dot(self._hidden),  # likewise
            after=self._out,
        )

    def backward(self, dx: Floats) -> None:
        """Turn the gradient of what `forward` returned into that of x, in place."""
        scratch = self._scratch
        d_hidden, d_normed = scratch.d_hidden, scratch.d_normed
        dx.dot(self._hidden_t, self._g_fc2)
        self._fc2_t.dot(dx, d_hidden)
        np.sign(self._hidden, scratch.is_live)
        np.multiply(d_hidden, scratch.is_live, d_hidden)
        d_hidden.dot(self._norm.out_t, self._g_fc1)
        self._fc1_t.dot(d_hidden, d_normed)
        self._norm.backward(d_normed)
        np.add(dx, d_normed, dx)
