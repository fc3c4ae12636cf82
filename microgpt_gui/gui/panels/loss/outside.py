"""Marks at the plot's upper and lower edge where losses lie beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from pyqtgraph.functions import arrayToQPath
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

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
        self._slots: tuple[set[float], set[float]] = set(), set()  # that the path has
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
        above = np.flatnonzero((new > y_range[1]) & np.isfinite(new))
        below = np.flatnonzero(new < y_range[0])
        sides = zip(
            (self._above, self._below), (above, below), self._slots, strict=True
        )
        for found, new_ones, drawn in sides:
            if len(new_ones):
                steps = new_ones + self._looked_at + 1
                found.append(steps)
                self.count += len(new_ones)
                # Of a quick run there are some in every frame, and few where none was.
                if self._path is None or not drawn.issuperset(self._slots_of(steps)):
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
            above, below = map(self._slots_of, map(_steps, (self._above, self._below)))
            path = triangles(above, area, self._radius)
            path.addPath(triangles(below, area, self._radius, is_low=True))
            self._path = to_plot, path
            self._slots = set(above), set(below)
        painter.setPen(self._pen)
        painter.setBrush(self._brush)
        painter.drawPath(self._path[1])

    def _slots_of(self, steps: NDArray[np.int64]) -> list[float]:
        return slots(steps, self._plot.to_plot, self._radius)


def slots(steps: NDArray[np.int64], to_plot: ToPixels, radius: float) -> list[float]:
    """Return which places have steps, counted in widths of a triangle, ascending.

    Args:
        steps: From 1.
        to_plot: How data become pixels.
        radius: Half a triangle's width, in pixels.
    """
    found = np.unique(to_plot.x(steps.astype(np.float64)) // (2 * radius))
    return cast("list[float]", found.tolist())


def triangles(
    places: list[float], area: QRect, radius: float, *, is_low: bool = False
) -> QPainterPath:
    """Return triangles at an edge of ``area``.

    Args:
        places: See `slots`.
        area: Of the plot, in its pixels.
        radius: Half a triangle's width, in pixels.
        is_low: Whether they stand at the lower edge, pointing down.
    """
    tip, base = area.top() + 1, area.top() + 1 + 2 * radius
    if is_low:
        tip, base = area.bottom() - 1, area.bottom() - 1 - 2 * radius
    middle = (np.array(places) + 0.5) * 2 * radius
    # All in one call: each corner of its own would be one, and let the lock go.
    x = (middle[:, np.newaxis] + (0, radius, -radius, 0)).reshape(-1)
    y = np.tile((tip, base, base, tip), len(places)).astype(np.float64)
    joined = np.tile(np.array((1, 1, 1, 0), np.int32), len(places))
    path = arrayToQPath(x, y, connect=joined) if places else QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _steps(found: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(found) if found else np.empty(0, np.int64)
