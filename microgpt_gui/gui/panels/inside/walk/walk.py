"""Which piece of which step is looked at, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.panels.inside.walk import words
from microgpt_gui.session.reading.learning.questions import (
    LearningQuestion,
    LearningWayQuestion,
)
from microgpt_gui.session.reading.learning.walk import (
    Phase,
    Stop,
    begin_of,
    stop_of_stage,
    walk,
)

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.place import Place
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.inside.way import TokenWay
    from microgpt_gui.session.reading.learning.learning import Learning


class StepWalk(QObject):
    """A walk through the step that made the moment shown.

    It stays with that step while the run trains on; when somebody moves the timeline,
    the walk goes on at the same piece of the step there.

    Attributes:
        is_on: Whether somebody walks.
        learning: The step; None until it is there.
        stops: Its pieces.
        at: Which of them is looked at.
        way: The token's way that the piece is part of; None until it is there.

    Signals:
        changed: Something of these did.
        told: There is no step to walk through (why, for people: str).
    """

    changed = Signal()
    told = Signal(str)

    def __init__(self, workshop: Workshop, parent: QObject) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self.is_on = False
        self.learning: Learning | None = None
        self.stops: tuple[Stop, ...] = ()
        self.at = 0
        self.way: TokenWay | None = None
        self._place: Place | None = None
        self._wanted = Stop(Phase.FORWARD, "tok_emb", 0)  # where to go once it is there
        self._wish = workshop.wish(self)
        self._wish.answered.connect(self._on_wish_answered)
        self._wish.refused.connect(self._on_wish_refused)
        self._ways = workshop.wish(self)
        self._ways.answered.connect(self._on_ways_answered)
        workshop.timeline.moved.connect(self._on_timeline_moved)
        workshop.timeline.emptied.connect(self.end)

    @property
    def stop(self) -> Stop | None:
        """The piece that is looked at; None until the step is there."""
        return self.stops[self.at] if self.learning else None

    @Slot()
    def begin(self) -> None:
        """Walk through the step that made the moment shown, from its start."""
        if self._workshop.timeline.place is None:
            return
        if self._workshop.timeline.at == 0:
            self.told.emit(words.UNTRAINED)
            return
        self.is_on = True
        self._bring(Stop(Phase.FORWARD, "tok_emb", 0))

    def begin_at(self, stage: str) -> None:
        """Walk, and go to where a stage is computed."""
        if self.is_on:
            self.go_to_stage(stage)
        else:
            self.begin()
            self._wanted = Stop(Phase.LOSS, stage)

    @Slot()
    def end(self) -> None:
        """Walk no more."""
        if not self.is_on:
            return
        self._forget()
        self.is_on = False
        self.changed.emit()

    @Slot()
    def on(self) -> None:
        """Go to the next piece; begin if nobody walks."""
        if self.is_on:
            self.go_to(self.at + 1)
        else:
            self.begin()

    @Slot()
    def back(self) -> None:
        """Go to the piece before; from the first one, walk no more."""
        if self.is_on and self.at == 0:
            self.end()
        elif self.is_on:
            self.go_to(self.at - 1)

    def go_to(self, at: int) -> None:
        """Go to a piece by its number, or to the nearest there is."""
        at = min(max(at, 0), len(self.stops) - 1)
        if self.learning is None or at == self.at:
            return
        self.at = at
        self._want_way()
        self.changed.emit()

    @Slot(object)
    def go_to_phase(self, phase: Phase) -> None:
        """Go to where a phase begins."""
        if self.stops:
            self.go_to(begin_of(self.stops, phase))

    def go_to_stage(self, stage: str) -> None:
        """Go to where a stage is computed, near the piece that is looked at."""
        if self.stops:
            self.go_to(stop_of_stage(self.stops, stage, self.at))

    @Slot(int)
    def go_to_position(self, position: int) -> None:
        """Go to the same stage of another position, on the way forward or its loss."""
        stop = self.stop
        if stop is not None and stop.position is not None:
            wanted = Stop(stop.phase, stop.stage, position)
            if wanted in self.stops:
                self.go_to(self.stops.index(wanted))

    def _bring(self, wanted: Stop) -> None:
        """Have the step of the moment shown brought back, and go there in it."""
        self._wanted = wanted
        self._place = self._workshop.timeline.place
        self.learning, self.stops, self.way = None, (), None
        if self._place is not None:
            self._wish.want(self._place, LearningQuestion())
        self.changed.emit()

    def _forget(self) -> None:
        self._wish.drop()
        self._ways.drop()
        self.learning, self.stops, self.way, self._place = None, (), None, None

    def _want_way(self) -> None:
        """Have the way at hand that the piece is part of."""
        stop = self.stop
        if stop is None or stop.phase is not Phase.FORWARD or self._place is None:
            return
        assert stop.position is not None
        if self.way is None or self.way.position != stop.position:
            self._ways.want(self._place, LearningWayQuestion(stop.position))

    @Slot()
    def _on_wish_answered(self) -> None:
        found: Learning | None = self._wish.answer
        if not self.is_on or found is None:
            return
        is_same = self.learning is not None and self.learning.learnt is found.learnt
        stops = walk(found)
        self.learning, self.stops = found, stops
        if is_same:  # with more to it
            self.changed.emit()
            return
        wanted = self._wanted
        if wanted in stops:
            self.at = stops.index(wanted)
        else:
            self.at = stop_of_stage(stops, wanted.stage, begin_of(stops, wanted.phase))
        self._want_way()
        self.changed.emit()

    @Slot()
    def _on_ways_answered(self) -> None:
        if self.is_on and self._ways.answer is not None:
            self.way = self._ways.answer
            self.changed.emit()

    @Slot(str)
    def _on_wish_refused(self, _message: str) -> None:
        self.end()

    @Slot()
    def _on_timeline_moved(self) -> None:
        place = self._workshop.timeline.place
        if not self.is_on or place is None or place.is_same(self._place):
            return
        if place.step == 0:
            self.end()
            self.told.emit(words.UNTRAINED)
            return
        self._bring(self.stop or self._wanted)
