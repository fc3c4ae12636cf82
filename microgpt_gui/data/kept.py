"""What takes long to make is made once, as long as anybody needs it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Values by what they were made of. From any thread.

    Keeps the one asked for last, and of the others those that are held elsewhere.
    """

    def __init__(self) -> None:
        self._values: WeakValueDictionary[Hashable, Made] = WeakValueDictionary()
        self._last: Made | None = None
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> Made | None:
        """Return the value of ``key``, if there is one."""
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._last = value
            return value

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return the value of ``key``; ``make`` makes it, if there is none."""
        value = self.find(key)
        if value is None:
            value = make()
        with self._lock:
            self._last = self._values.setdefault(key, value)
            return self._last
