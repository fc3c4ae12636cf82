"""What the grounds behind the letters mean, shown on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from microgpt_gui.gui.panels.sampling.shading import ground_of
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ShadingLegend(QWidget):
    """A strip of the grounds from probability 0 to 1, with words at both ends."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        text = (
            "The ground behind each letter says how probable the model found it when "
            "it was chosen, at the temperature in use. Letters that are written as one "
            "sign have one ground: of all of them together, their probabilities "
            "multiplied. Underlined letters are the prompt's."
        )
        self.setToolTip(wrapped(text))
        self.setAccessibleName("Legend of the letters' shading")
        self.setAccessibleDescription(text)
        appearance.changed.connect(self.restyle)

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of small text."""
        font = self._appearance.font(sizes.CAPTION)
        height = QFontMetricsF(font).height() + self._appearance.px(sizes.TIGHT)
        return QSize(self._appearance.px(80), round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip, and as many of its words as fit."""
        look = self._appearance
        font = look.font(sizes.CAPTION)
        painter = QPainter(self)
        painter.setFont(font)
        ground = QRectF(self.rect())
        gradient = QLinearGradient(ground.topLeft(), ground.topRight())
        for probability in (0.0, 1.0):
            gradient.setColorAt(probability, ground_of(probability, look.theme.accent))
        painter.fillRect(ground, gradient)
        painter.setPen(QColor(look.theme.text))
        inner = ground.adjusted(look.px(sizes.TIGHT), 0, -look.px(sizes.TIGHT), 0)
        measure = QFontMetricsF(font).horizontalAdvance
        for left, right in (
            ("improbable letter", "certain letter"),
            ("improbable", "certain"),
            ("0 %", "100 %"),
        ):
            if measure(f"{left}  {right}") <= inner.width():
                painter.drawText(inner, _LEFT, left)
                painter.drawText(inner, _RIGHT, right)
                break
        painter.end()
