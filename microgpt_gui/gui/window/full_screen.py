"""The whole screen for the window, and back to the very size it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: A display has answered a wish for another state of the window by then.
ANSWERED_MS = 250

_State = Qt.WindowState


class FullScreen(QObject):
    """Switches to the whole screen and back.

    Window managers give and take the room. Where there is none, that is done here; and
    what Wayland displays take away on the way back, the window's own frame, is given
    back.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before = QSize()  # of the plain window, without frame
        self._was_maximized = False
        self._was_framed = False  # by a window manager, which is there then
        self._place: QRect | None = None  # before this class made it large
        self._answered = QTimer(self, interval=ANSWERED_MS, singleShot=True)
        self._answered.timeout.connect(self._on_answered)

    @Slot()
    def toggle(self) -> None:
        """Fill the screen, or return."""
        window = self._window
        if self._place is not None:
            window.setGeometry(self._place)
            self._place = None
            return
        if window.isFullScreen():
            if self._before.isEmpty():  # it has been full since it was opened
                self._before = window.normalGeometry().size()
            # Straight from here to there, Wayland displays lose the connection.
            window.showNormal()
        else:
            # Pressed again at once, the display has not yet given the old size back.
            if not self._answered.isActive():
                self._was_maximized = window.isMaximized()
                self._was_framed = window.frameGeometry() != window.geometry()
                if not self._was_maximized:
                    self._before = window.size()
            window.showFullScreen()
        self._answered.start()

    @Slot()
    def _on_answered(self) -> None:
        window = self._window
        if window.isFullScreen():
            screen = window.screen().geometry()
            is_x = QGuiApplication.platformName() == "xcb"
            # A window manager under load may take longer for its answer.
            is_alone = is_x and not self._was_framed
            if is_alone and window.size() != screen.size():
                self._place = window.geometry()
                window.setGeometry(screen)  # to Qt it is a plain window again
        elif self._was_maximized:
            window.showMaximized()
        elif (handle := window.windowHandle()) is not None:
            margins = handle.frameMargins()
            lost = QSize(
                margins.left() + margins.right(), margins.top() + margins.bottom()
            )
            taken_for_plain = self._before - lost, window.screen().size()
            if self._before.isValid() and window.size() in taken_for_plain:
                window.resize(self._before)
