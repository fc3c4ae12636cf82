"""The curve of the loss on documents not trained on, and its key in the plot."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsLineItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
)

from microgpt_gui.gui.panels.loss.items import fill, set_text
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.growing_plot import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot, ToPixels


class UnseenLine:
    """The points, joined; painted over the sheets, for they come one by one."""

    def __init__(self, plot: GrowingPlot) -> None:
        self._plot = plot
        self._losses: tuple[tuple[int, float], ...] = ()
        self._places = QPolygonF()
        self._drawn_for: ToPixels | None = None
        self._pen, self._colour = QPen(), QColor()
        self._radius = 1.0
        plot.tails[Sheet.OVER].append(self)

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        self._colour = QColor(appearance.theme.text)
        self._pen = QPen(self._colour, appearance.px(3) / 2)
        self._radius = appearance.px(5) / 2

    def show_losses(self, losses: Mapping[int, float]) -> None:
        """Join these, by step; what is no number is left out."""
        found = tuple(sorted((s, x) for s, x in losses.items() if isfinite(x)))
        if found != self._losses:
            self._losses, self._drawn_for = found, None
            self._plot.viewport().update()

    @property
    def places(self) -> list[tuple[float, float]]:
        """Where its points lie (x, y), in the pixels of marks."""
        points = [self._plot.to_pixels(step, loss) for step, loss in self._losses]
        return [(point.x(), point.y()) for point in points]

    def paint(self, painter: QPainter) -> None:
        """Draw it. See `Tail`."""
        if not self._losses:
            return
        to_plot = self._plot.to_plot
        if to_plot != self._drawn_for:
            self._drawn_for = to_plot
            self._places = QPolygonF(
                [
                    QPointF(
                        step * to_plot.x_scale + to_plot.x_offset,
                        loss * to_plot.y_scale + to_plot.y_offset,
                    )
                    for step, loss in self._losses
                ]
            )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.drawPolyline(self._places)
        # Dots as points of a round pen: one call for all.
        dots = QPen(self._colour, 2 * self._radius)
        dots.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(dots)
        painter.drawPoints(self._places)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class UnseenKey:
    """A piece of the curve with words beside it, in a corner at the plot's left."""

    def __init__(self, plot: GrowingPlot) -> None:
        self._plot = plot
        self._ground = QGraphicsRectItem()
        self._piece = QGraphicsLineItem(self._ground)
        self._dot = QGraphicsEllipseItem(self._ground)
        self._text = QGraphicsSimpleTextItem(self._ground)
        self._margin = 0
        self._length = 0
        self._wordings: Sequence[str] = ()
        self._has_line = True
        self._busy: Sequence[tuple[float, float]] = ()
        plot.add_mark(self._ground)
        self._ground.setZValue(10)
        self._ground.hide()

    @property
    def text(self) -> str:
        """What it says; empty where it does not show."""
        return self._text.text() if self._ground.isVisible() else ""

    @property
    def box(self) -> QRectF:
        """Where it stands, in the pixels of marks; empty for nowhere."""
        if not self._ground.isVisible():
            return QRectF()
        return self._ground.rect().translated(self._ground.pos())

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        theme = appearance.theme
        self._margin, self._length = appearance.px(sizes.TIGHT), appearance.px(20)
        colour = QColor(theme.text)
        self._piece.setPen(QPen(colour, appearance.px(3) / 2))
        radius = appearance.px(5) / 2
        self._dot.setRect(-radius, -radius, 2 * radius, 2 * radius)
        self._dot.setBrush(colour)
        self._dot.setPen(QPen(Qt.PenStyle.NoPen))
        fill(self._ground, theme.surface, None, opacity=0.85)
        self._text.setFont(appearance.font(sizes.CAPTION, QFont.Weight.Medium))
        self._text.setBrush(QBrush(colour))

    def say(self, wordings: Sequence[str], *, has_line: bool = True) -> None:
        """Say this; nothing if there is nothing to say.

        Args:
            wordings: The longest first.
            has_line: Whether there is a curve that they belong to.
        """
        if (tuple(wordings), has_line) != (self._wordings, self._has_line):
            self._wordings, self._has_line = tuple(wordings), has_line
            self.place()
            self._plot.redraw_marks()

    def avoid(self, busy: Sequence[tuple[float, float]]) -> None:
        """Stand where there are few of these places (x, y), in the pixels of marks."""
        self._busy = busy
        self.place()

    def place(self) -> None:
        """Put it where it belongs in the plot as it is now: below, or else on top."""
        self._ground.setVisible(bool(self._wordings))
        if not self._wordings:
            return
        view, metrics = self._plot.view_rect, QFontMetricsF(self._text.font())
        margin, height = self._margin, metrics.height()
        begin = (2 * margin + self._length) if self._has_line else margin
        room = view.width() - begin - 2 * margin
        text = next(
            (w for w in self._wordings if metrics.horizontalAdvance(w) <= room),
            metrics.elidedText(
                self._wordings[-1], Qt.TextElideMode.ElideRight, max(room, 0)
            ),
        )
        set_text(self._text, text)
        width = begin + metrics.horizontalAdvance(text) + margin
        self._ground.setRect(QRectF(0, 0, width, height))
        tops = view.height() - height - margin, margin
        beside = [y for x, y in self._busy if margin <= x <= margin + width]
        top = min(tops, key=lambda top: sum(top <= y <= top + height for y in beside))
        self._ground.setPos(margin, top)
        self._text.setPos(begin, 0)
        self._piece.setVisible(self._has_line)
        self._dot.setVisible(self._has_line)
        self._piece.setLine(margin, height / 2, margin + self._length, height / 2)
        self._dot.setPos(margin + self._length / 2, height / 2)
