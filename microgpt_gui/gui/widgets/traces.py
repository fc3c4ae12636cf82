"""A curve of a plot that costs little to paint, for plots that draw all anew.

It is a bare item, which tells nobody of its changes and is never asked how far it
reaches: every call between Python and Qt lets the interpreter go, and a trainer that
runs takes its time to give it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem

from microgpt_gui.gui.widgets.strokes import LineStroke

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter, QPen
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

_NOTHING = np.empty(0)

#: Further than any data: the view clips, so that an own border would be of no use.
_EVERYWHERE = QRectF(-1e12, -1e12, 2e12, 2e12)


class Line(QGraphicsItem):
    """A line of any width; nan makes a gap. For up to some 1,000 points."""

    def __init__(self) -> None:
        super().__init__()
        self._x = self._y = _NOTHING
        self._stroke = LineStroke()

    def set_style(
        self,
        color: str,
        width_px: float,
        dashes: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """Draw in ``color``, ``width_px`` wide at any zoom of the data."""
        self._stroke.set_style(color, width_px, dashes)
        self.update()

    def set_pen(self, pen: QPen) -> None:
        """Draw with ``pen``, whose width is in pixels."""
        self._stroke.set_pen(pen)
        self.update()

    def set_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Draw through (x[i], y[i])."""
        if len(x) or len(self._x):
            self._x, self._y = x, y
            self.update()

    def boundingRect(self) -> QRectF:
        """All of the plane; see `_EVERYWHERE`."""
        return _EVERYWHERE

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw all segments at once, in the painter's pixels."""
        to_device = painter.worldTransform()
        painter.resetTransform()
        x = self._x * to_device.m11() + to_device.dx()
        y = self._y * to_device.m22() + to_device.dy()
        self._stroke.draw(painter, x, y)
