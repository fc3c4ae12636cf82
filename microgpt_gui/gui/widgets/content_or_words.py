"""Something to look at, or words in its place while there is nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.plain_label import PlainLabel


class ContentOrWords(QStackedWidget):
    """Takes whatever room there is; neither the content nor the words ask for more."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._words = PlainLabel(wordWrap=True)
        self._words.setProperty("role", "muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ignored = QSizePolicy.Policy.Ignored
        self._words.setSizePolicy(ignored, ignored)
        self.setSizePolicy(ignored, ignored)
        self.addWidget(content)
        self.addWidget(self._words)

    @property
    def words(self) -> str:
        """What stands in place of the content; empty where that is shown."""
        return self._words.text() if self.currentIndex() == 1 else ""

    def show_content(self) -> None:
        """Show the content."""
        self.setCurrentIndex(0)

    def show_words(self, text: str) -> None:
        """Show ``text`` in place of the content."""
        say(self._words, text)
        self.setCurrentIndex(1)
