"""The runs as rows of a list: the current one first, then the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from microgpt_gui.gui.panels.runs import words

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.workshop import Workshop

_Index = QModelIndex | QPersistentModelIndex


class RunListModel(QAbstractListModel):
    """Row 0 is the current run; the others are those of the shelf.

    Attributes:
        shows_hidden: Whether the hidden ones are there too.
    """

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._run = workshop.run
        self._kept: list[ShelvedRun] = []
        self.shows_hidden = False

    def refresh(self) -> None:
        """Take up the shelf as it is now."""
        shelf = self._workshop.shelf
        wanted = list(shelf.runs) if self.shows_hidden else shelf.listed
        if wanted == self._kept:
            last = self.index(len(self._kept), 0)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._kept = wanted
        self.endResetModel()

    def refresh_current(self) -> None:
        """Take up the current run as it is now."""
        self.dataChanged.emit(self.index(0, 0), self.index(0, 0))

    def kept(self, row: int) -> ShelvedRun | None:
        """Return the run of a row; None for the current one, or where there is none."""
        return self._kept[row - 1] if 0 < row <= len(self._kept) else None

    def row_of(self, kept: ShelvedRun | None) -> int:
        """Return where a run is; the current one's row where it is not here."""
        return self._kept.index(kept) + 1 if kept in self._kept else 0

    def said(self, row: int) -> words.Row:
        """Return what a row says."""
        kept = self.kept(row)
        return (
            words.row_of_current(self._workshop) if kept is None else words.row_of(kept)
        )

    @property
    def compared(self) -> ShelvedRun | None:
        """The run that is side by side with the current one."""
        return self._workshop.shelf.compared

    def state(self, row: int) -> str:
        """Return how a run is shown, in words; may be empty."""
        kept = self.kept(row)
        if kept is None:
            return "the current run"
        states = {
            "hidden": kept.is_hidden,
            "drawn in the loss plot": kept.overlay is not None,
            "side by side with the current run": kept is self.compared,
        }
        return ", ".join(state for state, holds in states.items() if holds)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own
        """See `QAbstractListModel`."""
        return 0 if parent.isValid() else 1 + len(self._kept)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every run can be renamed."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See `QAbstractListModel`."""
        row = index.row()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.said(row).name
        if role == Qt.ItemDataRole.EditRole:
            kept = self.kept(row)
            return self._workshop.shelf.current_name if kept is None else kept.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken(self.said(row), self.state(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tip(self.said(row), self.state(row))
        return None

    def setData(
        self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Rename a run."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        kept, shelf = self.kept(index.row()), self._workshop.shelf
        if kept is not None:
            shelf.rename(kept, str(value))
        elif value != shelf.current_name:
            shelf.rename_current(str(value))
        return True
