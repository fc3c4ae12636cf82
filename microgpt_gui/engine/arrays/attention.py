"""The first half of a layer: x + wo(attention(rmsnorm(x)))."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.exponentials import needs_shift
from microgpt_gui.engine.arrays.norm import Norm, NormScratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.arrays.memory import Floats, Memory
    from microgpt_gui.engine.arrays.weights import LayerWeights
    from microgpt_gui.engine.config import ModelConfig

#: Up to this length a row's sum is computed once for every key that it divides; see
#: `norm.WIDEST_SQUARE`.
LONGEST_SQUARE = 16

#: Up to this many scores the mask is there for every head, not stretched over them.
LARGEST_MASK = 4096


class AttentionScratch:
    """What the attention of all layers of one length shares.

    Attributes:
        ones: Times it, [head and query][key] are sums over the keys, in one column or
            in n equal ones.
        mask: Added to scores, it forbids keys after the query.
        scale: 1 / sqrt(head_dim).
    """

    __slots__ = (
        "d_joined",
        "d_joined_heads",
        "d_joined_heads_t",
        "d_k",
        "d_normed",
        "d_q",
        "d_qkv",
        "d_scores",
        "d_scores_rows",
        "d_scores_t",
        "d_v",
        "largest",
        "mask",
        "norm",
        "ones",
        "scale",
        "sums",
        "sums_rows",
    )

    def __init__(
        self, config: ModelConfig, n: int, memory: Memory, norm: NormScratch
    ) -> None:
        c, heads, head_dim = config.n_embd, config.n_head, config.head_dim
        self.norm = norm
        self.scale = np.array(head_dim**-0.5)
        self.ones = np.ones((n, n if n <= LONGEST_SQUARE else 1))
        is_stretched = heads * n * n > LARGEST_MASK
        self.mask = _mask(n, memory) if is_stretched else np.tile(_mask_of(n), (heads, 1, 1))
