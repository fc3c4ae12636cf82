"""Maps of cells for screen readers: each part, and each cell of the one enlarged.

To Qt itself, a map is one widget without content.
"""

# The types of Qt leave out that each of these methods may return nothing.
# mypy: disable-error-code="override"

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QWindow

    from microgpt_gui.gui.widgets.enlarging_view import EnlargingView


class AccessibleMap(QAccessibleWidget):
    """A view of parts. Its children are the parts, or the cells of the one enlarged."""

    def __init__(self, view: EnlargingView) -> None:
        super().__init__(view, QAccessible.Role.Table, view.accessibleName())
        self.view = view
        # Kept for as long as the view: whoever has asked for one may ask it again.
        self._cells: dict[tuple[int | None, int], AccessibleCell] = {}

    def text(self, which: QAccessible.Text) -> str:
        """Return the view's texts; its name says which part is enlarged."""
        said = super().text(which)
        if which is not QAccessible.Text.Name or self.view.enlarged is None:
            return said
        return f"{said}: {self.view.part_name(self.view.enlarged)}"

    def childCount(self) -> int:
        """See `QAccessibleInterface`."""
        return self.view.count_told()

    def child(self, index: int) -> AccessibleCell | None:
        """See `QAccessibleInterface`."""
        if not 0 <= index < self.childCount():
            return None
        # One of its own for each part: readers keep what they have heard of a cell.
        part = self.view.enlarged
        if (part, index) not in self._cells:
            self._cells[part, index] = AccessibleCell(self, part, index)
        return self._cells[part, index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """See `QAccessibleInterface`."""
        return child.index if isinstance(child, AccessibleCell) else -1

    def childAt(self, x: int, y: int) -> AccessibleCell | None:
        """See `QAccessibleInterface`."""
        found = self.view.told_at(self.view.viewport().mapFromGlobal(QPoint(x, y)))
        return None if found is None else self.child(found)

    def focusChild(self) -> AccessibleCell | None:
        """See `QAccessibleInterface`."""
        index = self.view.told_by_keyboard()
        return None if index is None else self.child(index)

    def place_of(self, index: int) -> QRect:
        """Return where a child is on the screen."""
        view = self.view.viewport()
        place = self.view.box_told(index).translated(-self.view.offset()) & view.rect()
        return place.translated(view.mapToGlobal(QPoint()))


class AccessibleCell(QAccessibleInterface):
    """One part of a view, or one cell of the part that is enlarged: as it is now."""

    def __init__(self, of: AccessibleMap, part: int | None, index: int) -> None:
        super().__init__()
        self._of = of
        self._part = part
        self.index = index

    def isValid(self) -> bool:
        """See `QAccessibleInterface`."""
        is_there = self._of.isValid() and self._of.view.enlarged == self._part
        return is_there and self.index < self._of.childCount()

    def object(self) -> QObject | None:
        """It is no object of its own."""
        return None

    def window(self) -> QWindow | None:
        """See `QAccessibleInterface`."""
        return self._of.window()

    def parent(self) -> QAccessibleInterface:
        """See `QAccessibleInterface`."""
        return self._of

    def childCount(self) -> int:
        """It has no parts."""
        return 0

    def child(self, _index: int) -> None:
        """It has no parts."""

    def childAt(self, _x: int, _y: int) -> None:
        """It has no parts."""

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        """It has no parts."""
        return -1

    def rect(self) -> QRect:
        """See `QAccessibleInterface`."""
        return self._of.place_of(self.index) if self.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        """See `QAccessibleInterface`."""
        return QAccessible.Role.Cell

    def state(self) -> QAccessible.State:
        """See `QAccessibleInterface`."""
        state = QAccessible.State()
        state.focusable = True
        view = self._of.view
        is_on_it = self.isValid() and view.told_by_keyboard() == self.index
        state.focused = is_on_it and view.hasFocus()
        return state

    def text(self, which: QAccessible.Text) -> str:
        """Return what the reading line would say of it, in short."""
        is_asked = which is QAccessible.Text.Name and self.isValid()
        return self._of.view.told(self.index) if is_asked else ""

    def setText(self, _which: QAccessible.Text, _text: str) -> None:
        """It cannot be changed."""
