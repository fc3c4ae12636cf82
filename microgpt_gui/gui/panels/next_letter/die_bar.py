"""All probabilities end to end, and on them the random number that decides."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from microgpt_gui.gui.panels.next_letter import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.coverage import shown as signs_shown
from microgpt_gui.gui.widgets.keys import TAKES_ARROWS
from microgpt_gui.letters import visible
from microgpt_gui.session.reading.next_letter import token_at

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.next_letter import NextLetter

#: Of the strip, and of the die's head above it, in pixels at 100 %.
_STRIP, _HEAD = 18, 7

#: An arrow key moves the die so far.
_STEP = 0.01

#: The die is below 1.
_HIGHEST = 0.9999


class DieBar(QWidget):
    """A strip from 0 to 1 in the order of ids; the die can be dragged along it.

    Attributes:
        die: Where the die is, from 0 to 1; 1 excluded.

    Signals:
        moved: A person put the die elsewhere (float).
        put_back: A person wants the true die again.
    """

    moved = Signal(float)
    put_back = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._letter: NextLetter | None = None
        self._is_covered = False
        self.die = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(TAKES_ARROWS, True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("The die, on all probabilities laid end to end")
        self.setToolTip(
            "The die is the random number that draws: the token that it falls on comes "
            "next. Drag it, or move it with the arrow keys, to see what another number "
            "would draw; Escape puts it back."
        )

    def show_die(
        self, letter: NextLetter | None, die: float, *, is_covered: bool
    ) -> None:
        """Draw the odds of ``letter``, unless covered, and the die where it is."""
        self._letter, self.die, self._is_covered = letter, die, is_covered
        told = ""
        if letter is not None and letter.odds.probabilities and not is_covered:
            told = words.fallen(letter, token_at(letter.odds.probabilities, die), die)
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)
        self.update()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as strip and die, of any width."""
        px = self._appearance.px
        return QSize(px(120), px(_STRIP) + px(_HEAD) + px(2))

    def minimumSizeHint(self) -> QSize:
        """See `sizeHint`."""
        return QSize(1, self.sizeHint().height())

    def x_of(self, share: float) -> float:
        """Return where a number from 0 to 1 is, in pixels."""
        side = self._appearance.px(_HEAD) / 2 + 1
        return side + share * (self.width() - 2 * side)

    def _share_at(self, x: float) -> float:
        start, end = self.x_of(0.0), self.x_of(1.0)
        return min(_HIGHEST, max(0.0, (x - start) / max(1.0, end - start)))

    # What is done

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the die where it is pressed."""
        if event.button() is Qt.MouseButton.LeftButton and self._letter is not None:
            self.moved.emit(self._share_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._letter is not None:
            self.moved.emit(self._share_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the die, or put it back."""
        wanted = {
            Qt.Key.Key_Left: self.die - _STEP,
            Qt.Key.Key_Right: self.die + _STEP,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: _HIGHEST,
        }
        key = Qt.Key(event.key())
        if key in wanted and self._letter is not None:
            self.moved.emit(min(_HIGHEST, max(0.0, wanted[key])))
        elif key is Qt.Key.Key_Escape:
            self.put_back.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.update()

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip in pieces, their signs where they fit, and the die."""
        letter = self._letter
        if letter is None or not letter.odds.probabilities:
            return
        px, theme = self._appearance.px, self._appearance.theme
        if self._is_covered:
            self._draw_cover()
            return
        chances = letter.odds.probabilities
        ends = [0.0, *accumulate(chances)]
        total = ends[-1]
        fallen = token_at(chances, self.die)
        top, height = px(_HEAD), px(_STRIP)
        painter = QPainter(self)
        font = self._appearance.font(sizes.CAPTION, QFont.Weight.Medium)
        measure = QFontMetrics(font)
        painter.setFont(font)
        edge = QPen(QColor(theme.surface), 1)
        grounds = QColor(theme.hover), QColor(theme.border)
        for token, (low, high) in enumerate(pairwise(ends)):
            left, right = self.x_of(low / total), self.x_of(high / total)
            box = QRectF(left, top, right - left, height)
            is_hit = token == fallen
            painter.fillRect(
                box, QColor(theme.accent) if is_hit else grounds[token % 2]
            )
            if right - left >= 3:
                painter.setPen(edge)
                painter.drawLine(QPointF(right, top), QPointF(right, top + height))
            sign = signs_shown(visible(letter.label_of(token)))
            if measure.horizontalAdvance(sign) + px(2) <= right - left:
                painter.setPen(QColor(theme.on_accent if is_hit else theme.text))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        whole = QRectF(self.x_of(0.0), top, self.x_of(1.0) - self.x_of(0.0), height)
        painter.drawRect(whole)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(whole.adjusted(-1, -1, 1, 1))
        self._draw_die(painter, top, height)
        painter.end()

    def _draw_cover(self) -> None:
        px, theme = self._appearance.px, self._appearance.theme
        painter = QPainter(self)
        painter.setPen(QColor(theme.border))
        painter.setBrush(QColor(theme.raised))
        width = self.x_of(1.0) - self.x_of(0.0)
        painter.drawRect(QRectF(self.x_of(0.0), px(_HEAD), width, px(_STRIP)))
        self._draw_die(painter, px(_HEAD), px(_STRIP))
        painter.end()

    def _draw_die(self, painter: QPainter, top: int, height: int) -> None:
        theme, head = self._appearance.theme, self._appearance.px(_HEAD)
        x = self.x_of(self.die)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.surface), 4))
        painter.drawLine(QPointF(x, top), QPointF(x, top + height))
        painter.setPen(QPen(QColor(theme.text), 2))
        painter.drawLine(QPointF(x, top), QPointF(x, top + height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.text))
        half = head / 2 + 1
        painter.drawPolygon(
            QPolygonF([QPointF(x - half, 0), QPointF(x + half, 0), QPointF(x, top + 1)])
        )
