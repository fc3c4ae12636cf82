"""What arithmetic says when training runs away, said to people."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Diverged

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What `math` and powers raise in a training step that runs away.
RUNAWAY_ERRORS = (ValueError, OverflowError, ZeroDivisionError)


@contextmanager
def divergence_explained(step: int) -> Iterator[None]:
    """Turn ``RUNAWAY_ERRORS`` of a training step into `Diverged`.

    Args:
        step: Its number, from 0.
    """
    try:
        yield
    except RUNAWAY_ERRORS as error:
        raise diverged(step) from error


def diverged(step: int) -> Diverged:
    """Return the explanation for people of a runaway in the step ``step``, from 0."""
    return Diverged(
        f"Training diverged at step {step + 1}: its numbers left the range that a "
        "computer can hold; a smaller learning rate keeps them in it."
    )
