"""Pictures drawn beside the window's thread, one at a time, the newest wish next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[], object]


class Drawing(QObject):
    """Draws for one owner, on a thread of Qt's pool.

    The pool's threads stay for a while: fonts are loaded anew on each new thread.

    Signals:
        drawn: A picture is there (object: what the function returned).
    """

    drawn = Signal(object)
    _ended = Signal(object)  # the picture, or the exception

    def __init__(self, owner: QObject) -> None:
        application = QCoreApplication.instance()
        assert application is not None
        # The application's: an owner that goes while its picture is being drawn must
        # not take along what the thread is about to call.
        super().__init__(application)
        self._is_busy = self._is_retired = False
        self._next: Draw | None = None
        self._ended.connect(self._on_ended)
        owner.destroyed.connect(self._on_owner_destroyed)
        application.aboutToQuit.connect(self._on_application_about_to_quit)

    def want(self, draw: Draw) -> None:
        """Draw as soon as the picture in hand is done, unless another wish follows.

        Args:
            draw: Called on a thread of the pool; makes all it needs of Qt there.
        """
        if self._is_busy:
            self._next = draw
        elif not self._is_retired:
            self._is_busy = True
            QThreadPool.globalInstance().start(partial(self._draw, draw))

    def _draw(self, draw: Draw) -> None:
        """Draw; on a thread of the pool."""
        try:
            result = draw()
        except Exception as error:  # told where faults are told
            result = error
        self._ended.emit(result)

    @Slot(object)
    def _on_ended(self, result: object) -> None:
        self._is_busy = False
        if self._is_retired:
            self.deleteLater()
            return
        following, self._next = self._next, None
        if following is not None:
            self.want(following)
        if isinstance(result, Exception):
            raise result
        self.drawn.emit(result)

    @Slot()
    def _on_owner_destroyed(self) -> None:
        self._is_retired = True
        if not self._is_busy:
            self.deleteLater()

    @Slot()
    def _on_application_about_to_quit(self) -> None:
        self._is_retired = True
        QThreadPool.globalInstance().waitForDone()
