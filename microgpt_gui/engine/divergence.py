"""What arithmetic says when training runs away, said to people."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Diverged

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def divergence_explained(step: int) -> Iterator[None]:
    """Turn the errors of `math` and of powers in a training step into `Diverged`.

    Args:
        step: Its number, from 0.
    """
    try:
        yield
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise Diverged(
            f"Training diverged at step {step + 1}: its numbers left the range that a "
            f"computer can hold ({error}). A smaller learning rate keeps them in it."
        ) from error
