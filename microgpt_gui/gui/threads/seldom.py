"""Progress is told of no more often than a person can read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable

Said = ParamSpec("Said")


def seldom(
    tell: Callable[Said, None], every_s: float = 0.1, *, at_once: bool = True
) -> Callable[Said, None]:
    """Return ``tell`` as a function that drops what comes too soon after the last.

    Args:
        tell: Called on the thread of whoever calls the result.
        every_s: Seconds that lie between two calls, at least.
        at_once: Whether the first call may come now, not after so many seconds.
    """
    told_s = float("-inf") if at_once else time.monotonic()

    def tell_at_times(*args: Said.args, **kwargs: Said.kwargs) -> None:
        nonlocal told_s
        now_s = time.monotonic()
        if now_s - told_s >= every_s:
            told_s = now_s
            tell(*args, **kwargs)

    return tell_at_times
