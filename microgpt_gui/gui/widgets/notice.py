"""A line over the panels that tells the person something, until it is dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance


class Notice(QFrame):
    """Shows the newest message; hidden while there is none."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._appearance = appearance
        self._is_good = False
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setProperty("kind", "quiet")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName("Dismiss this message")
        self._close.setToolTip("Dismiss this message")
        self._close.clicked.connect(self.dismiss)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def text(self) -> str:
        """The message shown, or empty."""
        return "" if self.isHidden() else self._text.text()

    @Slot(str)
    def show_message(self, text: str) -> None:
        """Show ``text``, which tells of trouble, in place of what was shown."""
        self._show(text, is_good=False)

    @Slot(str)
    def show_news(self, text: str) -> None:
        """Show ``text``, which tells of something done, in place of what was shown."""
        self._show(text, is_good=True)

    @Slot()
    def dismiss(self) -> None:
        """Hide the message."""
        self.hide()

    def _show(self, text: str, *, is_good: bool) -> None:
        if is_good != self._is_good:
            self._is_good = is_good
            self.setProperty("kind", "good" if is_good else "")
            self.style().polish(self)
            self._restyle()
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    @Slot()
    def _restyle(self) -> None:
        px, theme = self._appearance.px, self._appearance.theme
        self._row.setContentsMargins(
            px(sizes.MEDIUM), px(sizes.TIGHT), px(sizes.SMALL), px(sizes.TIGHT)
        )
        self._row.setSpacing(px(sizes.SMALL))
        name, colour = "warning", theme.warning
        if self._is_good:
            name, colour = "check", theme.good
        icon = self._appearance.icon(name, colour)
        self._icon.setPixmap(icon.pixmap(px(16), px(16)))
        self._close.setIcon(self._appearance.icon("close", theme.muted))
