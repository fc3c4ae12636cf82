"""Asks what the heads of the run do, and of the run beside it: live, but seldom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.reading.altered_question import alteration_asked
from microgpt_gui.session.reading.questions import HeadRolesQuestion

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.heads.roles import HeadRoles

#: While it trains, heads are measured no closer than this, in seconds; nor so often
#: that it takes more than this share of the time.
APART_S, SHARE = 5.0, 0.003


class RolesAsking(QObject):
    """Keeps the newest measures of both runs, as long as their view is seen.

    Attributes:
        ours: Of the current run; None where there are none.
        theirs: Of the run beside it.

    Signals:
        changed: ``ours`` or ``theirs`` did.
    """

    changed = Signal()

    def __init__(self, workshop: Workshop, view: QWidget) -> None:
        super().__init__(view)
        self.ours: HeadRoles | None = None
        self.theirs: HeadRoles | None = None
        self._alteration = UNALTERED
        self._workshop = workshop
        self._question = HeadRolesQuestion()
        self._wish = workshop.wish_of_shown(view, self._question, reads_scratch=True)
        self._wish.apart_s = APART_S
        self._wish.is_patient = True  # the heads themselves come first
        self._wish.answered.connect(self._on_wish_answered)
        self._wish.ended.connect(self._on_wish_ended)
        self._beside = workshop.wish_beside(view)
        self._beside.apart_s = APART_S
        self._beside.answered.connect(self._on_beside_answered)
        self._beside.ended.connect(self._on_beside_ended)
        workshop.run.started.connect(self._on_run_started)
        workshop.comparison.changed.connect(self._on_comparison_changed)

    def of_step(self, step: int) -> HeadRoles | None:
        """Return ``ours`` if they are whole, of that step, altered as all is now."""
        ours = self.ours
        is_altered_so = self._alteration == self._workshop.what_if.alteration
        if ours is None or not ours.is_whole or not is_altered_so:
            return None
        return ours if ours.step == step else None

    def want_beside(self, step: int) -> None:
        """Ask the run beside for its heads at ``step``, or at its end."""
        place = self._workshop.comparison.place_at(step)
        if place is not None:
            is_training = self._workshop.run.is_training
            self._beside.want(place, self._question, is_asked_for=not is_training)

    @Slot()
    def _on_wish_answered(self) -> None:
        before, self.ours = self.ours, _newer(self.ours, self._wish.answer)
        if self.ours is not before:
            self._alteration = alteration_asked(self._wish.answered_to)
            self._workshop.what_if.note_drawn(self, self.ours, self._alteration)
        self.changed.emit()

    @Slot()
    def _on_wish_ended(self) -> None:
        self._wish.apart_s = max(APART_S, self._wish.cost_s / SHARE)

    @Slot()
    def _on_beside_answered(self) -> None:
        self.theirs = _newer(self.theirs, self._beside.answer)
        self.changed.emit()

    @Slot()
    def _on_beside_ended(self) -> None:
        self._beside.apart_s = max(APART_S, self._beside.cost_s / SHARE)

    @Slot()
    def _on_run_started(self) -> None:
        self.ours = None
        self.changed.emit()

    @Slot()
    def _on_comparison_changed(self) -> None:
        self.theirs = None
        self.changed.emit()


def _newer(before: HeadRoles | None, now: HeadRoles) -> HeadRoles:
    """Return ``now``, unless it is not whole yet and what was before is."""
    is_better = before is None or now.is_whole or not before.is_whole
    return now if is_better or before is None else before
