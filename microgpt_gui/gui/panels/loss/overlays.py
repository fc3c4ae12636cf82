"""Earlier runs as thin lines over the current one's, told apart by more than colour."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsEllipseItem

from microgpt_gui.gui.panels.loss import words
from microgpt_gui.gui.panels.loss.curves import (
    LINE_EXTREMES_PER_PX,
    MAX_LINE_POINTS,
    MIN_WIDTH_PX,
    window,
)
from microgpt_gui.gui.panels.loss.decimate import bucket_size, extremes
from microgpt_gui.gui.panels.loss.divergence import sign_place
from microgpt_gui.gui.panels.loss.outside import slots, triangles
from microgpt_gui.gui.panels.loss.series import LossSeries
from microgpt_gui.gui.theme.overlay_look import (
    MARKER_SHIFT,
    MARKER_SPACING,
    overlay_look,
)
from microgpt_gui.gui.theme.overlays import OverlayStroke
from microgpt_gui.gui.widgets.growing_plot import Sheet
from microgpt_gui.session.loss_extent import AVERAGED, NOTHING, around, usual_extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from microgpt_gui.gui.panels.loss.smoothing import Smoothing
    from microgpt_gui.gui.shelf.shelf import RunShelf
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot
    from microgpt_gui.session.exports.loss_lines import OverlaidRun
    from microgpt_gui.session.loss_extent import Extent
    from microgpt_gui.session.recipe import Recipe


class Overlays:
    """The averaged losses of the runs that the shelf has overlaid.

    They do not change while a run trains: drawn with the sheets, not with each frame.

    Attributes:
        edges: Lowest and highest loss to be in view, in nats; ``low > high`` for none.
            Those that are drawn; of the run before also the single ones, so that the
            axis stays as it was when that run ended.
        usual: The same, but for outliers, of each run.
        steps: How far the runs reach that the person has chosen; 0 for none.
    """

    def __init__(
        self,
        plot: GrowingPlot,
        shelf: RunShelf,
        appearance: Appearance,
        smoothing: Smoothing,
    ) -> None:
        self._plot = plot
        self._shelf = shelf
        self._appearance = appearance
        self._smoothing = smoothing
        self._series: dict[ShelvedRun, LossSeries] = {}
        self._discs: list[QGraphicsEllipseItem] = []
        self.catch_up()

    def catch_up(self) -> None:
        """Take up which runs are overlaid now."""
        kept_before = self._series
        self._series = {}
        for kept in self._shelf.overlaid:
            series = kept_before.get(kept)
            if series is None:
                series = LossSeries(kept.losses, self._smoothing)
                series.catch_up()
            self._series[kept] = series
        chosen = (k for k in self._series if k is not self._shelf.chance_overlay)
        self.steps = max((kept.steps for kept in chosen), default=0)
        self._find_edges()
        while len(self._discs) < len(self._series):
            disc = QGraphicsEllipseItem()
            disc.setZValue(10.5)
            disc.hide()
            self._plot.add_mark(disc)
            self._discs.append(disc)

    def set_smoothing(self, smoothing: Smoothing) -> None:
        """Average anew."""
        self._smoothing = smoothing
        for series in self._series.values():
            series.set_smoothing(smoothing)
        self._find_edges()

    def _find_edges(self) -> None:
        self.edges = NOTHING
        self.usual: list[Extent] = []
        for kept, series in self._series.items():
            if kept is self._shelf.chance_overlay:
                self.edges = around(self.edges, (series.low, series.high))
                self.usual.append(series.usual)
                continue
            drawn = series.smooth[np.isfinite(series.smooth)]
            if len(drawn):
                edges = float(drawn.min()), float(drawn.max())
                self.edges = around(self.edges, edges)
                self.usual.append(usual_extent(drawn, AVERAGED))

    @property
    def strokes(self) -> list[OverlayStroke]:
        """How the lines look, in the order of `wordings`."""
        return [self._stroke(kept) for kept in self._series]

    def wordings(self, current: Recipe) -> tuple[tuple[str, ...], ...]:
        """Return ways to name the lines, the longest first: one text a line.

        Args:
            current: What the current run learns with.
        """
        if not self._series:
            return ()
        if len(self._series) == 1:
            (kept,) = self._series
            wordings = words.compared(
                kept.name,
                kept.recipe,
                current,
                is_previous=kept is self._shelf.chance_overlay,
            )
            end = words.end_of(kept)
            return tuple(
                (f"{wording}, {end}" if wording and end else wording,)
                for wording in wordings
            )
        names = [
            ", ".join(filter(None, (kept.name, words.end_of(kept))))
            for kept in self._series
        ]
        return words.abridged(names, self._shelf.current_name)

    def exported(self, paper: Theme, current: Recipe) -> tuple[OverlaidRun, ...]:
        """Return the lines as a picture shows them.

        Args:
            paper: Colours of the picture.
            current: What the current run learns with.
        """
        if not self._series:
            return ()
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.loss_lines import OverlaidRun

        lines = []
        for name, kept in zip(self.wordings(current)[0], self._series, strict=True):
            number = kept.overlay or 0
            look = overlay_look(paper, number)
            lines.append(
                OverlaidRun(
                    name=name,
                    losses=kept.losses.values,
                    colour=look.colour,
                    dashes=look.dashes,
                    marker=look.marker,
                    first=MARKER_SHIFT * (number + 1) % MARKER_SPACING,
                    spacing=MARKER_SPACING,
                    has_diverged=bool(kept.divergence),
                )
            )
        return tuple(lines)

    def lines_at(self, step: int) -> list[str]:
        """Return what is said of each run at ``step``, from 1."""
        return [
            words.overlaid(kept.name, float(series.smooth[step - 1]))
            if step <= len(series)
            else words.overlaid_end(kept.name)
            for kept, series in self._series.items()
            if step <= len(series) or (kept.divergence and step == len(series) + 1)
        ]

    def point_at(self, step: int | None) -> None:
        """Mark ``step`` on every line; none if None."""
        places = []
        for kept, series in self._series.items():
            if step is not None and 0 < step <= len(series):
                loss = float(series.smooth[step - 1])
                if isfinite(loss):
                    places.append((kept, self._plot.to_pixels(step, loss)))
        radius, theme = self._appearance.px(4), self._appearance.theme
        for number, disc in enumerate(self._discs):
            is_there = number < len(places)
            if is_there:
                kept, place = places[number]
                disc.setRect(-radius, -radius, 2 * radius, 2 * radius)
                disc.setBrush(self._stroke(kept).pen.color())
                disc.setPen(QPen(QColor(theme.surface), 1.5))
                if disc.pos() != place:
                    disc.setPos(place)
                    self._plot.redraw_marks()
            if disc.isVisible() != is_there:
                disc.setVisible(is_there)
                self._plot.redraw_marks()

    def draw(self) -> None:
        """Draw what is in view, on blank sheets."""
        if not self._series:
            return
        painter = self._plot.painter_on(Sheet.OVER)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for kept, series in self._series.items():
            painter.setPen(self._stroke(kept).pen)
            for piece in self._pieces(series.smooth):
                painter.drawPolyline(piece)
        for kept, series in self._series.items():
            stroke = self._stroke(kept)
            stroke.draw_markers(painter, self._places(stroke, series.smooth))
            if kept.divergence:
                finite = series.smooth[np.isfinite(series.smooth)]
                loss = float(finite[-1]) if len(finite) else nan
                end = kept.steps + 1
                place = sign_place(self._plot, end, loss, stroke.sign.radius)
                stroke.sign.draw(painter, place)
            self._mark_outside(painter, stroke, series.smooth)
        painter.end()

    def _mark_outside(
        self, painter: QPainter, stroke: OverlayStroke, values: NDArray[np.float64]
    ) -> None:
        (low, high), plot = self._plot.y_range, self._plot
        painter.setPen(QPen(QColor(self._appearance.theme.surface), 1))
        painter.setBrush(stroke.pen.color())
        for is_low, found in (
            (False, (values > high) & np.isfinite(values)),
            (True, values < low),
        ):
            if found.any():
                steps = np.flatnonzero(found) + 1
                radius = self._appearance.px(4)
                places = slots(steps, plot.to_plot, radius)
                painter.drawPath(triangles(places, plot.area, radius, is_low=is_low))

    def _stroke(self, kept: ShelvedRun) -> OverlayStroke:
        return OverlayStroke(
            self._appearance, kept.overlay or 0, has_diverged=bool(kept.divergence)
        )

    def _places(
        self, stroke: OverlayStroke, values: NDArray[np.float64]
    ) -> Iterator[QPointF]:
        """Yield where the markers of a line lie: at steps, evenly over the plot."""
        to_plot, area = self._plot.to_plot, self._plot.area
        x = area.left() + stroke.first
        while x < area.right():
            index = round((x - to_plot.x_offset) / to_plot.x_scale) - 1
            if 0 <= index < len(values) and isfinite(loss := float(values[index])):
                across = (index + 1) * to_plot.x_scale + to_plot.x_offset
                yield QPointF(across, loss * to_plot.y_scale + to_plot.y_offset)
            x += stroke.spacing

    def _pieces(self, values: NDArray[np.float64]) -> list[QPolygonF]:
        """Return the line through ``values`` [step] as far as it is seen, in pixels.

        Whole, not segment by segment: dashes must go on from one to the next.
        """
        start, stop = window(self._plot.x_range, len(values))
        indices = np.arange(start, stop)
        if len(indices) > MAX_LINE_POINTS:
            width = max(self._plot.area.width(), MIN_WIDTH_PX)
            size = bucket_size(stop - start, int(LINE_EXTREMES_PER_PX * width))
            indices = extremes(values, start, stop, size)
        finite = np.isfinite(values[indices])
        to_plot = self._plot.to_plot
        x, y = to_plot.x(indices.astype(np.float64) + 1), to_plot.y(values[indices])
        breaks = np.flatnonzero(~finite)
        return [
            QPolygonF([QPointF(a, b) for a, b in zip(xs, ys, strict=True)])
            for xs, ys in (
                (part[np.isfinite(part[:, 1])].T)
                for part in np.split(np.stack((x, y), axis=1), breaks)
            )
            if len(xs) > 1
        ]
