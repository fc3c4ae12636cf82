"""What the plot has in view: the whole run, until the person looks closer."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.panels.loss.view import View, wanted_view

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.loss.controls import LossControls
    from microgpt_gui.gui.panels.loss.lines import LossLines
    from microgpt_gui.gui.panels.loss.outside import OutsideMarks
    from microgpt_gui.gui.panels.loss.overlays import Overlays
    from microgpt_gui.gui.panels.loss.series import LossSeries
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot

#: Axes are costly to draw, and nobody can read them faster.
RANGES_EVERY_S = 0.5

#: Whether they still fit, and what is outside, is looked at so often; at once where
#: there is one loss more in so many.
LOOK_EVERY_S, LOOK_SHARE = 0.2, 64

_EVERYTHING = -inf, inf


class Framing:
    """Moves the plot's ranges as the run grows, and marks what lies outside them.

    Attributes:
        with_outliers: Whether outliers are to be in view too.
    """

    def __init__(
        self,
        run: RunController,
        plot: GrowingPlot,
        overlays: Overlays,
        lines: LossLines,
        outside: OutsideMarks,
        controls: LossControls,
    ) -> None:
        self._run = run
        self._plot = plot
        self._overlays = overlays
        self._lines = lines
        self._outside = outside
        self._controls = controls
        self._is_following = True
        self._ranges_at_s = self._looked_at_s = -inf
        self._looked_at = 0  # losses, the last time
        self.with_outliers = False

    def begin(self) -> None:
        """Follow another run, its usual losses in view."""
        self.with_outliers = False
        self._outside.begin()
        self.follow()

    def follow(self) -> None:
        """Follow the whole run from now on, without delay."""
        self.hurry()
        self._set_following(True)

    def hurry(self) -> None:
        """Move the ranges with the next `update`, however soon that is."""
        self._ranges_at_s = self._looked_at_s = -inf

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._controls.show_following(self._is_following)

    def take_zoom(self, series: LossSeries) -> None:
        """Take up that the person has zoomed: to the end is as good as the whole."""
        view = self._wanted(series)
        shown = (*self._plot.x_range, *self._plot.y_range)
        if view.has_outliers and np.allclose(shown, (*view.x, *view.whole)):
            self.with_outliers = True
            view = self._wanted(series)
        self._set_following(bool(np.allclose(shown, (*view.x, *view.y))))

    def update(self, series: LossSeries, now_s: float) -> bool:
        """Move the ranges if they are due; say whether nothing is left to do."""
        count, looked_at = len(series), self._looked_at
        are_few = 0 <= count - looked_at <= looked_at // LOOK_SHARE
        is_soon = now_s - self._looked_at_s < LOOK_EVERY_S
        if are_few and is_soon and not self._plot.is_blank:
            return False
        self._looked_at, self._looked_at_s = count, now_s
        view, plot, is_done = self._wanted(series), self._plot, True
        if self._is_following and (view.x, view.y) != (plot.x_range, plot.y_range):
            is_done = now_s - self._ranges_at_s >= RANGES_EVERY_S
            if is_done:
                self._ranges_at_s = now_s
                plot.set_limits(view.x, view.whole)
                plot.set_ranges(view.x, view.y)
        # Whoever looks closer knows that there is more.
        is_fitted = self._is_following and view.has_outliers
        self._outside.find(series.raw, plot.y_range if is_fitted else _EVERYTHING)
        self._controls.show_outliers(
            self._outside.count, are_there=is_fitted, are_shown=self.with_outliers
        )
        return is_done

    def _set_following(self, is_following: bool) -> None:
        self._is_following = is_following
        self._looked_at_s = -inf
        self._controls.show_following(is_following)

    def _wanted(self, series: LossSeries) -> View:
        info = self._run.info
        return wanted_view(
            series,
            self._overlays,
            self._run.config.steps,
            info.vocab_size if info else None,
            self._lines.extents,
            with_outliers=self.with_outliers,
        )
