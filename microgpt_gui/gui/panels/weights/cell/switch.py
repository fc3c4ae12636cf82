"""The button that lets one weight be chosen, for the panel's title."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from microgpt_gui.gui.widgets.tooltip import wrapped

_TIP = (
    "Choose one weight of an enlarged matrix: nudge it in a scratch copy and see what "
    "moves, or check whether its gradient is true."
)


class CellSwitch(QPushButton):
    """A button that stays down while a weight can be chosen."""

    def __init__(self) -> None:
        super().__init__("One weight")
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Nudge or check one weight")
        self.setToolTip(wrapped(_TIP))
