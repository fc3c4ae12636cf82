"""A number with its name, for figures that change several times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance


class Figure(QWidget):
    """A muted name and a strong number on one line, painted.

    A label would have the whole window laid out anew at every change of its text; the
    room of this one is that of its longest text.
    """

    def __init__(
        self,
        appearance: Appearance,
        longest: tuple[str, str],
        tip: str,
        *,
        is_right: bool = False,
    ) -> None:
        """Make room for ``longest``, a (name, number) pair."""
        super().__init__()
        self._appearance = appearance
        self._longest = longest
        self._is_right = is_right  # stands at the right end of its room
        self._name = self._number = ""
        self.setToolTip(tip)

    @property
    def text(self) -> str:
        """Name and number as one reads them."""
        return f"{self._name} {self._number}".strip()

    def show_pair(self, name: str, number: str) -> None:
        """Show another name and number; either may be empty."""
        if (name, number) != (self._name, self._number):
            self._name, self._number = name, number
            self.setAccessibleName(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the longest text."""
        plain, strong = self._fonts()
        width = self._width(plain, strong, *self._longest)
        return QSize(round(width) + 1, QFontMetrics(strong).height())

    def minimumSizeHint(self) -> QSize:
        """Whoever has less room than `sizeHint` must hide the figure."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both on one base line."""
        plain, strong = self._fonts()
        metrics = QFontMetrics(strong)
        x = 0.0
        if self._is_right:
            x = self.width() - self._width(plain, strong, self._name, self._number)
        y = (self.height() - metrics.height()) / 2 + metrics.ascent()
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setPen(QColor(theme.muted))
        painter.setFont(plain)
        painter.drawText(QPointF(x, y), self._name)
        painter.setPen(QColor(theme.text))
        painter.setFont(strong)
        x += self._advance(plain, self._name)
        painter.drawText(QPointF(x, y), self._number)
        painter.end()

    def _fonts(self) -> tuple[QFont, QFont]:
        look = self._appearance
        return look.font(), look.font(sizes.TITLE, QFont.Weight.DemiBold)

    def _width(self, plain: QFont, strong: QFont, name: str, number: str) -> float:
        return self._advance(plain, name) + QFontMetrics(strong).horizontalAdvance(
            number
        )

    def _advance(self, plain: QFont, name: str) -> float:
        """Return where the number begins: after the name and a gap, if there is one."""
        if not name:
            return 0.0
        gap = self._appearance.px(6)
        return QFontMetrics(plain).horizontalAdvance(name) + gap
