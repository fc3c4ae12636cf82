"""How long a step will take, roughly: enough to warn of an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig

#: Seconds of every step, and seconds for each token and each weight of a matrix that it
#: is multiplied with, there and back and with the optimizer's update; measured on one
#: slow core.
_SECONDS = {"python": (0.0, 1.8e-7), "autograd": (0.0, 1.5e-6), "numpy": (2e-4, 2e-9)}


def step_seconds(
    config: RunConfig, vocab_size: int, mean_length: float
) -> float | None:
    """Return about how long one step takes; half or double of it is no surprise.

    Args:
        config: Of the run.
        vocab_size: Of its corpus, BOS included.
        mean_length: Characters in a document, on average.

    Returns:
        Seconds, or None for an engine whose speed is not known.
    """
    if config.engine not in _SECONDS:
        return None
    base, seconds = _SECONDS[config.engine]
    model = config.model(vocab_size)
    embeddings = (vocab_size + config.block_size) * config.n_embd
    tokens = min(mean_length + 1, config.block_size)
    return base + seconds * tokens * (model.num_params - embeddings)
