"""What the page of statistics can leave in files: each part as pictures and a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of
from microgpt_gui.gui.panels.data.page_exports import PageExports
from microgpt_gui.gui.panels.data.statistics.shown import LENGTHS, PAIRS, POSITIONS
from microgpt_gui.gui.panels.data.statistics.view import StatisticsView
from microgpt_gui.gui.theme import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.corpus.count_maps import Kind
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.segment import Segment

    Check = Callable[[], None]

_CALLED = {
    LENGTHS: ("Data, lengths", "lengths", "the lengths"),
    POSITIONS: ("Data, letters by position", "positions", "the letters by position"),
    PAIRS: ("Data, pairs of letters", "pairs", "the pairs of letters"),
}
_KINDS: dict[int, Kind] = {POSITIONS: "positions", PAIRS: "pairs"}


class StatisticsExports(PageExports[StatisticsView]):
    """Offers each part, of the text that is shown; counts it anew where need be."""

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [offer for part in _CALLED for offer in self._offers_of(part)]

    def copies(self) -> list[CopyOffer]:
        """Return what can be copied: of the part enlarged, else of the pairs."""
        view = self._seen()
        part = view.enlarged if view is not None else None
        part = PAIRS if part is None else part
        return copies_of(_CALLED[part][2], self._offers_of(part))

    def _offers_of(self, part: int) -> list[ExportOffer]:
        group, what, called = _CALLED[part]
        files = (
            ("SVG…", ".svg", "As a picture that stays sharp at every size"),
            ("PNG…", ".png", "As a picture in pixels, for slides and chats"),
            ("CSV…", ".csv", f"As a table: {called}, with their counts"),
        )
        return [
            ExportOffer(
                group=group,
                text=text,
                tip=tip,
                what=what,
                suffix=suffix,
                problem=partial(self._problem, part, suffix),
                begin=partial(self._begin, part, suffix),
            )
            for text, suffix, tip in files
        ]

    def _segment(self) -> Segment | None:
        info = self._workshop.run.info
        if info is None:
            return None
        return info.segment_learnt(self._workshop.timeline.at)

    def _problem(self, part: int, suffix: str) -> str:
        segment = self._segment()
        if segment is None:
            return "There is no text to count: no run stands yet."
        if not segment.docs:
            return "The text of this run is not at hand."
        if suffix == ".png" and part != LENGTHS:  # which have no letters in them
            return coverage.problem_of_pixels(segment.docs.documents.chars)
        return ""

    def _begin(self, part: int, suffix: str, paper: Theme) -> Export:
        run, segment = self._workshop.run, self._segment()
        assert segment is not None
        step = self._workshop.timeline.at
        if suffix == ".csv":
            return Export(run.config, step, partial(_table, part, segment))
        view = self._seen()
        colours = (view.is_chance, view.is_log) if view is not None else (True, True)
        pieces = partial(_picture, part, segment, colours, ink_of(paper))
        return Export(run.config, step, pieces)


def _table(part: int, segment: Segment, check: Check) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.corpus.letter_counts import letter_counts
    from microgpt_gui.session.exports import corpus_tables as tables

    documents = segment.docs.documents
    if part == LENGTHS:
        return tables.lengths_csv(documents.lengths, check)
    counts = letter_counts(documents, check)
    if part == POSITIONS:
        return tables.positions_csv(counts, check)
    return tables.pairs_csv(counts, check)


def _picture(
    part: int, segment: Segment, colours: tuple[bool, bool], ink: Ink, check: Check
) -> Iterator[str]:
    from microgpt_gui.session.corpus.lengths import lengths_of
    from microgpt_gui.session.corpus.letter_counts import letter_counts
    from microgpt_gui.session.exports.corpus_svg import counts_svg, lengths_svg

    documents, title = segment.docs.documents, segment.dataset.title
    block_size = segment.config.block_size
    if part == LENGTHS:
        yield lengths_svg(lengths_of(documents.lengths, block_size), ink, title)
    else:
        counts = letter_counts(documents, check)
        yield counts_svg(counts, _KINDS[part], colours, block_size, ink, title)
