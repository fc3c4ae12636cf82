"""What a widget says and how it looks, set only where that changes something.

Qt lays out and paints anew for every text and every look that it is given, and panels
bring theirs up to date many times a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel, QWidget


def say(label: QLabel, text: str) -> None:
    """Let ``label`` say ``text``."""
    if label.text() != text:
        label.setText(text)


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and let it look.

    Args:
        widget: What looks otherwise then.
        name: ``role``, ``kind``, ``state`` or ``place``.
        value: One that the sheet knows; empty for the plain look.
    """
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
