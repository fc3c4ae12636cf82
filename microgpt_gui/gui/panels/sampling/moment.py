"""Samples of the earlier moment that the timeline shows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.session.reading.questions import SamplesQuestion

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.sample_batch import SampleBatch, SampleRequest

#: The hand rests on a moment when it has been seen for so long.
REST_MS = 150

#: A draw that takes longer is shown as it grows.
PATIENCE_MS = 150

#: While moments go by, or a slider moves, draws begin no closer than this: nobody reads
#: faster.
APART_S = 0.1


class MomentSamples(QObject):
    """Draws the same samples again wherever the hand rests: one sees them improve.

    While the timeline plays it draws one batch after the other, each of the moment that
    is shown as it begins, as long as the panel is on show.

    Attributes:
        request: What to draw; None draws nothing by itself.
        batch: What was drawn last of an earlier moment; None while live.

    Signals:
        changed: ``batch`` changed.
    """

    changed = Signal()

    def __init__(self, workshop: Workshop, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self.request: SampleRequest | None = None
        self.batch: SampleBatch | None = None
        self._timeline = workshop.timeline
        self._what_if = workshop.what_if
        self._wish = workshop.wish(self)
        self._growing: SampleBatch | None = None
        self._is_under_way = False
        self._asked_s = float("-inf")
        self._rest = self._timer(REST_MS)
        self._rest.timeout.connect(self._on_rest_timeout)
        self._patience = self._timer(PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_timeout)
        self._apart = self._timer(0)
        self._apart.timeout.connect(self._draw_in_passing)
        workshop.timeline.moved.connect(self._on_timeline_moved)
        workshop.timeline.speed_changed.connect(self._on_timeline_speed_changed)
        self._wish.answered.connect(self._on_wish_answered)
        self._wish.refused.connect(self._on_wish_refused)

    def _timer(self, interval_ms: int) -> QTimer:
        return QTimer(self, interval=interval_ms, singleShot=True)

    @property
    def is_drawing(self) -> bool:
        """Whether what is shown now is being drawn, or will be without being asked."""
        return self._is_under_way or self._rest.isActive() or self._apart.isActive()

    def ask(self, request: SampleRequest) -> None:
        """Draw ``request`` at the moment shown, and at those where the hand rests."""
        self.request = request
        self._rest.stop()
        self._draw()

    def ask_in_passing(self, request: SampleRequest) -> None:
        """Draw ``request``, after the draw under way; the latest wish counts."""
        self.request = request
        self._rest.stop()
        self._draw_in_passing()

    def catch_up(self) -> None:
        """Draw what has not been drawn while nobody saw the panel."""
        if self._is_wanted():
            self._rest.start()

    def _draw(self) -> None:
        place = self._timeline.place
        assert self.request is not None and place is not None
        self._apart.stop()
        self._is_under_way = True
        self._asked_s = time.monotonic()
        self._wish.drop()
        question = self._what_if.asked(SamplesQuestion(self.request))
        self._wish.want(place, question)

    def _is_wanted(self) -> bool:
        """Return whether what should be shown is not what is shown."""
        if self._timeline.is_live or self.request is None:
            return False
        batch = self.batch
        return batch is None or (batch.step, batch.request, batch.alteration) != (
            self._timeline.step,
            self.request,
            self._what_if.alteration,
        )

    @Slot()
    def _draw_in_passing(self) -> None:
        """Draw what is wanted now, unless a draw goes on or has just begun."""
        if self._is_under_way or not self._is_wanted() or not self._panel.isVisible():
            return
        wait_s = self._asked_s + APART_S - time.monotonic()
        if wait_s > 0:
            self._apart.start(round(wait_s * 1000) + 1)
        else:
            self._draw()

    @Slot()
    def _on_timeline_moved(self) -> None:
        self._rest.stop()
        if self._timeline.speed:
            self._draw_in_passing()
            return
        self._patience.stop()
        self._apart.stop()
        self._growing = None
        self._is_under_way = False
        self._wish.drop()  # nobody waits for what was drawn on the way
        if self._timeline.is_live:
            self._take(None)
        else:
            self._rest.start()

    @Slot()
    def _on_timeline_speed_changed(self) -> None:
        if self._timeline.speed:
            self._draw_in_passing()
        elif self._is_wanted():
            self._rest.start()

    @Slot()
    def _on_rest_timeout(self) -> None:
        if self._is_wanted() and self._panel.isVisible():
            self._draw()

    @Slot()
    def _on_wish_answered(self) -> None:
        batch: SampleBatch = self._wish.answer
        if batch.is_complete:
            self._patience.stop()
            self._is_under_way = False
            self._take(batch)
            if self._timeline.speed or self._is_wanted():
                self._draw_in_passing()
        else:
            self._growing = batch
            if not self._patience.isActive():
                self._patience.start()

    @Slot()
    def _on_wish_refused(self) -> None:
        self._is_under_way = False

    @Slot()
    def _on_patience_timeout(self) -> None:
        if self._growing is not None:
            self._take(self._growing)

    def _take(self, batch: SampleBatch | None) -> None:
        self._growing = None
        if batch is not self.batch:
            self.batch = batch
            self.changed.emit()
