"""The button that draws lines instead of maps, for the panel's title."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

_TIP = (
    "A line from each letter to those that it looks at, as thick as its share; else "
    "maps of cells (M, in the heads)"
)


class LinesSwitch(QPushButton):
    """A button that stays down while lines are drawn."""

    def __init__(self) -> None:
        super().__init__("Lines")
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        # A click must not take the focus: Space is Train, not the button pressed last.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Attention as lines")
        self.setToolTip(_TIP)
