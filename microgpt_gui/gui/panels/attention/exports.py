"""What the attention panel can leave in files: what it shows, for other programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of
from microgpt_gui.gui.theme import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panels.attention.heat_map import HeatMap
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.snapshot import Look

    Check = Callable[[], None]
    Head = tuple[int, int]

_NOTHING = "There is no attention to export: no run stands yet."
_NO_HEAD = "No head is chosen: click one in the Attention panel to enlarge it."

_ALL, _ONE = "Attention, all heads", "Attention, this head"

_FILES = (
    ("SVG…", ".svg", "As a picture that stays sharp at every size"),
    ("PNG…", ".png", "As a picture in pixels, for slides and chats"),
    ("CSV…", ".csv", "As a table of every weight, to the last digit"),
)


class AttentionExports(QObject):
    """Offers the look that the heat map shows, as it is when the person asks."""

    def __init__(self, heat_map: HeatMap, workshop: Workshop) -> None:
        super().__init__(heat_map)
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
        enlarged, what = self._heat_map.enlarged, "the attention of all heads"
        if enlarged is not None:
            what = "the attention of this head"
        group = _ALL if enlarged is None else _ONE
        return copies_of(what, [o for o in self.offers() if o.group == group])

    def _look(self) -> Look | None:
        """Return the look shown; a heat map that nobody sees is not kept up to date."""
        is_seen = self._heat_map.isVisible()
        return self._heat_map.look if is_seen else self._workshop.timeline.shown_look

    def _problem(self) -> str:
        return "" if self._look() is not None else _NOTHING

    def _problem_of_one(self) -> str:
        chosen = self._heat_map.enlarged is not None
        return self._problem() or ("" if chosen else _NO_HEAD)

    def _problem_of_pixels(self, problem: Callable[[], str]) -> Callable[[], str]:
        """Return ``problem`` and, of a picture painted here, that its letters lack."""

        def of_pixels() -> str:
            look = self._look()
            labels = look.labels[1:] if look else ()
            return problem() or coverage.problem_of_pixels(labels)

        return of_pixels

    def _begin(self, suffix: str, is_one: bool, paper: Theme) -> Export:
        look, enlarged = self._look(), self._heat_map.enlarged
        assert look is not None
        head = None
        if is_one and enlarged is not None:
            head = divmod(enlarged, len(look.attention[0]))
        config = self._run.config
        if suffix == ".csv":
            return Export(config, look.step, partial(_table, look, head))
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.names import caption

        words = caption(self._run.recipe_at(look.step))
        pieces = partial(_picture, look, ink_of(paper), words, head)
        return Export(config, look.step, pieces)


def _picture(
    look: Look, ink: Ink, words: str, head: Head | None, _check: Check
) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.attention_svg import attention_svg

    yield attention_svg(look, ink, words, head=head)


def _table(look: Look, head: Head | None, check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import attention_csv

    return attention_csv(look, head, check)
