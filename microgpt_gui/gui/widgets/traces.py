"""Curves of a plot that cost little to paint.

Qt scales thick pens with the data before it notices that they are as wide as before,
which costs four times the painting. So these turn the points into pixels first, all at
once, and paint without any scaling. And they are bare items, which tell nobody of
their changes and are never asked how far they reach: every call between Python and Qt
lets the interpreter go, and a trainer that runs takes its time to give it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.PlotCurveItem import arrayToLineSegments
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

_NOTHING = np.empty(0)

#: Further than any data: the view clips, so that an own border would be of no use.
_EVERYWHERE = QRectF(-1e12, -1e12, 2e12, 2e12)


class _Trace(QGraphicsItem):
    """Points in data coordinates, and the pen that draws them."""

    def __init__(self) -> None:
        super().__init__()
        self._x = self._y = _NOTHING
        self._pen = QPen()

    def boundingRect(self) -> QRectF:
        """All of the plane; see `_EVERYWHERE`."""
        return _EVERYWHERE

    def _take(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        if len(x) or len(self._x):
            self._x, self._y = x, y
            self.update()

    def set_pen(self, pen: QPen) -> None:
        """Draw with ``pen``, whose width is in pixels."""
        self._pen = pen
        self.update()

    def _to_pixels(
        self, painter: QPainter
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the points in the painter's pixels, and free it of its scaling."""
        to_device = painter.worldTransform()
        painter.resetTransform()
        x = self._x * to_device.m11() + to_device.dx()
        y = self._y * to_device.m22() + to_device.dy()
        return x, y


class _Segments(_Trace):
    """Straight pieces, painted one by one: far cheaper than as one path."""

    _is_smooth = False

    def __init__(self) -> None:
        super().__init__()
        self._connect = "all"
        self._segments: Any = None  # reused memory

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw all segments at once."""
        if len(self._x) < 2:
            return
        x, y = self._to_pixels(painter)
        self._segments = arrayToLineSegments(
            x,
            y,
            connect=self._connect,
            finiteCheck=self._connect == "finite",
            out=self._segments,
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._is_smooth)
        painter.setPen(self._pen)
        painter.drawLines(*self._segments.drawargs())


class Line(_Segments):
    """A line of any width; nan makes a gap. For up to some 1,000 points."""

    _is_smooth = True

    def set_style(
        self,
        color: str,
        width_px: float,
        dashes: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        """Draw in ``color``, ``width_px`` wide at any zoom of the data."""
        pen = pg.mkPen(color, width=width_px, style=dashes)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # the one that Qt paints quickly
        self._is_smooth = dashes is Qt.PenStyle.SolidLine
        self.set_pen(pen)

    def set_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Draw through (x[i], y[i])."""
        self._connect = "all" if np.isfinite(y).all() else "finite"
        self._take(x, y)


class Bars(_Segments):
    """Hairlines between the first and second point, third and fourth, and so on."""

    def __init__(self) -> None:
        super().__init__()
        self._connect = "pairs"

    def set_style(self, color: str) -> None:
        """Draw in ``color``."""
        self.set_pen(pg.mkPen(color, width=1))

    def set_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Join (x[2 i], y[2 i]) to (x[2 i + 1], y[2 i + 1]), all finite."""
        self._take(x, y)


class Dots(_Trace):
    """Squares of a few pixels, not antialiased: a tenth of the cost of round ones."""

    def set_style(self, color: str, size_px: int) -> None:
        """Draw in ``color``, ``size_px`` wide at any zoom of the data."""
        pen = pg.mkPen(color, width=size_px)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        self.set_pen(pen)

    def set_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Draw a dot at each (x[i], y[i]), all finite."""
        self._take(x, y)

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw all dots at once."""
        if not len(self._x):
            return
        points = pg.functions.create_qpolygonf(len(self._x))
        memory = pg.functions.ndarray_from_qpolygonf(points)
        memory[:, 0], memory[:, 1] = self._to_pixels(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self._pen)
        painter.drawPoints(points)
