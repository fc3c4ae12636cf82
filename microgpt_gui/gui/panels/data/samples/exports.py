"""What the page of samples can leave in files: the samples, and their counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import table_of, what_if
from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer
from microgpt_gui.gui.panels.data.page_exports import PageExports
from microgpt_gui.gui.panels.data.samples.rows import KindRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.reading.sample_tally import Tally

    Write = Callable[[Tally, Callable[[], None]], Iterator[str]]


class TallyExports(PageExports[KindRows]):
    """Offers the samples that are counted, as far as they are drawn."""

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        counted = "The samples of Data, each with what is counted of it"
        files: tuple[tuple[str, str, str, Write], ...] = (
            ("Counted samples as CSV…", counted, "counted-samples", _samples),
            (
                "Counts of samples as CSV…",
                "How many samples are new, known, valid",
                "sample-counts",
                _counts,
            ),
        )
        return [
            ExportOffer(
                group="Data",
                text=text,
                tip=tip,
                what=what,
                suffix=".csv",
                problem=self._problem,
                begin=partial(self._begin, write),
                is_on_demand=True,
            )
            for text, tip, what, write in files
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what can be copied: the counts."""
        begin = partial(self._begin, _counts)
        return [CopyOffer("the counts of samples", False, self._problem, begin)]

    def _problem(self) -> str:
        rows = self._seen()
        if rows is not None and rows.tally is not None:
            return ""
        return "No samples are counted: show them in Data, Samples."

    def _begin(self, write: Write, _paper: Theme) -> Export:
        rows = self._seen()
        assert rows is not None
        tally = rows.tally
        assert tally is not None
        told = what_if(self._workshop, tally)
        pieces = partial(table_of, write, lambda _check: tally, told)
        return Export(self._workshop.run.config, tally.step, pieces)


def _samples(tally: Tally, check: Callable[[], None]) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.corpus_tables import counted_samples_csv

    return counted_samples_csv(tally, check)


def _counts(tally: Tally, check: Callable[[], None]) -> Iterator[str]:
    from microgpt_gui.session.exports.corpus_tables import sample_counts_csv

    return sample_counts_csv(tally, check)
