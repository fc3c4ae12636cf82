"""Samples of the earlier moment that the timeline shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from microgpt_gui.gui.controller import RunController
    from microgpt_gui.session.snapshot import SampleBatch, SampleRequest

#: The hand rests on a moment when it has been seen for so long.
REST_MS = 150

#: A draw that takes longer is shown as it grows.
PATIENCE_MS = 150


class MomentSamples(QObject):
    """Draws the same samples again wherever the hand rests: one sees them improve.

    Attributes:
        request: What to draw; None draws nothing by itself.
        batch: What was drawn last of an earlier moment; None while live.

    Signals:
        changed: ``batch`` changed.
    """

    changed = Signal()

    def __init__(self, run: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self.request: SampleRequest | None = None
        self.batch: SampleBatch | None = None
        self._timeline = run.timeline
        self._growing: SampleBatch | None = None
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._on_rest_timeout)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._on_patience_timeout)
        run.timeline.moved.connect(self._on_timeline_moved)
        run.timeline.looked.connect(self._on_timeline_looked)
        run.timeline.sampled.connect(self._on_timeline_sampled)

    def ask(self, request: SampleRequest) -> None:
        """Draw ``request`` at the moment shown, and at those where the hand rests."""
        self.request = request
        self._rest.stop()
        self._timeline.sample(request)

    @Slot()
    def _on_timeline_moved(self) -> None:
        self._rest.stop()
        self._patience.stop()
        self._growing = None
        if self._timeline.is_live:
            self._take(None)

    @Slot()
    def _on_timeline_looked(self) -> None:
        step = self._timeline.step
        is_known = self.batch is not None and self.batch.step == step
        if step is not None and not is_known and self.request is not None:
            self._rest.start()

    @Slot()
    def _on_rest_timeout(self) -> None:
        if not self._timeline.is_live and self.request is not None:
            self._timeline.sample(self.request)

    @Slot(object)
    def _on_timeline_sampled(self, batch: SampleBatch) -> None:
        if batch.is_complete:
            self._patience.stop()
            self._take(batch)
        else:
            self._growing = batch
            if not self._patience.isActive():
                self._patience.start()

    @Slot()
    def _on_patience_timeout(self) -> None:
        if self._growing is not None:
            self._take(self._growing)

    def _take(self, batch: SampleBatch | None) -> None:
        self._growing = None
        if batch is not self.batch:
            self.batch = batch
            self.changed.emit()
