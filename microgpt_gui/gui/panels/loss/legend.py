"""Which thin line is which run: pieces of the lines, and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.theme.overlays import OverlayStroke

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

#: Of a piece of line, in pixels at 100 %: two periods of the longest dashes.
_PIECE = 30


class Legend(QWidget):
    """Paints pieces of lines with texts beside them, in one row."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._strokes: list[OverlayStroke] = []
        self._texts: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands beside the lines."""
        return self._texts

    @property
    def text(self) -> str:
        """What it says."""
        return " · ".join(self._texts)

    def set_lines(self, strokes: list[OverlayStroke], names: Sequence[str]) -> None:
        """Show these lines; their whole names stand in the tooltip."""
        self._strokes = strokes
        self.setToolTip(wrapped(*names))
        self.setAccessibleName("Earlier runs in the plot: " + ", ".join(names))

    def set_texts(self, texts: tuple[str, ...]) -> None:
        """Write these beside the lines; a single one for several stands alone."""
        if texts != self._texts:
            self._texts = texts
            self.update()

    def width_of(self, texts: tuple[str, ...]) -> int:
        """Return the width that ``texts`` would take, in pixels."""
        px, metrics = self._appearance.px, QFontMetrics(self._appearance.font())
        words = sum(metrics.horizontalAdvance(text) for text in texts)
        if len(texts) != len(self._strokes):
            return words
        gaps = sum(bool(text) for text in texts) * px(sizes.SMALL)
        gaps += max(0, len(texts) - 1) * px(sizes.MEDIUM)
        return words + gaps + len(texts) * px(_PIECE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw pieces and texts from left to right."""
        px, theme = self._appearance.px, self._appearance.theme
        metrics = QFontMetrics(self._appearance.font())
        painter = QPainter(self)
        painter.setFont(self._appearance.font())
        x, y = 0, self.height() // 2
        if len(self._texts) != len(self._strokes):
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.rect(), _LEFT, "".join(self._texts))
            painter.end()
            return
        for stroke, text in zip(self._strokes, self._texts, strict=True):
            stroke.draw_piece(painter, x, x + px(_PIECE), y)
            x += px(_PIECE) + (px(sizes.SMALL) if text else 0)
            width = metrics.horizontalAdvance(text)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRect(x, 0, width + 1, self.height()), _LEFT, text)
            x += width + px(sizes.MEDIUM)
        painter.end()
