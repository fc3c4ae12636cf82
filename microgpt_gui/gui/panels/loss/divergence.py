"""Where the run has left the numbers: a sign at the step that could not be done."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from microgpt_gui.gui.theme.divergence_sign import DivergenceSign
from microgpt_gui.gui.widgets.growing_plot import Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot


def sign_place(plot: GrowingPlot, step: int, loss: float, radius: float) -> QPointF:
    """Return where a run's sign lies, in pixels of the plot.

    Args:
        plot: Where it is drawn.
        step: The step that could not be done, from 1.
        loss: The last one, in nats; not finite for none: the sign is at the lower edge.
        radius: Of the sign, which stays inside the plot.
    """
    to_plot, area = plot.to_plot, plot.area
    lowest, highest = area.bottom() - radius, area.top() + radius
    y = loss * to_plot.y_scale + to_plot.y_offset if isfinite(loss) else lowest
    x = step * to_plot.x_scale + to_plot.x_offset
    return QPointF(x, min(max(y, highest), lowest))


class DivergenceMark:
    """The sign of the current run."""

    def __init__(self, plot: GrowingPlot, appearance: Appearance) -> None:
        self._plot = plot
        self._sign = DivergenceSign(appearance)
        self._at: tuple[int, float] | None = None
        plot.tails[Sheet.MARKS].append(self)

    @property
    def step(self) -> int | None:
        """The step that it stands at, from 1; None for nowhere."""
        return self._at and self._at[0]

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        self._sign = DivergenceSign(appearance)

    def place(self, steps: int | None, loss: float) -> None:
        """Put it behind the last good step.

        Args:
            steps: Good ones; None where the run goes on.
            loss: Of the last one, as it is drawn.
        """
        at = None if steps is None else (steps + 1, loss)
        if repr(at) != repr(self._at):  # nan is like nan
            self._at = at
            self._plot.redraw_marks()

    def paint(self, painter: QPainter) -> None:
        """Draw it. See `Tail`."""
        if self._at is not None:
            place = sign_place(self._plot, *self._at, self._sign.radius)
            self._sign.draw(painter, place)
