"""How large the graph of one document is in the `autograd` engine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from microgpt_gui.engine.memory_words import DoesNotFit

if TYPE_CHECKING:
    from microgpt_gui.engine.config import ModelConfig

#: Memory of one node with its numbers and its place in the order, on a 64-bit CPython
#: (measured; tests/engine compare).
BYTES_PER_NODE = 112


def graph_nodes(config: ModelConfig, n: int) -> int:
    """Return the number of nodes in the loss of a document of ``n`` predictions.

    A sum of products of width c has c products and c - 1 sums.
    """
    n = min(n, config.block_size)
    c, heads, vocab = config.n_embd, config.n_head, config.vocab_size
    pairs = n * (n + 1) // 2  # of a query and a key
    rmsnorm = (2 * c - 1) + 3 + c
    scores = pairs * 2 * config.head_dim
    softmax = 5 * pairs - n
    averages = config.head_dim * (2 * pairs - n)
    attention = heads * (scores + softmax + averages)
    # Four square matrices, one of their fourfold height, one of their fourfold width.
    linears = 8 * c * (2 * c - 1) + c * (8 * c - 1)
    relu, residuals = 4 * c, 2 * c
    layer = n * (2 * rmsnorm + linears + relu + residuals) + attention
    embedding = c + rmsnorm
    lm_head = vocab * (2 * c - 1)
    cross_entropy = (3 * vocab - 1) + 2 + 2 + 1  # only the target gets a probability
    return n * (embedding + lm_head + cross_entropy) + config.n_layer * layer


def check_graph_fits(config: ModelConfig, n: int) -> None:
    """Refuse a document whose graph needs more memory than the machine has free.

    Where the system does not tell what is free, nothing is refused.

    Args:
        config: The model's sizes.
        n: Predictions in the document.

    Raises:
        DoesNotFit: It does not fit; says what it would take, and what to do.
    """
    nodes = graph_nodes(config, n)
    needed = nodes * BYTES_PER_NODE
    available = available_bytes()
    if available is not None and needed > available:
        raise DoesNotFit(
            f"One step of the autograd engine would make {nodes:,} objects, about "
            f"{needed / 1e9:.1f} GB, and {available / 1e9:.1f} GB are free. "
            "The python engine computes the same numbers with far less."
        )


def available_bytes() -> int | None:
    """Return the memory that is free, or all there is, or None if nobody knows."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # not Linux
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None
