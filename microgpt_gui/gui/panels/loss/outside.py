"""Marks at the plot's upper and lower edge where losses lie beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF

from microgpt_gui.gui.widgets.growing_plot import Sheet

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot, ToPixels
    from microgpt_gui.gui.widgets.plot import Range


class OutsideMarks:
    """Small triangles that point at losses beyond the range of the plot.

    Attributes:
        count: How many losses of the run lie outside.
    """

    def __init__(self, plot: GrowingPlot) -> None:
        self._plot = plot
        self._radius = 1
        self._pen, self._brush = QPen(), QColor()
        self._range: Range = (0.0, 0.0)
        self._looked_at = 0  # steps
        self._above: list[NDArray[np.int64]] = []
        self._below: list[NDArray[np.int64]] = []
        self._path: tuple[ToPixels, QPainterPath] | None = None
        self.count = 0
        plot.tails[Sheet.MARKS].append(self)

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        self._radius = appearance.px(4)
        self._pen = QPen(QColor(appearance.theme.surface), 1)
        self._brush = QColor(appearance.theme.series[0])
        self._path = None

    def begin(self) -> None:
        """Forget the losses: others come."""
        self._range = (0.0, 0.0)

    def find(self, losses: NDArray[np.float64], y_range: Range) -> None:
        """Find which of ``losses`` [step] lie outside; costs what is new."""
        if y_range != self._range or len(losses) < self._looked_at:
            self._range, self._looked_at, self.count = y_range, 0, 0
            self._above, self._below, self._path = [], [], None
        new = losses[self._looked_at :]
        if not len(new):
            return
        for found, places in (
            (self._above, np.flatnonzero((new > y_range[1]) & np.isfinite(new))),
            (self._below, np.flatnonzero(new < y_range[0])),
        ):
            if len(places):
                found.append(places + self._looked_at + 1)
                self.count += len(places)
                self._path = None
                # They may lie where nothing else is painted anew now.
                self._plot.viewport().update()
        self._looked_at = len(losses)

    def paint(self, painter: QPainter) -> None:
        """Draw them. See `Tail`."""
        if not self.count:
            return
        to_plot = self._plot.to_plot
        if self._path is None or self._path[0] != to_plot:
            area = self._plot.area
            path = triangles(_steps(self._above), to_plot, area, self._radius)
            low = triangles(
                _steps(self._below), to_plot, area, self._radius, is_low=True
            )
            path.addPath(low)
            self._path = to_plot, path
        painter.setPen(self._pen)
        painter.setBrush(self._brush)
        painter.drawPath(self._path[1])


def triangles(
    steps: NDArray[np.int64],
    to_plot: ToPixels,
    area: QRect,
    radius: float,
    *,
    is_low: bool = False,
) -> QPainterPath:
    """Return triangles at an edge of ``area``, one for those that share a place.

    Args:
        steps: From 1, ascending.
        to_plot: How data become pixels.
        area: Of the plot, in its pixels.
        radius: Half a triangle's width, in pixels.
        is_low: Whether they stand at the lower edge, pointing down.
    """
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if not len(steps):
        return path
    slots = np.unique(to_plot.x(steps.astype(np.float64)) // (2 * radius))
    tip, base = area.top() + 1, area.top() + 1 + 2 * radius
    if is_low:
        tip, base = area.bottom() - 1, area.bottom() - 1 - 2 * radius
    for slot in slots.tolist():
        x = (slot + 0.5) * 2 * radius
        corners = [(x, tip), (x + radius, base), (x - radius, base)]
        path.addPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        path.closeSubpath()
    return path


def _steps(found: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(found) if found else np.empty(0, np.int64)
