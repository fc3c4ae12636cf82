"""Boxes to type in, and how they give the keys back to the window.

Enter takes what was typed, Escape drops it; then both leave the box, so that single
keys drive the run again. In a dialog Enter and Escape are the dialog's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from microgpt_gui.gui.widgets.enlarging_view import enlarged_among

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Widget
else:
    _Widget = object  # beside one of Qt's own, which comes after it

#: A widget sets this property where the focus may rest while nothing is chosen.
FOCUS_RESTS = "focusRests"

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_enter(event: QEvent) -> bool:
    """Say whether a key event is Enter alone."""
    assert isinstance(event, QKeyEvent)
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in _ENTER and modifiers == Qt.KeyboardModifier.NoModifier


def is_escape(event: QEvent) -> bool:
    """Say whether a key event is Escape."""
    assert isinstance(event, QKeyEvent)
    return event.key() == Qt.Key.Key_Escape


def _ends_typing(event: QEvent) -> bool:
    """Say whether a shortcut override is for a box, to end typing there.

    Escape first leaves what is enlarged, wherever the focus is.
    """
    if event.type() is not QEvent.Type.ShortcutOverride:
        return False
    if is_escape(event):
        return enlarged_among(QApplication.allWidgets()) is None
    return is_enter(event)


def resting_place(box: QWidget) -> QWidget | None:
    """Return where the focus rests in the window of ``box``; None in a dialog."""
    rest: QWidget | None = None
    at: QWidget | None = box
    while at is not None:
        if at.property(FOCUS_RESTS):
            rest = at
        at = None if at.isWindow() else at.parentWidget()
    return rest


def give_keys_back(box: QWidget) -> None:
    """Let the focus rest, so that single keys drive the run again."""
    rest = resting_place(box)
    if rest is not None:
        rest.setFocus()


class TypedInto(_Widget):
    """A box that has the keys that end typing before the window has them."""

    def event(self, event: QEvent) -> bool:
        """See the class."""
        if _ends_typing(event):
            event.accept()
            return True
        return super().event(event)


class TextBox(TypedInto, QLineEdit):
    """A line of text in the window.

    Enter takes it (`returnPressed`) and leaves, Escape empties it, or else leaves.
    """

    def event(self, event: QEvent) -> bool:
        """Leave the key that copies to the window where nothing is chosen."""
        if event.type() is QEvent.Type.ShortcutOverride and not self.hasSelectedText():
            assert isinstance(event, QKeyEvent)
            if event.matches(QKeySequence.StandardKey.Copy):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if is_escape(event) and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
        if (is_enter(event) or is_escape(event)) and resting_place(self) is not None:
            give_keys_back(self)
            event.accept()
