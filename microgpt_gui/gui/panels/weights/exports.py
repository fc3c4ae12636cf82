"""What can be left of the weights: the matrices shown, as picture and numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.panel.answer_exports import (
    caption_of,
    table_of,
    to_be_read,
    what_if,
)
from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of
from microgpt_gui.gui.panels.weights import quantities
from microgpt_gui.gui.panels.weights import words as panel_words
from microgpt_gui.gui.panels.weights.colours import scale_of, scales_of
from microgpt_gui.gui.theme import coverage
from microgpt_gui.session.reading.questions import WeightsQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panels.weights.maps.weights_map import WeightsMap
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.question import Question
    from microgpt_gui.session.reading.weights.quantity import WeightNumbers

    Check = Callable[[], None]
    Read = Callable[[Check], quantities.Shown]
    Seen = Callable[[], quantities.Shown | None]

_NOTHING = "There are no weights to export: no run stands yet."

_FILES = (
    ("SVG…", ".svg", "As a picture that stays sharp at every size"),
    ("PNG…", ".png", "As a picture in pixels, for slides and chats"),
    ("CSV…", ".csv", "As a table of every number, to the last digit"),
)


class WeightsExports(QObject):
    """Offers what the map shows, as it is when the person asks.

    A map that nobody sees is not kept up to date: then the file's maker reads.
    """

    def __init__(
        self,
        weights_map: WeightsMap,
        workshop: Workshop,
        seen: Seen,
        question: Callable[[], Question[quantities.Shown]],
    ) -> None:
        """Offer.

        Args:
            weights_map: The map.
            workshop: What it is of.
            seen: Returns what is on show, if the map is.
            question: Returns what is asked where it is not.
        """
        super().__init__(weights_map)
        self._map = weights_map
        self._seen = seen
        self._question = question
        self._workshop = workshop

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists: of one matrix where that is enlarged."""
        return [
            ExportOffer(
                group="Weights",
                text=text,
                tip=tip,
                what="weights",
                suffix=suffix,
                problem=self._problem_of_pixels if suffix == ".png" else self._problem,
                begin=partial(self._begin, suffix),
            )
            for text, suffix, tip in _FILES
        ]

    def copies(self) -> list[CopyOffer]:
        """Return the picture and the numbers, of one matrix where that is enlarged."""
        seen = self._seen()
        many = "weights"
        if seen is not None:
            many = quantities.many(quantities.numbers_of(seen))
        enlarged = self._map.enlarged
        of_one = "" if enlarged is None else f" of {self._map.matrices[enlarged].name}"
        return copies_of(f"the {many}{of_one}", self.offers())

    def _problem(self) -> str:
        if (seen := self._seen()) is not None:
            return quantities.why_nothing(quantities.numbers_of(seen))
        return "" if self._workshop.timeline.place is not None else _NOTHING

    def _problem_of_pixels(self) -> str:
        place = self._workshop.timeline.place
        letters = place.info.chars if place is not None else ""
        return self._problem() or coverage.problem_of_pixels(letters)

    def _begin(self, suffix: str, paper: Theme) -> Export:
        enlarged = self._map.enlarged
        found: tuple[int, Read] = to_be_read(
            self._workshop, self._seen(), self._question
        )
        step, read = found
        config = self._workshop.run.config
        told = what_if(self._workshop, self._seen())
        question = self._question()
        if isinstance(question, WeightsQuestion) and question.quantity.is_of_step:
            told = ""  # it is of what the run did, which nothing alters
        if suffix == ".csv":
            pieces = partial(table_of, partial(_table, enlarged), read, told)
            return Export(config, step, pieces)
        words = caption_of(self._workshop, step, told)
        kind = self._map.colour_range
        pieces = partial(_picture, read, enlarged, kind, ink_of(paper), words)
        return Export(config, step, pieces)


def _part(enlarged: int | None) -> slice:
    return slice(None) if enlarged is None else slice(enlarged, enlarged + 1)


def _checked(numbers: WeightNumbers) -> WeightNumbers:
    if why := quantities.why_nothing(numbers):
        raise ValueError(why)
    return numbers


def _picture(
    read: Read,
    enlarged: int | None,
    colour_range: ColourRange,
    ink: Ink,
    words: str,
    check: Check,
) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.reach import Reach
    from microgpt_gui.session.exports.weights_svg import Drawn, weights_svg

    numbers = _checked(quantities.numbers_of(read(check)))
    every, quantity = numbers.matrices(), numbers.quantity
    scale, shown = scale_of(every), every[_part(enlarged)]  # that of all, for one too
    ends = [scales_of(matrix, scale, colour_range).tolist() for matrix in shown]
    is_one_end = colour_range is ColourRange.FIXED or (
        colour_range is ColourRange.PART and len(shown) == 1
    )
    end = ends[0][0] if is_one_end else None
    ticks = quantities.ticks(end, is_signed=quantity.is_signed)
    reach = Reach(ends, ticks, panel_words.WORDS.told_range(colour_range))
    rows = [panel_words.row_names(matrix, numbers.chars) for matrix in shown]
    many = quantities.many(numbers)
    drawn = Drawn(
        many, quantities.QUANTITY_WORDS[quantity].one, is_signed=quantity.is_signed
    )
    yield weights_svg(shown, rows, reach, numbers.step, ink, words, drawn)


def _table(
    enlarged: int | None, shown: quantities.Shown, check: Check
) -> Iterator[str]:
    from microgpt_gui.session.exports.weights_tables import weights_csv

    numbers = _checked(quantities.numbers_of(shown))
    head = quantities.column(numbers)
    return weights_csv(numbers.matrices()[_part(enlarged)], check, head)
