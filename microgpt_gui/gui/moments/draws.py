"""Samples of the run that trains: all of a draw come from one of its moments."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.moments.order import Order
from microgpt_gui.gui.moments.place import Place
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.reading.altered_question import alteration_asked
from microgpt_gui.session.reading.questions import SamplesQuestion
from microgpt_gui.session.sample_batch import SampleBatch

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.reading_thread import ReadingThread
    from microgpt_gui.gui.moments.what_if import WhatIf
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.sample_batch import SampleRequest

#: A draw nobody asked for may take time from the training for so long; then it ends
#: early.
UNASKED_S = 2.0


@dataclass(slots=True, eq=False)
class _Draw:
    """One request, and the moment that it is drawn from once that has come."""

    request: SampleRequest
    is_asked_for: bool
    is_due: bool = False  # by `sample_every`
    moment: Moment | None = None


class Draws(QObject):
    """One draw at a time, on the GUI thread; the thread that reads draws.

    Where something is altered, the scratch copy draws, and its batches say so.

    Attributes:
        spent_s: CPU time that all draws have taken so far, in seconds.

    Signals:
        sampled: Samples are drawn, perhaps with more to come (SampleBatch). Every
            request ends in a complete batch; one that was cut short has fewer samples.
    """

    sampled = Signal(object)

    def __init__(
        self,
        run: RunController,
        thread: ReadingThread,
        what_if: WhatIf,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._what_if = what_if
        self.spent_s = 0.0
        self._run = run
        self._thread = thread
        self._due_request: SampleRequest | None = None
        self._waiting: deque[_Draw] = deque()
        self._draw: _Draw | None = None  # under way
        self._order: Order | None = None  # of that
        self._newest: SampleBatch | None = None  # of that
        self._began_s = 0.0
        run.handover.taken.connect(self._on_handover_taken)
        run.handover.fell_due.connect(self._on_handover_fell_due)
        run.started.connect(self._give_up)
        run.state_changed.connect(self._on_run_state_changed)

    def sample(self, request: SampleRequest, *, is_asked_for: bool = True) -> None:
        """Ask for samples of the moment after the step in hand.

        A draw under way is cut short. What nobody has asked for gives way to training
        when it takes long.
        """
        self._waiting.append(_Draw(request, is_asked_for))
        self._run.handover.request()

    def sample_every(self, steps: int, request: SampleRequest) -> None:
        """Ask for ``request`` anew every ``steps`` steps of training; 0 never.

        Draws that would take more than their share of the time are left out, but for
        the one at the end of the run.
        """
        self._due_request = request
        self._run.handover.fall_due_every(steps)

    def _go_on(self) -> None:
        """Begin what waits, as soon as what is under way has anything to show."""
        while self._waiting and self._waiting[0].moment is not None:
            if self._draw is None:
                self._begin(self._waiting.popleft())
            elif self._newest is not None and any(
                not draw.is_due and draw.moment is not None for draw in self._waiting
            ):
                self._cut()
            else:
                return

    def _begin(self, draw: _Draw) -> None:
        run, moment = self._run, draw.moment
        assert run.info is not None and moment is not None
        self._draw, self._newest = draw, None
        self._began_s = time.monotonic()
        place = Place(run.info, run.recorder, moment.step, moment)
        question = self._what_if.asked(SamplesQuestion(draw.request))
        self._order = Order(self, place, question, is_asked_for=draw.is_asked_for)
        self._thread.ask(self._order)

    def _cut(self) -> None:
        """End the draw under way with what there is."""
        assert self._newest is not None
        self._end(replace(self._newest, is_complete=True))

    def _end(self, batch: SampleBatch | None = None) -> None:
        """End the draw under way, and tell of ``batch``."""
        draw, order = self._draw, self._order
        assert draw is not None and order is not None
        order.cancel.cancel()
        self.spent_s += order.cost_s
        self._draw = self._order = self._newest = None
        if draw.is_due:
            self._run.handover.note_drawn(order.took_s)
        if batch is not None:
            self.sampled.emit(batch)

    @Slot()
    def _give_up(self) -> None:
        """Draw nothing more of this run, and tell nobody."""
        self._waiting.clear()
        if self._draw is not None:
            self._end()

    @Slot()
    def _on_run_state_changed(self) -> None:
        if self._run.state is RunState.FAILED:
            self._give_up()

    @Slot(object)
    def _on_handover_taken(self, moment: Moment) -> None:
        asking = (draw for draw in self._waiting if draw.moment is None)
        if (draw := next(asking, None)) is not None:
            draw.moment = moment
            self._go_on()

    @Slot(object)
    def _on_handover_fell_due(self, moment: Moment) -> None:
        if self._due_request is None:
            return
        draw = _Draw(self._due_request, is_asked_for=False, is_due=True, moment=moment)
        waiting = enumerate(self._waiting)
        # What has been asked for and has no moment yet gets a later one.
        place = next((i for i, d in waiting if d.moment is None), len(self._waiting))
        self._waiting.insert(place, draw)
        self._go_on()

    def on_answered(self, order: Order, answer: SampleBatch) -> None:
        """See `Listener`."""
        if order is not self._order or self._draw is None:
            return
        self._newest = answer
        is_late = time.monotonic() - self._began_s > UNASKED_S
        if is_late and self._run.is_training and not self._draw.is_asked_for:
            self._cut()
        elif not answer.is_complete:
            self.sampled.emit(answer)
        self._go_on()

    def on_ended(self, order: Order) -> None:
        """See `Listener`."""
        if order is self._order:
            self._end(self._newest)
            self._go_on()

    def on_refused(self, order: Order, message: str) -> None:
        """See `Listener`."""
        draw = self._draw
        if order is not self._order or draw is None:
            return
        batch = SampleBatch(
            run_id=order.place.info.run_id,
            request=draw.request,
            step=order.place.step,
            samples=self._newest.samples if self._newest else (),
            is_complete=True,
            problem=message,
            alteration=alteration_asked(order.question),
        )
        self._end(batch)
        self._go_on()
