"""The text that the views read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Subject(QObject):
    """One text for all views, whoever typed it. On the GUI thread.

    Attributes:
        text: What is read; empty for the document of the moment that is shown.

    Signals:
        changed: ``text`` changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.text = ""

    def watch(self, text: str) -> None:
        """Read ``text`` from now on."""
        if text != self.text:
            self.text = text
            self.changed.emit()
