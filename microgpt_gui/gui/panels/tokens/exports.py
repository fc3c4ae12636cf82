"""What the tokens panel can leave in files: the text as tokens, and the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import AnswerExports
from microgpt_gui.session.reading.questions import TokensQuestion
from microgpt_gui.session.reading.token_row import TokenRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.tokens.strip import TokenStrip
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink


class TokensExports(AnswerExports[TokenRow]):
    """Offers the row of tokens."""

    group = "Tokens"
    what = "tokens"
    called = "the tokens"
    nothing = "There are no tokens to export: no run stands yet."
    columns = "position, token, id, and what is to be predicted"
    is_unaltered = True

    def __init__(self, strip: TokenStrip, workshop: Workshop) -> None:
        super().__init__(workshop, strip)
        self._strip = strip

    def shown(self) -> TokenRow | None:
        """See `AnswerExports`."""
        return self._strip.row if self._strip.isVisible() else None

    def question(self) -> TokensQuestion:
        """See `AnswerExports`."""
        return TokensQuestion(self._workshop.subject.text)

    @staticmethod
    def picture(answer: TokenRow, ink: Ink, caption: str) -> str:
        """See `AnswerExports`."""
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.exports.tokens_svg import tokens_svg

        return tokens_svg(answer, ink, caption)

    @staticmethod
    def table(answer: TokenRow, check: Callable[[], None]) -> Iterator[str]:
        """See `AnswerExports`."""
        from microgpt_gui.session.exports.tables import tokens_csv

        return tokens_csv(answer, check)
