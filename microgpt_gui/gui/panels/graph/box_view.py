"""Boxes in boxes as a view: where they are, what is pointed at, panned and zoomed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication

from microgpt_gui.gui.panels.graph import words
from microgpt_gui.gui.panels.graph.picture import GraphPicture, LookedAt
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.widgets.locking_view import LockingView

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.graph.open_graph import OpenGraph
    from microgpt_gui.session.reading.graph.open_groups import Box

#: In percent of the window's zoom.
_ZOOMS = (60, 80, 100, 125, 150, 200)

_EDGE = 4  # pixels around all


class BoxView(LockingView):
    """Draws an open graph; one box may be chosen, and then its edges stand out.

    Subclasses say what is shown, and set ``enlarged`` to the box that is chosen.

    Attributes:
        shown: What is open of which graph; None for nothing.
        factor: So much larger is all than at the zoom in force; see `set_factor`.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.shown: OpenGraph | None = None
        self._picture: GraphPicture | None = None
        self.factor = 1.0
        self._zoom = 100
        self._grabbed: QPoint | None = None  # where the mouse was pressed
        self._is_dragging = False

    def trail_keys(self) -> list[int]:
        """Return the keys of boxes that a way leads through, to be drawn."""
        return []

    @property
    def chosen(self) -> Box | None:
        """The box whose edges stand out; None for none."""
        if self.enlarged is None or self.shown is None:
            return None
        return self.shown.boxes[self.enlarged]

    @property
    def pointed_box(self) -> Box | None:
        """The box under the pointer, or under the keyboard; None for none."""
        if self.pointed is None or self.shown is None:
            return None
        return self.shown.boxes[self.pointed]

    # See `LockingView`

    def part_count(self) -> int:
        """Return how many boxes there are."""
        return 0 if self.shown is None else len(self.shown.boxes)

    def part_name(self, part: int) -> str:
        """Say what a box is."""
        assert self.shown is not None
        return words.spoken(self.shown.graph, self.shown.boxes[part])

    def cell_at(self, at: QPoint) -> int | None:
        """Return the box at a point of the view; of an open group, its title."""
        if self.shown is None or self._picture is None:
            return None
        whole = at + self.offset() - self._corner()
        for i in range(len(self.shown.boxes) - 1, -1, -1):
            if self._picture.target(self.shown.boxes[i]).contains(whole):
                return i
        return None

    def box(self, cell: int) -> QRect:
        """Return where a box is, in pixels of the view; of an open group, its title."""
        if self.shown is None or self._picture is None:
            return QRect()
        place = self._picture.target(self.shown.boxes[cell])
        return place.translated(self._corner() - self.offset())

    def reveal(self, cell: int) -> None:
        """Scroll to a box; of an open group, to as much of it as there is room for."""
        if self.shown is None or self._picture is None:
            return
        box = self.shown.boxes[cell]
        if box.is_open:
            self._bring_to_sight(
                self._picture.place(box.key).translated(self._corner())
            )
        self._bring_to_sight(self.part_box(cell))

    def moves(self) -> dict[Qt.Key, int]:
        """Return nothing: see `keyPressEvent`."""
        return {}

    def rearrange(self) -> None:
        """Place all anew."""
        self._picture = None
        if self.shown is not None:
            percent = self._appearance.scale.percent * self._zoom * self.factor
            scale = Scale(round(percent / 100))
            # As if the bar were there, or opening and closing would move everything.
            bar = self.verticalScrollBar().sizeHint().width()
            room = self.width() - bar - 2 * _EDGE
            theme = self._appearance.theme
            self._picture = GraphPicture(self.shown, theme, scale, room)
        self._fit_bars()
        self.viewport().update()

    def _fit_bars(self) -> None:
        layout = self._picture.layout if self._picture is not None else None
        whole = (layout.wide, layout.high) if layout is not None else (0, 0)
        for bar, most, page in (
            (self.horizontalScrollBar(), whole[0], self.viewport().width()),
            (self.verticalScrollBar(), whole[1], self.viewport().height()),
        ):
            bar.setRange(0, max(0, most + 2 * _EDGE - page))
            bar.setPageStep(page)
            bar.setSingleStep(max(1, page // 8))

    def _corner(self) -> QPoint:
        return QPoint(_EDGE, _EDGE)

    # Panned and zoomed

    def set_factor(self, factor: float) -> None:
        """Draw so much larger than at the zoom in force: where there is much room."""
        if factor != self.factor:
            self.factor = factor
            self.rearrange()

    def zoom(self, by: int) -> None:
        """Make boxes larger or smaller, by so many steps."""
        at = min(max(_ZOOMS.index(self._zoom) + by, 0), len(_ZOOMS) - 1)
        self._zoom = _ZOOMS[at]
        self.rearrange()
        if self.part_count():
            self.reveal(self._current)
        self.find_pointed()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what is seen."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._grabbed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is seen, if it is held; else follow the pointer."""
        at, held = event.position().toPoint(), self._grabbed
        if held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._grabbed = None
            super().mouseMoveEvent(event)
            return
        by = at - held
        if by.manhattanLength() >= QApplication.startDragDistance():
            self._is_dragging = True
        if self._is_dragging:
            self._grabbed = at
            for bar, moved in (
                (self.horizontalScrollBar(), by.x()),
                (self.verticalScrollBar(), by.y()),
            ):
                bar.setValue(bar.value() - moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go what was moved; else press what is there."""
        was_dragging, self._is_dragging, self._grabbed = self._is_dragging, False, None
        if not was_dragging:
            super().mouseReleaseEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view, and the edges of the box that is looked at."""
        picture = self._picture
        if picture is None or self.shown is None:
            return
        by = self._corner() - self.offset()
        painter = QPainter(self.viewport())
        painter.translate(by)
        seen = self.viewport().rect().translated(-by)
        looked_at = self.pointed_box or self.chosen
        is_closed = looked_at is not None and not looked_at.is_open
        key = looked_at.key if looked_at is not None and is_closed else None
        picture.paint(painter, seen, LookedAt(key, self.trail_keys()))
        painter.resetTransform()
        theme = self._appearance.theme
        if self.enlarged is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.accent))
            place = picture.place(self.shown.boxes[self.enlarged].key).translated(by)
            thick = 1 if self.shown.boxes[self.enlarged].is_open else 3
            rings = [place.adjusted(i, i, -1 - i, -1 - i) for i in range(thick)]
            painter.drawRects(rings)
        if self.pointed is not None:
            self.draw_pointed(painter, self.pointed, theme.text)
        painter.end()
