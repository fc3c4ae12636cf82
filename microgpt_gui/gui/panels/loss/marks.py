"""What lies over the curves, in pixels: newest step, crosshair."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
    QStyleOptionGraphicsItem,
)

from microgpt_gui.gui.panels.loss.items import fill, set_text
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.growing_plot import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot, ToPixels


class NewestStep:
    """A disc at the tip of the curve, seen from the back row."""

    def __init__(self, plot: GrowingPlot) -> None:
        self._plot = plot
        self._disc = QGraphicsEllipseItem()
        self._option = QStyleOptionGraphicsItem()
        self._radius = 0
        self._is_there = False
        plot.tails[Sheet.MARKS].append(self)

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        self._radius = appearance.px(4)
        self._disc.setBrush(QColor(appearance.theme.series[0]))
        self._disc.setPen(QPen(QColor(appearance.theme.surface), 1.5))

    def place(self, step: int, loss: float) -> None:
        """Put it at ``step``, from 1; hide it at step 0 or where there is no number."""
        self._is_there = step > 0 and isfinite(loss)
        if self._is_there:
            to_plot, radius = self._plot.to_plot, self._radius
            x = step * to_plot.x_scale + to_plot.x_offset
            y = loss * to_plot.y_scale + to_plot.y_offset
            self._disc.setRect(x - radius, y - radius, 2 * radius, 2 * radius)

    def paint(self, painter: QPainter) -> None:
        """Draw it. See `Tail`."""
        if self._is_there:
            self._disc.paint(painter, self._option)


class Crosshair:
    """Lines through the step under the mouse, and a box that tells of it."""

    def __init__(self, plot: GrowingPlot) -> None:
        self._plot = plot
        self._vertical = QGraphicsLineItem()
        self._horizontal = QGraphicsLineItem()
        self._box = QGraphicsRectItem()
        self._text = QGraphicsSimpleTextItem(self._box)
        self._margin = 0
        self._shown: tuple[int, float, Sequence[str], ToPixels] | None = None
        for item in self._items:
            plot.add_mark(item)
            item.setZValue(11)
            item.hide()

    @property
    def _items(self) -> tuple[QGraphicsItem, ...]:
        return self._vertical, self._horizontal, self._box

    @property
    def text(self) -> str:
        """What the box says; empty where it does not show."""
        return self._text.text() if self._box.isVisible() else ""

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        theme = appearance.theme
        self._shown = None
        self._margin = appearance.px(6)
        for line in (self._vertical, self._horizontal):
            colour = QColor(theme.muted)
            colour.setAlphaF(0.6)
            line.setPen(QPen(colour, 1))
        fill(self._box, theme.raised, theme.border, opacity=1.0)
        self._text.setFont(appearance.font(sizes.BODY))
        self._text.setBrush(QBrush(QColor(theme.text)))

    def hide(self) -> None:
        """Show nothing: the mouse is elsewhere."""
        if self._shown is not None:
            self._shown = None
            for item in self._items:
                item.hide()
            self._plot.redraw_marks()

    def place(self, step: int, loss: float, lines: Sequence[str]) -> None:
        """Point at ``step``.

        Args:
            step: From 1.
            loss: Its loss; not finite where there is none to point at.
            lines: What to say, the most important first; the last are left out where
                the plot is too low for them.
        """
        shown = step, loss, lines, self._plot.to_plot
        if repr(shown) == repr(self._shown):  # nan is like nan
            return
        self._shown = shown
        self._plot.redraw_marks()
        view = self._plot.view_rect
        point = self._plot.to_pixels(step, loss if isfinite(loss) else 0.0)
        self._vertical.setLine(point.x(), 0, point.x(), view.height())
        self._horizontal.setLine(0, point.y(), view.width(), point.y())
        self._vertical.show()
        self._horizontal.setVisible(isfinite(loss))
        self._write(lines)
        self._place_box(point.x(), view)
        self._box.show()

    def _write(self, lines: Sequence[str]) -> None:
        view, metrics = self._plot.view_rect, QFontMetricsF(self._text.font())
        room = max(1, int((view.height() - 2 * self._margin) / metrics.lineSpacing()))
        width = view.width() - 2 * self._margin
        cut = (
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            for line in lines[:room]
        )
        set_text(self._text, "\n".join(cut))

    def _place_box(self, x: float, view: QRectF) -> None:
        margin = self._margin
        size = self._text.boundingRect()
        width, height = size.width() + 2 * margin, size.height() + 2 * margin
        self._box.setRect(0, 0, width, height)
        self._text.setPos(margin, margin)
        left = x + 2 * margin
        if left + width > view.width():
            left = x - 2 * margin - width
        left = max(0.0, left)
        cursor = self._plot.cursor or QPointF(0, 0)
        top = min(max(0.0, cursor.y() - height - margin), view.height() - height)
        self._box.setPos(left, max(0.0, top))
