"""What the sampling panel can leave in a file: the samples that it shows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from microgpt_gui.gui.panels.sampling.history import BatchHistory
    from microgpt_gui.gui.panels.sampling.table_view import SampleTable
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.sample_batch import SampleBatch


class SampleExports(QObject):
    """Offers the batch that the panel shows, as it is when the person asks."""

    def __init__(
        self, table: SampleTable, history: BatchHistory, run: RunController
    ) -> None:
        super().__init__(table)
        self._table = table
        self._history = history
        self._run = run

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="",
                text="Samples as text…",
                tip="The samples shown, with their step, temperature and seed",
                what="samples",
                suffix=".txt",
                problem=self._problem,
                begin=self._begin,
            )
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what can be copied: the samples as a table."""
        return [CopyOffer("the samples", False, self._problem, self._begin_table)]

    def _problem(self) -> str:
        is_there = self._batch() is not None and self._run.info is not None
        return "" if is_there else "There are no samples yet: press Sample."

    def _batch(self) -> SampleBatch | None:
        """Return the samples shown; a table that nobody sees is not kept up to date."""
        is_seen = self._table.isVisible()
        return self._table.samples.batch if is_seen else self._history.shown

    def _begin(self, _paper: Theme) -> Export:
        batch, info = self._batch(), self._run.info
        assert batch is not None
        assert info is not None
        pieces = partial(_text, batch, info.title)
        return Export(self._run.config, batch.step, pieces)

    def _begin_table(self, _paper: Theme) -> Export:
        batch = self._batch()
        assert batch is not None
        return Export(self._run.config, batch.step, partial(_table, batch))


def _text(batch: SampleBatch, title: str, _check: Callable[[], None]) -> Iterable[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.tables import samples_text

    return samples_text(batch, title)


def _table(batch: SampleBatch, check: Callable[[], None]) -> Iterable[str]:
    from microgpt_gui.session.exports.tables import samples_csv

    return samples_csv(batch, check)
