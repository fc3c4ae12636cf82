"""One piece of work at a time on a thread of its own; what is superseded is dropped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[], None]
    Tell = Callable[..., None]
    Work = Callable[[Check], object]
    TellingWork = Callable[[Check, Tell], object]


class _Cancelled(Exception):
    """Nobody waits for this work any more."""


class _WorkThread(QThread):
    """Does one piece of work and ends.

    Signals, each with the number of this work first:
        succeeded: What the work returned (int, object).
        failed: It raised; why, for people (int, str).
        told: It has come so far (int, tuple).
    """

    succeeded = Signal(int, object)
    failed = Signal(int, str)
    told = Signal(int, object)

    def __init__(self, owner: QObject, number: int, work: TellingWork) -> None:
        # The application's: were it a widget's, a widget that goes while this runs
        # would destroy it, and Qt ends the process for that.
        super().__init__(QCoreApplication.instance())
        self._owner = owner
        self._number = number
        self._work = work
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Make the work end at its next check, silently. From any thread."""
        self._cancelled.set()

    def run(self) -> None:
        """Work; on the thread itself."""
        try:
            result = self._work(self._check, self._tell)
        except _Cancelled:
            return
        except Exception as error:  # whatever it is, the person must hear of it
            is_for_people = isinstance(error, ValueError | OSError)
            self.failed.emit(self._number, str(error) if is_for_people else repr(error))
            return
        self.succeeded.emit(self._number, result)

    def _check(self) -> None:
        if self._cancelled.is_set() or not shiboken6.isValid(self._owner):
            raise _Cancelled

    def _tell(self, *news: object) -> None:
        self.told.emit(self._number, news)


class Background(QObject):
    """Does work off the GUI thread, and tells of it on the GUI thread.

    Signals:
        succeeded: The newest work is done (object: what it returned).
        failed: The newest work raised an error (str: why, for people).
        told: The newest work has come so far (tuple: what it told).
    """

    succeeded = Signal(object)
    failed = Signal(str)
    told = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._number = 0  # of the newest work
        self._is_active = False
        self._is_shut_down = False
        self._threads: dict[int, _WorkThread] = {}  # that have not ended yet
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.shut_down)

    @property
    def is_active(self) -> bool:
        """Whether an answer is still to come."""
        return self._is_active

    def start(self, work: Work) -> None:
        """Begin ``work``; what is under way is given up. Nothing after `shut_down`.

        Args:
            work: Called on the thread with a function that it must call often, and
                whose exception it must let through.
        """
        self.start_telling(lambda check, _tell: work(check))

    def start_telling(self, work: TellingWork) -> None:
        """Begin ``work`` likewise.

        Args:
            work: As above; with a second function, to tell how far it has come by
                whatever it is called with.
        """
        self.cancel()
        # A timer can come due while the application ends: nobody would wait for it.
        if self._is_shut_down:
            return
        self._is_active = True
        self._number += 1
        self._threads[self._number] = thread = _WorkThread(self, self._number, work)
        thread.setObjectName(self._name)
        thread.succeeded.connect(self._on_thread_succeeded)
        thread.failed.connect(self._on_thread_failed)
        thread.told.connect(self._on_thread_told)
        thread.finished.connect(self._on_thread_finished)
        thread.finished.connect(thread.deleteLater)
        thread.start()

    def cancel(self) -> None:
        """Give up the work under way, if any; no signal follows."""
        self._is_active = False
        for thread in self._threads.values():
            thread.cancel()

    @Slot()
    def shut_down(self) -> None:
        """Give up for good, and wait for the threads; takes until their next check."""
        self._is_shut_down = True
        self.cancel()
        for thread in self._threads.values():
            thread.wait()

    @Slot(int, object)
    def _on_thread_succeeded(self, number: int, result: object) -> None:
        if number == self._number and self._is_active:
            self._is_active = False
            self.succeeded.emit(result)

    @Slot(int, str)
    def _on_thread_failed(self, number: int, message: str) -> None:
        if number == self._number and self._is_active:
            self._is_active = False
            self.failed.emit(message)

    @Slot(int, object)
    def _on_thread_told(self, number: int, news: tuple[object, ...]) -> None:
        if number == self._number and self._is_active:
            self.told.emit(news)

    @Slot()
    def _on_thread_finished(self) -> None:
        for number, thread in list(self._threads.items()):
            if thread.isFinished():
                del self._threads[number]
