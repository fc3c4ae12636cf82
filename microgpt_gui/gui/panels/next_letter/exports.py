"""What the panel of the next letter can leave in files: the odds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.moments.desk import answer_of
from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of
from microgpt_gui.gui.theme import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panels.next_letter.bars import Bars
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.next_letter import NextLetter
    from microgpt_gui.session.reading.questions import NextLetterQuestion

    Check = Callable[[], None]
    Read = Callable[[Check], NextLetter]

_NOTHING = "There are no odds to export: no run stands yet."
_NO_ODDS = "There are no odds to export: {}"

_FILES = (
    ("SVG…", ".svg", "As a picture that stays sharp at every size"),
    ("PNG…", ".png", "As a picture in pixels, for slides and chats"),
    ("CSV…", ".csv", "As a table: token, id, logit and probabilities"),
)


class NextLetterExports(QObject):
    """Offers the odds that are shown, as they are when the person asks.

    Odds that nobody sees are not kept up to date: then the file's maker reads.
    """

    def __init__(
        self,
        bars: Bars,
        workshop: Workshop,
        question: Callable[[], NextLetterQuestion],
    ) -> None:
        super().__init__(bars)
        self._bars = bars
        self._workshop = workshop
        self._question = question

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="Next letter",
                text=text,
                tip=tip,
                what="next-letter",
                suffix=suffix,
                problem=self._problem_of_pixels if suffix == ".png" else self._problem,
                begin=partial(self._begin, suffix),
            )
            for text, suffix, tip in _FILES
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what of that can be copied."""
        return copies_of("the next letter", self.offers())

    def _shown(self) -> NextLetter | None:
        """Return what is seen, if it is."""
        return self._bars.letter if self._bars.isVisible() else None

    def _problem(self) -> str:
        shown = self._shown()
        if shown is not None and not shown.odds.probabilities:
            return _NO_ODDS.format(shown.problem)
        is_there = shown is not None or self._workshop.timeline.place is not None
        return "" if is_there else _NOTHING

    def _problem_of_pixels(self) -> str:
        return self._problem() or coverage.problem_of_pixels(self._letters())

    def _letters(self) -> Sequence[str]:
        """Return the letters that would be in the picture."""
        place = self._workshop.timeline.place
        return place.info.chars if place is not None else ""

    def _begin(self, suffix: str, paper: Theme) -> Export:
        shown, place = self._shown(), self._workshop.timeline.place
        run = self._workshop.run
        if shown is not None:
            step, read = shown.step, _given(shown)
        else:
            assert place is not None
            step, read = place.step, partial(answer_of, place, self._question())
        if suffix == ".csv":
            return Export(run.config, step, partial(_table, read))
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.names import caption

        words = caption(run.recipe_at(step))
        return Export(run.config, step, partial(_picture, read, ink_of(paper), words))


def _given(letter: NextLetter) -> Read:
    return lambda _check: letter


def _picture(read: Read, ink: Ink, words: str, check: Check) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.next_letter_svg import next_letter_svg

    yield next_letter_svg(read(check), ink, words)


def _table(read: Read, check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import next_letter_csv

    return next_letter_csv(read(check), check)
