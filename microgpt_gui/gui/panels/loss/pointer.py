"""What is told of the step under the mouse, and where it is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.loss import telling
from microgpt_gui.gui.panels.loss.marks import Crosshair

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.loss.lines import LossLines
    from microgpt_gui.gui.panels.loss.overlays import Overlays
    from microgpt_gui.gui.panels.loss.series import LossSeries
    from microgpt_gui.gui.panels.loss.smoothing import Smoothing
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot


class Pointer:
    """Follows the mouse over the plot.

    Attributes:
        crosshair: Shows where it is, and what is told.
    """

    def __init__(
        self,
        run: RunController,
        plot: GrowingPlot,
        overlays: Overlays,
        lines: LossLines,
    ) -> None:
        self.crosshair = Crosshair(plot)
        self._run = run
        self._plot = plot
        self._overlays = overlays
        self._lines = lines

    def update(self, series: LossSeries, smoothing: Smoothing) -> None:
        """Tell of the step that is pointed at now.

        Args:
            series: The run's losses.
            smoothing: How their average comes about.
        """
        x = self._plot.x_at_cursor
        if x is None or self._run.info is None:
            self.crosshair.hide()
            self._overlays.point_at(None)
            return
        last = max(self._run.config.steps, len(series), self._overlays.steps)
        step = min(max(round(x), 1), last)
        self._overlays.point_at(step)
        beside = [*self._lines.lines_at(step), *self._overlays.lines_at(step)]
        y_range = self._plot.y_range
        told = telling.of_step(self._run, series, beside, smoothing, step, y_range)
        self.crosshair.place(*told)
