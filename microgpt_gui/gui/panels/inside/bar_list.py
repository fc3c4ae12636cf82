"""A list of numbers with bars: the products of a sum, or tokens and their chances."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.locking_view import LockingView

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance


#: A list as high as this, in pixels at 100 %, is one to be read from the back row.
_STAGE = 380


class Line(NamedTuple):
    """One line of the list."""

    label: str
    value: float  # how long the bar is, and to which side of 0
    number: str  # it, in short
    full: str  # a sentence


class Listing(NamedTuple):
    """What is listed, and what stands above it."""

    title: str
    note: str
    lines: tuple[Line, ...]
    is_signed: bool


EMPTY = Listing("", "", (), is_signed=False)


class BarList(LockingView):
    """Lines of a name, a bar and a number; scrolls where there are more than fit.

    Attributes:
        listing: What is listed.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.listing = EMPTY
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_listing(self, listing: Listing) -> None:
        """List something else."""
        if listing == self.listing:
            return
        is_as_long = len(listing.lines) == len(self.listing.lines)
        self.listing = listing
        self.setAccessibleName(f"{listing.title}. {listing.note}")
        if is_as_long:
            self.viewport().update()
        else:
            self.rearrange()
        self._keep_within()

    # See `LockingView`

    def part_count(self) -> int:
        """See `EnlargingView`."""
        return len(self.listing.lines)

    def part_name(self, part: int) -> str:
        """See `EnlargingView`."""
        return self.listing.lines[part].full

    def moves(self) -> dict[Qt.Key, int]:
        """See `LockingView`."""
        return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}

    def press(self, cell: int) -> None:
        """Do nothing: a line has no more to it than its sentence."""

    def rearrange(self) -> None:
        """See `LockingView`."""
        self._size = sizes.CAPTION
        if self.viewport().height() >= self._appearance.px(_STAGE):
            self._size = sizes.BODY
        metrics = QFontMetrics(self._appearance.font(self._size))
        self._high = metrics.height() + self._appearance.px(1)
        title = QFontMetrics(self._title_font())
        self._head = title.height() + metrics.height() * bool(self.listing.note)
        self._head += self._appearance.px(3)
        whole = self._head + self.part_count() * self._high
        bar, room = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, whole - room))
        bar.setPageStep(max(1, room - self._head))
        bar.setSingleStep(self._high)
        self.viewport().update()

    def box(self, cell: int) -> QRect:
        """See `LockingView`."""
        top = self._head + cell * self._high - self.offset().y()
        return QRect(0, top, self.viewport().width(), self._high)

    def cell_at(self, at: QPoint) -> int | None:
        """See `LockingView`."""
        if at.y() < self._head:
            return None
        cell = (at.y() - self._head + self.offset().y()) // self._high
        return cell if cell < self.part_count() else None

    def reveal(self, cell: int) -> None:
        """See `LockingView`."""
        bar = self.verticalScrollBar()
        low = (cell + 1) * self._high + self._head - self.viewport().height()
        bar.setValue(min(max(bar.value(), low), cell * self._high))

    def sizeHint(self) -> QSize:
        """Room for a product and its bar."""
        return QSize(self._appearance.px(230), self._appearance.px(60))

    def minimumSizeHint(self) -> QSize:
        """Any."""
        return QSize(1, 1)

    # The picture

    def _title_font(self) -> QFont:
        size = sizes.TITLE if self._size > sizes.CAPTION else sizes.BODY
        return self._appearance.font(size, QFont.Weight.DemiBold)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines that are in view."""
        listing, theme, px = self.listing, self._appearance.theme, self._appearance.px
        painter = QPainter(self.viewport())
        wide = self.viewport().width()
        title = QFontMetrics(self._title_font())
        caption = self._appearance.font(self._size)
        metrics = QFontMetrics(caption)
        side = Qt.TextElideMode.ElideRight
        painter.setFont(self._title_font())
        painter.setPen(QColor(theme.text))
        painter.drawText(0, title.ascent(), title.elidedText(listing.title, side, wide))
        painter.setFont(caption)
        painter.setPen(QColor(theme.muted))
        note = metrics.elidedText(listing.note, side, wide)
        painter.drawText(0, title.height() + metrics.ascent(), note)
        painter.setClipRect(QRect(0, self._head, wide, self.viewport().height()))
        first = self.offset().y() // self._high
        count = self.viewport().height() // self._high + 2
        lines = list(enumerate(listing.lines))[first : first + count]
        self._draw_lines(painter, lines, wide, px(sizes.TIGHT))
        if self.pointed is not None:
            self.draw_pointed(painter, self.pointed, theme.text)
        painter.end()

    def _draw_lines(
        self, painter: QPainter, lines: list[tuple[int, Line]], wide: int, gap: int
    ) -> None:
        theme = self._appearance.theme
        mono = self._appearance.font(self._size, QFont.Weight.Normal, MONO)
        metrics = QFontMetrics(mono)
        advance = metrics.horizontalAdvance
        labels = max((advance(line.label) for _, line in lines), default=0) + gap
        numbers = max((advance(line.number) for _, line in lines), default=0) + gap
        room = max(0, wide - labels - numbers)
        finite = [abs(x.value) for x in self.listing.lines if abs(x.value) < 1e308]
        most = max(finite, default=0.0) or 1.0
        bars: tuple[list[QRect], list[QRect]] = ([], [])
        for cell, line in lines:
            size = abs(line.value) / most if abs(line.value) < 1e308 else 0.0
            box = self.box(cell)
            bar = QRect(
                labels, box.top() + 2, max(1, round(size * room)), box.height() - 4
            )
            bars[line.value < 0].append(bar)
        painter.setPen(Qt.PenStyle.NoPen)
        positive = theme.signed_map[3] if self.listing.is_signed else theme.series[0]
        for colour, rects in ((positive, bars[0]), (theme.signed_map[1], bars[1])):
            painter.setBrush(QColor(colour))
            painter.drawRects(rects)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setFont(mono)
        painter.setPen(QColor(theme.text))
        rise = (self._high + metrics.ascent() - metrics.descent()) // 2
        for cell, line in lines:
            y = self.box(cell).top() + rise
            painter.drawText(0, y, line.label)
            painter.drawText(wide - advance(line.number), y, line.number)
