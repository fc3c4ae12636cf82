"""The losses on documents not trained on, as far as they are known."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.gui.moments.place import Place
from microgpt_gui.session.reading.unseen_losses import UnseenLossesQuestion, points

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.unseen_losses import UnseenLosses


#: While it trains, no moment is brought back that is further than so many steps from a
#: state that is kept, and would take longer than so many seconds.
_NEAR, _NEAR_S = 64, 0.25


#: While points are on their way, it looks so often whether the next can be asked for.
_AGAIN_MS = 200


class UnseenCurve(QObject):
    """Asks for the points of the curve, one after the other.

    While the run trains there is time for a few: first those far apart, then those
    between; as soon as it rests, for all.

    Attributes:
        answer: What documents they are; None while nobody knows.
        losses: By step (done), in nats.

    Signals:
        changed: Something above did.
    """

    changed = Signal()

    def __init__(self, workshop: Workshop, view: QWidget) -> None:
        """Know nothing yet.

        Args:
            workshop: Its run.
            view: Nothing is asked while nobody sees it.
        """
        super().__init__(view)
        self.answer: UnseenLosses | None = None
        self.losses: dict[int, float] = {}
        self._run = workshop.run
        self._view = view
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self.follow)
        self._of: tuple[object, ...] = ()  # which run and which documents
        self._was_training = False
        self._began = time.monotonic(), 0  # to train, and with which step
        self._wish = workshop.wish_in_background(view)
        self._wish.answered.connect(self._on_wish_answered)
        workshop.timeline.emptied.connect(self.forget)

    @property
    def points(self) -> tuple[int, ...]:
        """The steps (done) that the curve will have points at."""
        return points(self._end)

    @property
    def missing(self) -> tuple[int, ...]:
        """Those of them that the run has reached, and that are not known yet."""
        return tuple(
            s for s in self.points if s <= self._run.step and s not in self.losses
        )

    @Slot()
    def follow(self) -> None:
        """Ask for what is missing, if it is time; call it as often as you like."""
        run, is_training = self._run, self._run.is_training
        if run.info is None or run.moment is None or not self._view.isVisible():
            return
        if (of := self._documents) != self._of:
            self.forget()
            self._of = of
        if is_training and not self._was_training:
            self._wish.rest()  # all at once would take the trainer's time
            self._began = time.monotonic(), run.step
        self._was_training = is_training
        has_problem = self.answer is not None and self.answer.problem
        if not run.step or has_problem:
            return
        if self._wish.is_under_way:
            self._again.start()  # its end is told to nobody
            return
        if not (missing := self.missing):
            return
        if is_training:
            near = tuple(filter(self._is_near, missing))
            if not near:
                return
            missing = (max(near, key=self._rank),)
        moment = run.moment
        place = Place(run.info, run.recorder, moment.step, moment)
        question = UnseenLossesQuestion(self._end, missing)
        self._wish.want(place, question, is_asked_for=not self.losses)

    def rest(self) -> None:
        """Ask for nothing until the next `follow`; what is known stays."""
        self._again.stop()
        self._wish.rest()

    @Slot()
    def forget(self) -> None:
        """Know nothing any more: it was of another run, or of other documents."""
        self._wish.drop()
        self.answer = None
        self.losses.clear()
        self.changed.emit()

    @property
    def _end(self) -> int:
        return max(self._run.config.steps, self._run.step)

    @property
    def _documents(self) -> tuple[object, ...]:
        """What decides which documents they are."""
        info = self._run.info
        assert info is not None
        # Held-out ones stay the same, wherever the run ends.
        is_held_out = bool(info.segments[-1].num_held_out)
        return info.run_id, None if is_held_out else self._end

    def _is_near(self, step: int) -> bool:
        """Return whether it takes little to bring that moment back."""
        distance = step - self._run.recorder.nearest(step).steps_done
        began_s, begun = self._began
        step_s = (time.monotonic() - began_s) / max(self._run.step - begun, 1)
        return distance <= _NEAR or distance * step_s <= _NEAR_S

    def _rank(self, step: int) -> int:
        """Return by how many of 2, 4, 8 ... the number of its point can be divided."""
        number = self.points.index(step)
        return (number & -number).bit_length() if number else len(self.points)

    @Slot()
    def _on_wish_answered(self) -> None:
        answer: UnseenLosses = self._wish.answer
        if answer is self.answer:
            return  # it is on its way to the next
        self.answer = answer
        self.losses.update(answer.losses)
        self.changed.emit()
