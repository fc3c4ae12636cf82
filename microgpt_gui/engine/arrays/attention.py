"""The first half of a layer: x + wo attention(rmsnorm(x))."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.exponentials import needs_shift
from microgpt_gui.engine.arrays.norm import Norm, NormScratch
from microgpt_gui.engine.arrays.trace import AttentionStages

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.arrays.memory import Floats, Memory
    from microgpt_gui.engine.arrays.weights import LayerWeights
    from microgpt_gui.engine.config import ModelConfig

#: Up to this length a sum over keys is computed once for every key that it divides;
#: see `norm.WIDEST_SQUARE`.
LONGEST_SQUARE = 16

#: Up to this many scores the mask is written out for every head.
LARGEST_MASK = 4096


class AttentionScratch:
    """What the attention of all layers of one length shares.

    Attributes:
        scale: 1 / sqrt(head_dim).
        mask: Added to scores, it forbids keys after the query.
        ones: [head and query][key] times it is the sum over the keys, in one column or
            in n equal ones.
        check: Ends the step if it was cancelled.
    """

    __slots__ = (
        "check",
        "d_heads",
        "d_heads_t",
        "d_joined",
        "d_k",
        "d_normed",
        "d_q",
        "d_qkv",
        "d_rows",
        "d_scores",
        "d_scores_t",
        "d_v",
        "mask",
        "norm",
        "ones",
        "scale",
        "sums",
        "sums_rows",
    )

    def __init__(
        self,
        config: ModelConfig,
        n: int,
        memory: Memory,
        norm: NormScratch,
        check: Callable[[], None],
    ) -> None:
        c, heads, head_dim = config.n_embd, config.n_head, config.head_dim
        self.norm = norm
        self.check = check
        self.scale = np.array(head_dim**-0.5)

        longest = config.block_size
        square = memory.lend(longest, longest)
        square[...] = np.triu(np.full((longest, longest), -np.inf), 1)
        self.mask = square[:n, :n]
        if heads * n * n <= LARGEST_MASK:
            self.mask = np.tile(self.mask, (heads, 1, 1))

        columns = n if n <= LONGEST_SQUARE else 1
        self.ones = np.ones((n, columns))
        self.sums = memory.lend(heads, n, columns)
        self.sums_rows = self.sums.reshape(heads * n, columns)

        self.d_joined = memory.lend(c, n)
        self.d_heads = self.d_joined.reshape(heads, head_dim, n)
        self.d_heads_t = self.d_heads.transpose(0, 2, 1)
        self.d_scores = memory.lend(heads, n, n)
        self.d_scores_t = self.d_scores.transpose(0, 2, 1)
        self.d_rows = self.d_scores.reshape(heads * n, n)
        self.d_qkv = memory.lend(3 * c, n)
        self.d_q, self.d_k, self.d_v = self.d_qkv.reshape(3, heads, head_dim, n)
        self.d_normed = memory.lend(c, n)


class Attention:
    """One layer's attention for documents of one length.

    Attributes:
        weights: Of the document read last, [head][query][key]; `backward` uses them up.
    """

    __slots__ = (
        "_g_qkv",
        "_g_wo",
        "_heads",
        "_joined",
        "_joined_t",
        "_k",
        "_norm",
        "_out",
        "_q",
        "_qkv",
        "_rows",
        "_scaled",
        "_scaled_q_t",
        "_scaled_v",
        "_scores",
        "_scratch",
        "_v",
        "_w_qkv",
        "_w_qkv_t",
        "_wo",
        "_wo_t",
        "weights",
        "weights_t",
    )

    def __init__(
        self,
        config: ModelConfig,
        n: int,
        memory: Memory,
        scratch: AttentionScratch,
        weights: LayerWeights,
        gradients: LayerWeights,
    ) -> None:
        c, heads, head_dim = config.n_embd, config.n_head, config.head_dim
        self._scratch = scratch
        self._norm = Norm(config, n, memory, scratch.norm)
        self._w_qkv, self._w_qkv_t = weights.qkv, weights.qkv.T
        self._wo, self._wo_t = weights.wo, weights.wo.T
        self._g_qkv, self._g_wo = gradients.qkv, gradients.wo

        self._qkv = memory.lend(3 * c, n)
        self._q, self._k, self._v = self._qkv.reshape(3, heads, head_dim, n)
        self._scaled = memory.lend(3 * c, n)
        scaled_q, _, self._scaled_v = self._scaled.reshape(3, heads, head_dim, n)
        self._scaled_q_t = scaled_q.transpose(0, 2, 1)
        self.weights = memory.lend(heads, n, n)
        self.weights_t = self.weights.transpose(0, 2, 1)
        self._rows = self.weights.reshape(heads * n, n)
        self._scores = self.weights.reshape(heads * n * n)
        self._joined = memory.lend(c, n)
        self._joined_t = self._joined.T
        self._heads = self._joined.reshape(heads, head_dim, n)
        self._out = memory.lend(c, n)

    def forward(self, x: Floats) -> Floats:
        """Read the residual stream, [feature][position]; return it with the answer."""
        scratch, weights, out = self._scratch, self.weights, self._out
        self._w_qkv.dot(self._norm.forward(x), self._qkv)
        # One product scales q, for the scores, and v, for the gradient of the scores.
        np.multiply(self._qkv, scratch.scale, self._scaled)
        np.matmul(self._scaled_q_t, self._k, weights)
        scratch.check()
        is_shifted = needs_shift(self._scores)
        np.add(weights, scratch.mask, weights)
        if is_shifted:
            np.subtract(weights, weights.max(2, keepdims=True), weights)
        np.exp(weights, weights)
        scratch.check()
        self._rows.dot(scratch.ones, scratch.sums_rows)
        np.divide(weights, scratch.sums, weights)
        scratch.check()
        np.matmul(self._v, self.weights_t, self._heads)
        self._wo.dot(self._joined, out)
        np.add(out, x, out)
        return out

    def stages(self) -> AttentionStages:
        """Return what `forward` went through; `backward` must not have followed it."""
        return AttentionStages(
            norm=self._norm,
            queries=self._q,
            keys=self._k,
            values=self._v,
            scores=np.matmul(self._scaled_q_t, self._k),  # as in `forward`
            weights=self.weights,
            heads=self._heads,
            joined=self._joined,
            out=self._wo.dot(self._joined),  # likewise
            after=self._out,
        )

    def backward(self, dx: Floats) -> None:
        """Turn the gradient of what `forward` returned into that of x, in place."""
        scratch, weights = self._scratch, self.weights
        d_scores, d_normed = scratch.d_scores, scratch.d_normed
        dx.dot(self._joined_t, self._g_wo)
        self._wo_t.dot(dx, scratch.d_joined)
        np.matmul(scratch.d_heads, weights, scratch.d_v)
        scratch.check()
        # dw, scaled; then ds = w dw - w sum(w dw), the sum being over the keys.
        np.matmul(scratch.d_heads_t, self._scaled_v, d_scores)
        scratch.check()
        np.multiply(d_scores, weights, d_scores)
        scratch.d_rows.dot(scratch.ones, scratch.sums_rows)
        scratch.check()
        np.multiply(weights, scratch.sums, weights)
        np.subtract(d_scores, weights, d_scores)
        scratch.check()
        np.matmul(self._k, scratch.d_scores_t, scratch.d_q)
        np.matmul(self._q, d_scores, scratch.d_k)
        scratch.check()
        scratch.d_qkv.dot(self._norm.out_t, self._g_qkv)
        self._w_qkv_t.dot(scratch.d_qkv, d_normed)
        self._norm.backward(d_normed)
        np.add(dx, d_normed, dx)
