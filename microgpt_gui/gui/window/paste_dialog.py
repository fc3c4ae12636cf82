"""Run > Learn from pasted text: words to learn from, without a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.session.pasted_text import facts_of_text

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

_WHAT = (
    "Paste or type words, one document a line. They are kept in the run, and in its "
    "file when it is saved."
)

#: How long typing must rest before the text is judged.
_SETTLE_MS = 200


class PasteDialog(QDialog):
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
            appearance: Sizes.
            text: Proposed.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Learn from pasted text")
        self._appearance = appearance
        self._heading = PlainLabel("Learn from pasted text")
        self._heading.setProperty("role", "title")
        self._what = PlainLabel(_WHAT, wordWrap=True)
        self.text_box = QPlainTextEdit()
        self.text_box.setPlaceholderText("emma\nolivia\nava")
        self.text_box.setAccessibleName("Words to learn from")
        self.text_box.setToolTip("One document a line")
        self.text_box.setTabChangesFocus(True)
        self._facts = PlainLabel(wordWrap=True)
        self._facts.setProperty("role", "caption")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._learn = buttons.addButton(
            "Learn from it", QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._learn.setProperty("kind", "primary")
        self._learn.setToolTip("At once if the run is untrained, else on request")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._column = QVBoxLayout(self)
        for widget in (self._heading, self._what):
            self._column.addWidget(widget)
        self._column.addWidget(self.text_box, 1)
        self._column.addWidget(self._facts)
        self._column.addWidget(buttons)
        self._settle = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._judge)
        self.text_box.textChanged.connect(self._settle.start)
        self.accepted.connect(self._on_accepted)
        appearance.changed.connect(self._restyle)
        self._restyle()
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
        self._learn.setEnabled(not problem)

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self.text_box.toPlainText())

    @Slot()
    def _restyle(self) -> None:
        px = self._appearance.px
        margin = px(sizes.LARGE)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(px(sizes.MEDIUM))
        room = self.screen().availableSize()
        width = min(px(460), room.width())
        self.setMinimumWidth(width)
        self._what.setMinimumHeight(self._what.heightForWidth(width - 2 * margin))
        self._facts.setMinimumHeight(2 * self._facts.fontMetrics().height())
        self.resize(width, min(px(420), room.height()))
