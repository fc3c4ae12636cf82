"""The table of samples: which columns fit, and copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from microgpt_gui.gui.panels.sampling.delegates import LetterDelegate, MarkDelegate
from microgpt_gui.gui.panels.sampling.table_model import (
    LOG_PROBABILITY,
    ORIGIN,
    TEXT,
    VALIDITY,
    SampleTableModel,
)
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.snapshot import SampleBatch

#: Letters that stand side by side before other columns may take room.
_LETTERS_FIRST = 10

#: Rows that stay visible, however little room there is.
_LEAST_ROWS = 6


class SampleTable(QTableView):
    """Shows a batch of samples.

    Where it is narrow, the log-probability goes first, then words become signs.

    Attributes:
        samples: The model.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.samples = SampleTableModel(self)
        self._letters = LetterDelegate(self.samples, appearance, self)
        self._marks = MarkDelegate(self.samples, appearance, self)
        self.setModel(self.samples)
        self.setItemDelegate(self._marks)
        self.setItemDelegateForColumn(TEXT, self._letters)
        self.setAccessibleName("Samples")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(1)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        self._add_actions()
        self.restyle()

    def _add_actions(self) -> None:
        self.copy_action = QAction("Copy", self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy_action.triggered.connect(self._on_copy_triggered)
        self.copy_all_action = QAction("Copy all", self)
        self.copy_all_action.triggered.connect(self._on_copy_all_triggered)
        self.addActions([self.copy_action, self.copy_all_action])
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_batch(self, batch: SampleBatch | None) -> None:
        """Show ``batch`` instead of what is shown."""
        self.samples.show_batch(batch)
        self._fit()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._letters.restyle()
        self._marks.restyle()
        row = self._letters.height_of(1, 1)
        self.verticalHeader().setDefaultSectionSize(row)
        self.setMinimumHeight(_LEAST_ROWS * row + self.horizontalHeader().height())
        self._fit()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Ask for no more than the least: the panel gives what is left over."""
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be: columns go, letters wrap."""
        return QSize(self._letters.width_of(4), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew what fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        batch = self.samples.batch
        self._letters.make_room_for(s.text for s in (batch.samples if batch else ()))
        self._fit_columns()
        self._fit_rows()

    def _fit_columns(self) -> None:
        marks, has_rule = self._marks, self.samples.has_rule
        words, sign = marks.width_of("in data"), marks.sign_width()
        rule = (
            marks.width_of("valid") + self._appearance.px(sizes.SMALL)
            if has_rule
            else 0
        )
        number = marks.width_of("\N{MINUS SIGN}100.0")
        batch = self.samples.batch
        longest = max((len(s.text) for s in batch.samples), default=0) if batch else 0
        spare = self.viewport().width() - rule
        spare -= self._letters.width_of(min(max(longest, 7), _LETTERS_FIRST))
        marks.is_compact = spare < words
        header = self.horizontalHeader()
        header.resizeSection(ORIGIN, sign if marks.is_compact else words)
        header.resizeSection(VALIDITY, rule)
        header.resizeSection(LOG_PROBABILITY, number)
        self.setColumnHidden(VALIDITY, not has_rule)
        self.setColumnHidden(LOG_PROBABILITY, spare < words + number)

    def _fit_rows(self) -> None:
        batch = self.samples.batch
        width = self.columnWidth(TEXT)
        rows = self.verticalHeader()
        for row, sample in enumerate(batch.samples if batch else ()):
            height = self._letters.height_of(len(sample.text), width)
            if rows.sectionSize(row) != height:
                rows.resizeSection(row, height)

    @Slot()
    def _on_copy_triggered(self) -> None:
        chosen = self.selectionModel().selectedRows()
        self._copy(sorted(index.row() for index in chosen))

    @Slot()
    def _on_copy_all_triggered(self) -> None:
        self._copy(range(self.samples.rowCount()))

    def _copy(self, rows: Iterable[int]) -> None:
        """Put the texts of ``rows`` on the clipboard, a line each."""
        texts = [self.samples.sample(row).text for row in rows]
        if texts:
            QGuiApplication.clipboard().setText("\n".join(texts))
