"""A plot that looks like the rest of the window: axes, fonts, colours, zoom; no data.

Leaner than pyqtgraph's PlotWidget: no menus, no legends and no automatic ranges, whose
many paint calls each may lose the interpreter's lock to the training thread.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.plot_axis import PlotAxis

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPoint
    from PySide6.QtGui import QMouseEvent, QResizeEvent
    from PySide6.QtWidgets import QGraphicsItem

    from microgpt_gui.gui.theme.appearance import Appearance

_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton

#: (low, high) in data coordinates.
Range = tuple[float, float]


class Plot(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Two axes and a view that the wheel zooms and a drag moves.

    It draws nothing by itself: add curves with `add_curve`, which the ranges move and
    scale, and marks with `add_mark`, which live in pixels of the view and are placed by
    their owner whenever `moved` is emitted.

    Attributes:
        view: The pyqtgraph ViewBox that holds the curves.
        x_axis, y_axis: The axes below and left of it.

    Signals:
        zoomed: The person changed the ranges.
        reset_requested: The person double-clicked: back to the whole.
        moved: Ranges or size changed, whoever did it.
        hovered: The mouse moved, came or left; see `cursor`.
        clicked: The person clicked into the view, at this x, and did not drag (float).
    """

    zoomed = Signal()
    reset_requested = Signal()
    moved = Signal()
    hovered = Signal()
    clicked = Signal(float)

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        x_label: str,
        y_label: str,
        *,
        is_x_whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Build an empty plot.

        Args:
            appearance: The look; call `restyle` when it changed.
            name: What it is, for screen readers.
            x_label: What is counted along x, with its unit.
            y_label: The same of y.
            is_x_whole: Whether only whole numbers make sense along x.
            parent: Qt parent.
        """
        super().__init__(parent, background=None)
        # What lies behind need not be painted with every frame.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._appearance = appearance
        self._mouse: QPointF | None = None  # in scene coordinates
        self._pressed: QPoint | None = None  # where the button went down
        self.setAccessibleName(name)
        # A click must not take the focus: Space would no longer train.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view = pg.ViewBox(enableMenu=False)
        self.view.disableAutoRange()
        self.x_axis = PlotAxis("bottom", x_label, is_whole=is_x_whole)
        self.y_axis = PlotAxis("left", y_label)
        for axis, row, column in ((self.y_axis, 0, 0), (self.x_axis, 1, 1)):
            axis.linkToView(self.view)
            axis.setStyle(maxTickLevel=1, maxTextLevel=0)
            axis.setTickDensity(1.4)
            self.centralLayout.addItem(axis, row, column)
        self.centralLayout.addItem(self.view, 0, 1)
        self.centralLayout.setSpacing(0)
        self._said = ""
        self._small, self._right_margin = appearance.font(sizes.CAPTION), 0
        self._message = PlainLabel(self)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._message.hide()
        self.view.sigRangeChanged.connect(self._on_view_range_changed)
        self.view.sigResized.connect(self._on_view_resized)
        self.view.sigRangeChangedManually.connect(self._on_view_range_changed_manually)
        self.restyle()

    def add_curve(self, item: QGraphicsItem) -> None:
        """Add ``item``, in data coordinates; it does not influence the ranges."""
        self.view.addItem(item, ignoreBounds=True)

    def add_mark(self, item: QGraphicsItem) -> None:
        """Add ``item``, in pixels of the view, above all curves and clipped to it."""
        item.setParentItem(self.view)
        item.setZValue(10)
        item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def x_range(self) -> Range:
        """What is shown along x."""
        low, high = self.view.viewRange()[0]
        return low, high

    @property
    def y_range(self) -> Range:
        """What is shown along y."""
        low, high = self.view.viewRange()[1]
        return low, high

    @property
    def view_rect(self) -> QRectF:
        """The view, in the pixels that marks live in."""
        return QRectF(self.view.rect())

    def set_ranges(self, x: Range, y: Range) -> None:
        """Show ``x`` and ``y``. Redraws both axes: at most twice a second."""
        if (x, y) != (self.x_range, self.y_range):
            self._make_room_for(x[1])
            self.view.setRange(xRange=x, yRange=y, padding=0)

    def _make_room_for(self, right: float) -> None:
        """Leave room at the right for half of the last label of the axis below."""
        label = f"{right:,.0f}"
        half = ceil(QFontMetricsF(self._small).horizontalAdvance(label) / 2)
        px = self._appearance.px
        margin = max(px(14), half)
        if margin != self._right_margin:
            self._right_margin = margin
            self.centralLayout.setContentsMargins(px(sizes.TIGHT), px(6), margin, px(2))

    def set_limits(self, x: Range, y: Range) -> None:
        """Let the person zoom and move within ``x`` and ``y`` only."""
        self.view.setLimits(
            xMin=x[0],
            xMax=x[1],
            yMin=y[0],
            yMax=y[1],
            minXRange=min(4.0, x[1] - x[0]),
            minYRange=(y[1] - y[0]) * 1e-6,
        )

    def to_pixels(self, x: float, y: float) -> QPointF:
        """Return where a point of the data lies, in the pixels that marks live in."""
        rect = self.view_rect
        (left, right), (bottom, top) = self.x_range, self.y_range
        return QPointF(
            (x - left) / (right - left) * rect.width(),
            (top - y) / (top - bottom) * rect.height(),
        )

    @property
    def cursor(self) -> QPointF | None:
        """Where the mouse is, in pixels of the view; None where it is elsewhere."""
        if self._mouse is None:
            return None
        place: QPointF = self.view.mapFromScene(self._mouse)
        return place if self.view_rect.contains(place) else None

    @property
    def said_at(self) -> QRectF:
        """Where what `say` writes stands, in the pixels of marks; may be empty."""
        if self._message.isHidden():
            return QRectF()
        place = QRectF(self._message.geometry())
        return QRectF(self.view.mapRectFromScene(place))

    @property
    def x_at_cursor(self) -> float | None:
        """Return the x under the mouse; None where it is elsewhere."""
        place = self.cursor
        if place is None:
            return None
        left, right = self.x_range
        return left + place.x() / self.view_rect.width() * (right - left)

    def say(self, text: str) -> None:
        """Write ``text`` across the middle of the plot; nothing if empty.

        Where it has no room, its last paragraph stands alone.
        """
        if text != self._said:
            self._said = text
            self._place_message()
        self._message.setVisible(bool(text))

    @property
    def message(self) -> str:
        """What is written across the middle of the plot."""
        return self._message.text()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, theme = self._appearance.px, self._appearance.theme
        self.setBackground(theme.surface)
        font = self._appearance.font(sizes.CAPTION)
        digits = QFontMetricsF(font)
        for axis in (self.x_axis, self.y_axis):
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted)
            axis.label.setFont(font)
            axis.setLabel(axis.labelText)
            axis.setStyle(
                tickFont=font, tickLength=px(sizes.TIGHT), tickTextOffset=px(3)
            )
        # A label half beyond the last tick has its place in the margin.
        half_label = ceil(digits.horizontalAdvance("1,000,000") / 2)
        self.x_axis.setStyle(
            tickTextHeight=ceil(digits.height()), hideOverlappingLabels=half_label
        )
        self.y_axis.setStyle(hideOverlappingLabels=ceil(digits.height()))
        self._small, self._right_margin = font, 0
        self._make_room_for(self.x_range[1])
        self._message.setFont(self._appearance.font(sizes.BODY))
        self._message.setStyleSheet(
            f"background: {theme.surface}; color: {theme.text};"
            f"padding: {px(sizes.TIGHT)}px {px(sizes.SMALL)}px;"
            f"font-size: {px(sizes.BODY)}px"
        )
        self._place_message()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the message in the middle."""
        super().resizeEvent(event)
        if event is not None:  # the base class calls this with None while it is built
            self._place_message()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Remember where the mouse is."""
        super().mouseMoveEvent(event)
        self._mouse = self.mapToScene(event.position().toPoint())
        self.hovered.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click may begin."""
        super().mousePressEvent(event)
        is_one = event.button() in (_LEFT, _RIGHT)
        self._pressed = event.position().toPoint() if is_one else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click: a button that comes up where it went down.

        The other button, if dragged, zooms; else it asks whose plot this is for a menu.
        """
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        place = event.position().toPoint()
        if (
            pressed is None
            or (place - pressed).manhattanLength() >= QApplication.startDragDistance()
        ):
            return
        if event.button() is _RIGHT:
            at = event.globalPosition().toPoint()
            menu = QContextMenuEvent(QContextMenuEvent.Reason.Other, place, at)
            QApplication.sendEvent(self.parentWidget(), menu)
        elif event.button() is _LEFT:
            self._mouse = self.mapToScene(place)
            if (x := self.x_at_cursor) is not None:
                self.clicked.emit(x)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Wait whether the other button is dragged. See `mouseReleaseEvent`."""
        event.setAccepted(event.reason() is QContextMenuEvent.Reason.Mouse)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the mouse was."""
        super().leaveEvent(event)
        self._mouse = None
        self.hovered.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the whole."""
        super().mouseDoubleClickEvent(event)
        self.reset_requested.emit()

    def _place_message(self) -> None:
        area = self.view.mapRectToScene(self.view_rect)
        margin = self._appearance.px(sizes.SMALL)
        room = max(1, int(area.width()) - 2 * margin)
        for text in (self._said, self._said.rpartition("\n\n")[2]):
            self._message.setText(text)
            line = self._message.fontMetrics().horizontalAdvance(text)
            width = min(room, line + 3 * margin, self._appearance.px(520))
            height = self._message.heightForWidth(width)
            if height <= area.height():
                break
        self._message.setGeometry(
            int(area.center().x() - width / 2),
            int(area.center().y() - height / 2),
            width,
            height,
        )

    @Slot()
    def _on_view_range_changed(self) -> None:
        self.moved.emit()

    @Slot()
    def _on_view_resized(self) -> None:
        self._place_message()
        self.moved.emit()

    @Slot()
    def _on_view_range_changed_manually(self) -> None:
        self.zoomed.emit()
