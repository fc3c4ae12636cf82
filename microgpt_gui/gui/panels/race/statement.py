"""Two texts that wrap, and whose changes have nothing else laid out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Statement(QWidget):
    """A strong sentence, and a muted one below it; as high as they need.

    The labels stand in no layout, so that a new text of the same height costs only its
    own painting.
    """

    def __init__(self) -> None:
        super().__init__()
        self._strong, self._muted = PlainLabel(self), PlainLabel(self)
        self._muted.setProperty("role", "muted")
        for label in self._labels:
            label.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def texts(self) -> tuple[str, str]:
        """What it says: the strong sentence and the muted one."""
        return self._strong.text(), self._muted.text()

    def say(self, strong: str, muted: str) -> None:
        """Show two sentences; either may be empty."""
        if (strong, muted) != self.texts:
            self._strong.setText(strong)
            self._muted.setText(muted)
            self.arrange()

    def arrange(self) -> None:
        """Take up the font and the width."""
        y = 0
        for label in self._labels:
            label.setVisible(bool(label.text()))
            if label.text():
                height = label.heightForWidth(self.width())
                label.setGeometry(0, y, self.width(), height)
                y += height
        if y != self.height():
            self.setFixedHeight(y)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.arrange()

    @property
    def _labels(self) -> tuple[QLabel, QLabel]:
        return self._strong, self._muted
