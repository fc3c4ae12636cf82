"""The whole screen for the window, and back to the very size it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

#: A display has answered a wish for another state of the window by then.
ANSWERED_MS = 250

#: A window manager under load may take as long until it begins to answer.
_PATIENCE_MS = 4000

_State = Qt.WindowState


class FullScreen(QObject):
    """Switches to the whole screen and back.

    Window managers give and take the room. Where there is none, that is done here; and
    what Wayland displays take away on the way back, the window's own frame, is given
    back. Wishes that come before the answer to the last one wait for it: answered one
    upon another, they would leave Qt with another state, and the window with another
    size, than what is wished for.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._before = QSize()  # of the plain window, without frame
        self._was_maximized = False
        self._was_framed = False  # by a window manager, which is there then
        self._place: QRect | None = None  # before this class made it large
        self._is_wanted = self._is_asked_for = False  # the whole screen
        self._answered = QTimer(self, interval=ANSWERED_MS, singleShot=True)
        self._answered.timeout.connect(self._on_answered)
        window.installEventFilter(self)

    @Slot()
    def toggle(self) -> None:
        """Fill the screen, or return."""
        if self._answered.isActive():
            self._is_wanted = not self._is_wanted
            return
        is_full = self._window.isFullScreen() or self._place is not None
        self._is_wanted = not is_full
        self._ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the answer come: the window gets another size."""
        if event.type() is QEvent.Type.Resize and self._answered.isActive():
            self._answered.start(ANSWERED_MS)  # there may be more to it
        return False

    def _ask(self) -> None:
        window = self._window
        self._is_asked_for = self._is_wanted
        if self._place is not None:
            window.setGeometry(self._place)
            self._place = None
            return
        if self._is_wanted:
            self._was_maximized = window.isMaximized()
            self._was_framed = window.frameGeometry() != window.geometry()
            if not self._was_maximized:
                self._before = window.size()
            window.showFullScreen()
        else:
            if self._before.isEmpty():  # it has been full since it was opened
                self._before = window.normalGeometry().size()
            # Straight from here to there, Wayland displays lose the connection.
            window.showNormal()
        is_slow = self._was_framed and QGuiApplication.platformName() == "xcb"
        self._answered.start(_PATIENCE_MS if is_slow else ANSWERED_MS)

    @Slot()
    def _on_answered(self) -> None:
        self._correct()
        if self._is_wanted is not self._is_asked_for:
            self._ask()

    def _correct(self) -> None:
        """Do what the display has left undone."""
        window = self._window
        if window.isFullScreen():
            screen = window.screen().geometry()
            is_x = QGuiApplication.platformName() == "xcb"
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
