"""How large the graph of one document is in the `autograd` engine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.config import ModelConfig

#: Memory of one node with its data, gradient, children and local gradients, and its
#: place in the order, on a 64-bit CPython (measured).
BYTES_PER_NODE = 280


def graph_nodes(config: ModelConfig, n: int) -> int:
    """Return the number of nodes in the loss of a document of ``n`` predictions."""
    n = min(n, config.block_size)
    c, heads, vocab = config.n_embd, config.n_head, config.vocab_size
    pairs = n * (n + 1) // 2  # of a query and a key
    rmsnorm = 2 * c - 1 + 3 + c
    # Scores, softmax, and the weighted sum of the values.
    attention = heads * (pairs * (2 * config.head_dim + 5) - n)
    attention += pairs * 2 * c - n * c
    # Four square matrices, then two of a square's fourfold height or width.
    linear = 4 * c * (2 * c - 1) + 4 * c * (2 * c - 1) + c * (8 * c - 1)
    layer = n * (2 * rmsnorm + linear + 2 * c + 4 * c) + attention
    lm_head = vocab * (2 * c - 1)
    softmax = 5 * vocab - 1
    return n * (c + rmsnorm + lm_head + softmax + 3) + config.n_layer * layer


def check_graph_fits(config: ModelConfig, n: int) -> None:
    """Refuse a document whose graph needs more memory than the machine has free.

    Where the system does not tell what is free, nothing is refused.

    Args:
        config: The model's sizes.
        n: Predictions in the document.

    Raises:
        MemoryError: It does not fit; says what it would take, and what to do.
    """
    nodes = graph_nodes(config, n)
    needed = nodes * BYTES_PER_NODE
    available = _available_bytes()
    if available is not None and needed > available:
        raise MemoryError(
            f"one step of the autograd engine would make {nodes:,} objects, about "
            f"{needed / 1e9:.1f} GB, and {available / 1e9:.1f} GB are free. "
            "The python engine computes the same numbers with far less."
        )


def _available_bytes() -> int | None:
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows; macOS
        return None
