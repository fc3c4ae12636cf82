"""The sign of a run that has left the numbers: a disc that is crossed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: Of the disc, in pixels at 100 %; and of the cross's arms, in radii of the disc.
_RADIUS, _ARM = 6, 0.4


class DivergenceSign:
    """Paints it, in the plot, in its legend and in the list of runs.

    Attributes:
        radius: Of the disc, in pixels.
    """

    def __init__(self, appearance: Appearance, colour: QColor | None = None) -> None:
        """Take up the look.

        Args:
            appearance: Theme and zoom.
            colour: Of the disc; by default that of what is no finite number.
        """
        self.radius = appearance.px(_RADIUS)
        self._colour = colour or QColor(appearance.theme.map_odd)
        self._ground = QColor(appearance.theme.surface)

    def draw(self, painter: QPainter, place: QPointF) -> None:
        """Draw it around ``place``, in pixels."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._ground, 1.5))
        painter.setBrush(self._colour)
        painter.drawEllipse(place, self.radius, self.radius)
        pen = QPen(self._ground, self.radius / 4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        arm = self.radius * _ARM
        for down in (arm, -arm):
            painter.drawLine(QLineF(-arm, -down, arm, down).translated(place))
        painter.restore()
