"""How large the window is at first, and that all of it is there to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QObject, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from microgpt_gui.gui.window.full_screen import ANSWERED_MS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: The window wants so much, in pixels, and this share of a larger screen.
WANTED, SHARE = QSize(1280, 800), 0.9

#: Around a window until the display has told: a title, thin borders.
_USUAL_FRAME = QMargins(4, 32, 4, 4)


class FirstSize(QObject):
    """Fits a window into what its screen has left, frame and all."""

    def __init__(self, window: QWidget, *, is_remembered: bool) -> None:
        """Give ``window``, which is not shown yet, its size, unless it has one."""
        super().__init__(window)
        self._window = window
        self._given = window.size() if is_remembered else self._fitting(_USUAL_FRAME)
        self._is_remembered = is_remembered
        window.resize(self._given)

    @Slot()
    def settle(self) -> None:
        """Correct it as soon as the frame is known; the window has just been shown.

        It also gets the keyboard, where no window manager has given it that.
        """
        QTimer.singleShot(ANSWERED_MS, self._on_frame_known)

    def _fitting(self, frame: QMargins) -> QSize:
        room = self._window.screen().availableGeometry().marginsRemoved(frame).size()
        return WANTED.expandedTo(room * SHARE).boundedTo(room)

    @Slot()
    def _on_frame_known(self) -> None:
        window, handle = self._window, self._window.windowHandle()
        if handle is None:
            return
        if QGuiApplication.focusWindow() is None:
            window.activateWindow()
        is_plain = window.windowState() == Qt.WindowState.WindowNoState
        if not is_plain or window.size() != self._given:
            return  # somebody else has given it another size
        frame = handle.frameMargins()
        if not self._is_remembered:
            window.resize(self._fitting(frame))
        if QGuiApplication.platformName() == "wayland":
            return  # where it is, is not for a window to know
        room = window.screen().availableGeometry()
        outside = (
            window.geometry().marginsAdded(frame).bottomRight() - room.bottomRight()
        )
        by = QPoint(max(0, outside.x()), max(0, outside.y()))
        if not by.isNull():
            window.move(window.pos() - by)
