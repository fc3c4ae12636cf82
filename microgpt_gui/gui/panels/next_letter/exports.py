"""What the panel of the next letter can leave in files: the odds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import AnswerExports
from microgpt_gui.session.reading.next_letter import NextLetter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.next_letter.bars import Bars
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.questions import NextLetterQuestion


class NextLetterExports(AnswerExports[NextLetter]):
    """Offers the odds of every token."""

    group = "Next letter"
    what = "next-letter"
    called = "the next letter"
    nothing = "There are no odds to export: no run stands yet."
    columns = "token, id, logit and probabilities"

    def __init__(
        self,
        bars: Bars,
        workshop: Workshop,
        question: Callable[[], NextLetterQuestion],
    ) -> None:
        super().__init__(workshop, bars)
        self._bars = bars
        self._question = question

    def shown(self) -> NextLetter | None:
        """See `AnswerExports`."""
        return self._bars.letter if self._bars.isVisible() else None

    def question(self) -> NextLetterQuestion:
        """See `AnswerExports`."""
        return self._question()

    def problem_of(self, answer: NextLetter) -> str:
        """See `AnswerExports`."""
        if answer.odds.probabilities:
            return ""
        return f"There are no odds to export: {answer.problem}"

    @staticmethod
    def picture(answer: NextLetter, ink: Ink, caption: str) -> str:
        """See `AnswerExports`."""
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.exports.next_letter_svg import next_letter_svg

        return next_letter_svg(answer, ink, caption)

    @staticmethod
    def table(answer: NextLetter, check: Callable[[], None]) -> Iterator[str]:
        """See `AnswerExports`."""
        from microgpt_gui.session.exports.tables import next_letter_csv

        return next_letter_csv(answer, check)
