"""On which ground exported pictures are drawn: one choice for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.theme.roles import DARK, LIGHT, Theme
from microgpt_gui.gui.window.preferences import PAPERS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.preferences import Preferences

_WORDS = {
    "light": ("Light", "As on paper, whatever the window looks like"),
    "dark": ("Dark", "For dark slides, whatever the window looks like"),
    "window": ("As the window", "Light or dark, as the window is at that moment"),
}


class PaperMenu(QMenu):
    """The choice, remembered; SVG, PNG and films all follow it."""

    def __init__(
        self, appearance: Appearance, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__("Ground of pictures", parent)
        self._appearance = appearance
        self._preferences = preferences
        self.setToolTipsVisible(True)
        group = QActionGroup(self)
        for paper in PAPERS:
            text, tip = _WORDS[paper]
            action = QAction(text, group)
            action.setToolTip(tip)
            action.setData(paper)
            action.setCheckable(True)
            action.setChecked(paper == preferences.paper)
            self.addAction(action)
        group.triggered.connect(self._on_triggered)

    @property
    def theme(self) -> Theme:
        """The colours that pictures have now."""
        if self._preferences.paper == "window":
            return self._appearance.theme
        return DARK if self._preferences.paper == "dark" else LIGHT

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._preferences.paper = action.data()
