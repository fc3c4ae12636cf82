"""The button that draws lines instead of maps, for the panel's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class LinesSwitch(QPushButton):
    """A button that stays down while lines are drawn; follows an action."""

    def __init__(self, action: QAction) -> None:
        super().__init__("Lines")
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(action.text())
        self.setToolTip(action.toolTip())
        self.clicked.connect(action.trigger)
        action.toggled.connect(self.setChecked)
