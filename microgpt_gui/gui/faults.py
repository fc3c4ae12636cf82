"""Faults of the program itself: Qt would only print them and go on."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from types import TracebackType


class FaultReporter(QObject):
    """Takes exceptions that nobody caught, from any thread, and tells the window.

    Signals:
        reported: What happened, for people (str).
    """

    reported = Signal(str)

    def install(self) -> None:
        """Become the handler of uncaught exceptions."""
        sys.excepthook = self._report

    def _report(
        self,
        kind: type[BaseException],
        error: BaseException,
        where: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            return
        traceback.print_exception(kind, error, where)
        self.reported.emit(
            f"A fault in the program: {kind.__name__}: {error}. The run goes on if it "
            "can; details are where the program was started."
        )
