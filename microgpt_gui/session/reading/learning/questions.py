"""The step that made a moment, as questions to that moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.inside.way import token_way
from microgpt_gui.session.reading.learning.slopes import gradient_check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.moments.alteration import Cell
    from microgpt_gui.session.reading.inside.way import TokenWay
    from microgpt_gui.session.reading.learning.learning import Learning
    from microgpt_gui.session.reading.learning.slopes import GradientCheck
    from microgpt_gui.session.reading.question import Asked


@dataclass(frozen=True, slots=True)
class LearningQuestion:
    """All of the step that made the moment; None before the first one.

    What takes longest, the gradients of the stages, is in the last answer alone. The
    reader must have the run's recorder.
    """

    def answers(self, asked: Asked) -> Iterator[Learning | None]:
        """See `Question`."""
        moment, reader, check = asked.moment, asked.reader, asked.check
        if moment.step == 0:
            yield None
            return
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.reading.learning.learning import (
            learning,
            with_stage_gradients,
        )

        learnt = reader.step_of(moment, asked.info, check)
        yield (found := learning(moment, learnt, check, reader))
        yield with_stage_gradients(found, check)


@dataclass(frozen=True, slots=True)
class LearningWayQuestion:
    """One token's way in the step that made the moment; None before the first one.

    The model is the one before the step, the text is its document. The reader must have
    the run's recorder.
    """

    position: int

    def answers(self, asked: Asked) -> Iterator[TokenWay | None]:
        """See `Question`."""
        moment, reader, check = asked.moment, asked.reader, asked.check
        if moment.step == 0:
            yield None
            return
        from microgpt_gui.session.reading.learning.learning import moment_before

        learnt = reader.step_of(moment, asked.info, check)
        before = moment_before(moment, learnt)
        yield token_way(before, "", self.position, check, reader)


@dataclass(frozen=True, slots=True)
class SlopesQuestion:
    """Whether a weight's gradient is true; None before the first step.

    After each answer, the same with one slope more. The reader must have the run's
    recorder.
    """

    cell: Cell

    def answers(self, asked: Asked) -> Iterator[GradientCheck | None]:
        """See `Question`."""
        moment, check = asked.moment, asked.check
        if moment.step == 0:
            yield None
            return
        learnt = asked.reader.step_of(moment, asked.info, check)
        yield from gradient_check(learnt, moment.model, self.cell, check=check)
