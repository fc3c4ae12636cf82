"""Asks for moments of recorded runs; only the newest wish of a kind is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.engine.base import CancelToken
from microgpt_gui.gui.threads.worker_thread import WorkerThread

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.replay_worker import Moment, ReplayWorker
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.snapshot import (
        Look,
        RunInfo,
        SampleBatch,
        SampleRequest,
    )


class ReplayJob(QObject):
    """The window's side of a replay thread, which starts with the first wish.

    A wish takes the place of the one before of its kind, which is cancelled.

    Signals:
        looked: Attention of the moment asked for (Look).
        sampled: Samples of the moment asked for (SampleBatch).
        loading: Another text for that takes long (share loaded, from 0 to 1: float).
        recorded: The run as it was then (RunRecord).
        refused: A wish that cannot be met (why, for people: str).
    """

    looked = Signal(object)
    sampled = Signal(object)
    loading = Signal(float)
    recorded = Signal(object)
    refused = Signal(str)

    _look = Signal(object, str)
    _sample = Signal(object, object)
    _record = Signal(object, object)
    _forget = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: WorkerThread | None = None
        self._is_shut_down = False
        self._worker: ReplayWorker | None = None
        self._wishes: dict[str, Moment] = {}

    def look(self, info: RunInfo, recorder: Recorder, step: int, text: str) -> None:
        """Ask for the attention over ``text`` after ``step`` steps."""
        self._look.emit(self._wish("look", info, recorder, step), text)

    def sample(
        self, info: RunInfo, recorder: Recorder, step: int, request: SampleRequest
    ) -> None:
        """Ask for samples as they would have been drawn after ``step`` steps."""
        self._sample.emit(self._wish("sample", info, recorder, step), request)

    def record(
        self,
        info: RunInfo,
        recorder: Recorder,
        step: int,
        config: RunConfig | None = None,
    ) -> None:
        """Ask for the run as it was after ``step`` steps.

        With ``config`` it goes on from there with those settings; what they cannot
        change (the model's sizes, the seed) must be the run's own.
        """
        self._record.emit(self._wish("record", info, recorder, step), config)

    def drop_samples(self) -> None:
        """Drop the wish for samples, and end their draw."""
        if (moment := self._wishes.pop("sample", None)) is not None:
            moment.cancel.cancel()

    def drop_record(self) -> None:
        """Drop the wish for a run as it was, and what is loaded for it."""
        if (moment := self._wishes.pop("record", None)) is not None:
            moment.cancel.cancel()

    def cancel(self) -> None:
        """Drop all wishes."""
        for moment in self._wishes.values():
            moment.cancel.cancel()
        self._wishes.clear()

    def forget(self) -> None:
        """Drop all wishes, and the model that answered them."""
        self.cancel()
        self._forget.emit()

    def shut_down(self) -> None:
        """End the thread, in mid-step if need be, and wait for it; for good."""
        self._is_shut_down = True
        self.cancel()
        if self._thread is not None:
            self._thread.quit()
            self._thread.wait()

    def _wish(self, kind: str, info: RunInfo, recorder: Recorder, step: int) -> Moment:
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.gui.moments.replay_worker import Moment

        self._start()
        if (before := self._wishes.get(kind)) is not None:
            before.cancel.cancel()
        moment = self._wishes[kind] = Moment(info, recorder, step, CancelToken())
        return moment

    def _start(self) -> None:
        if self._thread is not None or self._is_shut_down:
            return
        from microgpt_gui.gui.moments.replay_worker import ReplayWorker

        self._thread = WorkerThread("replay", self)
        worker = self._worker = ReplayWorker()
        worker.moveToThread(self._thread)
        self._look.connect(worker.look)
        self._sample.connect(worker.sample)
        self._record.connect(worker.record)
        self._forget.connect(worker.forget)
        worker.looked.connect(self._on_worker_looked)
        worker.sampled.connect(self._on_worker_sampled)
        worker.loading.connect(self._on_worker_loading)
        worker.recorded.connect(self._on_worker_recorded)
        worker.refused.connect(self._on_worker_refused)
        self._thread.start()

    @Slot(object, object)
    def _on_worker_looked(self, moment: Moment, look: Look) -> None:
        if self._wishes.get("look") is moment:
            self.looked.emit(look)

    @Slot(object, object)
    def _on_worker_sampled(self, moment: Moment, batch: SampleBatch) -> None:
        if self._wishes.get("sample") is moment:
            self.sampled.emit(batch)

    @Slot(object, float)
    def _on_worker_loading(self, moment: Moment, share: float) -> None:
        if self._wishes.get("record") is moment:
            self.loading.emit(share)

    @Slot(object, object)
    def _on_worker_recorded(self, moment: Moment, record: RunRecord) -> None:
        if self._wishes.get("record") is moment:
            self.recorded.emit(record)

    @Slot(object, str)
    def _on_worker_refused(self, moment: Moment, message: str) -> None:
        if moment in self._wishes.values():
            self.refused.emit(message)
