"""The training thread, and the ways to it: signals that its worker hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from microgpt_gui.gui.jobs.worker_thread import WorkerThread
from microgpt_gui.gui.worker import TrainingWorker

if TYPE_CHECKING:
    from microgpt_gui.gui.collection import CollectionGap


class TrainerLink(QObject):
    """Owns thread and worker; nothing else in the window may touch the worker.

    Attributes:
        worker: Connect to its signals, and call nothing.

    Signals: each is a slot of `TrainingWorker`, by the same name.
    """

    begin = Signal(object, int, object, object)
    train = Signal(int, int)
    pause = Signal()
    set_pace = Signal(float)
    change = Signal(object)
    record = Signal()
    watch = Signal(str)
    sample = Signal(object, bool)
    sample_every = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = WorkerThread("training", self)
        worker = self.worker = TrainingWorker()
        worker.moveToThread(self._thread)
        self.begin.connect(worker.begin)
        self.train.connect(worker.train)
        self.pause.connect(worker.pause)
        self.set_pace.connect(worker.set_pace)
        self.change.connect(worker.change)
        self.record.connect(worker.record)
        self.watch.connect(worker.watch)
        self.sample.connect(worker.sample)
        self.sample_every.connect(worker.sample_every)
        self._thread.finished.connect(worker.stop)

    @property
    def gap(self) -> CollectionGap:
        """Where garbage may be collected while the worker trains."""
        return self.worker.gap

    @property
    def is_over(self) -> bool:
        """Whether the thread has ended."""
        return self._thread.isFinished()

    def start(self) -> None:
        """Let the thread begin, when everybody has connected."""
        self._thread.start()

    def shut_down(self) -> None:
        """End the thread, and wait for it."""
        self.worker.gap.close()
        self._thread.quit()
        self._thread.wait()
