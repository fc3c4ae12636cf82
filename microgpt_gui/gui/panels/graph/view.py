"""The graph as boxes in boxes: opened and closed in place, walked with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter

from microgpt_gui.gui.panels.graph import words
from microgpt_gui.gui.panels.graph.picture import GraphPicture
from microgpt_gui.gui.panels.graph.steps import nearest_towards
from microgpt_gui.gui.panels.graph.walk import Walk
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.widgets.locking_view import LockingView
from microgpt_gui.session.reading.graph.open_graph import opened
from microgpt_gui.session.reading.graph.open_groups import key_at, key_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.graph.groups import Address
    from microgpt_gui.session.reading.graph.open_graph import OpenGraph
    from microgpt_gui.session.reading.graph.open_groups import Box
    from microgpt_gui.session.reading.graph.question import GraphReading

#: In percent of the window's zoom.
_ZOOMS = (60, 80, 100, 125, 150, 200)

_EDGE = 4  # pixels around all

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GraphView(LockingView):
    """Shows what is open; one box may be chosen, and then its edges stand out.

    Attributes:
        shown: What is open of which graph; None for nothing.
        walk: The steps that led to the number that is chosen.

    Signals:
        opened_changed: Other groups are open now, or those of another graph.
    """

    opened_changed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.setAccessibleName("Graph of a step")
        self.shown: OpenGraph | None = None
        self.walk = Walk()
        self._reading: GraphReading | None = None
        self._opened: set[int] = set()
        self._picture: GraphPicture | None = None
        self._index: dict[int, int] = {}  # of each box, by its key
        self._zoom = 100
        self._were_open: list[Address] = []
        self._was_chosen: tuple[Address, int | None] | None = None

    # What is shown, and what of it is open

    def show_reading(self, reading: GraphReading | None) -> None:
        """Show another step's graph, with the same groups open where it has them."""
        self._remember()
        self._reading, self.shown = reading, None
        self._opened.clear()
        self.walk.forget()
        key = None
        if reading is not None and reading.graph is not None:
            groups = reading.graph.groups
            found = map(groups.find, self._were_open)
            self._opened = {group for group in found if group is not None}
            if self._was_chosen is not None:
                key = key_at(groups, *self._was_chosen)
        self._reopen(key)

    def _remember(self) -> None:
        """Note what is open and chosen, in terms that hold for other graphs, too."""
        if self.shown is None:
            return
        groups, chosen = self.shown.graph.groups, self.chosen
        self._were_open = [groups.address(group) for group in self._opened]
        self._was_chosen = None
        if chosen is not None:
            inside = chosen.inside if chosen.is_number else chosen.key
            number = chosen.start - groups.starts[inside] if chosen.is_number else None
            self._was_chosen = groups.address(inside), number

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

    def _reopen(self, chosen: int | None) -> None:
        """Find the boxes anew, and choose one by its key, if there is such a one."""
        reading, self._picture, self._index = self._reading, None, {}
        before, self.enlarged = self.enlarged, None
        if reading is not None and reading.graph is not None:
            self.shown = opened(reading, self._opened)
            self._index = {box.key: i for i, box in enumerate(self.shown.boxes)}
            self.enlarged = self._index.get(chosen) if chosen is not None else None
        self.pointed = None
        if self.enlarged is not None:
            self._current = self.enlarged
        elif self._opened and self.shown is not None:
            self.enlarged = self._index.get(min(self._opened), 0)
        self._current = max(0, min(self._current, self.part_count() - 1))
        self.rearrange()
        if self.enlarged is not None:
            self.reveal(self.enlarged)
        if before is not None or self.enlarged is not None:
            self.enlarged_changed.emit()
        self.find_pointed()
        self.opened_changed.emit()

    def enlarge(self, part: int | None, /) -> None:
        """Choose a box; None closes all groups."""
        if part is not None:
            super().enlarge(part)
        elif self.enlarged is not None:
            self._opened.clear()
            self.walk.forget()
            self._reopen(None)

    def press(self, cell: int) -> None:
        """Open a group, close an open one, or choose a number."""
        if self.shown is None:
            return
        box = self.shown.boxes[cell]
        if box.is_number:
            self.walk.forget()
            self.enlarge(cell)
        elif box.is_open:
            self.close_group(box.key)
        else:
            self._opened.add(box.key)
            self._reopen(box.key)

    def close_group(self, group: int) -> None:
        """Close a group with all that is open in it; it is chosen then."""
        if self._reading is None or self._reading.graph is None:
            return
        groups = self._reading.graph.groups
        self._opened -= {g for g in self._opened if group in groups.around(g)}
        if self._opened:
            self._reopen(group)
        else:
            self._current = self._index.get(group, 0)
            self._reopen(None)
            self._current = self._index.get(group, 0)
            self.find_pointed()

    def _leave(self) -> None:
        """Close the innermost open group that the keyboard is in."""
        if self.shown is None or not self._opened:
            return
        box = self.shown.boxes[self._current]
        inside = box.key if box.is_open else box.inside
        self.close_group(inside or max(self._opened))

    # The chain rule, backwards

    def go_back(self, source: int | None = None) -> None:
        """Step to a number that the chosen one was made of, the one that counts most.

        Args:
            source: The number to step to, if not that.
        """
        if self.shown is not None:
            chosen = self.chosen
            number = chosen.start if chosen is not None and chosen.is_number else None
            self._go_to(self.walk.back(self.shown.graph, number, source))

    def go_forth(self, target: int | None = None) -> None:
        """Step to where the chosen number's gradient comes from.

        Args:
            target: The number to step to; else the step back that led here, or else
                what contributes most.
        """
        chosen = self.chosen
        if self.shown is not None and chosen is not None and chosen.is_number:
            self._go_to(self.walk.forth(self.shown.graph, chosen.start, target))

    def _go_to(self, number: int) -> None:
        """Choose a number, seen: open what it is in, close what the walk has opened."""
        assert self.shown is not None
        self._opened = self.walk.opened_for(self.shown.graph, number, self._opened)
        self._reopen(key_of(number))
        self.tell_of_keyboard()

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
            scale = Scale(round(self._appearance.scale.percent * self._zoom / 100))
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

    # Pointer and keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among boxes, open and close them, walk; see `words.POINT`."""
        key, picture = Qt.Key(event.key()), self._picture
        towards = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }.get(key)
        if picture is None or self.shown is None:
            event.ignore()
        elif towards is not None:
            self._set_by_keyboard(True)
            targets = [picture.target(box) for box in self.shown.boxes]
            self._current = nearest_towards(targets, self._current, towards)
            self.reveal(self._current)
            self.find_pointed()
            self.tell_of_keyboard()
        elif key in _ENTER:
            self._set_by_keyboard(True)
            self.press(self._current)
            self.tell_of_keyboard()
        elif key is Qt.Key.Key_Escape and self.enlarged is not None:
            self._set_by_keyboard(True)
            self._leave_or_let_go()
            self.tell_of_keyboard()
        elif key is Qt.Key.Key_B:
            self._set_by_keyboard(True)
            is_forth = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.go_forth() if is_forth else self.go_back()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom(1 if key is Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)

    def _leave_or_let_go(self) -> None:
        if self._opened:
            self._leave()
        else:
            self.enlarge(None)

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
        picture.paint(painter, seen)
        chosen, pointed = self.chosen, self.pointed_box
        px = self._appearance.px
        looked_at = pointed or chosen
        if looked_at is not None and not looked_at.is_open:
            picture.paint_edges_of(painter, looked_at.key, seen, px(1.5))
        picture.paint_trail(painter, self._trail_keys(), px(3))
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

    def _trail_keys(self) -> list[int]:
        """Return the boxes that the walk has led through, as far as they are seen."""
        assert self.shown is not None
        groups, keys = self.shown.graph.groups, list[int]()
        for number in self.walk.trail:
            leaf = groups.leaf_of(number)
            around = groups.around(leaf)[1:]
            closed = next((g for g in around if g not in self._opened), None)
            key = key_of(number) if closed is None else closed
            if not keys or keys[-1] != key:
                keys.append(key)
        return keys
