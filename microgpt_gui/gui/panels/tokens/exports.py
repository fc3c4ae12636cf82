"""What the tokens panel can leave in files: the text as tokens, and the vocabulary."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.moments.desk import answer_of
from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of
from microgpt_gui.gui.theme import coverage
from microgpt_gui.session.reading.questions import TokensQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panels.tokens.strip import TokenStrip
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.token_row import TokenRow

    Check = Callable[[], None]
    Read = Callable[[Check], TokenRow]

_NOTHING = "There are no tokens to export: no run stands yet."

_FILES = (
    ("SVG…", ".svg", "As a picture that stays sharp at every size"),
    ("PNG…", ".png", "As a picture in pixels, for slides and chats"),
    ("CSV…", ".csv", "As a table: position, token, id, and what is to be predicted"),
)


class TokensExports(QObject):
    """Offers the row that is shown, as it is when the person asks.

    A row that nobody sees is not kept up to date: then the file's maker reads.
    """

    def __init__(self, strip: TokenStrip, workshop: Workshop) -> None:
        super().__init__(strip)
        self._strip = strip
        self._workshop = workshop

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="Tokens",
                text=text,
                tip=tip,
                what="tokens",
                suffix=suffix,
                problem=self._problem_of_pixels if suffix == ".png" else self._problem,
                begin=partial(self._begin, suffix),
            )
            for text, suffix, tip in _FILES
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what of that can be copied."""
        return copies_of("the tokens", self.offers())

    def _row(self) -> TokenRow | None:
        """Return what is seen, if it is."""
        return self._strip.row if self._strip.isVisible() else None

    def _problem(self) -> str:
        is_there = self._row() is not None or self._workshop.timeline.place is not None
        return "" if is_there else _NOTHING

    def _problem_of_pixels(self) -> str:
        return self._problem() or coverage.problem_of_pixels(self._letters())

    def _letters(self) -> Sequence[str]:
        """Return the letters that would be in the picture."""
        place = self._workshop.timeline.place
        return place.info.chars if place is not None else ""

    def _begin(self, suffix: str, paper: Theme) -> Export:
        row, place = self._row(), self._workshop.timeline.place
        run = self._workshop.run
        if row is not None:
            step, read = row.step, _given(row)
        else:
            assert place is not None
            question = TokensQuestion(self._workshop.subject.text)
            step, read = place.step, partial(answer_of, place, question)
        if suffix == ".csv":
            return Export(run.config, step, partial(_table, read))
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.names import caption

        words = caption(run.recipe_at(step))
        return Export(run.config, step, partial(_picture, read, ink_of(paper), words))


def _given(row: TokenRow) -> Read:
    return lambda _check: row


def _picture(read: Read, ink: Ink, words: str, check: Check) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.tokens_svg import tokens_svg

    yield tokens_svg(read(check), ink, words)


def _table(read: Read, check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import tokens_csv

    return tokens_csv(read(check), check)
