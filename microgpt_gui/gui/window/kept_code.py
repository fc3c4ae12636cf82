"""How large the machine code is that is kept, and a button that removes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.session.machine_code import words
from microgpt_gui.session.machine_code.kept import empty, kept_bytes


class KeptCode(QWidget):
    """A line of the window About.

    Attributes:
        remove: What a person can press.
    """

    def __init__(self) -> None:
        super().__init__()
        size = kept_bytes()
        self._words = PlainLabel(words.kept(size), wordWrap=True)
        self._words.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        self._words.setTextInteractionFlags(flags)
        self.remove = QPushButton("Remove")
        self.remove.setAccessibleName("Remove the machine code that is kept")
        self.remove.setToolTip("It is compiled anew where it is needed again")
        self.remove.setVisible(bool(size))
        self.remove.clicked.connect(self._on_remove_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def said(self) -> str:
        """What is said here."""
        return self._words.text()

    @Slot()
    def _on_remove_clicked(self) -> None:
        rest = empty()
        self._words.setText(words.removed(rest))
        self.remove.setEnabled(bool(rest))
