"""What can be left of the film and of the sizes: as a picture and as a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject

from microgpt_gui.gui.moments.desk import answer_of
from microgpt_gui.gui.panel.answer_exports import caption_of
from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panels.weights.whole_runs import WholeRuns
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop

    Check = Callable[[], None]
    Picture = Callable[[Any, Theme, str], str]
    Table = Callable[[Any, Check], Iterator[str]]

_NOTHING = "There are no weights to export: no run stands yet."


class Kind(NamedTuple):
    """What is exported.

    Attributes:
        group: The submenu of Export.
        what: The last word of a file's name.
        called: What is copied, as a sentence says it.
        columns: What the table holds.
    """

    group: str
    what: str
    called: str
    columns: str


class WholeExports(QObject):
    """Offers what is shown of the whole run, up to its newest moment.

    What nobody sees is not kept up to date: then the file's maker reads.
    """

    def __init__(
        self,
        kind: Kind,
        whole: WholeRuns,
        workshop: Workshop,
        picture: Callable[[], Picture],
        table: Callable[[], Table],
    ) -> None:
        """Offer.

        Args:
            kind: What.
            whole: Shows it.
            workshop: What it is of.
            picture: Returns what draws an answer in a theme, with a caption, as it is
                to look now; called on the GUI thread, what it returns elsewhere.
            table: Likewise, of what writes the table.
        """
        super().__init__(whole)
        self._kind = kind
        self._whole = whole
        self._workshop = workshop
        self._picture = picture
        self._table = table

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        files = (
            ("SVG…", ".svg", "As a picture that stays sharp at every size"),
            ("PNG…", ".png", "As a picture in pixels, for slides and chats"),
            ("CSV…", ".csv", f"As a table: {self._kind.columns}"),
        )
        return [
            ExportOffer(
                group=self._kind.group,
                text=text,
                tip=tip,
                what=self._kind.what,
                suffix=suffix,
                problem=self._problem,
                begin=partial(self._begin, suffix),
            )
            for text, suffix, tip in files
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what of that can be copied."""
        return copies_of(self._kind.called, self.offers())

    def _problem(self) -> str:
        return "" if self._whole.newest.place() is not None else _NOTHING

    def _begin(self, suffix: str, paper: Theme) -> Export:
        whole, workshop = self._whole, self._workshop
        place = whole.newest.place()
        assert place is not None
        answer, step = whole.whole_answer(), place.step
        read: Callable[[Check], Any] = partial(answer_of, place, whole.question)
        if answer is not None:
            step, read = answer.step, lambda _check: answer
        config = workshop.run.config
        if suffix == ".csv":
            return Export(config, step, partial(_rows, self._table(), read))
        words = caption_of(workshop, step, "")
        pieces = partial(_drawn, self._picture(), read, paper, words)
        return Export(config, step, pieces)


def _rows(table: Table, read: Callable[[Check], Any], check: Check) -> Iterator[str]:
    return table(read(check), check)


def _drawn(
    picture: Picture,
    read: Callable[[Check], Any],
    paper: Theme,
    words: str,
    check: Check,
) -> Iterator[str]:
    yield picture(read(check), paper, words)
