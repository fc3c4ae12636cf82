"""A run that is being prepared, which takes seconds where its text is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from microgpt_gui.gui.run.trainer_link import TrainerLink


class Loading(QObject):
    """How far it is, and how to give it up; on the GUI thread, as ``run.loading``.

    Signals:
        progressed: It takes long (share done, from 0 to 1: float).
        cancelled: Nobody wants that run any more.
    """

    progressed = Signal(float)
    cancelled = Signal()

    def __init__(self, link: TrainerLink, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        link.loading.connect(self.progressed)

    @Slot()
    def cancel(self) -> None:
        """Give up the run, which must not be prepared yet."""
        self._link.forget()
        self.cancelled.emit()
