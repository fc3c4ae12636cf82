"""A line that says what is below it, and may be closed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance


class CaptionBar(QWidget):
    """One line of text, and a button where it can be closed.

    Signals:
        close_requested: The button was pressed.
    """

    close_requested = Signal()

    def __init__(self, appearance: Appearance, closing: str = "") -> None:
        """Build it.

        Args:
            appearance: The look; call `restyle` when it changed.
            closing: What closing it does, in words; empty where it cannot be closed.
        """
        super().__init__()
        self._appearance = appearance
        self._label = ElidedLabel()
        self._close: QToolButton | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._label, 1)
        if closing:
            self._close = QToolButton()
            self._close.setProperty("kind", "quiet")
            self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._close.setAccessibleName(closing)
            self._close.setToolTip(closing)
            self._close.clicked.connect(self.close_requested)
            self._row.addWidget(self._close)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, text: str) -> None:
        """Say ``text``."""
        if text != self._label.text():
            self._label.setText(text)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, theme = self._appearance.px, self._appearance.theme
        self._row.setSpacing(px(sizes.TIGHT))
        if self._close is not None:
            self._close.setIcon(self._appearance.icon("close", theme.muted, 14))
            self._close.setIconSize(QSize(px(14), px(14)))
        # As high without the button as with it: captions stand side by side.
        self.setFixedHeight(px(28))
