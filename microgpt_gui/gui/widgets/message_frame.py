"""What all messages over the panels are made of: a sign, the words, what to press."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: Sides of the sign and of the cross, in pixels at 100 %.
_SIGN_PX, _CROSS_PX = 16, 14

#: Qt breaks lines between words and behind slashes: what is longer, as the names of
#: files may be, is broken before letters that stand alone (Latin, Greek, Cyrillic).
_LONG = re.compile(r"[^\s/]{41,}")
_BREAKABLE = re.compile(r"(?<!^)(?=[!-~\u00c0-\u02ff\u0370-\u0481\u048a-\u052f])")


class MessageFrame(QFrame):
    """A message, hidden until there is one; who shows it lays it out in the row."""

    def __init__(
        self, appearance: Appearance, name: str, parent: QWidget | None = None
    ) -> None:
        """Build it, unseen, with nothing but the sign in its row.

        Args:
            appearance: Theme and zoom.
            name: What the style sheet calls it.
            parent: As for any widget.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self._appearance = appearance
        self._sign = PlainLabel()
        self._words = PlainLabel(wordWrap=True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._said = ""
        self._cross: QToolButton | None = None
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, or empty."""
        return "" if self.isHidden() else self._said

    def size_within(self, widest: int) -> tuple[int, int]:
        """Return the width and height that it takes, in pixels, in so much width."""
        self._words.setWordWrap(False)
        width = min(self.sizeHint().width(), widest)
        self._words.setWordWrap(True)
        self._row.invalidate()
        return width, self._row.totalHeightForWidth(width)  # the frame's line included

    def _add_cross(self) -> QToolButton:
        """Return a button at the end of the row that dismisses the message."""
        cross = self._cross = QToolButton()
        cross.setProperty("kind", "quiet")
        cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cross.setAccessibleName("Dismiss this message")
        cross.setToolTip("Dismiss this message")
        self._row.addWidget(cross)
        return cross

    def _say(self, text: str) -> None:
        self._said = text
        self._words.setText(_LONG.sub(_breakable, text))
        self.setAccessibleName(text)

    def _dress(self, sign: str, colour: str) -> None:
        """Take up theme and zoom, with this icon as the sign."""
        px, theme = self._appearance.px, self._appearance.theme
        small = px(sizes.SMALL)
        self._row.setContentsMargins(px(sizes.MEDIUM), small, small, small)
        self._row.setSpacing(small)
        icon = self._appearance.icon(sign, colour)
        self._sign.setPixmap(icon.pixmap(px(_SIGN_PX), px(_SIGN_PX)))
        if self._cross is not None:
            side = px(_CROSS_PX)
            self._cross.setIcon(self._appearance.icon("close", theme.muted, _CROSS_PX))
            self._cross.setIconSize(QSize(side, side))


def _breakable(found: re.Match[str]) -> str:
    """Return a long word with places to break at, which take no room."""
    return _BREAKABLE.sub("\u200b", found.group())
