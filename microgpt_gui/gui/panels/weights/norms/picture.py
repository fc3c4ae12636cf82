"""The curves as they are painted: most of it once, and marks in every frame."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from microgpt_gui.gui.panel.layer import new_layer
from microgpt_gui.gui.panels.weights.lettering import letter_size
from microgpt_gui.gui.panels.weights.norms import words
from microgpt_gui.gui.panels.weights.norms.axes import norm_ticks, spread, step_ticks
from microgpt_gui.gui.panels.weights.norms.styles import style_of
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.strokes import LineStroke

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.weights.norms.axes import Axes
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.weights.norms import Norms

#: Points further apart are marked, by dots so much wider than the curve, in pixels at
#: 100 %.
_SEEN_APART, _DOT = 14, 2

#: From the end of a curve to its name, in pixels at 100 %.
_LEADER = 12


class NormsPicture:
    """Axes, curves and names, drawn once."""

    def __init__(
        self,
        appearance: Appearance,
        norms: Norms,
        axes: Axes,
        view: QSize,
        ratio: float,
    ) -> None:
        self._appearance = appearance
        self._norms = norms
        self._axes, self._view = axes, view
        self._size = letter_size(view.height(), appearance.px)
        self._thick = 2.0 if self._size == sizes.CAPTION else 3.0
        self._x = axes.x(norms.steps)
        self._y = [axes.y(curve) for curve in norms.norms]
        # Between two points nothing is known: where they are far apart, they are seen.
        apart = appearance.px(_SEEN_APART)
        self._are_points_apart = len(norms.steps) * apart < axes.area.width()
        self._sheet, painter = new_layer(view, QPoint(0, 0), ratio)
        painter.setFont(appearance.font(self._size))
        self._draw_axes(painter)
        for matrix in range(len(norms.names)):
            self._draw_curve(painter, matrix, 0.75 * self._thick)
        self._draw_names(painter)
        painter.end()

    def _style_of(self, matrix: int) -> tuple[str, Qt.PenStyle]:
        return style_of(matrix, self._appearance.theme)

    def _draw_axes(self, painter: QPainter) -> None:
        px, theme, axes = self._appearance.px, self._appearance.theme, self._axes
        metrics, area = QFontMetrics(painter.font()), axes.area
        norms, steps = norm_ticks(axes.top), step_ticks(axes.last)
        painter.setPen(QColor(theme.border))
        for y in axes.y(norms):
            painter.drawLine(area.left(), round(y), area.right(), round(y))
        painter.setPen(QColor(theme.muted))
        rise = (metrics.ascent() - metrics.descent()) // 2
        for y, value in zip(axes.y(norms), norms, strict=True):
            text = words.axis_number(value)
            left = area.left() - px(5) - metrics.horizontalAdvance(text)
            painter.drawText(left, round(y) + rise, text)
        base = area.bottom() + px(3) + metrics.ascent()
        for x, step in zip(axes.x(steps), steps, strict=True):
            text = f"{step:,}"
            painter.drawText(
                round(x) - metrics.horizontalAdvance(text) // 2, base, text
            )
        beyond = self._view.width() - px(2) - metrics.horizontalAdvance("step")
        painter.drawText(beyond, base, "step")

    def _draw_curve(self, painter: QPainter, matrix: int, width: float) -> None:
        colour, dashes = self._style_of(matrix)
        wide = self._appearance.px(10) / 10 * width
        y = self._y[matrix]
        if len(self._x) == 1 and np.isfinite(y[0]):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QPointF(self._x[0], y[0]), 1.5 * wide, 1.5 * wide)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            return
        stroke = LineStroke()
        stroke.set_style(colour, wide, dashes)
        stroke.draw(painter, self._x, y)
        if self._are_points_apart:
            pen = QPen(QColor(colour), wide + self._appearance.px(_DOT))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            places = zip(self._x.tolist(), y.tolist(), strict=True)
            points = [QPointF(x, at) for x, at in places if isfinite(at)]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawPoints(points)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _place_names(self, high: int) -> dict[int, float]:
        """Return where the names of curves stand: beside their ends, but apart."""
        area = self._axes.area
        ends = [float(y[-1]) for y in self._y]
        return spread(ends, high, area.top() - high / 4, area.bottom() + high / 4)

    def _end(self) -> float:
        """Return where the curves end: those of a short run, before the plot does."""
        return float(self._x[-1]) + 1

    def _draw_names(self, painter: QPainter) -> None:
        """Name the curves at their ends, as many as there is room for."""
        px, right = self._appearance.px, self._end()
        self._names = self._place_names(QFontMetrics(painter.font()).ascent() + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for matrix, y in self._names.items():
            painter.setPen(QColor(self._style_of(matrix)[0]))
            end = QPointF(right, float(self._y[matrix][-1]))
            painter.drawLine(end, QPointF(right + px(_LEADER), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for matrix, y in self._names.items():
            self._draw_name(painter, matrix, y)

    def _draw_name(self, painter: QPainter, matrix: int, y: float) -> None:
        metrics = QFontMetrics(painter.font())
        rise = (metrics.ascent() - metrics.descent()) / 2
        painter.setPen(QColor(self._style_of(matrix)[0]))
        x = self._end() + self._appearance.px(_LEADER + 3)
        painter.drawText(QPointF(x, y + rise), self._norms.names[matrix])

    def paint(
        self,
        painter: QPainter,
        step: int,
        standing: int | None,
        pointed: tuple[int, int] | None,
    ) -> None:
        """Put all together.

        Args:
            painter: Of the view.
            step: That the window shows.
            standing: The matrix whose curve stands out; None for no one.
            pointed: A matrix, and a place among the steps; None for none.
        """
        theme, px, area = self._appearance.theme, self._appearance.px, self._axes.area
        painter.setPen(QColor(theme.accent))
        if 0 <= step <= self._axes.last:
            x = round(float(self._axes.x([step])[0]))
            painter.drawLine(x, area.top(), x, area.bottom())
        painter.drawPixmap(0, 0, self._sheet)
        painter.setFont(self._appearance.font(self._size))
        if standing is not None and standing < len(self._y):
            self._draw_curve(painter, standing, 1.5 * self._thick)
            self._name_again(painter, standing)
        if pointed is None:
            return
        matrix, place = pointed
        at = QPointF(self._x[place], self._y[matrix][place])
        if np.isfinite(at.y()):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.surface))
            painter.setBrush(QColor(self._style_of(matrix)[0]))
            painter.drawEllipse(at, px(5), px(5))

    def _name_again(self, painter: QPainter, matrix: int) -> None:
        """Name a curve strongly, and if others have left no room for its name."""
        end, metrics = float(self._y[matrix][-1]), QFontMetrics(painter.font())
        y = self._names.get(matrix, end)
        if not np.isfinite(y):
            return
        name, px = self._norms.names[matrix], self._appearance.px
        x = round(self._end() + px(_LEADER + 3))
        high, wide = metrics.height(), metrics.horizontalAdvance(name)
        behind = QRect(x - 1, round(y - high / 2), wide + px(4), high)
        painter.fillRect(behind, QColor(self._appearance.theme.surface))
        font = self._appearance.font(self._size, QFont.Weight.DemiBold)
        painter.setFont(font)
        self._draw_name(painter, matrix, y)
