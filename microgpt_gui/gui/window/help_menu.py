"""Help: the keys, the proof that the numbers are right, and what this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.dialogs import open_over, raised

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance

#: Each menu, with (what it does, keys) of every action that has keys.
KeysOfMenus = list[tuple[str, list[tuple[str, str]]]]

_KEYS = "F1 ?"


class HelpMenu(QMenu):
    """Opens windows that explain."""

    def __init__(
        self,
        window: QWidget,
        appearance: Appearance,
        shortcuts: Callable[[], KeysOfMenus],
        parent: QWidget,
    ) -> None:
        """Build it.

        Args:
            window: What its windows open over.
            appearance: Theme and zoom.
            shortcuts: Tells the keys of all menus.
            parent: Its owner.
        """
        super().__init__("&Help", parent)
        self.setToolTipsVisible(True)
        self._window = window
        self._appearance = appearance
        self._shortcuts = shortcuts
        for text, keys, tip, do in (
            ("Keys", _KEYS, "All keys at a glance", self._on_keys),
            (
                "Verify",
                "",
                "Train recorded runs of microgpt.py again, and compare every number",
                self._on_verify,
            ),
            ("About", "", "What this is, and whose work it uses", self._on_about),
        ):
            self.addAction(make_action(self, text, keys, tip, do))

    @Slot()
    def _on_keys(self) -> None:
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.gui.window.keys_window import KEYS, KeysWindow

        if not raised(KEYS):
            dialog = KeysWindow(self._window, self._appearance, self._shortcuts())
            for key in _KEYS.split():  # what has opened it closes it
                QShortcut(QKeySequence(key), dialog, dialog.close)
            open_over(self._window, dialog, is_modal=False)

    @Slot()
    def _on_verify(self) -> None:
        from microgpt_gui.gui.window.verify import VERIFY, VerifyDialog

        if not raised(VERIFY):
            dialog = VerifyDialog(self._window, self._appearance)
            open_over(self._window, dialog, is_modal=False)

    @Slot()
    def _on_about(self) -> None:
        from microgpt_gui.gui.window.about import ABOUT, show_about

        if not raised(ABOUT):
            show_about(self._window, self._appearance)
