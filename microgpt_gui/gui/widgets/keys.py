"""Which keys belong to the widget that has the focus rather than to a shortcut.

Only that widget's events are looked at: a window that looks at its own pays for it with
every paint.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QTabBar,
    QWidget,
)

#: A panel sets this property where Enter means something to its fields.
TAKES_ENTER = "takesEnter"

#: A widget sets this property to say whether the arrow keys mean something to it.
TAKES_ARROWS = "takesArrows"

_PRESSED_BY_SPACE = (QAbstractButton, QComboBox, QTabBar)
_MOVED_IN_BY_ARROWS = (QAbstractItemView, QAbstractSlider, QComboBox, QTabBar)
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class FocusKeys(QObject):
    """Lets the focused widget, in whichever window, have the keys that are its own.

    What pops up above a window, a menu or a list, has all keys to itself.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._on_app_focus_changed)
        app.focusWindowChanged.connect(self._on_app_focus_window_changed)

    @Slot("QWidget*", "QWidget*")
    def _on_app_focus_changed(
        self, before: QWidget | None, now: QWidget | None
    ) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and (
            isinstance(now, _PRESSED_BY_SPACE)
            or _takes_arrows(now)
            or _takes_enter(now)
        ):
            now.installEventFilter(self)

    @Slot("QWindow*")
    def _on_app_focus_window_changed(self, _window: QWindow | None) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            for part in (popup.windowHandle(), popup, popup.focusWidget()):
                if part is not None:
                    part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a key from the shortcuts where it means something to the widget.

        Letters and signs typed into a text are taken by Qt's own editors. What is left:
        Space presses a button that was reached by Tab, Enter belongs to the fields of
        panels that say so, and plain arrows, Home and End move in lists, sliders and
        whatever else says so.
        """
        if event.type() is not QEvent.Type.ShortcutOverride:
            return False
        assert isinstance(event, QKeyEvent)
        if QApplication.activePopupWidget() is not None:
            event.accept()
            return False  # a list takes Enter as early as here
        if not (isinstance(watched, QWidget) and _belongs_to(watched, event)):
            return False
        event.accept()
        return True


def _belongs_to(focus: QWidget, event: QKeyEvent) -> bool:
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    if event.key() == Qt.Key.Key_Space:
        return isinstance(focus, _PRESSED_BY_SPACE)
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return _takes_enter(focus)
    is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    return event.key() in _ARROWS and is_plain and _takes_arrows(focus)


def _takes_arrows(widget: QWidget) -> bool:
    own = widget.property(TAKES_ARROWS)
    return isinstance(widget, _MOVED_IN_BY_ARROWS) if own is None else bool(own)


def _takes_enter(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property(TAKES_ENTER):
            return True
        widget = widget.parentWidget()
    return False
