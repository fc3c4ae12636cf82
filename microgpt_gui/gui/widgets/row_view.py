"""A list of rows, however many: only those in view are asked for, and painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.gui.theme.fonts import SANS
from microgpt_gui.gui.widgets.locking_view import LockingView
from microgpt_gui.letters import beginning, in_one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

#: Of a row, in pixels at 100 %.
_HIGH = 24

#: From which height on all is larger by how much, in pixels at 100 %.
_HEIGHTS = {1.0: 0, 1.25: 420, 1.5: 700}

#: The column that takes what is left has so much room before others give way, at 100 %.
_LEAST_TEXT = 90

#: What the row of the moment has of the accent's colour.
_TINT = 0.16


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column.

    Attributes:
        title: Above it.
        longest: A text that fits; empty for the one column that takes what is left.
        is_right: Whether it stands at the right end of its room, as numbers do.
        gives_way: Columns with the larger number go first where there is no room; 0
            stays.
        is_link: Whether a click on it follows the row, rather than choosing it.
    """

    title: str
    longest: str = ""
    is_right: bool = False
    gives_way: int = 0
    is_link: bool = False


class PlacedColumn(NamedTuple):
    """A column that is shown: its number, and where, in pixels of the view."""

    number: int
    left: int
    width: int


class RowView(LockingView):
    """Rows of one line each; a click or Enter chooses one, Shift and Enter follows it.

    Subclasses implement `part_count`, `part_name` and `text_of`, and may override
    `colour_of` and `paint_cell`.

    Attributes:
        marked: The row that is tinted; None for none.
        letters: So many letters of the column that takes what is left are seen in full,
            if there is room, and no more room is taken; 0: all there is.

    Signals:
        row_chosen: A row was clicked, or Enter was pressed on it (int).
        row_followed: A link of it was clicked, or Shift and Enter pressed (int).
    """

    row_chosen = Signal(int)
    row_followed = Signal(int)

    def __init__(
        self, appearance: Appearance, columns: tuple[RowColumn, ...], name: str
    ) -> None:
        """Show no rows yet.

        Args:
            appearance: Theme and zoom; call `rearrange` when they changed.
            columns: From left to right.
            name: For screen readers.
        """
        super().__init__(appearance)
        self.columns = columns
        self.marked: int | None = None
        self.letters = 0
        self._placed: tuple[PlacedColumn, ...] = ()
        self._is_on_link = False  # where the click was
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)

    # What a subclass says

    def text_of(self, row: int, column: int) -> str:
        """Return what stands in a cell; asked for rows in view alone."""
        raise NotImplementedError

    def colour_of(self, row: int, column: int) -> str:
        """Return the colour of that text, as ``#rrggbb``."""
        theme = self._appearance.theme
        is_text = not self.columns[column].longest
        return theme.text if is_text else theme.muted

    def paint_cell(self, painter: QPainter, row: int, column: int, box: QRect) -> None:
        """Paint a cell, within ``box``."""
        text = self.text_of(row, column)
        if not self.columns[column].longest:
            # Of a long one no more than can be seen: shaping it would take its time.
            most = 2 * box.width() // max(1, self._appearance.px(sizes.TIGHT))
            text = shown(in_one_line(beginning(text, most)))
            metrics = painter.fontMetrics()
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(QColor(self.colour_of(row, column)))
        flag = _RIGHT if self.columns[column].is_right else _LEFT
        painter.drawText(box, flag | Qt.TextFlag.TextSingleLine, text)

    # Where all is

    @property
    def scale(self) -> float:
        """How much larger than usual all is: where there is room, for the back row."""
        height, px = self.height(), self._appearance.px
        return max(s for s, least in _HEIGHTS.items() if height >= px(least))

    def font_of(self, size: int, family: str = SANS) -> QFont:
        """Return a font of the type scale, as large as all is here."""
        size = round(size * self.scale)
        return self._appearance.font(size, QFont.Weight.Normal, family)

    @property
    def pitch(self) -> int:
        """From row to row, in pixels."""
        return self._appearance.px(_HIGH * self.scale)

    @property
    def head(self) -> int:
        """Height of the titles, in pixels."""
        metrics = QFontMetrics(self.font_of(sizes.CAPTION))
        return metrics.height() + self._appearance.px(sizes.TIGHT)

    def rows_in_view(self) -> range:
        """Return the rows of which at least a part is seen."""
        top, room = self.offset().y(), self.viewport().height() - self.head
        first = top // self.pitch
        last = (top + max(0, room - 1)) // self.pitch
        return range(first, min(self.part_count(), last + 1))

    def rearrange(self) -> None:
        """See `LockingView`; also when the number of rows changed."""
        bar, room = self.verticalScrollBar(), self.viewport().height() - self.head
        bar.setRange(0, max(0, self.part_count() * self.pitch - max(room, self.pitch)))
        bar.setPageStep(max(self.pitch, room - self.pitch))
        bar.setSingleStep(self.pitch)
        self._placed = self._place_columns()
        self._keep_within()
        self.viewport().update()

    def _place_columns(self) -> tuple[PlacedColumn, ...]:
        px = self._appearance.px
        gap, metrics = px(sizes.MEDIUM), QFontMetrics(self.font_of(sizes.BODY))
        caption = QFontMetrics(self.font_of(sizes.CAPTION))
        widths = {
            number: max(
                metrics.horizontalAdvance(column.longest),
                caption.horizontalAdvance(column.title),
            )
            for number, column in enumerate(self.columns)
            if column.longest
        }
        room = self.viewport().width() - 2 * px(sizes.SMALL)
        going = sorted(
            (n for n in widths if self.columns[n].gives_way),
            key=lambda n: self.columns[n].gives_way,
        )
        while going and room - sum(w + gap for w in widths.values()) < px(_LEAST_TEXT):
            del widths[going.pop()]
        rest = max(1, room - sum(width + gap for width in widths.values()))
        if self.letters:
            # Numbers far from what they are of are hard to read across.
            wanted = self.letters * metrics.averageCharWidth()
            rest = min(rest, max(wanted, px(_LEAST_TEXT)))
        placed, left = [], px(sizes.SMALL)
        for number, column in enumerate(self.columns):
            if column.longest and number not in widths:
                continue
            width = widths.get(number, rest)
            placed.append(PlacedColumn(number, left, width))
            left += width + gap
        return tuple(placed)

    def box(self, cell: int) -> QRect:
        """See `LockingView`."""
        top = self.head + cell * self.pitch - self.offset().y()
        return QRect(0, top, self.viewport().width(), self.pitch)

    def cell_at(self, at: QPoint) -> int | None:
        """See `LockingView`."""
        row = (at.y() - self.head + self.offset().y()) // self.pitch
        is_row = at.y() >= self.head and 0 <= row < self.part_count()
        return row if is_row else None

    def told_at(self, at: QPoint) -> int | None:
        """See `EnlargingView`."""
        return self.cell_at(at)

    def column_at(self, x: int) -> int:
        """Return the number of the column at ``x`` of the view; -1 beside all."""
        half = self._appearance.px(sizes.MEDIUM) // 2
        for placed in self._placed:
            if placed.left - half <= x < placed.left + placed.width + half:
                return placed.number
        return -1

    def reveal(self, cell: int) -> None:
        """See `LockingView`."""
        bar, room = self.verticalScrollBar(), self.viewport().height() - self.head
        top = cell * self.pitch
        bar.setValue(min(max(bar.value(), top + self.pitch - room), top))

    def show_in_middle(self, row: int) -> None:
        """Scroll to where a row has others above and below it."""
        room = self.viewport().height() - self.head
        self.verticalScrollBar().setValue(row * self.pitch - (room - self.pitch) // 2)

    def go_to(self, row: int) -> None:
        """Let the keyboard be on a row."""
        self._current = row
        self.reveal(row)
        self.find_pointed()

    def mark(self, row: int | None) -> None:
        """Tint a row; None for none."""
        if row != self.marked:
            self.marked = row
            self.viewport().update()

    # Keys and mouse

    def moves(self) -> dict[Qt.Key, int]:
        """See `LockingView`."""
        return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}

    def press(self, cell: int) -> None:
        """Say that a row is chosen, or followed."""
        (self.row_followed if self._is_on_link else self.row_chosen).emit(cell)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which row was clicked, and where in it."""
        at = event.position().toPoint()
        if (row := self.cell_at(at)) is not None:
            self._current = row
        column = self.column_at(at.x())
        self._is_on_link = column >= 0 and self.columns[column].is_link
        super().mouseReleaseEvent(event)
        self._is_on_link = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go a page up or down, and follow a row, as well."""
        page = max(1, (self.viewport().height() - self.head) // self.pitch - 1)
        by = {Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        count = self.part_count()
        is_shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if is_shifted and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if count:
                self.row_followed.emit(self._current)
        elif event.key() in by and count:
            wanted = self._current + by[Qt.Key(event.key())]
            self._set_by_keyboard(True)
            self.go_to(max(0, min(wanted, count - 1)))
            self.tell_of_keyboard()
        else:
            super().keyPressEvent(event)

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the titles, and the rows in view."""
        theme, painter = self._appearance.theme, QPainter(self.viewport())
        painter.setFont(self.font_of(sizes.CAPTION))
        painter.setPen(QColor(theme.muted))
        for number, left, width in self._placed:
            column = self.columns[number]
            flag = _RIGHT if column.is_right else _LEFT
            box = QRect(left, 0, width, self.head - 2)
            painter.drawText(box, flag | Qt.TextFlag.TextSingleLine, column.title)
        below = self.viewport().rect().adjusted(0, self.head, 0, 0)
        painter.setPen(QColor(theme.border))
        painter.drawLine(0, self.head - 1, below.right(), self.head - 1)
        painter.setClipRect(below)
        painter.setFont(self.font_of(sizes.BODY))
        for row in self.rows_in_view():
            self._paint_row(painter, row)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int) -> None:
        theme, box = self._appearance.theme, self.box(row)
        if row == self.marked:
            tint = QColor(theme.accent)
            tint.setAlphaF(_TINT)
            painter.fillRect(box, tint)
            painter.fillRect(box.left(), box.top(), 3, box.height(), theme.accent)
        elif row == self.pointed:
            painter.fillRect(box, QColor(theme.hover))
        for number, left, width in self._placed:
            cell = QRect(left, box.top(), width, box.height())
            self.paint_cell(painter, row, number, cell)
        if row == self.pointed and self.told_by_keyboard() is not None:
            self.draw_pointed(painter, row, theme.accent)
