"""Every token there is, with its id; those of the text are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from microgpt_gui.gui.panels.tokens import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.locking_view import LockingView, narrowed
from microgpt_gui.letters import visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.token_row import TokenRow

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

#: Between two cells, in pixels at 100 %.
_GAP = 3

#: What the cells of letters of the text have of the accent's colour.
_TINT = 0.18


class Vocabulary(LockingView):
    """One cell a token, in the order of ids; scrolls where there are many."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._signs: tuple[str, ...] = ()
        self._row: TokenRow | None = None
        self._chars: str | None = None
        self._used: frozenset[int] = frozenset()
        self._marked: tuple[int, ...] = ()
        self._room_scale = self._scale = 1.0
        self._columns = self._pitch = self._line = 1
        self._drawn: QPixmap | None = None  # what is in view, but for what is marked
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Vocabulary: every token and its id")
        self.setToolTip("Arrow keys choose a token, Enter locks it.")

    def show_row(self, row: TokenRow | None) -> None:
        """Draw the vocabulary of ``row``, and mark what the row is made of."""
        self._row = row
        used = frozenset(row.tokens) if row else frozenset()
        chars = row.chars if row else None
        if chars == self._chars and used == self._used:
            return
        is_other, self._chars, self._used = chars != self._chars, chars, used
        if is_other:
            signs = () if chars is None else (*map(visible, chars), BOS_LABEL)
            self._signs = tuple(map(shown, signs))
            self.enlarge(None)
            self._current = 0
            self.verticalScrollBar().setValue(0)
            self.rearrange()
            self._keep_within()
        self._drawn = None
        self.viewport().update()

    def mark(self, tokens: tuple[int, ...]) -> None:
        """Mark cells: what another view points at, and what follows it."""
        if tokens != self._marked:
            self._marked = tokens
            self.viewport().update()

    def set_scale(self, scale: float) -> None:
        """Say how much larger than usual all may be for the height that there is."""
        if scale != self._room_scale:
            self._room_scale = scale
            self.rearrange()

    def line_height(self) -> int:
        """Return how high a line of it is in usual size, in pixels."""
        font = self._appearance.font(sizes.BODY, QFont.Weight.Medium)
        return QFontMetrics(font).height() + self._appearance.px(sizes.TIGHT)

    # Where all is

    def part_count(self) -> int:
        """See `EnlargingView`."""
        return len(self._signs)

    def part_name(self, part: int) -> str:
        """See `EnlargingView`."""
        return words.reading_of_token(self._row, part) if self._row else ""

    def moves(self) -> dict[Qt.Key, int]:
        """See `LockingView`."""
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }

    def rearrange(self) -> None:
        """See `LockingView`."""
        bar, gap = self.verticalScrollBar(), self._gap()
        width, height = self.maximumViewportSize().toTuple()
        lines = 0
        for scale in sorted({1.0, max(1.0, self._room_scale)}, reverse=True):
            self._scale = scale
            lines = self._arrange(width)
            if lines * self._line - gap <= height:
                break
        else:
            width -= bar.sizeHint().width()
            lines = self._arrange(width)
        # Columns take up what is left over, so that they end with the panel.
        if lines > 1:
            self._pitch = (width + gap) // self._columns
        bar.setRange(0, max(0, lines * self._line - gap - height))
        bar.setPageStep(max(1, height))
        bar.setSingleStep(self._line)
        self._drawn = None
        self.viewport().update()

    def _arrange(self, width: int) -> int:
        """Share ``width`` in columns, and return how many lines there are."""
        px, gap = self._appearance.px, self._gap()
        sign, number = QFontMetrics(self._sign_font()), QFontMetrics(self._id_font())
        wide = max(sign.horizontalAdvance(BOS_LABEL), sign.height())
        wide += number.horizontalAdvance(str(max(10, self.part_count()))) + px(
            sizes.MEDIUM
        )
        self._pitch = wide + gap
        self._line = max(sign.height(), number.height()) + px(sizes.TIGHT) + gap
        self._columns = max(1, (width + gap) // self._pitch)
        return -(-self.part_count() // self._columns)

    def _gap(self) -> int:
        return self._appearance.px(_GAP)

    def box(self, cell: int) -> QRect:
        """See `LockingView`."""
        gap = self._gap()
        line, column = divmod(cell, self._columns)
        top = line * self._line - self.offset().y()
        return QRect(column * self._pitch, top, self._pitch - gap, self._line - gap)

    def cell_at(self, at: QPoint) -> int | None:
        """See `LockingView`."""
        line, column = (at.y() + self.offset().y()) // self._line, at.x() // self._pitch
        cell = line * self._columns + column
        is_in = 0 <= column < self._columns and 0 <= cell < self.part_count()
        return cell if is_in else None

    def reveal(self, cell: int) -> None:
        """See `LockingView`."""
        bar, line = self.verticalScrollBar(), cell // self._columns
        top, bottom = line * self._line, (line + 1) * self._line
        bar.setValue(min(max(bar.value(), bottom - self.viewport().height()), top))

    # The picture

    def _sign_font(self) -> QFont:
        size = round(sizes.BODY * self._scale)
        return self._appearance.font(size, QFont.Weight.Medium)

    def _id_font(self) -> QFont:
        size = round(sizes.CAPTION * self._scale)
        return self._appearance.font(size, QFont.Weight.Normal, MONO)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw the part that comes into view."""
        self._drawn = None
        super().scrollContentsBy(dx, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view, and what is marked, pointed at and locked."""
        if not self.part_count():
            return
        if self._drawn is None:
            self._drawn = self._draw()
        theme = self._appearance.theme
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._drawn)
        rings = [(cell, theme.accent) for cell in self._marked]
        if self.enlarged is not None:
            rings.append((self.enlarged, theme.text))
        for cell, colour in rings:
            painter.setPen(QPen(QColor(colour), 2))
            painter.drawRect(self.box(cell).adjusted(1, 1, -1, -1))
        if self.pointed is not None:
            self.draw_pointed(painter, self.pointed, theme.text)
        painter.end()

    def _draw(self) -> QPixmap:
        """Return a picture of what is in view."""
        size, ratio = self.viewport().size(), self.devicePixelRatioF()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        theme, pad = self._appearance.theme, self._appearance.px(sizes.TIGHT)
        tint = QColor(theme.accent)
        tint.setAlphaF(_TINT)
        painter = QPainter(pixmap)
        first = self.offset().y() // self._line * self._columns
        seen = (size.height() // self._line + 2) * self._columns
        cells = range(first, min(self.part_count(), first + seen))
        sign_font = self._sign_font()
        digits = QFontMetrics(self._id_font())
        for cell in cells:
            is_used = cell in self._used
            box = self.box(cell)
            painter.setPen(QColor(theme.accent if is_used else theme.border))
            painter.setBrush(tint if is_used else Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            inner = box.adjusted(pad, 0, -pad, 0)
            room = inner.width() - digits.horizontalAdvance(str(cell)) - pad
            painter.setFont(narrowed(sign_font, self._signs[cell], room))
            painter.setPen(QColor(theme.text))
            painter.drawText(inner, _LEFT, self._signs[cell])
        painter.setFont(self._id_font())
        painter.setPen(QColor(theme.muted))
        for cell in cells:
            inner = self.box(cell).adjusted(pad, 0, -pad, 0)
            painter.drawText(inner, _RIGHT, str(cell))
        painter.end()
        return pixmap
