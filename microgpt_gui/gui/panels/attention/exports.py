"""What the attention panel can leave in files: what it shows, for other programs."""

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
from microgpt_gui.gui.panels.attention import words as panel_words
from microgpt_gui.gui.panels.attention.drawing import Drawing
from microgpt_gui.gui.panels.attention.maps.mosaic import Shares
from microgpt_gui.gui.panels.attention.roles import words as role_words
from microgpt_gui.gui.theme import coverage
from microgpt_gui.session.reading.questions import TextQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panels.attention.heads_view import HeadsView
    from microgpt_gui.gui.panels.attention.roles.asking import RolesAsking
    from microgpt_gui.gui.panels.attention.titles import Roles
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.exports.reach import Reach
    from microgpt_gui.session.reading.text import TextReading

    Check = Callable[[], None]
    Head = tuple[int, int]
    Read = Callable[[Check], TextReading]

_NOTHING = "There is no attention to export: no run stands yet."
_NO_HEAD = "No head is chosen: click one in the Attention panel to enlarge it."

_ALL, _ONE = "Attention, all heads", "Attention, this head"

_FILES = (
    ("SVG…", ".svg", "As a picture that stays sharp at every size"),
    ("PNG…", ".png", "As a picture in pixels, for slides and chats"),
    ("CSV…", ".csv", "As a table of every weight, to the last digit"),
)


class AttentionExports(QObject):
    """Offers what the view of the heads shows, as it is when the person asks.

    A heat map that nobody sees is not kept up to date: then the file's maker reads.
    """

    def __init__(
        self, heat_map: HeadsView, workshop: Workshop, asking: RolesAsking
    ) -> None:
        super().__init__(heat_map)
        self._asking = asking
        self._heat_map = heat_map
        self._workshop = workshop
        self._run = workshop.run

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists: all heads, then the one that is enlarged."""
        return [
            ExportOffer(
                group=group,
                text=text,
                tip=tip,
                what=what,
                suffix=suffix,
                problem=self._problem_of_pixels(problem)
                if suffix == ".png"
                else problem,
                begin=partial(self._begin, suffix, is_one),
            )
            for group, what, is_one, problem in (
                (_ALL, "attention", False, self._problem),
                (_ONE, "head", True, self._problem_of_one),
            )
            for text, suffix, tip in _FILES
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what of that can be copied: of the head that is enlarged, if any."""
        is_one, what = self._head() is not None, "the attention of all heads"
        if is_one:
            what = "the attention of this head"
        group = _ONE if is_one else _ALL
        return copies_of(what, [o for o in self.offers() if o.group == group])

    def _look(self) -> TextReading | None:
        """Return what is seen, if it is."""
        return self._heat_map.look if self._heat_map.isVisible() else None

    def _problem(self) -> str:
        is_there = self._look() is not None or self._workshop.timeline.place is not None
        return "" if is_there else _NOTHING

    def _problem_of_one(self) -> str:
        return self._problem() or ("" if self._head() is not None else _NO_HEAD)

    def _head(self) -> Head | None:
        """Return which head is enlarged; None for none, or one of another model.

        While nobody sees the heat map, a run of another shape may have begun.
        """
        heat_map, config = self._heat_map, self._run.config
        look, enlarged = self._look(), heat_map.enlarged
        layers, heads = config.n_layer, config.n_head
        if look is not None:
            layers, heads = len(look.attention), len(look.attention[0])
        if enlarged is None or heat_map.shape != (layers, heads):
            return None
        return divmod(enlarged, heads)

    def _problem_of_pixels(self, problem: Callable[[], str]) -> Callable[[], str]:
        """Return ``problem`` and, of a picture painted here, that its letters lack."""

        def of_pixels() -> str:
            return problem() or coverage.problem_of_pixels(self._letters())

        return of_pixels

    def _letters(self) -> Sequence[str]:
        """Return the letters that would be in the picture."""
        if (look := self._look()) is not None:
            return look.labels[1:]
        shown = self._workshop.shown_text
        return shown.labels[1:] if shown else ()

    def _reader(self) -> tuple[int, Read]:
        """Return of which step the picture will be, and what it is made from."""
        return to_be_read(self._workshop, self._look(), self._question)

    def _question(self) -> TextQuestion:
        return TextQuestion(self._workshop.subject.text)

    def _begin(self, suffix: str, is_one: bool, paper: Theme) -> Export:
        step, read = self._reader()
        config, head = self._run.config, self._head() if is_one else None
        told = what_if(self._workshop, self._look())
        if suffix == ".csv":
            pieces = partial(table_of, partial(_table, head), read, told)
            return Export(config, step, pieces)
        words = caption_of(self._workshop, step, told)
        view = self._heat_map
        roles = self._asking.of_step(step)
        said = role_words.titles(roles) if roles else ()
        how = partial(_picture, view.drawing, view.colour_range, said)
        pieces = partial(how, read, ink_of(paper), words, head)
        return Export(config, step, pieces)


def _picture(
    drawing: Drawing,
    colour_range: ColourRange,
    roles: Roles,
    read: Read,
    ink: Ink,
    words: str,
    head: Head | None,
    check: Check,
) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.attention_lines_svg import attention_lines_svg
    from microgpt_gui.session.exports.attention_svg import attention_svg

    look = read(check)
    reach = _reach(look, head, colour_range)
    draw = attention_svg if drawing is Drawing.MAPS else attention_lines_svg
    yield draw(look, ink, words, head=head, reach=reach, roles=roles)


def _reach(
    look: TextReading, head: Head | None, colour_range: ColourRange
) -> Reach | None:
    """Return how far the colours reach, as in the window; None for 0 to 1."""
    from microgpt_gui.session.exports.reach import Reach

    if colour_range is ColourRange.FIXED:
        return None
    heads = [one for layer in look.attention for one in layer]
    ends = Shares(heads, colour_range).spans.tolist()
    end = None
    if head is not None and colour_range is ColourRange.PART:
        end = ends[head[0] * len(look.attention[0]) + head[1]][0]
    ticks = panel_words.ticks(colour_range, end)
    return Reach(ends, ticks, panel_words.WORDS.told_range(colour_range))


def _table(head: Head | None, look: TextReading, check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import attention_csv

    return attention_csv(look, head, check)
