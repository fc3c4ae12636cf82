"""The stages on show: all of them, or those of one layer in brief, one of them open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter

from microgpt_gui.gui.panel.map_view import MapView
from microgpt_gui.gui.panels.inside import words
from microgpt_gui.gui.panels.inside.flow.picture import FlowPicture, Spot
from microgpt_gui.gui.widgets.cell_cursor import CellGrid

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from microgpt_gui.gui.panels.inside.colours import ColouredWay
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.cell_cursor import CellPlace


_LAYERS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
}


class FlowMap(MapView[FlowPicture]):
    """One strip of cells for each stage; a stage that is opened is shown elsewhere.

    Attributes:
        shown: What is drawn; None for nothing.
        enlarged: The number of the stage that is open, or None.
        pointed: What is under the pointer, or None.

    Signals:
        cells_entered: Up or Down goes into the cells of the stage that is open (its
            key: Qt.Key).
    """

    cells_entered = Signal(object)

    pointed: Spot | None

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.shown: ColouredWay | None = None
        self.setFrameShape(MapView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName("Stages of a token's way through the model")
        self.setToolTip(
            "Left and Right choose a stage, PageUp and PageDown the same one in other "
            "layers. Enter opens it; Down then goes into its cells."
        )

    def show_way(self, shown: ColouredWay | None) -> None:
        """Draw a way; nothing if None."""
        before, self.shown = self.shown, shown
        if before is None or shown is None or _sizes(before) != _sizes(shown):
            count = self.part_count()
            self._current = min(self._current, max(0, count - 1))
            if self.enlarged is not None and self.enlarged >= count:
                self.enlarge(None)
            else:
                self.rearrange()
        elif self._picture is not None:
            self._picture.show(shown)
            self._ask_for_numbers()
        self.find_pointed()
        self.viewport().update()

    # The picture

    def rearrange(self) -> None:
        """See `MapView`."""
        self._picture = None
        room = self.viewport().size()
        whole = QSize(0, 0)
        if self.shown is not None and not room.isEmpty():
            self._picture = FlowPicture(
                self._appearance,
                self.shown.way,
                room,
                self._only_layer(),
            )
            self._picture.show(self.shown)
            layout = self._picture.layout
            whole = QSize(layout.width, layout.height)
        self._fit_bars(whole, room, QSize(room.width() // 8, room.height() // 8))

    def _only_layer(self) -> int | None:
        """Return the layer of the stage that is open, or the one next to it."""
        if self.enlarged is None or self.shown is None:
            return None
        stages = self.shown.way.stages
        last = words.layers_of(self.shown.way) - 1
        layer = stages[self.enlarged].layer
        if layer is not None:
            return layer
        return 0 if self.enlarged < len(stages) // 2 else last

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view, and what the pointer and the keyboard are on."""
        if self._picture is None:
            return
        painter = QPainter(self.viewport())
        self._picture.paint(painter, self.pointed, self.enlarged)
        if self.has_ring and self._current in self._picture.layout.strips:
            ring = self._picture.box_of(self._current).translated(-self.offset())
            self.draw_ring(painter, ring, self._appearance.theme.accent)
        painter.end()

    # The pointer

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, is over now."""
        spot = None
        if self._picture is not None and self._mouse is not None:
            at = self._mouse + self.offset()
            spot = self._picture.spot_at(at.x(), at.y())
        self._point_at(spot)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the stage that was clicked, or close it."""
        self._mouse = event.position().toPoint()
        self.find_pointed()
        if event.button() is Qt.MouseButton.LeftButton and self.pointed is not None:
            number = self.pointed.stage
            self.enlarge(None if number == self.enlarged else number)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the stages, open one, close it; the rest scrolls."""
        key, count = Qt.Key(event.key()), self.part_count()
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        layers = _LAYERS.get(key)
        is_into_cells = key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if not count:
            event.ignore()
        elif by is not None:
            self.step(by)
        elif is_into_cells and self.enlarged is not None:
            self.cells_entered.emit(key)
        elif layers is not None and self.same_in(self._current, layers) is not None:
            self._go_to(self.same_in(self._current, layers) or 0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enlarge(self._current if self.enlarged is None else None)
        elif key == Qt.Key.Key_Escape and self.enlarged is not None:
            self.enlarge(None)
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Go to the stage that is so many further on; the last and the first meet."""
        self._go_to((self._current + by) % self.part_count())

    def _go_to(self, number: int) -> None:
        self._set_by_keyboard(True)
        self._current = number
        if self.enlarged is not None:
            self.enlarge(number)
        else:
            self.viewport().update()
            if self._picture is not None:
                self._bring_to_sight(self._picture.box_of(number))
            self.tell_of_keyboard()

    def _bring_to_sight(self, box: QRect) -> None:
        """Scroll so that no strip is below the titles."""
        if self._picture is not None:
            box = box.adjusted(0, -self._picture.layout.title, 0, 0)
        super()._bring_to_sight(box)

    def same_in(self, number: int, by: int) -> int | None:
        """Return the same stage some layers further; None if there is none."""
        if self.shown is None:
            return None
        stages = self.shown.way.stages
        stage = stages[number]
        if stage.layer is None:
            return None
        wanted = f"l{stage.layer + by}.{stage.id.partition('.')[2]}"
        return next((n for n, s in enumerate(stages) if s.id == wanted), None)

    # See `EnlargingView`

    def part_count(self) -> int:
        """Return how many stages there are."""
        return len(self.shown.way.stages) if self.shown else 0

    def grid(self) -> CellGrid:
        """Return no cells: those of a stage that is open are shown elsewhere."""
        return CellGrid(0, 0)

    def part_box(self, part: int) -> QRect:
        """Return where a stage is, in pixels of the whole."""
        if self._picture is None or part not in self._picture.layout.strips:
            return QRect()
        return self._picture.box_of(part)

    def cell_box(self, place: CellPlace) -> QRect:
        """See `grid`."""
        return QRect()

    def part_name(self, part: int) -> str:
        """Return what a stage is called, and what is to be said of it."""
        if self.shown is None:
            return ""
        way = self.shown.way
        return words.full_name(way.stages[part], words.layers_of(way))

    def cell_name(self, place: CellPlace) -> str:
        """See `grid`."""
        return ""

    def count_told(self) -> int:
        """See `EnlargingView`: stages, one open or not."""
        return self.part_count()

    def told(self, index: int) -> str:
        """See `EnlargingView`."""
        return self.part_name(index)

    def box_told(self, index: int) -> QRect:
        """See `EnlargingView`."""
        return self.part_box(index)

    def told_by_keyboard(self) -> int | None:
        """See `EnlargingView`."""
        return self._current if self.part_count() else None


def _sizes(shown: ColouredWay) -> tuple[object, ...]:
    way = shown.way
    return way.moment.model, way.position, way.chars
