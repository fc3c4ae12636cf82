"""The scale of a colour map: a bar with its numbers and its meaning."""

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


#: Length of the bar as a rule, and at least, in pixels at 100 %.
_BAR, _SHORT_BAR = 112, 40


class ColourBar(QWidget):
    """Shows which colour of the theme's map stands for which value.

    Args:
        meaning: Of the values, in words.
        appearance: Fonts and colours.
        ticks: The numbers at the left end, in the middle and at the right end.
        is_signed: It is the map of values on both sides of 0.
        widest: There is room for numbers as wide as this at the ends.
    """

    def __init__(
        self,
        meaning: str,
        appearance: Appearance,
        ticks: tuple[str, str, str] = ("0", "0.5", "1"),
        *,
        is_signed: bool = False,
        widest: str = "",
    ) -> None:
        super().__init__()
        self._meaning = meaning
        self._appearance = appearance
        self._is_signed = is_signed
        self._widest = widest
        self._is_brief = False
        self._ticks = ("", "", "")
        self.set_ticks(ticks)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._on_appearance_changed)

    def set_meaning(self, meaning: str, *, is_signed: bool) -> None:
        """Stand for other values; see the class."""
        if (meaning, is_signed) == (self._meaning, self._is_signed):
            return
        self._meaning, self._is_signed = meaning, is_signed
        self._name()
        self.updateGeometry()
        self.update()

    def set_ticks(self, ticks: tuple[str, str, str]) -> None:
        """Take other numbers; no wider than ``widest``, or the layout moves."""
        if ticks == self._ticks:
            return
        wanted = self.sizeHint()
        self._ticks = ticks
        self._name()
        if self.sizeHint() != wanted:
            self.updateGeometry()
        self.update()

    def _name(self) -> None:
        first, last = self._ticks[0], self._ticks[-1]
        self.setAccessibleName(f"Colours: {self._meaning}, from {first} to {last}")

    def set_brief(self, is_brief: bool) -> None:
        """Choose whether to leave the meaning out, where there is little room."""
        if is_brief is not self._is_brief:
            self._is_brief = is_brief
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the meaning and a bar, as high as a bar and its numbers."""
        return self._size(_BAR)

    def minimumSizeHint(self) -> QSize:
        """The same with a short bar."""
        return self._size(_SHORT_BAR)

    @property
    def left_out(self) -> int:
        """How much wider it would be with its meaning, in pixels."""
        return self._words() if self._is_brief else 0

    def _words(self) -> int:
        words = self._metrics().horizontalAdvance(self._meaning)
        return words + self._appearance.px(sizes.SMALL)

    def _size(self, bar: int) -> QSize:
        px, metrics = self._appearance.px, self._metrics()
        width = px(bar) + 2 * self._overhang(metrics)
        width += 0 if self._is_brief else self._words()
        return QSize(width, px(8) + 2 + metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bar, numbers and meaning."""
        px, theme = self._appearance.px, self._appearance.theme
        metrics = self._metrics()
        overhang = self._overhang(metrics)
        length = px(_BAR) - max(0, self.sizeHint().width() - self.width())
        bar = QRect(self.width() - overhang - length, 0, length, px(8))
        table = colour_table(theme.signed_map if self._is_signed else theme.map)
        gradient = QImage(
            table.data, STEPS, 1, 4 * STEPS, QImage.Format.Format_ARGB32_Premultiplied
        )
        painter = QPainter(self)
        painter.setFont(self._appearance.font(sizes.CAPTION))
        painter.setPen(QColor(theme.muted))
        words = QRect(0, 0, bar.left() - overhang - px(sizes.SMALL), self.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        if not self._is_brief:
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | middle, self._meaning)
        base = bar.bottom() + 2 + metrics.ascent()
        for i, text in enumerate(self._ticks):
            x = bar.left() + i * (bar.width() - 1) // (len(self._ticks) - 1)
            painter.drawText(x - metrics.horizontalAdvance(text) // 2, base, text)
        painter.drawImage(bar, gradient)
        painter.setPen(QColor(theme.border))
        painter.drawRect(bar.adjusted(0, 0, -1, -1))
        painter.end()

    def _overhang(self, metrics: QFontMetrics) -> int:
        """Return how far the numbers reach beyond the bar's ends."""
        ends = self._ticks[0], self._ticks[-1], self._widest
        return max(metrics.horizontalAdvance(text) for text in ends) // 2 + 1

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._appearance.font(sizes.CAPTION))

    @Slot()
    def _on_appearance_changed(self) -> None:
        self.updateGeometry()
        self.update()
