"""Copying samples: the rows that are chosen, or all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QTableView

    from microgpt_gui.gui.panels.sampling.table_model import SampleTableModel


class RowsCopy(QObject):
    """Puts the texts of rows on the clipboard, a line each.

    Attributes:
        actions: Copy what is chosen, and all.
    """

    def __init__(self, table: QTableView, samples: SampleTableModel) -> None:
        """Offer to copy.

        Args:
            table: Where rows are chosen.
            samples: Its model.
        """
        super().__init__(table)
        self._table = table
        self._samples = samples
        chosen, everything = QAction("Copy", self), QAction("Copy all", self)
        chosen.triggered.connect(self._on_chosen_triggered)
        everything.triggered.connect(self._on_everything_triggered)
        self.actions = [chosen, everything]

    def is_asked_by(self, event: QEvent) -> bool:
        """Say whether a key is to copy what is chosen, if anything is."""
        assert isinstance(event, QKeyEvent)
        is_copy = event.matches(QKeySequence.StandardKey.Copy)
        return is_copy and self._table.selectionModel().hasSelection()

    @Slot()
    def _on_chosen_triggered(self) -> None:
        chosen = self._table.selectionModel().selectedRows()
        self._copy(sorted(index.row() for index in chosen))

    @Slot()
    def _on_everything_triggered(self) -> None:
        self._copy(range(self._samples.rowCount()))

    def _copy(self, rows: Iterable[int]) -> None:
        texts = [self._samples.sample(row).text for row in rows]
        if texts:
            QGuiApplication.clipboard().setText("\n".join(texts))
