"""The box for lines of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QSizePolicy

from microgpt_gui.gui.panels.data.own_words import words
from microgpt_gui.gui.widgets.enlarging_view import enlarged_among
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.widgets.typing import give_keys_back, is_escape

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class LinesBox(QPlainTextEdit):
    """Lines to score; Escape leaves the box, Tab goes on, Enter begins a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(words.PLACEHOLDER)
        self.setAccessibleName("Lines to score, one document each")
        self.setToolTip(wrapped("Lines to score, one document each"))
        self.setTabChangesFocus(True)
        # As high as there is room: its own wish would have the page scroll.
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Ignored)

    @property
    def lines(self) -> tuple[str, ...]:
        """What is typed; nothing if there is no letter in it."""
        lines = tuple(self.toPlainText().split("\n"))
        return lines if any(line.strip() for line in lines) else ()

    def event(self, event: QEvent) -> bool:
        """Take Escape before the window does, unless that leaves what is enlarged."""
        if event.type() is QEvent.Type.ShortcutOverride and is_escape(event):
            if enlarged_among(QApplication.allWidgets()) is None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if is_escape(event):
            give_keys_back(self)
        else:
            super().keyPressEvent(event)
