"""How a thread that trains lets the window collect garbage between two steps."""

from __future__ import annotations

import threading
from typing import Protocol

from PySide6.QtCore import QObject, Signal

#: How long a worker waits for the window, at most: to restyle all, on a slow computer.
WAIT_S = 2.0


class CollectionGap(QObject):
    """A gap between two steps, for `gui.interpreter`; a child of the worker.

    Signals:
        opened: The worker stands between two steps and waits for `close`.
    """

    opened = Signal()

    def __init__(self, worker: QObject) -> None:
        super().__init__(worker)
        self._wanted = threading.Event()
        self._closed = threading.Event()

    def want(self) -> None:
        """Ask for `opened`. From any thread."""
        self._closed.clear()
        self._wanted.set()

    def close(self) -> None:
        """Let the worker go on after `opened`. From any thread."""
        self._closed.set()

    def pass_by(self) -> None:
        """Open the gap, if it is wanted, until it is closed; on the worker's thread."""
        if self._wanted.is_set():
            self._wanted.clear()
            self.opened.emit()
            self._closed.wait(WAIT_S)


class Trainer(Protocol):
    """What has a worker that trains on a thread of its own."""

    @property
    def gap(self) -> CollectionGap:
        """The worker's."""

    @property
    def is_training(self) -> bool:
        """Whether the worker passes by its gap now."""
