"""What moves with the data: raw losses, their average, and the previous run's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from microgpt_gui.gui.panels.loss.decimate import Envelope, bucket_size
from microgpt_gui.gui.widgets.traces import Bars, Dots, Line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from microgpt_gui.gui.panels.loss.series import LossSeries
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.plot import Plot, Range

#: Single steps are dots up to so many; more become one bar a bucket, lowest to highest,
#: and up to so many ends of bars come to a pixel of the plot's width.
MAX_DOTS, BAR_ENDS_PER_PX = 2000, 2.0
#: An average is drawn through every step up to so many; else through its extremes.
MAX_LINE_POINTS, LINE_EXTREMES_PER_PX = 1000, 1.0
MIN_WIDTH_PX = 100  # below, coarser would not be quicker
MAX_DOT_PX = 5  # larger dots hide each other, however large the letters are

_NOTHING = np.empty(0)


class LossCurves:
    """The drawn losses; draws only the part in view, and never more than is seen."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._dots = Dots()
        self._bars = Bars()
        self._previous = Line()
        self._line = Line()
        self._raw_envelope, self._line_envelope = Envelope(), Envelope()
        for item in (self._dots, self._bars, self._previous, self._line):
            plot.add_curve(item)

    def restyle(self, appearance: Appearance, *, is_smoothed: bool) -> None:
        """Take up theme and zoom; raw losses step back where an average is drawn."""
        theme = appearance.theme
        raw = theme.faint if is_smoothed else theme.series[0]
        self._dots.set_style(raw, min(appearance.px(3), MAX_DOT_PX))
        self._bars.set_style(raw)
        self._line.set_style(theme.series[0], appearance.px(2))
        self._previous.set_style(theme.muted, 1, Qt.PenStyle.DashLine)

    def forget(self) -> None:
        """Take the next series for another one, not for the last one grown."""
        self._raw_envelope.clear()
        self._line_envelope.clear()

    def draw(self, series: LossSeries, *, is_smoothed: bool) -> None:
        """Draw what is in view of the run in hand."""
        start, stop = window(self._plot.x_range, len(series))
        x, y = self._points(
            series.raw, start, stop, MAX_DOTS, BAR_ENDS_PER_PX, self._raw_envelope
        )
        if len(x) == stop - start:
            finite = np.isfinite(y)
            self._dots.set_points(x[finite], y[finite])
            self._bars.set_points(_NOTHING, _NOTHING)
        else:
            finite = np.isfinite(y).reshape(-1, 2).all(axis=1).repeat(2)
            self._dots.set_points(_NOTHING, _NOTHING)
            self._bars.set_points(x[finite], y[finite])
        if is_smoothed:
            self._line.set_points(
                *self._average(series.smooth, start, stop, self._line_envelope)
            )
        else:
            self._line.set_points(_NOTHING, _NOTHING)

    def draw_previous(self, values: NDArray[np.float64]) -> None:
        """Draw what is in view of the run before, ``values`` [step]; empty for none."""
        start, stop = window(self._plot.x_range, len(values))
        average = self._average(values, start, stop, Envelope())
        self._previous.set_points(*average)

    def _average(
        self, values: NDArray[np.float64], start: int, stop: int, envelope: Envelope
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return self._points(
            values, start, stop, MAX_LINE_POINTS, LINE_EXTREMES_PER_PX, envelope
        )

    def _points(
        self,
        values: NDArray[np.float64],
        start: int,
        stop: int,
        max_whole: int,
        extremes_per_px: float,
        envelope: Envelope,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return steps, from 1, and values to draw, nan where not finite."""
        if stop - start <= max_whole:
            indices = np.arange(start, stop)
        else:
            width = max(self._plot.view_rect.width(), MIN_WIDTH_PX)
            size = bucket_size(stop - start, int(extremes_per_px * width))
            indices = envelope.indices(values, start, stop, size)
        y = values[indices]
        y[~np.isfinite(y)] = np.nan
        return indices.astype(np.float64) + 1, y


def window(x_range: Range, count: int) -> tuple[int, int]:
    """Return from and to (exclusive) of the indices in view and next to it."""
    start = min(max(int(x_range[0]) - 2, 0), count)
    stop = min(max(int(x_range[1]) + 1, start), count)
    return start, stop
