"""The step of the moment that is shown, where it is not the newest."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPen

from microgpt_gui.gui.widgets.growing_plot import Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot


class MomentLine:
    """A line through all losses at one step, and a ring around that step's loss."""

    def __init__(self, plot: GrowingPlot) -> None:
        self._plot = plot
        self._step: int | None = None
        self._loss = float("nan")
        self._line, self._ring = QPen(), QPen()
        self._ground = QColor()
        self._radius = 1
        plot.tails[Sheet.MARKS].append(self)

    @property
    def step(self) -> int | None:
        """Where it stands, in steps done; None for nowhere."""
        return self._step

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        colour = QColor(appearance.theme.warning)
        self._line, self._ring = QPen(colour, 1), QPen(colour, appearance.px(2))
        self._ground = QColor(appearance.theme.surface)
        self._radius = appearance.px(4)

    def place(self, step: int | None, loss: float) -> None:
        """Put it at ``step`` and its ``loss``, if that is a number; None hides it."""
        if step != self._step or repr(loss) != repr(self._loss):  # nan is like nan
            self._update()
            self._step, self._loss = step, loss
            self._update()

    def paint(self, painter: QPainter) -> None:
        """Draw it. See `Tail`."""
        if self._step is None:
            return
        area, x = self._plot.area, self._x
        painter.setPen(self._line)
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        if isfinite(self._loss):
            to_plot = self._plot.to_plot
            y = self._loss * to_plot.y_scale + to_plot.y_offset
            painter.setPen(self._ring)
            painter.setBrush(self._ground)
            painter.drawEllipse(QPointF(x, y), self._radius, self._radius)

    @property
    def _x(self) -> float:
        to_plot = self._plot.to_plot
        return (self._step or 0) * to_plot.x_scale + to_plot.x_offset

    def _update(self) -> None:
        if self._step is not None:
            reach = 2 * self._radius
            self._plot.update_between(self._x - reach, self._x + reach)
