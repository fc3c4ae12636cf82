"""A bar for every token that may come next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from microgpt_gui.gui.panels.next_letter import words
from microgpt_gui.gui.panels.next_letter.reach import reach_of
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.coverage import shown as signs_shown
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.locking_view import LockingView, narrowed
from microgpt_gui.letters import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.next_letter import NextLetter

_CENTRE = Qt.AlignmentFlag.AlignCenter
_TOP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom

#: From one bar to the next, in pixels at 100 %: at least, and at most.
_NARROWEST, _WIDEST = 14, 72

#: Numbers stand below the signs where there is so much for each, in pixels at 100 %.
_NUMBERED = 40

#: Bars are not lower than this, in pixels at 100 %.
_LOWEST = 48

#: What a bar leaves free beside it, of its pitch.
_APART = 0.18

#: Less is not told from nothing, in pixels.
_LEAST = 0.4


class Bars(LockingView):
    """Tokens side by side, by their ids or the likeliest first; scrolls where many.

    Attributes:
        letter: What is shown; None for nothing.
        hit: The token that the die falls on; None for none.
        is_covered: Whether the odds are hidden, to be guessed.

    Signals:
        chosen: A token was clicked, or Enter pressed on it (its id: int).
        taken_back: Backspace was pressed.
    """

    chosen = Signal(int)
    taken_back = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.letter: NextLetter | None = None
        self.hit: int | None = None
        self.is_covered = False
        self._is_sorted = self._is_of_logits = False
        self._order: Sequence[int] = ()  # tokens, from left to right
        self._values: Sequence[float] = ()
        self._signs: tuple[str, ...] = ()
        self._chars: str | None = None
        self._pitch = 1.0
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words.BARS)
        self.setToolTip(
            "Arrow keys choose a bar, Enter writes its letter, Backspace takes back."
        )

    def show_letter(self, letter: NextLetter | None) -> None:
        """Draw the odds of ``letter``; nothing if None."""
        self.letter = letter
        chars = letter.chars if letter else None
        if letter is not None and chars != self._chars:
            labels = (*map(visible, letter.chars), letter.label_of(len(letter.chars)))
            self._signs = tuple(map(signs_shown, labels))
            self._current = 0
            self.horizontalScrollBar().setValue(0)
        self._chars = chars
        self._take_values()

    def show_hit(self, token: int | None) -> None:
        """Mark the token that the die falls on."""
        if token != self.hit:
            self.hit = token
            self.viewport().update()

    def set_covered(self, *, is_covered: bool) -> None:
        """Hide the odds, and what would tell of them: the order; or show them."""
        if is_covered is not self.is_covered:
            self.is_covered = is_covered
            self._take_values()

    def set_order(self, *, is_sorted: bool) -> None:
        """Choose whether the likeliest stand first, or all stand by their ids."""
        self._is_sorted = is_sorted
        self._take_values()

    def set_quantity(self, *, is_of_logits: bool) -> None:
        """Choose what the bars are: logits, or probabilities."""
        self._is_of_logits = is_of_logits
        self._take_values()

    @property
    def tokens(self) -> tuple[int, ...]:
        """Ids, from left to right."""
        return tuple(self._order)

    @property
    def spoken_token(self) -> int | None:
        """The token that is spoken of; None for none."""
        place = self.pointed
        is_there = place is not None and place < len(self._order)
        return self._order[place] if is_there and place is not None else None

    def _take_values(self) -> None:
        odds = self.letter.odds if self.letter is not None else None
        self._values = ()
        if odds is not None:
            self._values = odds.logits if self._is_of_logits else odds.probabilities
        order: Sequence[int] = range(len(self._values))
        if self._is_sorted and odds is not None and not self.is_covered:
            order = sorted(order, key=lambda token: -odds.logits[token])
        is_other = len(order) != len(self._order)
        self._order = order
        if is_other:
            self.rearrange()
            self._keep_within()
        self.viewport().update()

    # Where all is

    def part_count(self) -> int:
        """See `EnlargingView`."""
        return len(self._order)

    def part_name(self, part: int) -> str:
        """See `EnlargingView`."""
        if self.letter is None:
            return ""
        told = words.covered if self.is_covered else words.short
        return told(self.letter, self._order[part])

    def moves(self) -> dict[Qt.Key, int]:
        """See `LockingView`."""
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

    def rearrange(self) -> None:
        """See `LockingView`."""
        px, bar = self._appearance.px, self.horizontalScrollBar()
        width, count = self.maximumViewportSize().width(), len(self._order)
        share = width / count if count else 0.0
        self._pitch = min(max(share, px(_NARROWEST)), px(_WIDEST))
        bar.setRange(0, max(0, round(self._pitch * count) - width))
        bar.setPageStep(max(1, width))
        bar.setSingleStep(round(self._pitch))
        self.viewport().update()

    def box(self, cell: int) -> QRect:
        """See `LockingView`."""
        left = round(cell * self._pitch) - self.offset().x()
        right = round((cell + 1) * self._pitch) - self.offset().x()
        return QRect(left, 0, right - left, self.viewport().height())

    def cell_at(self, at: QPoint) -> int | None:
        """See `LockingView`."""
        cell = int((at.x() + self.offset().x()) // self._pitch)
        return cell if 0 <= cell < len(self._order) else None

    def reveal(self, cell: int) -> None:
        """See `LockingView`."""
        self._bring_to_sight(self.part_box(cell))

    def sizeHint(self) -> QSize:
        """As low as bars can be: the rest of the panel comes first."""
        return QSize(1, self._appearance.px(_LOWEST))

    def minimumSizeHint(self) -> QSize:
        """See `sizeHint`."""
        return self.sizeHint()

    # What is done

    def press(self, cell: int) -> None:
        """Write the token of a cell."""
        self.chosen.emit(self._order[cell])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back with Backspace."""
        if event.key() == Qt.Key.Key_Backspace:
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along the bars, whichever way the wheel turns."""
        turned = event.angleDelta()
        by = turned.x() or turned.y()
        bar = self.horizontalScrollBar()
        if not bar.maximum():
            event.ignore()
            return
        bar.setValue(bar.value() - by)

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars in view, their signs and numbers, and what is pointed at."""
        if self.letter is None or not self._order:
            return
        px, theme = self._appearance.px, self._appearance.theme
        sign_font = self._appearance.font(sizes.BODY, QFont.Weight.Medium)
        number_font = self._appearance.font(sizes.CAPTION, family=MONO)
        digits = QFontMetrics(number_font)
        sign_height = QFontMetrics(sign_font).height() + px(sizes.TIGHT)
        is_numbered = self._pitch >= px(_NUMBERED)
        width, height = self.viewport().size().toTuple()
        foot = sign_height + digits.height() * is_numbered
        top, bottom = digits.height() + 1, height - foot
        low, high = reach_of(
            self._values, () if self._is_of_logits else self.letter.own
        )
        per_unit = max(1, bottom - top) / (high - low)
        zero = bottom + low * per_unit
        first = int(self.offset().x() // self._pitch)
        seen = int(width // self._pitch) + 2
        cells = range(first, min(len(self._order), first + seen))
        painter = QPainter(self.viewport())
        if self.pointed is not None:
            painter.fillRect(self.box(self.pointed), QColor(theme.hover))
        painter.setPen(QColor(theme.border))
        painter.drawLines([QLineF(0, y, width, y) for y in (top, zero)])
        painter.setFont(number_font)
        if self.is_covered:
            self._draw_covers(painter, cells, top, bottom)
        else:
            self._draw_bars(painter, cells, zero, per_unit)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRect(0, 0, width - px(2), top - 1), _RIGHT, f"{high:g}")
        if is_numbered and not self.is_covered:
            self._draw_numbers(painter, cells, bottom + sign_height)
        for cell in cells:
            number = self._order[cell]
            beneath, sign = self.box(cell), self._signs[number]
            beneath.setTop(bottom)
            beneath.setHeight(sign_height)
            is_hit = number == self.hit and not self.is_covered
            painter.setPen(QColor(theme.accent if is_hit else theme.text))
            painter.setFont(narrowed(sign_font, sign, beneath.width() - 2))
            painter.drawText(beneath, _CENTRE, sign)
        painter.end()

    def _draw_covers(
        self, painter: QPainter, cells: range, top: int, bottom: int
    ) -> None:
        """Draw a cover over each bar, all of one height."""
        theme, side = self._appearance.theme, self._pitch * _APART / 2
        painter.setPen(QColor(theme.border))
        painter.setBrush(QColor(theme.raised))
        covers = []
        for cell in cells:
            box = QRectF(self.box(cell)).adjusted(side, top, -side, 0)
            box.setBottom(bottom)
            covers.append(box)
        painter.drawRects(covers)
        painter.setPen(QColor(theme.muted))
        for box in covers:
            painter.drawText(box, _CENTRE, "?")

    def _draw_bars(
        self, painter: QPainter, cells: range, zero: float, per_unit: float
    ) -> None:
        """Draw the values from the height of ``zero``, and what they are at 1."""
        assert self.letter is not None
        theme, side = self._appearance.theme, self._pitch * _APART / 2
        usual: list[QRectF] = []
        fallen: list[QRectF] = []
        own: list[QLineF] = []
        for cell in cells:
            number = self._order[cell]
            box = QRectF(self.box(cell)).adjusted(side, 0, -side, 0)
            tip = zero - self._values[number] * per_unit
            bar = QRectF(box.left(), min(tip, zero), box.width(), abs(tip - zero))
            if bar.height() >= _LEAST:
                (fallen if number == self.hit else usual).append(bar)
            y = zero - self.letter.own[number] * per_unit
            own.append(QLineF(box.left(), y, box.right(), y))
        painter.setPen(Qt.PenStyle.NoPen)
        for bars, colour in ((usual, theme.faint), (fallen, theme.accent)):
            painter.setBrush(QColor(colour))
            painter.drawRects(bars)
        if self.letter.odds.temperature != 1 and not self._is_of_logits:
            painter.setPen(QPen(QColor(theme.reference), 2))
            painter.drawLines(own)

    def _draw_numbers(self, painter: QPainter, cells: range, top: int) -> None:
        """Write the values below the signs, from ``top`` down."""
        painter.setPen(QColor(self._appearance.theme.muted))
        form = ".1f" if self._is_of_logits else ".3f"
        for cell in cells:
            box = self.box(cell)
            box.setTop(top)
            painter.drawText(box, _TOP, format(self._values[self._order[cell]], form))
