"""The list of runs: what keys and the mouse do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QListView

from microgpt_gui.gui.panels.runs.list_model import RunListModel
from microgpt_gui.gui.panels.runs.row_delegate import RowDelegate
from microgpt_gui.gui.widgets.keys import TAKES_ENTER

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop


class RunList(QListView):
    """Shows the current run and those of the shelf, and which of them is chosen.

    Attributes:
        runs: The rows.

    Signals:
        chosen: Another run is chosen.
    """

    chosen = Signal()

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__()
        self._shelf = workshop.shelf
        self._appearance = appearance
        self.runs = RunListModel(workshop, self)
        self._rows = RowDelegate(self.runs, appearance, self)
        self.setModel(self.runs)
        self.setItemDelegate(self._rows)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Runs")
        self.setProperty(TAKES_ENTER, True)
        self._rows.eye_clicked.connect(self._toggle_overlay)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.restyle()

    @property
    def kept(self) -> ShelvedRun | None:
        """The run that is chosen; None for the current one, or none at all."""
        return self.runs.kept(self.currentIndex().row())

    def refresh(self) -> None:
        """Take up the shelf; the same run stays chosen, or else its neighbour."""
        kept, row = self.kept, self.currentIndex().row()
        self.runs.refresh()
        if kept is not None and self.kept is not kept:
            found = self.runs.row_of(kept)
            if not found:
                found = min(row, self.runs.rowCount() - 1)
            self.setCurrentIndex(self.runs.index(found, 0))

    def rename(self) -> None:
        """Let the person write the name of the run that is chosen."""
        if self.state() is QAbstractItemView.State.EditingState:
            return  # a name is being written: Qt would complain of a second one
        index = self.currentIndex()
        self.edit(index if index.isValid() else self.runs.index(0, 0))

    def toggle_overlay(self) -> None:
        """Draw the chosen run's losses with the current one's, or no longer."""
        self._toggle_overlay(self.currentIndex().row())

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._rows.restyle()
        self.setMinimumHeight(self._rows.row_height)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    @property
    def row_height(self) -> int:
        """Height of a row, in pixels."""
        return self._rows.row_height

    def sizeHint(self) -> QSize:
        """As high as two rows: the panel gives what is left over."""
        return QSize(self._appearance.px(180), 2 * self._rows.row_height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch the overlay with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle_overlay()
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _toggle_overlay(self, row: int) -> None:
        kept = self.runs.kept(row)
        if kept is not None and not kept.is_hidden:
            self._shelf.set_overlaid(kept, kept.overlay is None)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit()
