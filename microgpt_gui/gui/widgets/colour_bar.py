"""The scale of a colour map: a bar from 0 to 1 with its numbers and its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.colour_map import STEPS, colour_table

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance

_TICKS = ("0", "0.5", "1")


class ColourBar(QWidget):
    """Shows which colour of the theme's map stands for which value from 0 to 1."""

    def __init__(
        self, meaning: str, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._meaning = meaning
        self._appearance = appearance
        self.setAccessibleName(f"Colours: {meaning}, from 0 to 1")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._on_appearance_changed)

    def sizeHint(self) -> QSize:
        """As wide as the meaning and a bar, as high as a bar and its numbers."""
        px, metrics = self._appearance.px, self._metrics()
        words = metrics.horizontalAdvance(self._meaning)
        overhang = metrics.horizontalAdvance(_TICKS[-1]) // 2 + 1
        width = words + px(sizes.SMALL) + px(112) + overhang
        return QSize(width, px(8) + 2 + metrics.height())

    def minimumSizeHint(self) -> QSize:
        """See `QWidget`."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar, numbers and meaning."""
        px, theme = self._appearance.px, self._appearance.theme
        metrics = self._metrics()
        overhang = metrics.horizontalAdvance(_TICKS[-1]) // 2 + 1
        bar = QRect(self.width() - overhang - px(112), 0, px(112), px(8))
        table = colour_table(theme.map)
        gradient = QImage(
            table.data, STEPS, 1, 4 * STEPS, QImage.Format.Format_ARGB32_Premultiplied
        )
        painter = QPainter(self)
        painter.setFont(self._appearance.font(sizes.CAPTION))
        painter.setPen(QColor(theme.muted))
        words = QRect(0, 0, bar.left() - px(sizes.SMALL), self.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | middle, self._meaning)
        base = bar.bottom() + 2 + metrics.ascent()
        for i, text in enumerate(_TICKS):
            x = bar.left() + i * (bar.width() - 1) // (len(_TICKS) - 1)
            painter.drawText(x - metrics.horizontalAdvance(text) // 2, base, text)
        painter.drawImage(bar, gradient)
        painter.setPen(QColor(theme.border))
        painter.drawRect(bar.adjusted(0, 0, -1, -1))
        painter.end()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._appearance.font(sizes.CAPTION))

    @Slot()
    def _on_appearance_changed(self) -> None:
        self.updateGeometry()
        self.update()
