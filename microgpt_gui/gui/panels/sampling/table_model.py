"""A batch of samples as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from microgpt_gui.gui import glossary
from microgpt_gui.gui.panels.sampling import wording
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from microgpt_gui.session.sample_batch import Sample, SampleBatch

TEXT, ORIGIN, VALIDITY, LOG_PROBABILITY = range(4)

_HEADERS = ("sample", "", "valid", "log p")
_HEADER_NAMES = (
    "Sample",
    "New or in the training set",
    "Whether the dataset's rule holds",
    "Log-probability in nats",
)

_Index = QModelIndex | QPersistentModelIndex


class SampleTableModel(QAbstractTableModel):
    """Rows are samples; see TEXT and its neighbours for the columns.

    Attributes:
        batch: What is shown, or None.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.batch: SampleBatch | None = None

    def show_batch(self, batch: SampleBatch | None) -> None:
        """Show ``batch``; rows that stay keep their selection and their place."""
        before = self.rowCount()
        after = len(batch.samples) if batch else 0
        nowhere = QModelIndex()
        if after < before:
            self.beginRemoveRows(nowhere, after, before - 1)
            self.batch = batch
            self.endRemoveRows()
        elif after > before:
            self.beginInsertRows(nowhere, before, after - 1)
            self.batch = batch
            self.endInsertRows()
        else:
            self.batch = batch
        stayed = min(before, after)
        if stayed:
            self.dataChanged.emit(
                self.index(0, 0), self.index(stayed - 1, LOG_PROBABILITY)
            )

    def sample(self, row: int) -> Sample:
        """Return the sample of ``row``."""
        assert self.batch is not None
        return self.batch.samples[row]

    @property
    def prompt_length(self) -> int:
        """How many letters of each sample were given, not drawn."""
        return self.batch.given if self.batch else 0

    @property
    def has_rule(self) -> bool:
        """Whether the dataset can tell valid samples from others."""
        samples = self.batch.samples if self.batch else ()
        return bool(samples) and samples[0].is_valid is not None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own
        """See `QAbstractTableModel`."""
        return 0 if parent.isValid() or not self.batch else len(self.batch.samples)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """See `QAbstractTableModel`."""
        return 0 if parent.isValid() else len(_HEADERS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See `QAbstractTableModel`; what a screen reader says is in words."""
        assert self.batch is not None
        sample = self.sample(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            return wording.explanation(sample, self.batch)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (
                sample.text or wording.EMPTY,
                wording.origin(sample),
                wording.validity(sample),
                wording.log_probability(sample),
            )[index.column()]
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """See `QAbstractTableModel`; rows are numbered as the script does."""
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADERS[section]
        if role == Qt.ItemDataRole.ToolTipRole and section == LOG_PROBABILITY:
            return wrapped(_HEADER_NAMES[section], glossary.LOG_P)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _HEADER_NAMES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft
            if section == LOG_PROBABILITY:
                side = Qt.AlignmentFlag.AlignRight
            elif section == VALIDITY:
                side = Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
