"""A sheet on the screen: moved in by keyboard, each number read to its last digit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from microgpt_gui.gui.panels.attention.detail.sheet import EMPTY, Cell, Sheet
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance

Index = QModelIndex | QPersistentModelIndex

#: A tint and a bar let so much of the ground through, from 0 to 255.
_TINT, _BAR = 120, 80

_Role = Qt.ItemDataRole


class SheetModel(QAbstractTableModel):
    """Lets Qt, and screen readers, read a sheet.

    Attributes:
        sheet: What is read.
        is_whole: Whether numbers are written to the last digit.
        name_font: Of the names of lines.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sheet = EMPTY
        self.is_whole = False
        self.name_font = QFont()

    def show_sheet(self, sheet: Sheet) -> None:
        """Take up another sheet; where it has the same lines, the place is kept."""
        before, shape = self.sheet, (len(sheet.rows), sheet.headers)
        if (len(before.rows), before.headers) == shape:
            self.sheet = sheet
            if sheet.rows:
                last = self.index(len(sheet.rows) - 1, len(sheet.headers) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def cell(self, index: Index) -> Cell | None:
        """Return what stands at a place; None for the name of a line."""
        column = index.column()
        return self.sheet.rows[index.row()].cells[column - 1] if column else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.sheet.headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return the name of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return self.sheet.headers[section]
        return _side(section) if role == _Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """Return what is shown, or told, at a place."""
        if role == _Role.DisplayRole:
            cell = self.cell(index)
            row = self.sheet.rows[index.row()]
            return row.name if cell is None else cell.written(is_whole=self.is_whole)
        if role in (_Role.AccessibleTextRole, _Role.ToolTipRole):
            return self.sheet.told(index.row(), index.column())
        if role == _Role.TextAlignmentRole:
            return _side(index.column())
        if role == _Role.FontRole and not index.column():
            return self.name_font
        return None


def _side(column: int) -> Qt.AlignmentFlag:
    """Return where a column's texts stand: names on the left, numbers on the right."""
    flag = Qt.AlignmentFlag
    return (flag.AlignRight if column else flag.AlignLeft) | flag.AlignVCenter


class _Painter(QStyledItemDelegate):
    """Draws tint and bar under a number."""

    def __init__(self, table: SheetTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Draw a cell."""
        model, theme = self._table.shown, self._table.appearance.theme
        row, cell = model.sheet.rows[index.row()], model.cell(index)
        box: QRect = option.rect
        if index.row() == model.sheet.chosen:
            ground = QColor(theme.accent)
            ground.setAlpha(36)
            painter.fillRect(box, ground)
        if cell is not None and cell.tint:
            end = theme.signed_map[-1 if cell.tint > 0 else 0]
            colour = QColor(end)
            colour.setAlpha(round(_TINT * abs(cell.tint)))
            painter.fillRect(box.adjusted(1, 1, -1, -1), colour)
        if cell is not None and cell.bar:
            colour = QColor(theme.accent)
            colour.setAlpha(_BAR)
            bar = box.adjusted(1, 2, -1, -2)
            bar.setWidth(max(1, round(bar.width() * cell.bar)))
            painter.fillRect(bar, colour)
        if row.is_sum and not model.sheet.rows[index.row() - 1].is_sum:
            painter.setPen(QColor(theme.border))
            painter.drawLine(box.topLeft(), box.topRight())
        super().paint(painter, option, index)


class SheetTable(QTableView):
    """Shows a sheet; as many digits as there is room for.

    Attributes:
        appearance: Theme and zoom.
        shown: What is read of it.

    Signals:
        row_chosen: The person wants to look at this line (int).
        told: What the pointer or the keyboard is on, in full; empty for nothing (str).
    """

    row_chosen = Signal(int)
    told = Signal(str)

    def __init__(self, name: str, appearance: Appearance) -> None:
        super().__init__()
        self.appearance = appearance
        self.shown = SheetModel()
        self.setModel(self.shown)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.entered.connect(self._on_entered)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.restyle()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show ``sheet``, the line that is looked at in view."""
        is_new = sheet.chosen != self.shown.sheet.chosen
        was = self.shown.sheet.headers, len(self.shown.sheet.rows)
        self.shown.show_sheet(sheet)
        self._fit()
        if was != (sheet.headers, len(sheet.rows)):
            self.clearSelection()
        if is_new and sheet.chosen is not None:
            self.scrollTo(self.shown.index(sheet.chosen, 0))

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._fonts = {
            size: self.appearance.font(size, QFont.Weight.Normal, MONO)
            for size in (sizes.CAPTION, sizes.BODY)
        }
        self._name_fonts = {
            size: self.appearance.font(size) for size in (sizes.CAPTION, sizes.BODY)
        }
        self.horizontalHeader().setFont(self.appearance.font(sizes.CAPTION))
        self._size = 0
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as many digits as fit."""
        super().resizeEvent(event)
        self._fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of what the keyboard is on again."""
        super().leaveEvent(event)
        self._tell_current()

    def _fit(self) -> None:
        """Choose the digits, and share the width among the columns."""
        sheet = self.shown.sheet
        if not sheet.headers:
            return
        room = self.viewport().width()
        kept = len(sheet.headers)
        for size, is_whole in (
            (sizes.BODY, True),
            (sizes.CAPTION, True),
            (sizes.CAPTION, False),
        ):
            widths = self._widths(sheet, size, is_whole=is_whole)
            if sum(widths) <= room:
                break
        while kept > 2 and sum(widths[i] for i in sheet.order[:kept]) > room:
            kept -= 1
        columns = sorted(sheet.order[:kept])
        for column in range(len(sheet.headers)):
            if self.isColumnHidden(column) is (column in columns):
                self.setColumnHidden(column, column not in columns)
        if size != self._size:
            self._size = size
            self.setFont(self._fonts[size])
            self.shown.name_font = self._name_fonts[size]
            self.verticalHeader().setMinimumSectionSize(self._line)
            self.verticalHeader().setDefaultSectionSize(self._line)
        if is_whole is not self.shown.is_whole:
            self.shown.is_whole = is_whole
            self.viewport().update()
        wanted = [widths[column] for column in columns]
        spare = max(0, room - sum(wanted)) // len(wanted)
        header = self.horizontalHeader()
        for column, width in zip(columns, wanted, strict=True):
            if header.sectionSize(column) != width + spare:
                header.resizeSection(column, width + spare)

    @property
    def _line(self) -> int:
        """Height of a line."""
        return QFontMetrics(self._fonts[self._size]).height() + self.appearance.px(1)

    @property
    def whole_height(self) -> int:
        """What all lines need, in pixels."""
        lines = len(self.shown.sheet.rows) * self._line if self._size else 0
        return lines + self.horizontalHeader().sizeHint().height() + 4

    def _widths(self, sheet: Sheet, size: int, *, is_whole: bool) -> list[int]:
        """Return what the columns need."""
        advance = QFontMetrics(self._fonts[size]).horizontalAdvance
        heading = QFontMetrics(self.appearance.font(sizes.CAPTION)).horizontalAdvance
        pad = self.appearance.px(12)
        called = QFontMetrics(self._name_fonts[size]).horizontalAdvance
        widths = [max(called(row.name) for row in sheet.rows)]
        for column in range(len(sheet.headers) - 1):
            written = (
                row.cells[column].written(is_whole=is_whole) for row in sheet.rows
            )
            widths.append(max(map(advance, written)))
        beside = self.appearance.px(18)
        return [
            max(width + pad, heading(header) + beside)
            for width, header in zip(widths, sheet.headers, strict=True)
        ]

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        self.told.emit(self.shown.sheet.told(index.row(), index.column()))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.row_chosen.emit(index.row())

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell_current()

    def _tell_current(self) -> None:
        index = self.currentIndex()
        is_there = index.isValid() and self.hasFocus()
        told = self.shown.sheet.told(index.row(), index.column()) if is_there else ""
        self.told.emit(told)
