"""A scrolling view of parts, one of which may fill it; knows pointer and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from microgpt_gui.gui.widgets.cell_cursor import CellGrid, CellPlace, entered, moved
from microgpt_gui.gui.widgets.keys import TAKES_ARROWS, TAKES_ENTER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent, QMouseEvent

    from microgpt_gui.gui.theme.roles import Theme

#: Pixels that stay around a cell that is scrolled to.
_AROUND = 8


class EnlargingView(QAbstractScrollArea):
    """What the views of many parts have in common; what they draw is their own.

    Subclasses implement `enlarge`, and `find_pointed`, and say there what it is by
    `_point_at`; `part_count`, `grid`, `part_box` and `cell_box`; and `part_name` and
    `cell_name`, for screen readers. Keys that mean nothing to `press_in_cells` are
    theirs.

    Attributes:
        enlarged: The number of the part that fills the view, or None.
        pointed: What is under the pointer, or under the cursor; None for nothing.

    Signals:
        pointed_changed: ``pointed`` changed.
        enlarged_changed: ``enlarged`` changed.
        keyboard_moved: The keyboard is on another part or cell now, or on none.
    """

    pointed_changed = Signal()
    enlarged_changed = Signal()
    keyboard_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.enlarged: int | None = None
        self.pointed: object | None = None
        self._current = 0  # the part that the keyboard is on
        self._is_by_keyboard = False  # the mouse needs no ring to tell where it is
        self._mouse: QPoint | None = None
        self._cursor: CellPlace | None = None
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(TAKES_ARROWS, True)
        self.enlarged_changed.connect(self._on_enlarged_changed)

    def enlarge(self, part: int | None, /) -> None:
        """Let a part fill the view; None for all of them."""
        raise NotImplementedError

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, is over now."""
        raise NotImplementedError

    def part_count(self) -> int:
        """Return how many parts there are."""
        raise NotImplementedError

    def grid(self) -> CellGrid:
        """Return the cells of the part that is enlarged."""
        raise NotImplementedError

    def part_box(self, part: int) -> QRect:
        """Return where a part is, in pixels of the whole; empty where it is not."""
        raise NotImplementedError

    def cell_box(self, place: CellPlace) -> QRect:
        """Return where a cell of the part that is enlarged is, likewise."""
        raise NotImplementedError

    def part_name(self, part: int) -> str:
        """Return what a part is called."""
        raise NotImplementedError

    def cell_name(self, place: CellPlace) -> str:
        """Say in short what a cell of the part that is enlarged shows."""
        raise NotImplementedError

    # The cell that the keyboard is on

    @property
    def cursor_place(self) -> CellPlace | None:
        """The cell of the enlarged part that the keyboard is on; None for none."""
        if self._cursor is None or self.enlarged is None:
            return None
        grid = self.grid()
        return grid.nearest(self._cursor) if min(grid) else None

    def press_in_cells(self, key: Qt.Key) -> bool:
        """Move the cursor by a key, and say whether the key meant that.

        Up and Down go into the cells of the part that is enlarged; there the arrows
        move, PageUp and PageDown go to the same cell of the next part, and Escape goes
        out again.
        """
        if self.enlarged is None or not min(self.grid()):
            return False
        place = self.cursor_place
        if place is None:
            place = entered(key, self.grid())
        elif key is Qt.Key.Key_Escape:
            self._set_cursor(None)
            return True
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            by = 1 if key is Qt.Key.Key_PageDown else -1
            self.enlarge((self.enlarged + by) % self.part_count())
            self._follow_cursor()
            return True
        else:
            place = moved(place, key, self.grid())
        if place is None:
            return False
        self._set_cursor(place)
        return True

    def _set_cursor(self, place: CellPlace | None) -> None:
        self._cursor = place
        self._follow_cursor()
        self.tell_of_keyboard()

    def _follow_cursor(self) -> None:
        if (shown := self.cursor_place) is not None:
            self._bring_to_sight(self.cell_box(shown))
        self.find_pointed()
        self.viewport().update()

    def _leave_cells(self) -> None:
        if self._cursor is not None:
            self._cursor = None
            self.viewport().update()

    def _bring_to_sight(self, box: QRect) -> None:
        """Scroll as little as need be, with a little room around ``box``."""
        room = self.viewport().size()
        for bar, first, last, seen in (
            (self.horizontalScrollBar(), box.left(), box.right(), room.width()),
            (self.verticalScrollBar(), box.top(), box.bottom(), room.height()),
        ):
            least = last + _AROUND - seen
            bar.setValue(min(max(bar.value(), least), max(0, first - _AROUND)))

    def cursor_boxes(self, place: CellPlace) -> list[QRect]:
        """Return what of a cell gets a ring, in pixels of the view."""
        return [self.cell_box(place).translated(-self.offset())]

    def draw_cursor(self, painter: QPainter, theme: Theme) -> None:
        """Draw a ring around the cell that the keyboard is on, seen on any colour.

        Args:
            painter: Of the view, not moved.
            theme: Its colours.
        """
        place = self.cursor_place
        if place is not None and self.hasFocus():
            self.draw_cell_ring(painter, place, theme)

    def draw_cell_ring(self, painter: QPainter, place: CellPlace, theme: Theme) -> None:
        """Draw such a ring around any cell of the part that is enlarged."""
        for box in self.cursor_boxes(place):
            for colour, by in (
                (theme.surface, 1),
                (theme.accent, 2),
                (theme.accent, 3),
                (theme.surface, 4),
            ):
                painter.setPen(QColor(colour))
                painter.drawRect(box.adjusted(-by, -by, by - 1, by - 1))

    @Slot()
    def _on_enlarged_changed(self) -> None:
        if self.enlarged is None:
            self._cursor = None
        self.tell_of_keyboard()

    # What a screen reader is told

    def count_told(self) -> int:
        """Return how many parts there are to tell of; of one enlarged, cells."""
        if self.enlarged is None:
            return self.part_count()
        grid = self.grid()
        return grid.rows * grid.columns

    def told(self, index: int) -> str:
        """Return what is said of one of them."""
        if self.enlarged is None:
            return self.part_name(index)
        return self.cell_name(self._place_told(index))

    def box_told(self, index: int) -> QRect:
        """Return where one of them is, in pixels of the whole."""
        if self.enlarged is None:
            return self.part_box(index)
        return self.cell_box(self._place_told(index))

    def told_at(self, at: QPoint) -> int | None:
        """Return which of them is at a point of the view; None beside all."""
        place = at + self.offset()
        if not self.viewport().rect().contains(at):
            return None
        told = range(self.count_told())
        return next((i for i in told if self.box_told(i).contains(place)), None)

    def told_by_keyboard(self) -> int | None:
        """Return which of them the keyboard is on; None for none."""
        if self.enlarged is None:
            return self.ringed
        place = self.cursor_place
        return None if place is None else place.row * self.grid().columns + place.column

    @Slot()
    def tell_of_keyboard(self) -> None:
        """Say that the keyboard is on something else; to a screen reader, on what."""
        self.keyboard_moved.emit()
        if not QAccessible.isActive() or not self.hasFocus():
            return
        index = self.told_by_keyboard()
        # Its name first: readers keep the one that they have heard last.
        for kind in (QAccessible.Event.NameChanged, QAccessible.Event.Focus):
            event = QAccessibleEvent(self, kind)
            if index is not None:
                event.setChild(index)
            QAccessible.updateAccessibility(event)

    def _place_told(self, index: int) -> CellPlace:
        return CellPlace(*divmod(index, self.grid().columns))

    # Pointer and ring

    def is_pressable(self) -> bool:
        """Say whether a click where the pointer is would do something."""
        return self.pointed is not None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._mouse = event.position().toPoint()
        self.find_pointed()
        shape = Qt.CursorShape
        self.viewport().setCursor(
            shape.PointingHandCursor if self.is_pressable() else shape.ArrowCursor
        )

    def _point_at(self, pointed: object | None) -> None:
        if pointed != self.pointed:
            self.pointed = pointed
            self.viewport().update()
            self.pointed_changed.emit()

    @property
    def has_ring(self) -> bool:
        """Whether the part that the keyboard is on is to be marked."""
        return self.enlarged is None and self._is_by_keyboard and self.hasFocus()

    @property
    def ringed(self) -> int | None:
        """The part with the ring; None for none."""
        return self._current if self.has_ring and self.part_count() else None

    def _set_by_keyboard(self, is_so: bool) -> None:
        """Note whether keys or the mouse are at work here: keys have Enter enlarge.

        After a click, Enter draws samples as ever.
        """
        is_new, self._is_by_keyboard = is_so is not self._is_by_keyboard, is_so
        self.setProperty(TAKES_ENTER, is_so)
        if is_new:
            self.keyboard_moved.emit()

    def draw_ring(self, painter: QPainter, box: QRect, colour: str) -> None:
        """Draw the keyboard's ring around ``box``, letters and all, within the view.

        Args:
            painter: Of the view, not moved.
            box: In pixels of the view.
            colour: ``#rrggbb``.
        """
        seen = self.viewport().rect()
        outer = box.adjusted(-3, -2, 3, 3) & seen.adjusted(0, 0, -1, -1)
        painter.setPen(QColor(colour))
        painter.drawRects([outer, outer.adjusted(1, 1, -1, -1)])

    def offset(self) -> QPoint:
        """Return which point of the whole is at the top left of the view."""
        return QPoint(
            self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        )

    def viewportEvent(self, event: QEvent) -> bool:
        """Notice the pointer leaving; no tooltip may hide what it points at."""
        if event.type() == QEvent.Type.Leave:
            self._mouse = None
            self.find_pointed()
        if event.type() == QEvent.Type.MouseButtonPress:
            self._set_by_keyboard(False)
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove):
            self._leave_cells()  # what the mouse does is newer
        if event.type() == QEvent.Type.ToolTip and self.pointed is not None:
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Escape before the window does, while it means something here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.enlarged is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which part the keyboard is on, if it was the keyboard that came."""
        self._set_by_keyboard(event.reason() != Qt.FocusReason.MouseFocusReason)
        super().focusInEvent(event)
        self.viewport().update()
        QTimer.singleShot(0, self, self.tell_of_keyboard)  # after Qt, of the whole view

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.viewport().update()
        self.keyboard_moved.emit()


def enlarged_among(widgets: Iterable[QWidget]) -> EnlargingView | None:
    """Return a view in sight that a part of it fills: the one with the focus first."""
    views = [
        widget
        for widget in widgets
        if isinstance(widget, EnlargingView)
        and widget.enlarged is not None
        and widget.isVisible()
    ]
    return next((view for view in views if view.hasFocus()), next(iter(views), None))
