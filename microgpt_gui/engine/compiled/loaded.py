"""The machine code that this program has loaded: one for all its engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

#: Functions of machine code, by name: see `kernels.entries`. While one is called, other
#: Python threads go on.
Entries = dict[str, Callable[..., Any]]

_entries: Entries | None = None


class NotLoaded(Exception):
    """No machine code is loaded; the message is for people."""

    def __init__(self) -> None:
        super().__init__("The kernels are not compiled for this processor yet.")


def take_up(entries: Entries | None) -> None:
    """Let engines made from now on use these; None lets them have none.

    Those that were made before keep what they have. May be called from any thread.
    """
    global _entries
    _entries = entries


def is_loaded() -> bool:
    """Whether there are any."""
    return _entries is not None


def loaded_entries() -> Entries:
    """Return them.

    Raises:
        NotLoaded: There are none.
    """
    if _entries is None:
        raise NotLoaded
    return _entries
