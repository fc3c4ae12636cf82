"""A label whose text is never taken for markup."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


class PlainLabel(QLabel):
    """Shows every letter of its text.

    Qt's own label takes for markup whatever looks like it: a file called ``<h1>``, or a
    text with a tag in it, would change the window, and could load a picture into it.
    """

    def __init__(self, *args: Any, **properties: Any) -> None:
        super().__init__(*args, **properties)
        self.setTextFormat(Qt.TextFormat.PlainText)
