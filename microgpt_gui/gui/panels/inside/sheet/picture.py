"""The picture of a stage that is opened."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from microgpt_gui.gui.panel.cell_numbers import (
    DARK_CELL,
    CellNumber,
    draw_numbers,
    number_form,
)
from microgpt_gui.gui.panel.layer import new_layer
from microgpt_gui.gui.panel.signed_colours import signed_colours, unsigned_colours
from microgpt_gui.gui.panels.inside.colours import written
from microgpt_gui.gui.panels.inside.sheet.layout import (
    Room,
    SheetLayout,
    sheet_layout,
)
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.colour_map import lightness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from microgpt_gui.gui.panels.inside.sheet.content import Numbers, Sheet
    from microgpt_gui.gui.theme.appearance import Appearance

#: As wide as a number that comes out is written.
_NUMBER = "+0.000"


class Ends(NamedTuple):
    """The numbers with the end colours."""

    values: float
    entering: float
    out: float


class _Block(NamedTuple):
    """Cells that are drawn as one image."""

    image: QImage
    colours: NDArray[np.uint32]
    numbers: Numbers
    place: QRect
    wide: int
    high: int
    shares: range | tuple[int, ...]  # rows of numbers from 0 to 1


class SheetPicture:
    """Draws the part of a sheet that is in view: what enters and comes out stays there.

    Attributes:
        layout: Where the cells are.
    """

    def __init__(self, appearance: Appearance, sheet: Sheet, view: QSize) -> None:
        """Arrange a sheet for a view."""
        self._appearance = appearance
        self._sheet = sheet
        px = appearance.px
        self._font = appearance.font(sizes.CAPTION, QFont.Weight.DemiBold)
        metrics = QFontMetrics(self._font)
        names = [*sheet.row_names, sheet.entering_name]
        widest = max(map(metrics.horizontalAdvance, names), default=0)
        has_out = sheet.out is not None
        of_numbers = QFontMetrics(
            appearance.font(sizes.CAPTION, QFont.Weight.Normal, MONO)
        )
        room = Room(
            width=view.width(),
            height=view.height(),
            names=widest + px(5) if widest else 0,
            line=metrics.height(),
            out=of_numbers.horizontalAdvance(_NUMBER) + px(6) if has_out else 0,
            has_entering=sheet.is_product,
            has_column_names=bool(sheet.column_names),
            gap=px(sizes.LARGE),
            px=px,
        )
        rows, columns = sheet.values.shape
        self.layout: SheetLayout = sheet_layout(
            rows, columns, room, are_rows_named=bool(sheet.row_names)
        )

    @property
    def has_numbers(self) -> bool:
        """See `MapPicture`."""
        return True

    def show(self, sheet: Sheet, ends: Ends) -> None:
        """Take other numbers, of a sheet of the same sizes."""
        self._sheet, self._ends = sheet, ends
        self._values: _Block | None = None

    # The layers

    def show_part(self, offset: QPoint, view: QSize, ratio: float) -> None:
        """See `MapPicture`."""
        self._offset, self._view, self._ratio = offset, view, ratio
        self._names, painter = new_layer(view, QPoint(), ratio)
        self._draw_names(painter)
        painter.end()
        self.write_numbers()

    def _draw_names(self, painter: QPainter) -> None:
        a, sheet, theme = self.layout, self._sheet, self._appearance.theme
        metrics = QFontMetrics(self._font)
        px = self._appearance.px
        painter.setFont(self._font)
        painter.setPen(QColor(theme.text))
        base = a.entering_top + (a.entering_high + metrics.capHeight()) // 2
        if sheet.out is not None:
            symbol = sheet.stage.symbol
            x = a.out_left + (a.out_wide - metrics.horizontalAdvance(symbol)) // 2
            painter.drawText(x, base, symbol)
        if sheet.entering is not None:
            x = a.left - px(5) - metrics.horizontalAdvance(sheet.entering_name)
            painter.drawText(x, base, sheet.entering_name)
        self._draw_row_names(painter, metrics)
        self._draw_column_names(painter, metrics)

    def _draw_row_names(self, painter: QPainter, metrics: QFontMetrics) -> None:
        a, sheet = self.layout, self._sheet
        if not sheet.row_names or a.high < metrics.capHeight() + 2:
            return
        painter.save()
        painter.setClipRect(QRect(0, a.top, self._view.width(), self._view.height()))
        first = max(0, self._offset.y() // a.high)
        last = (self._offset.y() + self._view.height()) // a.high + 1
        rise = (a.high + metrics.ascent() - metrics.descent()) // 2
        right = a.out_left or a.left
        for row, name in enumerate(sheet.row_names[first:last], first):
            x = right - self._appearance.px(5) - metrics.horizontalAdvance(name)
            y = a.top + row * a.high - self._offset.y() + rise
            painter.drawText(x, y, name)
        painter.restore()

    def _draw_column_names(self, painter: QPainter, metrics: QFontMetrics) -> None:
        a, sheet = self.layout, self._sheet
        widest = max(map(metrics.horizontalAdvance, sheet.column_names), default=0)
        if not sheet.column_names or a.wide < min(widest, self._appearance.px(12)):
            return
        painter.save()
        painter.setClipRect(QRect(a.left, 0, self._view.width(), self._view.height()))
        first = max(0, self._offset.x() // a.wide)
        last = (self._offset.x() + self._view.width()) // a.wide + 1
        for column, name in enumerate(sheet.column_names[first:last], first):
            x = a.left + column * a.wide - self._offset.x()
            x += (a.wide - metrics.horizontalAdvance(name)) // 2
            painter.drawText(x, metrics.ascent(), name)
        painter.restore()

    def write_numbers(self) -> None:
        """See `MapPicture`."""
        self._numbers, painter = new_layer(self._view, QPoint(), self._ratio)
        for block, clip in self._blocks():
            form = number_form(self._appearance, block.wide, block.high, is_signed=True)
            if form is None:
                continue
            painter.setClipRect(clip)
            are_light = lightness(block.colours) < DARK_CELL
            cells = []
            (rows, columns), place = block.numbers.shape, block.place
            seen = (
                _within(rows, place.top(), block.high, clip.top(), clip.bottom()),
                _within(columns, place.left(), block.wide, clip.left(), clip.right()),
            )
            for row, column in product(*seen):
                left = place.left() + column * block.wide
                top = place.top() + row * block.high
                value = float(block.numbers[row, column])
                text = written(form, value, is_signed=row not in block.shares)
                cells.append(CellNumber(left, top, text, bool(are_light[row, column])))
            draw_numbers(painter, form, cells, block.wide, block.high)
        painter.end()

    def _blocks(self) -> list[tuple[_Block, QRect]]:
        """Return what is drawn as cells, and where each may be drawn."""
        a, sheet, view = self.layout, self._sheet, QRect(QPoint(), self._view)
        x, y = self._offset.x(), self._offset.y()
        if self._values is None:
            self._values = self._block(sheet.values, self._ends.values, QRect())
        rows, columns = sheet.values.shape
        place = QRect(a.left - x, a.top - y, columns * a.wide, rows * a.high)
        values = self._values._replace(place=place)
        blocks = [(values, view.adjusted(a.left, a.top, 0, 0))]
        if sheet.out is not None:
            place = QRect(a.out_left, a.top - y, a.out_wide, rows * a.high)
            out = self._block(sheet.out[:, None], self._ends.out, place)
            blocks.append(
                (out._replace(wide=a.out_wide), view.adjusted(0, a.top, 0, 0))
            )
        if sheet.entering is not None:
            place = QRect(a.left - x, a.entering_top, columns * a.wide, a.entering_high)
            row = sheet.entering[None, :]
            entering = self._block(
                row, self._ends.entering, place, is_shares=sheet.are_shares_entering
            )
            blocks.append(
                (
                    entering._replace(high=a.entering_high),
                    view.adjusted(a.left, 0, 0, 0),
                )
            )
        return blocks

    def _block(
        self, numbers: Numbers, end: float, place: QRect, *, is_shares: bool = False
    ) -> _Block:
        theme = self._appearance.theme
        shares: range | tuple[int, ...] = range(len(numbers)) if is_shares else ()
        if numbers is self._sheet.values:
            shares = self._sheet.shares
        colours = signed_colours(numbers, end, theme)
        for row in shares:
            colours[row] = unsigned_colours(numbers[row], 1.0, theme)
        colours = np.ascontiguousarray(colours)
        high, wide = colours.shape
        image = QImage(colours.data, wide, high, 4 * wide, QImage.Format.Format_RGB32)
        cell = self.layout.wide, self.layout.high
        return _Block(image, colours, numbers, place, *cell, shares)

    def paint(self, painter: QPainter, row: int | None, pointed: QRect | None) -> None:
        """Put the layers together, and mark what is pointed at.

        Args:
            painter: Of the view, not moved.
            row: The one whose number is explained; None for none.
            pointed: The cell under the pointer, in pixels of the whole.
        """
        theme, a, sheet = self._appearance.theme, self.layout, self._sheet
        for block, clip in self._blocks():
            painter.setClipRect(clip)
            painter.drawImage(block.place, block.image)
            if block.numbers is sheet.values:
                self._part(painter, block.place)
        painter.setClipping(False)
        painter.drawPixmap(0, 0, self._names)
        painter.drawPixmap(0, 0, self._numbers)
        view = QRect(QPoint(), self._view)
        marked = sheet.marked if row is None else row
        if marked is not None:
            painter.setClipRect(view.adjusted(0, a.top - 2, 0, 0))
            left = a.out_left or a.left
            wide = a.width - 1 - left
            box = QRect(left, a.top + marked * a.high, wide, a.high)
            self._mark(painter, box.translated(0, -self._offset.y()), theme.accent)
            painter.setClipping(False)
        if pointed is not None:
            self._mark(painter, pointed, theme.text)

    def _part(self, painter: QPainter, place: QRect) -> None:
        """Part the heads."""
        sheet, a = self._sheet, self.layout
        rows, columns = sheet.values.shape
        painter.setPen(QColor(self._appearance.theme.surface))
        for row in _starts(rows, sheet.rows_apart):
            y = place.top() + row * a.high
            painter.drawLine(place.left(), y, place.right(), y)
        for column in _starts(columns, sheet.columns_apart):
            x = place.left() + column * a.wide
            painter.drawLine(x, place.top(), x, place.bottom())

    def _mark(self, painter: QPainter, box: QRect, colour: str) -> None:
        for ink, by in ((self._appearance.theme.surface, 2), (colour, 1)):
            painter.setPen(QColor(ink))
            painter.drawRect(box.adjusted(-by, -by, by - 1, by - 1))


def _within(count: int, start: int, size: int, first: int, last: int) -> range:
    """Return which of ``count`` cells, one after the other, are in view.

    Args:
        count: Of the cells.
        start: Where the first of them begins.
        size: Of each.
        first: Where the view begins.
        last: Where it ends.
    """
    return range(
        max(0, (first - start) // size), min(count, (last - start) // size + 1)
    )


def _starts(count: int, apart: int) -> range:
    """Return where groups begin, but for the first."""
    return range(apart, count, apart) if apart else range(0)
