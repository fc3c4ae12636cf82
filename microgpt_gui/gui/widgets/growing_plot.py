"""A plot of curves that grow: what is drawn once is kept as a picture.

A frame of a plot that draws all anew costs hundreds of calls between Qt and Python, and
each of them may lose the interpreter's lock to the training thread. Here a frame puts
three pictures on the screen, around what is new: the ground with what lies next to it,
the curves above that, and the marks on top.
"""

from __future__ import annotations

from enum import IntEnum
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem

from microgpt_gui.gui.widgets.plot import Plot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent


class Sheet(IntEnum):
    """One of the pictures, from the bottom up."""

    UNDER = 0  # the plot itself, with all axes, and what is drawn upon it
    OVER = 1
    MARKS = 2


class Tail(Protocol):
    """What is painted anew in every frame, on top of a sheet."""

    def paint(self, painter: QPainter) -> None:
        """Draw, in pixels of the plot; ``painter`` is clipped to the view."""


class ToPixels(NamedTuple):
    """How data become pixels of the plot."""

    x_scale: float
    x_offset: float
    y_scale: float
    y_offset: float

    def x(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where ``values`` lie from left to right."""
        return values * self.x_scale + self.x_offset

    def y(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where ``values`` lie from top to bottom."""
        return values * self.y_scale + self.y_offset


class GrowingPlot(Plot):
    """Two axes, and sheets that their owner draws upon.

    Attributes:
        tails: What to paint on top of each sheet; the owner's.

    Signals:
        emptied: All sheets are blank, for ranges, size or look have changed: draw
            everything on them, at once.
    """

    emptied = Signal()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See `Plot`."""
        self._sheets: list[QPixmap] = []
        self._marks: list[QGraphicsItem] = []
        self._are_marks_drawn = False
        self._area: QRect | None = None  # of the view
        self._to_plot: ToPixels | None = None
        self.tails: dict[Sheet, list[Tail]] = {sheet: [] for sheet in Sheet}
        super().__init__(*args, **kwargs)
        # What is shown changes when a sheet does, not when the scene does.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self._canvas = self.viewport()
        self._option = QStyleOptionGraphicsItem()
        self.moved.connect(self.discard)

    def add_mark(self, item: QGraphicsItem) -> None:
        """Add ``item``, in pixels of the view; see `redraw_marks`."""
        self._marks.append(item)

    @property
    def is_blank(self) -> bool:
        """Whether the sheets must be drawn anew."""
        return not self._sheets

    @Slot()
    def discard(self) -> None:
        """Throw all sheets away: with the next paint they are drawn anew."""
        self._sheets.clear()
        self._area = self._to_plot = None
        self.viewport().update()

    def renew(self) -> None:
        """Draw the plot itself, and have all else drawn by whoever hears `emptied`."""
        ratio = self.devicePixelRatioF()
        rect = self._canvas.rect() | QRect(0, 0, 1, 1)
        sheets = []
        for _ in Sheet:
            sheet = QPixmap(rect.size() * ratio)
            sheet.setDevicePixelRatio(ratio)
            sheet.fill(Qt.GlobalColor.transparent)
            sheets.append(sheet)
        painter = QPainter(sheets[Sheet.UNDER])
        self.render(painter, QRectF(rect), rect)
        painter.end()
        self._sheets = sheets
        self._are_marks_drawn = False
        self._canvas.update()
        self.emptied.emit()

    def painter_on(self, sheet: Sheet) -> QPainter:
        """Return a painter on ``sheet``, clipped to the view. End it after use."""
        painter = QPainter(self._sheets[sheet])
        painter.setClipRect(self.area)
        return painter

    def redraw_marks(self) -> None:
        """Draw the marks anew with the next paint: one of them has changed."""
        self._are_marks_drawn = False
        self._canvas.update()

    def update_between(self, left: float, right: float) -> None:
        """Paint what is new between two places, in pixels of the plot."""
        area = self.area
        begin = max(floor(left), area.left())
        width = min(ceil(right), area.right()) - begin + 1
        if width > 0:
            self._canvas.update(begin, area.top(), width, area.height())

    @property
    def area(self) -> QRect:
        """The view, in pixels of the plot."""
        if self._area is None:
            self._area = self.view.mapRectToScene(self.view_rect).toAlignedRect()
        return self._area

    @property
    def to_plot(self) -> ToPixels:
        """How data become pixels of the plot."""
        if self._to_plot is None:
            area = self.view.mapRectToScene(self.view_rect)
            (left, right), (bottom, top) = self.x_range, self.y_range
            x_scale = area.width() / (right - left)
            y_scale = area.height() / (top - bottom)
            self._to_plot = ToPixels(
                x_scale,
                area.left() - left * x_scale,
                -y_scale,
                area.top() + top * y_scale,
            )
        return self._to_plot

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.discard()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the sheets on each other, each with its tails."""
        if not self._sheets:
            self.renew()
        if not self._are_marks_drawn:
            self._draw_marks()
        painter = QPainter(self._canvas)
        painter.drawPixmap(0, 0, self._sheets[Sheet.UNDER])
        painter.setClipRect(self.area)
        self._paint_tails(painter, Sheet.UNDER)
        for sheet in (Sheet.OVER, Sheet.MARKS):
            painter.drawPixmap(0, 0, self._sheets[sheet])
            self._paint_tails(painter, sheet)
        painter.end()

    def _paint_tails(self, painter: QPainter, sheet: Sheet) -> None:
        for tail in self.tails[sheet]:
            tail.paint(painter)

    def _draw_marks(self) -> None:
        self._are_marks_drawn = True
        self._sheets[Sheet.MARKS].fill(Qt.GlobalColor.transparent)
        painter = self.painter_on(Sheet.MARKS)
        painter.translate(self.view.mapRectToScene(self.view_rect).topLeft())
        for item in sorted(self._marks, key=QGraphicsItem.zValue):
            self._paint_item(painter, item)
        painter.end()

    def _paint_item(self, painter: QPainter, item: QGraphicsItem) -> None:
        if item.isVisible():
            painter.save()
            painter.translate(item.pos())
            item.paint(painter, self._option, None)
            for child in item.childItems():
                self._paint_item(painter, child)
            painter.restore()
