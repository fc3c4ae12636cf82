"""The graph as boxes in boxes: opened and closed in place, walked with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from microgpt_gui.gui.panels.graph.arrows import nearest_towards
from microgpt_gui.gui.panels.graph.box_view import BoxView
from microgpt_gui.session.reading.graph.open_graph import opened
from microgpt_gui.session.reading.graph.open_groups import key_at, key_of
from microgpt_gui.session.reading.graph.walk import Walk

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.graph.groups import Address
    from microgpt_gui.session.reading.graph.question import GraphReading

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GraphView(BoxView):
    """Shows what is open; one box may be chosen, and then its edges stand out.

    Attributes:
        reading: What came of the question, whether there is a graph or not.
        walk: The steps that led to the number that is chosen.

    Signals:
        opened_changed: Other groups are open now, or those of another graph.
    """

    opened_changed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.setAccessibleName("Graph of a step")
        self.walk = Walk()
        self.reading: GraphReading | None = None
        self._opened: set[int] = set()
        self._index: dict[int, int] = {}  # of each box, by its key
        self._were_open: list[Address] = []
        self._was_chosen: tuple[Address, int | None] | None = None

    # What is shown, and what of it is open

    def show_reading(self, reading: GraphReading | None) -> None:
        """Show another step's graph, with the same groups open where it has them."""
        self._remember()
        self.reading, self.shown = reading, None
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

    def _reopen(self, chosen: int | None) -> None:
        """Find the boxes anew, and choose one by its key, if there is such a one."""
        reading, self._picture, self._index = self.reading, None, {}
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
        """Open a group, close an open one; choose a number, or let it go."""
        if self.shown is None:
            return
        box = self.shown.boxes[cell]
        if box.is_number:
            self.walk.forget()
            is_again = cell == self.enlarged
            self.enlarge(self._index[box.inside] if is_again else cell)
        elif box.is_open:
            self.close_group(box.key)
        else:
            self._opened.add(box.key)
            self._reopen(box.key)

    def close_group(self, group: int) -> None:
        """Close a group with all that is open in it; it is chosen then."""
        if self.reading is None or self.reading.graph is None:
            return
        groups = self.reading.graph.groups
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
            self.press_walk(event)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom(1 if key is Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)

    def press_walk(self, event: QKeyEvent) -> None:
        """Walk back, or with Shift towards the loss."""
        is_forth = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.go_forth() if is_forth else self.go_back()

    def _leave_or_let_go(self) -> None:
        if self._opened:
            self._leave()
        else:
            self.enlarge(None)

    def trail_keys(self) -> list[int]:
        """See `BoxView`: the boxes that the walk has led through, as far as seen."""
        if self.shown is None:
            return []
        groups, keys = self.shown.graph.groups, list[int]()
        for number in self.walk.trail:
            leaf = groups.leaf_of(number)
            around = groups.around(leaf)[1:]
            closed = next((g for g in around if g not in self._opened), None)
            key = key_of(number) if closed is None else closed
            if not keys or keys[-1] != key:
                keys.append(key)
        return keys
