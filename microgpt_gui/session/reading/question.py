"""What may be asked of a moment, as values: equal questions have equal answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.reading.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader
    from microgpt_gui.session.reading.text import TextReading
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.sample_batch import SampleBatch, SampleRequest

Answer = TypeVar("Answer", covariant=True)


class Question(Protocol[Answer]):
    """A frozen value that can be compared and that a dict can hold.

    To add one: a frozen dataclass of what is asked, with this one method, which calls a
    pure function of a moment.
    """

    def answers(
        self,
        moment: Moment,
        info: RunInfo,
        check: Callable[[], None],
        reader: Reader,
    ) -> Iterator[Answer]:
        """Yield one answer; or several, each in place of the one before.

        Args:
            moment: What is asked.
            info: Of its run.
            check: Called often; what it raises ends the work.
            reader: Has the moment's model at hand for the next question.
        """


@dataclass(frozen=True, slots=True)
class MomentQuestion:
    """The moment itself."""

    def answers(
        self,
        moment: Moment,
        info: RunInfo,
        check: Callable[[], None],
        reader: Reader,
    ) -> Iterator[Moment]:
        """See `Question`."""
        yield moment


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """The attention over a text; over the moment's document if it is empty."""

    text: str

    def answers(
        self,
        moment: Moment,
        info: RunInfo,
        check: Callable[[], None],
        reader: Reader,
    ) -> Iterator[TextReading]:
        """See `Question`."""
        yield read_text(moment, self.text, check, reader)


@dataclass(frozen=True, slots=True)
class SamplesQuestion:
    """Samples: after each, all that are drawn so far."""

    request: SampleRequest

    def answers(
        self,
        moment: Moment,
        info: RunInfo,
        check: Callable[[], None],
        reader: Reader,
    ) -> Iterator[SampleBatch]:
        """See `Question`."""
        return samples(moment, info, self.request, check, reader)
