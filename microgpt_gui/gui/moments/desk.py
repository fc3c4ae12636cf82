"""Where the moments of one run are read: its models, and the moment read last."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.base import CancelToken
    from microgpt_gui.gui.moments.place import Place
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.question import Question

Answer = TypeVar("Answer")


def answer_of(
    place: Place, question: Question[Answer], check: Callable[[], None]
) -> Answer:
    """Return the best answer of ``place``: for work that somebody has asked for.

    Args:
        place: The moment.
        question: What is asked.
        check: Called often; what it raises ends the work.
    """
    desk = Desk(place)
    moment = desk.moment_at(place, CheckedBy(check))
    *_, answer = question.answers(Asked(moment, place.info, check, desk.reader))
    return answer


class Desk:
    """All questions to one run share it. Belongs to the reading thread.

    Attributes:
        reader: Has the model of the moment read last at hand.
    """

    def __init__(self, place: Place) -> None:
        """Make room for the run of ``place``."""
        self.reader = Reader(place.recorder)
        self._run_id = place.info.run_id
        self._recorder = place.recorder
        self._brought_back: Moment | None = None

    def is_of(self, place: Place) -> bool:
        """Return whether ``place`` is in the run that is read here."""
        return place.recorder is self._recorder and place.info.run_id == self._run_id

    def moment_at(self, place: Place, cancel: CancelToken) -> Moment:
        """Return the moment of ``place``, brought back if need be.

        Raises:
            LookupError: The step is not recorded.
            Cancelled: ``cancel`` was cancelled on the way.
        """
        if place.moment is not None:
            return place.moment
        moment = self._brought_back
        if moment is None or moment.step != place.step:
            replay = self.reader.replay(place.info)
            replay.go_to(place.step, cancel)
            moment = self._brought_back = replay.moment()
        return moment
