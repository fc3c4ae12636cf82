"""What the page of one's own words can leave in files: the lines and their scores."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import caption_of, table_of, what_if
from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of
from microgpt_gui.gui.panels.data.own_words.rows import LineRows
from microgpt_gui.gui.panels.data.page_exports import PageExports
from microgpt_gui.gui.theme import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.scored_lines import ScoredLines

    Check = Callable[[], None]


class LinesExports(PageExports[LineRows]):
    """Offers the lines as they are ranked."""

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        files = (
            ("SVG…", ".svg", "Your lines as bars that stay sharp at every size"),
            ("PNG…", ".png", "Your lines as bars in pixels, for slides and chats"),
            ("CSV…", ".csv", "Your lines, ranked by surprise, with their percentiles"),
        )
        return [
            ExportOffer(
                group="Data, your words",
                text=text,
                tip=tip,
                what="your-words",
                suffix=suffix,
                problem=partial(self._problem, suffix),
                begin=partial(self._begin, suffix),
                is_on_demand=True,
            )
            for text, suffix, tip in files
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what can be copied."""
        return copies_of("your lines", self.offers())

    def _problem(self, suffix: str) -> str:
        rows = self._seen()
        if rows is None or not rows.part_count():
            return "There are no lines of yours: type some in Data, Your words."
        if suffix == ".png":
            lines = (rows.line(row).taken for row in range(rows.part_count()))
            return coverage.problem_of_pixels("".join(lines))
        return ""

    def _begin(self, suffix: str, paper: Theme) -> Export:
        rows, workshop = self._seen(), self._workshop
        assert rows is not None
        scored = rows.scored
        assert scored is not None
        order = [rows.line(row).number for row in range(rows.part_count())]
        told, step = what_if(workshop, scored), scored.step
        if suffix == ".csv":
            write = partial(_table, order)
            pieces = partial(table_of, write, lambda _check: scored, told)
            return Export(workshop.run.config, step, pieces)
        caption = caption_of(workshop, step, told)
        drawn = partial(_picture, scored, order, ink_of(paper), caption)
        return Export(workshop.run.config, step, drawn)


def _table(order: list[int], scored: ScoredLines, check: Check) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.corpus_tables import lines_csv

    return lines_csv(scored, order, check)


def _picture(
    scored: ScoredLines, order: list[int], ink: Ink, caption: str, _check: Check
) -> Iterator[str]:
    from microgpt_gui.session.exports.bars_svg import lines_svg

    yield lines_svg(scored, order, ink, caption)
