"""What the page of samples can leave in files: the samples, and their counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import caption_of, table_of, what_if
from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of
from microgpt_gui.gui.panels.data.page_exports import PageExports
from microgpt_gui.gui.panels.data.samples import words
from microgpt_gui.gui.panels.data.samples.rows import KindRows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.sample_tally import Tally

    Check = Callable[[], None]
    Begin = Callable[[Theme], Export]


class TallyExports(PageExports[KindRows]):
    """Offers the samples that are counted, as far as they are drawn."""

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists: the counts first."""
        each = "The samples, each with what is counted of it"
        files: tuple[tuple[str, str, str, str, Begin], ...] = (
            ("SVG…", ".svg", "sample-counts", "The counts as sharp bars", self._draw),
            ("PNG…", ".png", "sample-counts", "The counts as bars", self._draw),
            ("CSV…", ".csv", "sample-counts", "The counts", self._write(_counts)),
            (
                "Each sample as CSV…",
                ".csv",
                "counted-samples",
                each,
                self._write(_samples),
            ),
        )
        return [
            ExportOffer(
                group="Data, samples",
                text=text,
                tip=tip,
                what=what,
                suffix=suffix,
                problem=self._problem,
                begin=begin,
                is_on_demand=True,
            )
            for text, suffix, what, tip, begin in files
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what can be copied: the counts, then each sample."""
        return copies_of("the counts of samples", self.offers())

    def _problem(self) -> str:
        rows = self._seen()
        if rows is not None and rows.tally is not None:
            return ""
        return "No samples are counted: show them in Data, Samples."

    def _tally(self) -> Tally:
        rows = self._seen()
        assert rows is not None
        assert rows.tally is not None
        return rows.tally

    def _draw(self, paper: Theme) -> Export:
        tally, workshop = self._tally(), self._workshop
        told = what_if(workshop, tally)
        caption = caption_of(workshop, tally.step, told)
        pieces = partial(_picture, tally, ink_of(paper), caption)
        return Export(workshop.run.config, tally.step, pieces)

    def _write(self, table: Callable[[Tally, Check], Iterator[str]]) -> Begin:
        def begin(_paper: Theme) -> Export:
            tally = self._tally()
            told = what_if(self._workshop, tally)
            pieces = partial(table_of, table, lambda _check: tally, told)
            return Export(self._workshop.run.config, tally.step, pieces)

        return begin


def _samples(tally: Tally, check: Check) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.corpus_tables import counted_samples_csv

    return counted_samples_csv(tally, check)


def _counts(tally: Tally, check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.corpus_tables import sample_counts_csv

    return sample_counts_csv(tally, check)


def _picture(tally: Tally, ink: Ink, caption: str, _check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.bars_svg import tally_svg

    titles = [(kind, words.kind_title(kind, tally)) for kind in tally.kinds()]
    yield tally_svg(tally, titles, ink, caption)
