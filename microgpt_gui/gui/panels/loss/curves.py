"""What moves with the data: raw losses and their average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from microgpt_gui.gui.panels.loss.decimate import bucket_size, extremes
from microgpt_gui.gui.widgets.growing_plot import Sheet
from microgpt_gui.gui.widgets.strokes import BarStroke, DotStroke, LineStroke
from microgpt_gui.session.exports.mixing import mixed

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.panels.loss.series import LossSeries
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot
    from microgpt_gui.gui.widgets.plot import Range

#: Single steps are dots up to so many; more become one bar a bucket, lowest to highest,
#: and up to so many ends of bars come to a pixel of the plot's width.
MAX_DOTS, BAR_ENDS_PER_PX = 2000, 2.0
#: An average is drawn through every step up to so many; else through its extremes.
MAX_LINE_POINTS, LINE_EXTREMES_PER_PX = 1000, 1.0
MIN_WIDTH_PX = 100  # below, coarser would not be quicker
MAX_DOT_PX = 5  # larger dots hide each other, however large the letters are

#: Bars stand 1 to 2 pixels apart: narrower ones would leave stripes between them.
_BAR_PX = 2

#: They fill the ground more than dots do: but for their ends, the lowest and highest
#: losses, they step back further from the average.
BAR_STRENGTH = 0.45

#: Steps or buckets at the tip of a curve that are painted anew in every frame.
_TAIL = 16

_NOTHING = np.empty(0)


class _Stroke(Protocol):
    def draw(
        self, painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> None:
        """Draw through or at (x[i], y[i]), in pixels."""


class _EndedBars:
    """Bars side by side, whose ends stand out."""

    def __init__(self) -> None:
        self._bars, self._ends = BarStroke(), DotStroke()

    def set_style(self, inside: str, ends: str) -> None:
        """Draw in these colours."""
        self._bars.set_style(inside, _BAR_PX)
        self._ends.set_style(ends, _BAR_PX)

    def draw(
        self, painter: QPainter, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> None:
        """See `BarStroke`."""
        self._bars.draw(painter, x, y)
        self._ends.draw(painter, x, y)


class _Curve:
    """One curve of a series that grows: settled on its sheet, but for its tail.

    A bucket that is not full yet changes with every loss, so that it must stay in the
    tail.

    Attributes:
        size: Steps a bucket.
        changed_from: Left end of what is new since the last time, in pixels.
    """

    def __init__(self, plot: GrowingPlot, sheet: Sheet) -> None:
        self._plot = plot
        self._sheet = sheet
        self._stroke: _Stroke = DotStroke()
        self._is_joined = False
        self.size = 1
        self.changed_from = 0.0
        self._settled = 0  # steps whose part is on the sheet
        self._joint = np.empty(0, np.int64)  # the last point there, for a line
        self._tail = _NOTHING, _NOTHING
        plot.tails[sheet].append(self)

    def begin(
        self, stroke: _Stroke, start: int, size: int, *, is_joined: bool = False
    ) -> None:
        """Draw from index ``start`` on, on a blank sheet, ``size`` steps a bucket."""
        self._stroke, self._is_joined = stroke, is_joined
        self.size = size
        self._settled = start // size * size
        self._joint = np.empty(0, np.int64)
        self._tail = _NOTHING, _NOTHING

    def extend(self, values: NDArray[np.float64], stop: int) -> None:
        """Draw ``values`` [step] up to ``stop``, exclusive."""
        full = stop // self.size * self.size
        self.changed_from = self._x_of(max(self._settled - self.size, 0))
        if full - self._settled > _TAIL * self.size:
            settling = self._points(values, self._settled, full)
            painter = self._plot.painter_on(self._sheet)
            self._stroke.draw(painter, *self._to_pixels(values, settling))
            painter.end()
            self._settled = full
            self._joint = settling[-1:]
        self._tail = self._to_pixels(values, self._points(values, self._settled, stop))

    def paint(self, painter: QPainter) -> None:
        """Draw the tail. See `Tail`."""
        self._stroke.draw(painter, *self._tail)

    def _points(
        self, values: NDArray[np.float64], start: int, stop: int
    ) -> NDArray[np.int64]:
        """Return which steps to draw of those from ``start`` to ``stop``."""
        if self.size > 1:
            indices = extremes(values, start, stop, self.size)
        else:
            indices = np.array(range(start, stop), np.int64)
        return np.concatenate((self._joint, indices)) if self._is_joined else indices

    def _to_pixels(
        self, values: NDArray[np.float64], indices: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return places; a line has a gap, and anything else nothing, at no number."""
        to_plot, y = self._plot.to_plot, values[indices]
        finite = np.isfinite(y)
        if self._is_joined:
            y[~finite] = np.nan
        elif not finite.all():
            if self.size > 1:
                finite = finite.reshape(-1, 2).all(axis=1).repeat(2)
            indices, y = indices[finite], y[finite]
        return to_plot.x(indices.astype(np.float64) + 1), to_plot.y(y)

    def _x_of(self, index: int) -> float:
        return index * self._plot.to_plot.x_scale + self._plot.to_plot.x_offset


class LossCurves:
    """The drawn losses; draws only the part in view, and never more than is seen."""

    def __init__(self, plot: GrowingPlot) -> None:
        self._plot = plot
        self._dots, self._bars = DotStroke(), _EndedBars()
        self._line = LineStroke()
        self._raw = _Curve(plot, Sheet.UNDER)
        self._average = _Curve(plot, Sheet.OVER)
        self._margin = 1  # that strokes reach beyond their points, in pixels

    def restyle(self, appearance: Appearance, *, is_smoothed: bool) -> None:
        """Take up theme and zoom; raw losses step back where an average is drawn."""
        theme = appearance.theme
        raw = theme.faint if is_smoothed else theme.series[0]
        self._dots.set_style(raw, min(appearance.px(3), MAX_DOT_PX))
        inside = mixed(raw, theme.surface, BAR_STRENGTH) if is_smoothed else raw
        self._bars.set_style(inside, raw)
        self._line.set_style(theme.series[0], appearance.px(2))
        self._margin = appearance.px(4) + 2

    def fits(self, count: int) -> bool:
        """Say whether ``count`` losses can be drawn as those before were."""
        return self._sizes(count) == (self._raw.size, self._average.size)

    def begin(self, series: LossSeries, *, is_smoothed: bool) -> None:
        """Draw what is in view on blank sheets."""
        count = len(series)
        start, _ = window(self._plot.x_range, count)
        raw_size, line_size = self._sizes(count)
        self._raw.begin(self._dots if raw_size == 1 else self._bars, start, raw_size)
        self._average.begin(self._line, start, line_size, is_joined=True)
        self.extend(series, is_smoothed=is_smoothed)

    def extend(self, series: LossSeries, *, is_smoothed: bool) -> None:
        """Draw what the run in hand has gained."""
        _, stop = window(self._plot.x_range, len(series))
        self._raw.extend(series.raw, stop)
        left = self._raw.changed_from
        if is_smoothed:
            self._average.extend(series.smooth, stop)
            left = min(left, self._average.changed_from)
        right = stop * self._plot.to_plot.x_scale + self._plot.to_plot.x_offset
        self._plot.update_between(left - self._margin, right + self._margin)

    def _sizes(self, count: int) -> tuple[int, int]:
        """Return how many steps share a bucket: of the raw losses, of the average."""
        start, stop = window(self._plot.x_range, count)
        return (
            self._size(stop - start, MAX_DOTS, BAR_ENDS_PER_PX),
            self._size(stop - start, MAX_LINE_POINTS, LINE_EXTREMES_PER_PX),
        )

    def _size(self, count: int, max_whole: int, extremes_per_px: float) -> int:
        if count <= max_whole:
            return 1
        width = max(self._plot.area.width(), MIN_WIDTH_PX)
        return bucket_size(count, int(extremes_per_px * width))


def window(x_range: Range, count: int) -> tuple[int, int]:
    """Return from and to (exclusive) of the indices in view and next to it."""
    start = min(max(int(x_range[0]) - 2, 0), count)
    stop = min(max(int(x_range[1]) + 1, start), count)
    return start, stop
