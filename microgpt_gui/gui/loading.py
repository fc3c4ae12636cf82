"""A run that is being prepared, which takes seconds where its text is large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.engine.base import CancelToken

if TYPE_CHECKING:
    from microgpt_gui.gui.trainer_link import TrainerLink


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
        self._run_id = 0
        self._cancel = CancelToken()
        link.worker.loading.connect(self._on_worker_loading)

    def follow(self, run_id: int, cancel: CancelToken) -> None:
        """Tell of this run from now on; ``cancel`` gives it up."""
        self._run_id, self._cancel = run_id, cancel

    @Slot()
    def cancel(self) -> None:
        """Give up the run, which must not be prepared yet."""
        self._cancel.cancel()
        self.cancelled.emit()

    @Slot(int, float)
    def _on_worker_loading(self, run_id: int, share: float) -> None:
        if run_id == self._run_id:
            self.progressed.emit(share)
