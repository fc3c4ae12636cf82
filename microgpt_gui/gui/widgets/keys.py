"""Which keys belong to the widget that has the focus rather than to a shortcut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QTabBar,
    QWidget,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

#: A panel sets this property where Enter means something to its fields.
TAKES_ENTER = "takesEnter"

_PRESSED_BY_SPACE = (QAbstractButton, QComboBox, QTabBar)


def belongs_to_focus(event: QEvent) -> bool:
    """Say whether a shortcut override should be accepted for the focused widget.

    Letters and signs typed into a text are taken by Qt's own editors before this is
    asked. What is left: Space presses a button that was reached by Tab, and Enter
    belongs to the fields of panels that say so.
    """
    if event.type() is not event.Type.ShortcutOverride:
        return False
    assert isinstance(event, QKeyEvent)
    focus = QApplication.focusWidget()
    if focus is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return False
    if event.key() == Qt.Key.Key_Space:
        return isinstance(focus, _PRESSED_BY_SPACE)
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return _takes_enter(focus)
    return False


def _takes_enter(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.property(TAKES_ENTER):
            return True
        widget = widget.parentWidget()
    return False
