"""Run > Learn from pasted text: words to learn from, without a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.titled_dialog import AskingDialog
from microgpt_gui.session.pasted_text import facts_of_text

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

_WHAT = (
    "Paste or type words, one document a line. They are kept in the run, and in its "
    "file when it is saved."
)

#: How long typing must rest before the text is judged.
_SETTLE_MS = 200


class PasteDialog(AskingDialog):
    """Asks for a text; not modal.

    Attributes:
        text_box: The text.

    Signals:
        chosen: The person goes on with this text (str).
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget, appearance: Appearance, text: str) -> None:
        """Build the dialog.

        Args:
            parent: The window.
            appearance: Theme and zoom.
            text: Proposed.
        """
        super().__init__(parent, appearance, "Learn from pasted text", _WHAT)
        self.text_box = QPlainTextEdit()
        self.text_box.setPlaceholderText("emma\nolivia\nava")
        self.text_box.setAccessibleName("Words to learn from")
        self.text_box.setToolTip("One document a line")
        self.text_box.setTabChangesFocus(True)
        self._facts = PlainLabel(wordWrap=True)
        self._facts.setProperty("role", "caption")
        self.column.addWidget(self.text_box, 1)
        self.column.addWidget(self._facts)
        tip = "At once if the run is untrained, else on request"
        self.add_answers("Learn from it", tip)
        self._settle = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._judge)
        self.text_box.textChanged.connect(self._settle.start)
        self.accepted.connect(self._on_accepted)
        self.restyle()
        self.text_box.setPlainText(text)
        self.text_box.setFocus()
        self._judge()

    @Slot()
    def _judge(self) -> None:
        """Say what would be learnt, or why nothing would."""
        text = self.text_box.toPlainText()
        said, problem = "", not text.strip()
        if not problem:
            try:
                facts = facts_of_text(text)
                said = f"{facts.summary()}. {facts.doubt}"
            except ValueError as error:
                said, problem = str(error), True
        self._facts.setText(said or "Nothing to learn from yet.")
        self.go_on.setEnabled(not problem)

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.text_box.toPlainText())

    def restyle(self) -> None:
        """See `TitledDialog`."""
        super().restyle()
        self._facts.setMinimumHeight(2 * self._facts.fontMetrics().height())
        height = min(self.appearance.px(420), self.screen().availableSize().height())
        self.resize(self.minimumWidth(), height)
