"""Which moment is shown, on two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance


class MomentLabel(QWidget):
    """A strong line over a quiet one, painted, in a room that texts do not change."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._lines = ("", "")
        self._longest = ("", "")
        self._is_past = False

    @property
    def text(self) -> str:
        """Both lines as one reads them."""
        return ": ".join(line for line in self._lines if line)

    def set_longest(self, strong: str, quiet: str) -> None:
        """Make room for these."""
        if (strong, quiet) != self._longest:
            self._longest = strong, quiet
            self.updateGeometry()

    def show_lines(self, strong: str, quiet: str, *, is_past: bool) -> None:
        """Show other lines."""
        if (strong, quiet, is_past) != (*self._lines, self._is_past):
            self._lines, self._is_past = (strong, quiet), is_past
            self.setAccessibleName(self.text)
            self.update()

    def sizeHint(self) -> QSize:
        """Room for the longest texts."""
        strong, quiet = (QFontMetrics(font) for font in self._fonts())
        width = max(
            strong.horizontalAdvance(self._longest[0]),
            quiet.horizontalAdvance(self._longest[1]),
        )
        return QSize(width + 1, strong.height() + quiet.height())

    def minimumSizeHint(self) -> QSize:
        """No less: whoever has less room must hide it."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both lines."""
        theme = self._appearance.theme
        strong, quiet = self._fonts()
        upper, lower = QFontMetrics(strong), QFontMetrics(quiet)
        top = (self.height() - upper.height() - lower.height()) / 2
        painter = QPainter(self)
        painter.setPen(QColor(theme.warning if self._is_past else theme.text))
        painter.setFont(strong)
        painter.drawText(QPointF(0, top + upper.ascent()), self._lines[0])
        painter.setPen(QColor(theme.warning if self._is_past else theme.muted))
        painter.setFont(quiet)
        bottom = top + upper.height() + lower.ascent()
        painter.drawText(QPointF(0, bottom), self._lines[1])
        painter.end()

    def _fonts(self) -> tuple[QFont, QFont]:
        look = self._appearance
        return look.font(sizes.BODY, QFont.Weight.DemiBold), look.font(sizes.CAPTION)
