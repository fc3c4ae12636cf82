"""What is said of a learning rate that jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig


def jump(config: RunConfig, step: int, before: RunConfig) -> str:
    """Return what a live change has made of the learning rate of ``step``.

    Args:
        config: The settings now.
        step: The next step, from 0.
        before: The settings until now.
    """
    rate, end = config.learning_rate_at(step), config.decay_end
    told = (
        f"The learning rate jumps: it is {rate:.4g} from step {step:,} on "
        f"(it was {before.learning_rate_at(step):.4g})"
    )
    if step >= end - 1:
        told += " and stays there."
    else:
        told += f" and falls to 0 at step {end:,}"
        told += "." if end >= config.steps else ", just before which it stays."
    if config.learning_rate not in (before.learning_rate, rate):
        told += f" {config.learning_rate:g} is that of step {config.decay_start:,}."
    return told
