"""What the page of one's own words can leave in a file: the lines and their scores."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import table_of, what_if
from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer
from microgpt_gui.gui.panels.data.own_words.rows import LineRows
from microgpt_gui.gui.panels.data.page_exports import PageExports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.reading.scored_lines import ScoredLines


class LinesExports(PageExports[LineRows]):
    """Offers the lines as they are ranked."""

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="Data",
                text="Your words as CSV…",
                tip="Your lines, ranked by surprise, with their percentiles",
                what="your-words",
                suffix=".csv",
                problem=self._problem,
                begin=self._begin,
                is_on_demand=True,
            )
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what can be copied."""
        return [CopyOffer("your lines", False, self._problem, self._begin)]

    def _problem(self) -> str:
        rows = self._seen()
        if rows is not None and rows.part_count():
            return ""
        return "There are no lines of yours: type some in Data, Your words."

    def _begin(self, _paper: Theme) -> Export:
        rows = self._seen()
        assert rows is not None
        scored = rows.scored
        assert scored is not None
        order = [rows.line(row).number for row in range(rows.part_count())]
        told = what_if(self._workshop, scored)
        write = partial(_table, order)
        pieces = partial(table_of, write, lambda _check: scored, told)
        return Export(self._workshop.run.config, scored.step, pieces)


def _table(
    order: list[int], scored: ScoredLines, check: Callable[[], None]
) -> Iterator[str]:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.corpus_tables import lines_csv

    return lines_csv(scored, order, check)
