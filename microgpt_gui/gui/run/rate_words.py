"""What is said of a learning rate that jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig


def jump(config: RunConfig, step: int, before: float) -> str:
    """Return what a live change has made of the learning rate of ``step``.

    Args:
        config: The settings now.
        step: The next step, from 0.
        before: What its rate was to be.
    """
    rate, end = config.learning_rate_at(step), config.decay_end
    told = (
        f"The learning rate jumps: it is {rate:.4g} from step {step:,} on "
        f"(it was {before:.4g})"
    )
    if step >= end - 1:
        return f"{told} and stays there."
    told += f" and falls to 0 at step {end:,}"
    return f"{told}." if end >= config.steps else f"{told}, just before which it stays."
