"""What the page of documents can leave in a file: the list, as it is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer
from microgpt_gui.gui.panels.data.documents.rows import DocumentRows
from microgpt_gui.gui.panels.data.page_exports import PageExports
from microgpt_gui.session.corpus.listing import Asked, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.segment import Segment

#: More documents are no by-the-way of everything that can be exported.
MOST_BY_THE_WAY = 500_000

#: What is copied, not written to a file, goes through other programs at once.
MOST_COPIED = 100_000


class DocumentsExports(PageExports[DocumentRows]):
    """Offers the documents that are listed: those found, where a text is looked for."""

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="Data",
                text="Documents as CSV…",
                tip="The documents listed, with the step that learns each",
                what="documents",
                suffix=".csv",
                problem=self._problem,
                begin=self._begin,
                left_out=self._left_out,
            )
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what can be copied."""
        return [CopyOffer("the documents", False, self._problem_of_copy, self._begin)]

    def _problem(self) -> str:
        info = self._workshop.run.info
        if info is None:
            return "There are no documents to export: no run stands yet."
        if not info.segment_learnt(self._workshop.timeline.at).docs:
            return "The text of this run is not at hand."
        return ""

    def _left_out(self) -> str:
        info = self._workshop.run.info
        assert info is not None
        count = len(info.segment_learnt(self._workshop.timeline.at).docs)
        if count <= MOST_BY_THE_WAY:
            return ""
        return f"{count:,} documents are written when they are exported alone."

    def _problem_of_copy(self) -> str:
        if problem := self._problem():
            return problem
        rows = self._seen()
        count = rows.part_count() if rows is not None else 0
        if count > MOST_COPIED:
            return (
                f"{count:,} documents are too many for the clipboard: export them, or "
                "look for some."
            )
        return ""

    def _begin(self, _paper: Theme) -> Export:
        run, at = self._workshop.run, self._workshop.timeline.at
        assert run.info is not None
        docs = run.info.segment_learnt(at).docs
        rows = self._seen()
        shown = rows.listing if rows is not None else None
        asked = Asked(docs)
        if shown is not None and shown.asked.docs is docs:
            asked = shown.asked
        pieces = partial(_table, asked, run.info.segments, at)
        return Export(run.config, at, pieces)


def _table(
    asked: Asked, segments: tuple[Segment, ...], at: int, check: Callable[[], None]
) -> Iterator[str]:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.corpus_tables import documents_csv

    return documents_csv(listing(asked, check), segments, at, check)
