"""Says once that the trainer could not get an interpreter of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.session.engines import shared_lock_in_words

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController


class SharedLock(QObject):
    """Looks whenever a run stands ready: its engine is made by then.

    Signals:
        noticed: Window and trainer share a lock though they need not (why, for people:
            str).
    """

    noticed = Signal(str)

    def __init__(self, run: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self._is_told = False
        run.prepared.connect(self._on_run_prepared)

    @Slot()
    def _on_run_prepared(self) -> None:
        if not self._is_told and (text := shared_lock_in_words()):
            self._is_told = True
            self.noticed.emit(text)
