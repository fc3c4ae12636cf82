"""What the three kinds of cells in the row of tokens mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from microgpt_gui.gui.panel.legend import Legend
from microgpt_gui.gui.panels.tokens import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance

#: Edge of a piece of a cell, in pixels at 100 %.
_PIECE = 11


class TokensLegend(Legend):
    """Paints a small cell of each kind, with a word beside it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Legend of the tokens")
        self.setAccessibleDescription(words.KINDS)
        self.setToolTip(wrapped(words.KINDS))

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return self._appearance.font(sizes.CAPTION)

    def _placed(self) -> list[tuple[int, str]]:
        """Return where each piece begins and its word; the last is the end."""
        px, measure = self._appearance.px, QFontMetrics(self._font()).horizontalAdvance
        placed, x = [], 0
        for word in (words.READ, words.PREDICTED):
            placed.append((x, word))
            x += px(_PIECE) + px(sizes.TIGHT) + measure(word) + px(sizes.MEDIUM)
        return [*placed, (x - px(sizes.MEDIUM), "")]

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        height = QFontMetrics(self._font()).height() + self._appearance.px(2)
        return QSize(self._placed()[-1][0] + 1, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each kind of cell, and its word."""
        px, theme = self._appearance.px, self._appearance.theme
        edge = px(_PIECE)
        top = (self.height() - edge) // 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter = QPainter(self)
        painter.setFont(self._font())
        (read, _), (predicted, _), _ = self._placed()
        painter.setPen(QColor(theme.border))
        painter.setBrush(QColor(theme.raised))
        painter.drawRect(read, top, edge - 1, edge - 1)
        painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(predicted, top, edge - 1, edge - 1)
        painter.setPen(QColor(theme.muted))
        for x, word in self._placed()[:-1]:
            at = x + edge + px(sizes.TIGHT)
            painter.drawText(QRect(at, 0, self.width(), self.height()), left, word)
        painter.end()
