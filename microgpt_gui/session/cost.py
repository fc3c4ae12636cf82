"""How long a step will take, roughly: enough to warn of an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig

#: Seconds for each token and each weight of a matrix that it is multiplied with, there
#: and back and with the optimizer's update; measured on one slow core.
_SECONDS_PER_WEIGHT = {"python": 4e-7, "autograd": 6e-6}


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
    seconds = _SECONDS_PER_WEIGHT.get(config.engine)
    if seconds is None:
        return None
    model = config.model(vocab_size)
    embeddings = (vocab_size + config.block_size) * config.n_embd
    tokens = min(mean_length + 1, config.block_size)
    return seconds * tokens * (model.num_params - embeddings)
