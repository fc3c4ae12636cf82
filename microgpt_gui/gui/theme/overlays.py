"""The lines of earlier runs as Qt paints them; see `overlay_look`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from microgpt_gui.gui.theme.divergence_sign import DivergenceSign
from microgpt_gui.gui.theme.overlay_look import (
    MARKER_SHIFT,
    MARKER_SPACING,
    overlay_look,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microgpt_gui.gui.theme.appearance import Appearance

#: Radius of a marker, in pixels at 100 %.
_RADIUS = 4


class OverlayStroke:
    """Paints one line: its strokes, the markers on it, and a piece for a legend.

    Attributes:
        pen: Of the strokes.
        spacing: From one marker to the next, in pixels.
        first: Where the first marker lies, in pixels from the left end.
        sign: Of a run that has diverged, in the line's colour.
    """

    def __init__(
        self, appearance: Appearance, number: int, *, has_diverged: bool = False
    ) -> None:
        """Take up a look.

        Args:
            appearance: Theme and zoom.
            number: Of the overlay, from 0.
            has_diverged: Whether the piece for a legend ends in the sign of that.
        """
        look = overlay_look(appearance.theme, number)
        self.pen = QPen(QColor(look.colour))
        self.pen.setWidthF(max(1.0, appearance.px(5) / 4))
        self.pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if look.dashes:
            self.pen.setDashPattern(look.dashes)
        self.spacing = appearance.px(MARKER_SPACING)
        self.first = appearance.px(MARKER_SHIFT) * (number + 1) % self.spacing
        self._ground = QColor(appearance.theme.surface)
        radius = appearance.px(_RADIUS)
        self.sign = DivergenceSign(appearance, self.pen.color())
        self._has_diverged = has_diverged
        self._marker = QPolygonF([QPointF(x, y) * radius for x, y in look.marker])

    def draw_markers(self, painter: QPainter, places: Iterable[QPointF]) -> None:
        """Draw a marker at each of ``places``, in pixels."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._ground, 1))
        painter.setBrush(self.pen.color())
        for place in places:
            painter.drawPolygon(self._marker.translated(place))
        painter.restore()

    def draw_piece(
        self, painter: QPainter, left: float, right: float, y: float
    ) -> None:
        """Draw a piece of the line with one marker on it."""
        painter.setPen(self.pen)
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        if self._has_diverged:
            right -= self.sign.radius
            self.sign.draw(painter, QPointF(right, y))
            right -= self.sign.radius
        self.draw_markers(painter, [QPointF((left + right) / 2, y)])
