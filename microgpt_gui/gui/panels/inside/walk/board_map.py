"""The numbers of a piece of learning, painted: cells to point at and to walk among."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPixmap

from microgpt_gui.gui.panel.colour_range import rounded_up
from microgpt_gui.gui.panel.signed_colours import signed_colours
from microgpt_gui.gui.panels.inside.walk import words
from microgpt_gui.gui.panels.inside.walk.board import bars_of
from microgpt_gui.gui.panels.inside.walk.board_layout import layout_of, text_of
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.locking_view import LockingView

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.panels.inside.walk.board import Board
    from microgpt_gui.gui.panels.inside.walk.board_layout import BoardLayout
    from microgpt_gui.gui.theme.appearance import Appearance

#: The largest number of a map has the colour this far out on the theme's map: further,
#: the number itself could not be read on it.
_FURTHEST = 0.4

#: Bars beside a list are so wide, in pixels at 100 %.
_LEAST_BAR, _WIDEST_BAR = 60, 420


class BoardMap(LockingView):
    """Paints a board into one picture, each row of numbers as one text.

    A call for each cell would be a wait for each, while the run trains.

    Attributes:
        board: What is shown; None for nothing.
        end_of_colours: The number that has the end colour; None where none has any.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.board: Board | None = None
        self._layout: BoardLayout | None = None
        self._colours: QImage | None = None
        self.end_of_colours: float | None = None
        self._drawn: QPixmap | None = None
        self.setAccessibleName("Numbers of this piece of the step")

    def show_board(self, board: Board | None) -> None:
        """Show ``board``, with what is lit in it in sight."""
        if board == self.board:
            return
        is_alike = (
            board is not None
            and self.board is not None
            and board.rows == self.board.rows
            and board.columns == self.board.columns
        )
        self.board = board
        if not is_alike:
            self._current = 0
        self.rearrange()
        if not is_alike:
            self.verticalScrollBar().setValue(0)
            self.horizontalScrollBar().setValue(0)
        if board is not None and board.lit:
            self.reveal(max(board.lit) * len(board.columns))
        self._keep_within()

    # Where all is

    def part_count(self) -> int:
        """See `EnlargingView`."""
        board = self.board
        return len(board.rows) * len(board.columns) if board else 0

    def part_name(self, part: int) -> str:
        """See `EnlargingView`."""
        board = self.board
        if board is None:
            return ""
        row, column = self._place(part)
        cell = board.cells[row][column]
        told = repr(cell) if isinstance(cell, float) else text_of(cell) or words.EMPTY
        name = board.rows[row]
        return f"{name}, {board.columns[column]}: {told}" if name else told

    def _place(self, part: int) -> tuple[int, int]:
        assert self.board is not None
        return divmod(part, len(self.board.columns))

    def moves(self) -> dict[Qt.Key, int]:
        """See `LockingView`."""
        columns = len(self.board.columns) if self.board else 1
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }

    def press(self, cell: int) -> None:
        """Nothing more is to be seen of a cell than what is read of it."""

    def rearrange(self) -> None:
        """See `LockingView`."""
        self._drawn = None
        self._layout = None
        self.end_of_colours = None
        if self.board is not None and self.board.rows:
            pad = self._appearance.px(sizes.TIGHT)
            self._layout = layout_of(self.board, self._font(), self._small(), pad)
            self._colours = self._image()
        room = self.viewport().size()
        for bar, whole, seen in (
            (
                self.verticalScrollBar(),
                self._layout and self._layout.height(),
                room.height(),
            ),
            (
                self.horizontalScrollBar(),
                self._layout and self._layout.width(),
                room.width(),
            ),
        ):
            bar.setRange(0, max(0, (whole or 0) - seen))
            bar.setPageStep(max(1, seen))
            bar.setSingleStep(self._layout.line if self._layout else 1)
        self.viewport().update()

    def box(self, cell: int) -> QRect:
        """See `LockingView`."""
        if self._layout is None:
            return QRect()
        return self._layout.box(*self._place(cell)).translated(-self.offset())

    def cell_at(self, at: QPoint) -> int | None:
        """See `LockingView`."""
        layout, board = self._layout, self.board
        if layout is None or board is None or at.x() < layout.names:
            return None
        x, y = at.x() - layout.names + self.offset().x(), at.y() - layout.head
        row = (y + self.offset().y()) // layout.line
        column = int(np.searchsorted(layout.starts, x, side="right")) - 1
        is_in = y >= 0 and row < len(board.rows) and 0 <= column < len(board.columns)
        return row * len(board.columns) + column if is_in else None

    def reveal(self, cell: int) -> None:
        """See `LockingView`."""
        layout = self._layout
        if layout is None:
            return
        box, view = self.box(cell), self.viewport().rect()
        seen = view.adjusted(layout.names, layout.head, 0, 0)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setValue(
            down.value() + _outside(box.top(), box.bottom(), seen.top(), seen.bottom())
        )
        across.setValue(
            across.value()
            + _outside(box.left(), box.right(), seen.left(), seen.right())
        )

    # The picture

    def _font(self) -> QFont:
        font = self._appearance.font(sizes.CAPTION + 1, family=MONO)
        font.setFeature(QFont.Tag("calt"), 0)
        return font

    def _small(self) -> QFont:
        return self._appearance.font(sizes.CAPTION)

    def _image(self) -> QImage | None:
        """Return the grounds of a map, one pixel for each cell; None of a list."""
        if self.board is None or not self.board.is_map:
            return None
        numbers = np.array(self.board.cells, float)  # nothing becomes NaN
        scale = float(np.nanmax(np.abs(numbers), initial=0.0)) or 1.0
        self.end_of_colours = end = rounded_up(scale / _FURTHEST)
        colours = signed_colours(numbers, end, self._appearance.theme)
        colours = np.where(np.isnan(numbers), np.uint32(0), colours)
        height, width = colours.shape
        kind = QImage.Format.Format_ARGB32
        return QImage(colours.tobytes(), width, height, 4 * width, kind).copy()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw the part that comes into view."""
        self._drawn = None
        super().scrollContentsBy(dx, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view, and what is pointed at."""
        if self._layout is None:
            return
        if self._drawn is None:
            self._drawn = self._draw(self._layout)
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._drawn)
        if self.pointed is not None:
            layout = self._layout
            painter.setClipRect(
                self.viewport().rect().adjusted(layout.names, layout.head, 0, 0)
            )
            self.draw_pointed(painter, self.pointed, self._appearance.theme.text)
        painter.end()

    def _draw(self, layout: BoardLayout) -> QPixmap:
        """Return a picture of what is in view."""
        board, theme = self.board, self._appearance.theme
        assert board is not None
        size, ratio = self.viewport().size(), self.devicePixelRatioF()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        at, line = self.offset(), layout.line
        first = at.y() // line
        rows = range(first, min(len(board.rows), first + size.height() // line + 2))
        body = QRect(layout.names, layout.head, size.width(), size.height())
        left, top = layout.names - at.x(), layout.head - at.y()
        painter.setClipRect(body)
        self._draw_grounds(painter, layout, left, top)
        self._draw_bars(painter, layout, left, top)
        painter.setFont(self._font())
        painter.setPen(QColor(theme.text))
        metrics = QFontMetrics(self._font())
        drop = (line + metrics.ascent() - metrics.descent()) // 2
        for row in rows:
            painter.drawText(left, top + row * line + drop, layout.texts[row])
        painter.setFont(self._small())
        painter.setPen(QColor(theme.muted))
        pad = self._appearance.px(sizes.TIGHT)
        painter.setClipRect(QRect(0, layout.head, layout.names, size.height()))
        for row in rows:
            painter.drawText(pad, top + row * line + drop, board.rows[row])
        painter.setClipRect(QRect(layout.names, 0, size.width(), layout.head))
        self._draw_heads(painter, layout, left, pad)
        painter.end()
        return pixmap

    def _draw_grounds(
        self, painter: QPainter, layout: BoardLayout, left: int, top: int
    ) -> None:
        """Draw the colours of a map, or what is lit."""
        board = self.board
        assert board is not None
        width, height = layout.starts[-1], len(board.rows) * layout.line
        if self._colours is not None:
            painter.drawImage(QRect(left, top, width, height), self._colours)
            return
        lit = QColor(self._appearance.theme.hover)
        for row in board.lit:
            painter.fillRect(left, top + row * layout.line, width, layout.line, lit)
        for column in () if board.lit else board.lit_columns:
            start, end = layout.starts[column], layout.starts[column + 1]
            painter.fillRect(left + start, top, end - start, height, lit)

    def _draw_bars(
        self, painter: QPainter, layout: BoardLayout, left: int, top: int
    ) -> None:
        """Draw what a list computes as bars, to the right of it, if there is room."""
        board, px = self.board, self._appearance.px
        assert board is not None
        start = left + layout.starts[-1] + px(sizes.LARGE)
        width = min(self.viewport().width() - start - px(sizes.SMALL), px(_WIDEST_BAR))
        numbers = bars_of(board)
        if self._colours is not None or width < px(_LEAST_BAR) or not any(numbers):
            return
        theme = self._appearance.theme
        is_signed = min(numbers) < 0
        zero = start + (width / 2 if is_signed else 0)
        scale = (width / 2 if is_signed else width) / max(map(abs, numbers))
        gap, high = px(3), layout.line - 2 * px(3)
        bars: dict[bool, list[QRectF]] = {True: [], False: []}
        for row, number in enumerate(numbers):
            y = top + row * layout.line + gap
            box = QRectF(zero, y, number * scale, high).normalized()
            bars[number < 0].append(box)
        ends = theme.signed_map[0], theme.signed_map[-1]
        painter.setPen(Qt.PenStyle.NoPen)
        for is_negative, boxes in bars.items():
            colour = ends[not is_negative] if is_signed else theme.accent
            painter.setBrush(QColor(colour))
            painter.drawRects(boxes)

    def _draw_heads(
        self, painter: QPainter, layout: BoardLayout, left: int, pad: int
    ) -> None:
        board = self.board
        assert board is not None
        metrics = QFontMetrics(self._small())
        for column, name in enumerate(board.columns):
            start, end = layout.starts[column], layout.starts[column + 1]
            is_number = any(isinstance(row[column], float) for row in board.cells)
            x = left + start + pad
            if is_number:
                x = left + end - pad - metrics.horizontalAdvance(name)
            painter.drawText(x, pad + metrics.ascent(), name)


def _outside(start: int, end: int, first: int, last: int) -> int:
    """Return by how much to scroll so that a stretch lies between two places."""
    if start < first:
        return start - first
    return max(0, min(end - last, start - first))
