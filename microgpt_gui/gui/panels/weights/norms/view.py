"""The curves on show; knows where the pointer and the keyboard are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter

from microgpt_gui.gui.panels.weights.lettering import letter_size
from microgpt_gui.gui.panels.weights.norms import words
from microgpt_gui.gui.panels.weights.norms.axes import Axes, top_of
from microgpt_gui.gui.panels.weights.norms.picture import NormsPicture
from microgpt_gui.gui.widgets.cell_cursor import CellGrid
from microgpt_gui.gui.widgets.enlarging_view import EnlargingView

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.cell_cursor import CellPlace
    from microgpt_gui.session.reading.weights.norms import Norms


class Point(NamedTuple):
    """A point of a curve; both count from 0."""

    matrix: int
    place: int  # among the steps


class NormsView(EnlargingView):
    """A curve for each matrix; a click goes to the step under the pointer.

    Attributes:
        norms: What is drawn; None for nothing.
        pointed: The point under the pointer, or that the keyboard is on; or None.
        top: Up to which norm the plot reaches.

    Signals:
        step_chosen: A person wants to see the moment after so many steps (int).
    """

    step_chosen = Signal(int)

    pointed: Point | None

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.norms: Norms | None = None
        self.top = 1.0
        self._names: tuple[str, ...] = ()  # of what is drawn
        self._last = 0
        self._shown_step = 0
        self._marked: int | None = None
        self._place: int | None = None  # that the keyboard is on; None for the last
        self._picture: NormsPicture | None = None
        self.setAccessibleName("Size of every matrix over the run")
        self.setToolTip(
            "Up and Down choose a matrix, Left and Right a step, Enter shows that step."
        )
        shape = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(shape)
        self.setVerticalScrollBarPolicy(shape)

    def show_norms(self, norms: Norms | None, top: float, last: int) -> None:
        """Draw ``norms``.

        Args:
            norms: The sizes; None for nothing.
            top: Up to which norm the plot reaches.
            last: Up to which step.
        """
        self.norms, self.top, self._last = norms, top, last
        names = () if norms is None else norms.names
        if names != self._names:
            self._names, self._current, self._place = names, 0, None
        self._redraw()
        self.find_pointed()

    def own_top(self) -> float:
        """Return up to which norm the plot would reach for its own curves."""
        return top_of(self.norms.norms) if self.norms is not None else 1.0

    def mark_step(self, step: int) -> None:
        """Mark the moment that the window shows."""
        if step != self._shown_step:
            self._shown_step = step
            self.viewport().update()

    def mark_matrix(self, matrix: int | None) -> None:
        """Let the curve of a matrix stand out; None for no one."""
        if matrix != self._marked:
            self._marked = matrix
            self.viewport().update()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._redraw()

    def axes(self) -> Axes:
        """Return where the curves lie."""
        px, metrics = self._appearance.px, self._metrics()
        names = () if self.norms is None else self.norms.names
        labels = max(map(metrics.horizontalAdvance, names), default=0)
        numbers = metrics.horizontalAdvance(words.axis_number(self.top * 0.75)) + px(8)
        view = self.viewport().rect()
        area = view.adjusted(
            max(numbers, px(32)),
            metrics.height() // 2 + px(2),
            -labels - px(20),
            -metrics.height() - px(6),
        )
        return Axes(area, self._last, self.top)

    def _metrics(self) -> QFontMetrics:
        size = letter_size(self.viewport().height(), self._appearance.px)
        return QFontMetrics(self._appearance.font(size))

    def _redraw(self) -> None:
        self._picture = None
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the curves, the moment that is shown, and what is pointed at."""
        if self.norms is None or self.viewport().size().isEmpty():
            return
        if self._picture is None:
            self._picture = NormsPicture(
                self._appearance,
                self.norms,
                self.axes(),
                self.viewport().size(),
                self.devicePixelRatioF(),
            )
        painter = QPainter(self.viewport())
        standing = self._marked
        if self.pointed is not None:
            standing = self.pointed.matrix
        elif self.has_ring:
            standing = self._current
        self._picture.paint(painter, self._shown_step, standing, self.pointed)
        if self.has_ring:
            view = self.viewport().rect().adjusted(3, 2, -4, -4)
            self.draw_ring(painter, view, self._appearance.theme.accent)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        super().resizeEvent(event)
        self._redraw()
        self.find_pointed()

    def reading(self) -> str:
        """Say what is pointed at."""
        if self.norms is None or self.pointed is None:
            return words.POINT
        return words.reading(self.norms, *self.pointed)

    # Pointer

    def enlarge(self, part: int | None, /) -> None:
        """See `EnlargingView`: no curve fills the view."""

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, or the keyboard is on."""
        if self._mouse is not None:
            self._point_at(self._near(self._mouse))
        elif self.has_ring and self.norms is not None and self.norms.steps:
            last = len(self.norms.steps) - 1
            place = last if self._place is None else min(self._place, last)
            self._point_at(Point(self._current, place))
        else:
            self._point_at(None)

    def _near(self, at: QPoint) -> Point | None:
        """Return the point of a curve that is nearest to a place in the view."""
        norms, axes = self.norms, self.axes()
        if norms is None or not axes.area.adjusted(-8, -8, 8, 8).contains(at):
            return None
        place = int(np.abs(axes.x(norms.steps) - at.x()).argmin())
        heights = axes.y([curve[place] for curve in norms.norms])
        away = np.abs(np.where(np.isfinite(heights), heights, math.inf) - at.y())
        return Point(int(away.argmin()), place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the step that was clicked."""
        point = self._near(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and point is not None:
            self._choose(point)

    def _choose(self, point: Point) -> None:
        if self.norms is not None:
            self.step_chosen.emit(self.norms.steps[point.place])

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from curve to curve and along one; Enter goes to the step."""
        key, norms = Qt.Key(event.key()), self.norms
        if norms is None:
            event.ignore()
            return
        last = len(norms.steps) - 1
        place = last if self._place is None else min(self._place, last)
        along = {
            Qt.Key.Key_Left: place - 1,
            Qt.Key.Key_Right: place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if along is not None:
            along = min(max(along, 0), last)
            self._place = None if along == last else along
        elif by is not None:
            self._current = (self._current + by) % len(norms.names)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(Point(self._current, place))
            return
        else:
            super().keyPressEvent(event)
            return
        self._mouse = None  # what the keys do is newer
        self._set_by_keyboard(True)
        self.find_pointed()
        self.viewport().update()
        self.tell_of_keyboard()

    # See `EnlargingView`

    def part_count(self) -> int:
        """Return how many curves there are."""
        return 0 if self.norms is None else len(self.norms.names)

    def grid(self) -> CellGrid:
        """Return no cells."""
        return CellGrid(0, 0)

    def part_box(self, part: int) -> QRect:
        """Return where a curve is."""
        if self.norms is None:
            return QRect()
        axes = self.axes()
        heights = axes.y(self.norms.norms[part])
        heights = heights[np.isfinite(heights)]
        if not len(heights):
            return axes.area
        top, bottom = round(heights.min()), round(heights.max())
        return QRect(axes.area.left(), top, axes.area.width(), bottom - top + 1)

    def part_name(self, part: int) -> str:
        """Say what the point of a curve is that the keyboard is on."""
        if self.norms is None:
            return ""
        last = len(self.norms.steps) - 1
        place = last if self._place is None else min(self._place, last)
        return words.spoken(self.norms, part, place)

    def cell_box(self, place: CellPlace) -> QRect:
        """Return no cell."""
        return QRect()

    def cell_name(self, place: CellPlace) -> str:
        """Return no cell's name."""
        return ""
