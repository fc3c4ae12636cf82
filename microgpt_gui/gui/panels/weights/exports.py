"""What can be copied of the weights: the matrices shown, as picture and numbers."""

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
from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export, ink_of
from microgpt_gui.gui.panels.weights import words as panel_words
from microgpt_gui.gui.panels.weights.colours import scale_of, scales_of
from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.questions import MomentQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.weights.maps.weights_map import WeightsMap
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.moments.moment import Moment

    Check = Callable[[], None]
    Read = Callable[[Check], Moment]
    Seen = Callable[[], Moment | None]

_NOTHING = "There are no weights to copy: no run stands yet."


class WeightsExports(QObject):
    """Offers what the map shows, as it is when the person asks.

    A map that nobody sees is not kept up to date: then the copy's maker reads.
    """

    def __init__(self, weights_map: WeightsMap, workshop: Workshop, seen: Seen) -> None:
        """Offer.

        Args:
            weights_map: The map.
            workshop: What it is of.
            seen: Returns the moment that is on show, if the map is.
        """
        super().__init__(weights_map)
        self._map = weights_map
        self._seen = seen
        self._workshop = workshop

    def copies(self) -> list[CopyOffer]:
        """Return the picture and the numbers, of one matrix where that is enlarged."""
        enlarged = self._map.enlarged
        what = "the weights"
        if enlarged is not None:
            what = f"the weights of {self._map.matrices[enlarged].name}"
        return [
            CopyOffer(what, is_picture, self._problem, partial(self._begin, is_picture))
            for is_picture in (True, False)
        ]

    def _problem(self) -> str:
        return "" if self._workshop.timeline.place is not None else _NOTHING

    def _begin(self, is_picture: bool, paper: Theme) -> Export:
        enlarged = self._map.enlarged
        step, read = to_be_read(self._workshop, self._seen(), MomentQuestion)
        config = self._workshop.run.config
        told = what_if(self._workshop, self._seen())
        if not is_picture:
            pieces = partial(table_of, partial(_table, enlarged), read, told)
            return Export(config, step, pieces)
        words = caption_of(self._workshop, step, told)
        kind = self._map.colour_range
        pieces = partial(_picture, read, enlarged, kind, ink_of(paper), words)
        return Export(config, step, pieces)


def _part(enlarged: int | None) -> slice:
    return slice(None) if enlarged is None else slice(enlarged, enlarged + 1)


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
    from microgpt_gui.session.exports.weights_svg import weights_svg

    moment = read(check)
    every = matrices(moment)
    scale, shown = scale_of(every), every[_part(enlarged)]  # that of all, for one too
    ends = [scales_of(matrix, scale, colour_range).tolist() for matrix in shown]
    is_one_end = colour_range is ColourRange.FIXED or (
        colour_range is ColourRange.PART and len(shown) == 1
    )
    ticks = panel_words.ticks(ends[0][0] if is_one_end else None)
    reach = Reach(ends, ticks, panel_words.WORDS.told_range(colour_range))
    rows = [panel_words.row_names(matrix, moment.chars) for matrix in shown]
    yield weights_svg(shown, rows, reach, moment.step, ink, words)


def _table(enlarged: int | None, moment: Moment, check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import weights_csv

    return weights_csv(matrices(moment)[_part(enlarged)], check)
