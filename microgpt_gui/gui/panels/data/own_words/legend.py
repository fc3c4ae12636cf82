"""What the grounds behind the letters of a line mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QLinearGradient, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance

#: Opacity of the whole ground. Text keeps a contrast of more than 4.5 to 1 on it.
STRONGEST = 0.45

_WORDS = ("expected letter", "surprising letter")
_TEXT = (
    "The ground behind each letter says how much it surprised the model where it "
    "stands, -log p: none if it was certain, the whole if it was half as much again as "
    "where all tokens are as likely. Letters that are written as one sign have one "
    "ground, of all of them together. The dot is the end."
)


def ground_of(share: float, colour: str) -> QColor:
    """Return what is laid under a letter.

    Args:
        share: Of the whole ground; what is beyond 1 has all of it.
        colour: Of the whole ground.
    """
    ground = QColor(colour)
    ground.setAlphaF(STRONGEST * (min(1.0, share) if share > 0 else 0.0))
    return ground


class SurpriseLegend(QWidget):
    """A strip of the grounds, with words at both ends."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Legend of the letters' grounds")
        self.setAccessibleDescription(_TEXT)
        self.setToolTip(wrapped(_TEXT))

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words, with room between them."""
        px = self._appearance.px
        metrics = QFontMetrics(self._appearance.font(sizes.CAPTION))
        words = sum(map(metrics.horizontalAdvance, _WORDS))
        return QSize(words + px(48), metrics.height() + px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip and its words."""
        look = self._appearance
        painter = QPainter(self)
        ground = QRectF(self.rect())
        gradient = QLinearGradient(ground.topLeft(), ground.topRight())
        for share in (0.0, 1.0):
            gradient.setColorAt(share, ground_of(share, look.theme.series[1]))
        painter.fillRect(ground, gradient)
        painter.setFont(look.font(sizes.CAPTION))
        painter.setPen(QColor(look.theme.text))
        inner = ground.adjusted(look.px(sizes.TIGHT), 0, -look.px(sizes.TIGHT), 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | middle, _WORDS[0])
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | middle, _WORDS[1])
        painter.end()
