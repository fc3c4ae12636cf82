"""Which keys a number box leaves to the window's shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

_OF_NUMBERS = frozenset("0123456789+-.,")

_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def is_for_shortcuts(event: QEvent, *, is_being_typed: bool = False) -> bool:
    """Say whether a shortcut override is none of a number box's business.

    Space never is: it trains or pauses, wherever the focus is. Letters are not, unless
    the box takes any text and ``is_being_typed``.
    """
    if event.type() is not QEvent.Type.ShortcutOverride:
        return False
    assert isinstance(event, QKeyEvent)
    text = event.text()
    if event.modifiers() & _CHORDS or not text or not text.isprintable():
        return False
    return text == " " or not (is_being_typed or text in _OF_NUMBERS)
