"""Curves of a plot that cost little to paint.

Qt scales thick pens with the data before it notices that they are as wide as before,
which costs four times the painting. So these turn the points into pixels first, all at
once, and paint without any scaling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.PlotCurveItem import arrayToLineSegments
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class _Trace(pg.PlotCurveItem):  # type: ignore[misc]  # pyqtgraph has no types
    def _to_pixels(
        self, painter: QPainter
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the points in the painter's pixels, and free it of its scaling."""
        to_device = painter.worldTransform()
        painter.resetTransform()
        x = self.xData * to_device.m11() + to_device.dx()
        y = self.yData * to_device.m22() + to_device.dy()
        return x, y


class _Segments(_Trace):
    """Straight pieces, painted one by one: far cheaper than as one path."""

    _is_smooth = False

    def __init__(self) -> None:
        super().__init__()
        self._segments: Any = None  # reused memory

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw all segments at once."""
        if self.xData is None or len(self.xData) < 2:
            return
        x, y = self._to_pixels(painter)
        self._segments = arrayToLineSegments(
            x,
            y,
            connect=self.opts["connect"],
            finiteCheck=not self.opts["skipFiniteCheck"],
            out=self._segments,
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, self._is_smooth)
        painter.setPen(self.opts["pen"])
        painter.drawLines(*self._segments.drawargs())


class Line(_Segments):
    """A smooth line of any width; nan makes a gap. For up to some 1,000 points."""

    _is_smooth = True

    def set_style(self, color: str, width_px: float) -> None:
        """Draw in ``color``, ``width_px`` wide at any zoom of the data."""
        pen = pg.mkPen(color, width=width_px)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # the one that Qt paints quickly
        self.setPen(pen)

    def set_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Draw through (x[i], y[i])."""
        is_whole = bool(np.isfinite(y).all())
        self.setSkipFiniteCheck(is_whole)
        self.setData(x, y, connect="all" if is_whole else "finite")


class Bars(_Segments):
    """Hairlines between the first and second point, third and fourth, and so on."""

    def set_style(self, color: str) -> None:
        """Draw in ``color``."""
        self.setPen(pg.mkPen(color, width=1))

    def set_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Join (x[2 i], y[2 i]) to (x[2 i + 1], y[2 i + 1]), all finite."""
        self.setSkipFiniteCheck(True)
        self.setData(x, y, connect="pairs")


class Dots(_Trace):
    """Squares of a few pixels, not antialiased: a tenth of the cost of round ones."""

    def set_style(self, color: str, size_px: int) -> None:
        """Draw in ``color``, ``size_px`` wide at any zoom of the data."""
        pen = pg.mkPen(color, width=size_px)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        self.setPen(pen)

    def set_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Draw a dot at each (x[i], y[i]), all finite."""
        self.setSkipFiniteCheck(True)
        self.setData(x, y)

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Draw all dots at once."""
        if self.xData is None or not len(self.xData):
            return
        points = pg.functions.create_qpolygonf(len(self.xData))
        memory = pg.functions.ndarray_from_qpolygonf(points)
        memory[:, 0], memory[:, 1] = self._to_pixels(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self.opts["pen"])
        painter.drawPoints(points)
