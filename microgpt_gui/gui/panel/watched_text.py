"""The box for the text that is looked at, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QToolButton

from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.typing import TextBox

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from microgpt_gui.gui.moments.subject import Subject
    from microgpt_gui.gui.theme.appearance import Appearance

_PLACEHOLDER = (
    "Type a text to look at, or leave empty to follow the document being trained"
)


class WatchedTextBox(TextBox):
    """Asks for what is typed in it; empty, for the document being trained."""

    def __init__(self, subject: Subject, appearance: Appearance) -> None:
        """Build it; call `restyle` when the look changed.

        Args:
            subject: Follows what is typed, and is followed.
            appearance: Theme and zoom.
        """
        super().__init__()
        self._subject = subject
        self._appearance = appearance
        self.setPlaceholderText(_PLACEHOLDER)
        self.setAccessibleName("Text to look at")
        self.setToolTip(
            "Any text of the vocabulary: you see how the model, as it is at the moment "
            "shown, reads it. Empty: the document being trained. Enter leaves the box, "
            "Escape empties it."
        )
        self._clear = self._clear_action()
        self.textChanged.connect(self._on_text_changed)
        subject.changed.connect(self._on_subject_changed)
        self._on_subject_changed()
        self.restyle()

    def show_problem(self, problem: str) -> None:
        """Show whether anything is wrong with the text; a screen reader is told what.

        Args:
            problem: For people; empty if all is well.
        """
        set_look(self, "state", "wrong" if problem else "")
        self.setAccessibleDescription(problem)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        muted = self._appearance.theme.muted
        self._clear.setIcon(self._appearance.icon("close", muted, 14))

    def _clear_action(self) -> QAction:
        action = self.addAction(
            self._appearance.icon("close"), QLineEdit.ActionPosition.TrailingPosition
        )
        action.setToolTip("Follow the document being trained again")
        for button in self.findChildren(QToolButton):
            button.setAccessibleName("Empty the box")
        action.setVisible(False)
        action.triggered.connect(self.clear)
        return action

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._subject.watch(text)

    @Slot()
    def _on_subject_changed(self) -> None:
        """Show what is asked for, whoever asked."""
        if self.text() != self._subject.text:
            self.setText(self._subject.text)
