"""Those who are told something dozens of times a second."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any
from weakref import WeakMethod

import shiboken6

if TYPE_CHECKING:
    from collections.abc import Callable


class Hearers:
    """Methods of QObjects that are called one after the other; on the GUI thread.

    A signal would let go of the interpreter's lock twice for each of its slots, and
    each time the window would have to win it back from the trainer. As with a signal,
    those that have gone are not called, and one that raises does not stop the others.
    """

    def __init__(self) -> None:
        self._methods: list[WeakMethod[Any]] = []

    def add(self, method: Callable[[], None]) -> None:
        """Call ``method``, of a QObject, from now on, as long as that is there."""
        self._methods.append(WeakMethod(method))

    def tell(self) -> None:
        """Call all."""
        for reference in tuple(self._methods):
            method = reference()
            if method is None or not shiboken6.isValid(method.__self__):
                self._methods.remove(reference)
                continue
            try:
                method()
            except Exception:
                sys.excepthook(*sys.exc_info())
