"""Ways to draw points that are already in pixels, cheap to paint.

Qt scales thick pens with the data before it notices that they are as wide as before,
which costs four times the painting. So points are turned into pixels first, all at
once, and painted without any scaling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.PlotCurveItem import arrayToLineSegments
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

if TYPE_CHECKING:
    from numpy.typing import NDArray


class _Segments:
    """Straight pieces, painted one by one: far cheaper than as one path."""

    def __init__(self, *, is_smooth: bool) -> None:
        self._is_smooth = is_smooth
        self._pen = QPen()
        self._segments: Any = None  # reused memory

    def set_pen(self, pen: QPen) -> None:
        """Draw with ``pen``, whose width is in pixels."""
        self._pen = pen

    def _draw(
        self,
        painter: QPainter,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        connect: str,
    ) -> None:
        self._segments = arrayToLineSegments(
            x, y, connect=connect, finiteCheck=connect == "finite", out=self._segments
        )
        if self._is_smooth:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.drawLines(*self._segments.drawargs())
        if self._is_smooth:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class LineStroke(_Segments):
    """A line of any width; nan makes a gap. For up to some 1,000 points."""

    def __init__(self) -> None:
        super().__init__(is_smooth=True)

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

    def draw(
        self, painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> None:
        """Draw through (x[i], y[i]), in pixels."""
        if len(x) > 1:
            is_whole = bool(np.isfinite(y).all())
            self._draw(painter, x, y, "all" if is_whole else "finite")


class BarStroke(_Segments):
    """Lines between the first and second point, third and fourth, and so on."""

    def __init__(self) -> None:
        super().__init__(is_smooth=False)

    def set_style(self, color: str, width_px: int = 1) -> None:
        """Draw in ``color``, ``width_px`` wide at any zoom of the data."""
        self.set_pen(pg.mkPen(color, width=width_px))
        self._pen.setCapStyle(Qt.PenCapStyle.FlatCap)

    def draw(
        self, painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> None:
        """Join (x[2 i], y[2 i]) to (x[2 i + 1], y[2 i + 1]), in pixels, all finite."""
        if len(x):
            self._draw(painter, x, y, "pairs")


class DotStroke:
    """Squares of a few pixels, not antialiased: a tenth of the cost of round ones."""

    def __init__(self) -> None:
        self._pen = QPen()

    def set_style(self, color: str, size_px: int) -> None:
        """Draw in ``color``, ``size_px`` wide at any zoom of the data."""
        self._pen = pg.mkPen(color, width=size_px)
        self._pen.setCapStyle(Qt.PenCapStyle.SquareCap)

    def draw(
        self, painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> None:
        """Draw a dot at each (x[i], y[i]), in pixels, all finite."""
        if not len(x):
            return
        points = pg.functions.create_qpolygonf(len(x))
        memory = pg.functions.ndarray_from_qpolygonf(points)
        memory[:, 0], memory[:, 1] = x, y
        painter.setPen(self._pen)
        painter.drawPoints(points)
