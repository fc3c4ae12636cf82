"""A button for something that menus and keys can do too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class ActionButton(QPushButton):
    """A button that follows an action: text, tooltip, whether it can be used.

    Attributes:
        is_compact: Show the icon alone, where words have no room.
    """

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self.is_compact = False
        # A click must not take the focus: Space is Train, not the button pressed last.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.follow)
        self.follow()

    def full_width(self) -> int:
        """Return the width that icon and word take, in pixels."""
        words = self.fontMetrics().horizontalAdvance(f" {self._action.text()}")
        return words + self.iconSize().width() * 3

    @Slot()
    def follow(self) -> None:
        """Take up what the action says now."""
        # A space for room between icon and word.
        self.setText("" if self.is_compact else f" {self._action.text()}")
        self.setAccessibleName(self._action.text())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
