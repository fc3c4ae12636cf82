"""Where the keyboard is while docks hide each other: never where nobody sees it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QWidget
from shiboken6 import isValid

from microgpt_gui.gui.widgets.sight import bring_into_sight
from microgpt_gui.gui.widgets.typing import give_keys_back

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget


class DockFocus(QObject):
    """Moves the focus as one dock fills the window and all come back.

    It also keeps Tab from the bars of tabs that Qt has put aside: they stay shown, but
    off the screen.
    """

    def __init__(self, host: QMainWindow) -> None:
        super().__init__(host)
        self._host = host
        self._before: QWidget | None = None

    def leave_all_but(self, dock: QDockWidget) -> None:
        """Let the focus rest if it is in another dock: that will be hidden."""
        focus = self._before = QApplication.focusWidget()
        if focus is not None and self._host.isAncestorOf(focus):
            if focus is not dock and not dock.isAncestorOf(focus):
                give_keys_back(self._host)

    def give_back(self) -> None:
        """Put the focus where it was before `leave_all_but`, if that can be seen."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()

    def watch(self, child: QObject) -> None:
        """Look after ``child`` of the host, if it is a bar of tabs."""
        if isinstance(child, QTabBar):
            child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Tab reach a bar while it is on the screen."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            assert isinstance(watched, QTabBar)
            is_seen = watched.geometry().intersects(self._host.rect())
            policy = Qt.FocusPolicy
            watched.setFocusPolicy(policy.TabFocus if is_seen else policy.NoFocus)
            if is_seen and watched.hasFocus():
                # It is moved before the room around it has its size.
                QTimer.singleShot(0, watched, partial(bring_into_sight, watched))
        return False
