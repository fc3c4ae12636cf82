"""Docks that are hidden together, and shown again together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QDockWidget

    from microgpt_gui.gui.theme.appearance import Appearance

#: Of the sign on a button, in pixels at 100 %.
SIGN_PX = 14


class PutAside(QObject):
    """Knows which docks are put aside, and has a button in the title bar of each.

    Subclasses make ``action``, and implement `_refresh`, `_on_dock_toggled` and
    `restyle`.

    Attributes:
        aside: Docks that are hidden, and come back.
        action: Hides docks, or brings them back.

    Signals:
        changed: Others are put aside now, or may be.
    """

    changed = Signal()

    action: QAction

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._buttons: dict[QDockWidget, QToolButton] = {}
        self.aside: list[QDockWidget] = []
        appearance.changed.connect(self.restyle)

    def make_button(self) -> QToolButton:
        """Return a button for a title bar. See `take`."""
        button = QToolButton()
        button.setProperty("kind", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def take(self, buttons: Mapping[QDockWidget, QToolButton]) -> None:
        """Look after docks that may be hidden, and the button in each one's title."""
        self._buttons = dict(buttons)
        for dock in buttons:
            dock.topLevelChanged.connect(self._refresh)
            dock.toggleViewAction().triggered.connect(self._on_dock_toggled)
        self.restyle()

    def allow(self, *, is_allowed: bool) -> None:
        """Offer it, or not while one dock fills the window."""
        self.action.setEnabled(is_allowed)
        self._refresh()

    def _put_aside(self, docks: Iterable[QDockWidget]) -> None:
        """Hide those that stand in the window.

        After a start, all may be hidden already: then all come back.
        """
        self.aside = [dock for dock in docks if not dock.isFloating()]
        standing = [dock for dock in self.aside if not dock.isHidden()]
        self.aside = standing or self.aside
        for dock in standing:
            dock.hide()

    @Slot()
    def _refresh(self) -> None:
        """Show the buttons where they are of use."""
        raise NotImplementedError

    @Slot()
    def _on_dock_toggled(self) -> None:
        """Follow the person who shows a dock that is put aside."""
        raise NotImplementedError

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        raise NotImplementedError
