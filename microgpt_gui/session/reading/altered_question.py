"""Any question, put to a scratch copy of the moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from microgpt_gui.session.moments.alteration import UNALTERED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.moments.alteration import Alteration
    from microgpt_gui.session.reading.question import Asked, Question

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class AlteredQuestion(Generic[Answer]):
    """What a moment would answer if something in it were otherwise."""

    question: Question[Answer]
    alteration: Alteration

    def answers(self, asked: Asked) -> Iterator[Answer]:
        """See `Question`.

        Raises:
            LookupError: The model has not all that is altered.
        """
        moment, reader = asked.reader.scratch(asked.moment, self.alteration)
        return self.question.answers(replace(asked, moment=moment, reader=reader))


def with_alteration(
    question: Question[Answer], alteration: Alteration
) -> Question[Answer]:
    """Return ``question``, put to a scratch copy if ``alteration`` is any."""
    return AlteredQuestion(question, alteration) if alteration else question


def alteration_asked(question: object) -> Alteration:
    """Return what is otherwise in the moment that ``question`` is put to."""
    return question.alteration if isinstance(question, AlteredQuestion) else UNALTERED
