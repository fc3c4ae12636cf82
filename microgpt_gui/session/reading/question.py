"""What a question to a moment is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader
    from microgpt_gui.session.run_info import RunInfo

Answer = TypeVar("Answer", covariant=True)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a question is put to.

    Attributes:
        moment: What is asked.
        info: Of its run.
        check: Called often; what it raises ends the work.
        reader: Has the moment's model at hand for the next question.
    """

    moment: Moment
    info: RunInfo
    check: Callable[[], None]
    reader: Reader


class Question(Protocol[Answer]):
    """A frozen value that can be compared and that a dict can hold.

    To add one: a frozen dataclass of what is asked, with this one method, which calls a
    pure function of a moment.
    """

    def answers(self, asked: Asked) -> Iterator[Answer]:
        """Yield one answer; or several, each in place of the one before."""
