"""The training thread, and the ways to it and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.engine.base import CancelToken
from microgpt_gui.gui.run.worker import TrainingWorker
from microgpt_gui.gui.threads.worker_thread import WorkerThread

if TYPE_CHECKING:
    from microgpt_gui.gui.run.collection import CollectionGap
    from microgpt_gui.gui.run.training_pace import PaceInForce
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.snapshot import Snapshot


class TrainerLink(QObject):
    """Owns thread and worker; nothing else in the window may touch the worker.

    Lives on the GUI thread. What the worker still says of a run that has given way
    ends here, so that whoever listens hears of the newest run alone.

    Signals to the worker, each a slot of `TrainingWorker` by the same name:
        set_pace, change, record, take_moment, fall_due_every

    Signals from the worker, each as `TrainingWorker` says, without the run's number:
        loading, prepared, published, moment_taken, fell_due, paced, rested, diverged,
        changed, recorded, failed

    Signals:
        changed_late: A live change is in force in a run that has given way already
            (run_id: int, segments: tuple[Segment, ...]).
    """

    set_pace = Signal(object)
    change = Signal(object)
    record = Signal()
    take_moment = Signal()
    fall_due_every = Signal(int)
    _note_drawn = Signal(int, float)
    _begin = Signal(object, int, object, object)
    _train = Signal(int, int)
    _pause = Signal()

    loading = Signal(float)
    prepared = Signal(object)
    published = Signal(object)
    moment_taken = Signal(object)
    fell_due = Signal(object)
    paced = Signal(object)
    rested = Signal()
    diverged = Signal(str)
    changed = Signal(object)
    recorded = Signal(object)
    failed = Signal(str)
    changed_late = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._run_id = 0
        self._order = 0  # of the last command to train or pause
        self._cancel = CancelToken()
        self._thread = WorkerThread("training", self)
        self._worker = TrainingWorker()
        self._worker.moveToThread(self._thread)
        self._connect_to_worker(self._worker)
        self._connect_from_worker(self._worker)

    def _connect_to_worker(self, worker: TrainingWorker) -> None:
        self._begin.connect(worker.begin)
        self._train.connect(worker.train)
        self._pause.connect(worker.pause)
        self.set_pace.connect(worker.set_pace)
        self.change.connect(worker.change)
        self.record.connect(worker.record)
        self.take_moment.connect(worker.take_moment)
        self.fall_due_every.connect(worker.fall_due_every)
        self._note_drawn.connect(worker.note_drawn)
        self._thread.finished.connect(worker.stop)

    def _connect_from_worker(self, worker: TrainingWorker) -> None:
        worker.loading.connect(self._on_worker_loading)
        worker.prepared.connect(self._on_worker_prepared)
        worker.published.connect(self._on_worker_published)
        worker.moment_taken.connect(self._on_worker_moment_taken)
        worker.fell_due.connect(self._on_worker_fell_due)
        worker.paced.connect(self._on_worker_paced)
        worker.rested.connect(self._on_worker_rested)
        worker.diverged.connect(self._on_worker_diverged)
        worker.changed.connect(self._on_worker_changed)
        worker.recorded.connect(self._on_worker_recorded)
        worker.failed.connect(self._on_worker_failed)

    @property
    def gap(self) -> CollectionGap:
        """Where garbage may be collected while the worker trains."""
        return self._worker.gap

    @property
    def watched_s(self) -> float:
        """CPU time that handing over moments has taken so far, in seconds."""
        return self._worker.watched_s

    @property
    def is_over(self) -> bool:
        """Whether the thread has ended."""
        return self._thread.isFinished()

    def start(self) -> None:
        """Let the thread begin, when everybody has connected."""
        self._thread.start()

    def forget(self) -> None:
        """End the run there is, in mid-step if need be, and hear no more of it."""
        self._cancel.cancel()
        self._cancel = CancelToken()
        self._run_id += 1

    def begin(self, start: RunConfig | RunRecord, recorder: Recorder) -> None:
        """Prepare a run, new or to go on with, taken down by ``recorder``."""
        self._begin.emit(start, self._run_id, self._cancel, recorder)

    def train(self, steps: int) -> None:
        """Train so many steps, or to the end if 0; `rested` says that it is done."""
        self._order += 1
        self._train.emit(steps, self._order)

    def pause(self) -> None:
        """Stop after the step in hand; `rested` does not follow."""
        self._order += 1
        self._pause.emit()

    def note_drawn(self, took_s: float) -> None:
        """Tell that samples that fell due are drawn, and how long it took."""
        self._note_drawn.emit(self._run_id, took_s)

    def shut_down(self) -> None:
        """End the thread, and wait for it."""
        self.gap.close()
        self._thread.quit()
        self._thread.wait()

    @Slot(int, float)
    def _on_worker_loading(self, run_id: int, share: float) -> None:
        if run_id == self._run_id:
            self.loading.emit(share)

    @Slot(object)
    def _on_worker_prepared(self, info: RunInfo) -> None:
        if info.run_id == self._run_id:
            self.prepared.emit(info)

    @Slot(object)
    def _on_worker_published(self, snapshot: Snapshot) -> None:
        if snapshot.run_id == self._run_id:
            self.published.emit(snapshot)

    @Slot(object)
    def _on_worker_moment_taken(self, moment: Moment) -> None:
        if moment.run_id == self._run_id:
            self.moment_taken.emit(moment)

    @Slot(object)
    def _on_worker_fell_due(self, moment: Moment) -> None:
        if moment.run_id == self._run_id:
            self.fell_due.emit(moment)

    @Slot(int, object)
    def _on_worker_paced(self, run_id: int, in_force: PaceInForce) -> None:
        if run_id == self._run_id:
            self.paced.emit(in_force)

    @Slot(int, int)
    def _on_worker_rested(self, run_id: int, order: int) -> None:
        if (run_id, order) == (self._run_id, self._order):
            self.rested.emit()

    @Slot(int, str)
    def _on_worker_diverged(self, run_id: int, message: str) -> None:
        if run_id == self._run_id:
            self.diverged.emit(message)

    @Slot(int, object)
    def _on_worker_changed(self, run_id: int, segments: tuple[Segment, ...]) -> None:
        if run_id == self._run_id:
            self.changed.emit(segments)
        else:
            self.changed_late.emit(run_id, segments)

    @Slot(int, object)
    def _on_worker_recorded(self, run_id: int, record: RunRecord) -> None:
        if run_id == self._run_id:
            self.recorded.emit(record)

    @Slot(int, str)
    def _on_worker_failed(self, run_id: int, message: str) -> None:
        if run_id == self._run_id:
            self.failed.emit(message)
