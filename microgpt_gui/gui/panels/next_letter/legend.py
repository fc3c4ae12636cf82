"""What the marks of the bars mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from microgpt_gui.gui.panel.legend import Legend
from microgpt_gui.gui.panels.next_letter import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance

#: Width of a mark, in pixels at 100 %.
_MARK = 11


class BarsLegend(Legend):
    """Paints each mark, with a word beside it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._is_brief = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Legend of the bars")
        self.setAccessibleDescription(words.KINDS)
        self.setToolTip(wrapped(words.KINDS))

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.updateGeometry()
        self.update()

    def set_brief(self, is_brief: bool) -> None:
        """Leave out what the bars are, where there is little room."""
        if is_brief is not self._is_brief:
            self._is_brief = is_brief
            self.restyle()

    def full_width(self) -> int:
        """See `Legend`."""
        return self._placed(is_brief=False)[-1][0] + 1

    def _font(self) -> QFont:
        return self._appearance.font(sizes.CAPTION)

    def _placed(self, *, is_brief: bool) -> list[tuple[int, str]]:
        """Return where each mark begins and its word; the last is the end."""
        px, measure = self._appearance.px, QFontMetrics(self._font()).horizontalAdvance
        told = (words.AT_TEMPERATURE, words.AT_1, words.FALLEN)
        placed, x = [], 0
        for word in told[1:] if is_brief else told:
            placed.append((x, word))
            x += px(_MARK) + px(sizes.TIGHT) + measure(word) + px(sizes.MEDIUM)
        return [*placed, (x - px(sizes.MEDIUM), "")]

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        height = QFontMetrics(self._font()).height() + self._appearance.px(2)
        return QSize(self._placed(is_brief=self._is_brief)[-1][0] + 1, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each mark, and its word."""
        px, theme = self._appearance.px, self._appearance.theme
        edge = px(_MARK)
        top = (self.height() - edge) // 2
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        colours = {
            words.AT_TEMPERATURE: theme.faint,
            words.AT_1: theme.reference,
            words.FALLEN: theme.accent,
        }
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(theme.muted))
        for x, word in self._placed(is_brief=self._is_brief)[:-1]:
            mark = QRect(x, top, edge, edge)
            if word == words.AT_1:
                mark = QRect(x, top + edge // 2 - 1, edge, 2)
            painter.fillRect(mark, QColor(colours[word]))
            at = x + edge + px(sizes.TIGHT)
            painter.drawText(QRect(at, 0, self.width(), self.height()), left, word)
        painter.end()
