"""One setting: its words, its box, what has changed, what is wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance


_NO_LIMIT = 16_777_215  # Qt's largest width

#: A word so long, and where it may break: behind a mark, and else in a long stretch of
#: letters that do not join.
_LONG_WORD = re.compile(r"\S{20,}")
_BREAK = re.compile(r"([/\\._@:-]|[A-Za-zÀ-ɏ0-9]{10}(?=[A-Za-zÀ-ɏ0-9]{5}))")


def text_label(role: str = "") -> QLabel:
    """Return a label that wraps, and breaks long paths rather than being cut off."""
    label = PlainLabel()
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if role:
        label.setProperty("role", role)
    return label


def breakable(text: str) -> str:
    """Return ``text`` with places to break a line inside paths and other long words."""
    return _LONG_WORD.sub(lambda word: _BREAK.sub("\\1\u200b", word[0]), text)


class FieldRow(QWidget):
    """A labelled box.

    Attributes:
        box: What the person types or chooses in.
    """

    def __init__(
        self,
        appearance: Appearance,
        label: str,
        box: QWidget,
        *,
        tooltip: str,
        beside: tuple[int, int] | None,
    ) -> None:
        """Lay the row out.

        Args:
            appearance: The look.
            label: The setting in words; empty where a heading says it.
            box: Its widget.
            tooltip: What it means and allows.
            beside: Room for the words and for the box side by side, in pixels at
                100 %; None: the box always goes below.
        """
        super().__init__()
        self.box = box
        self._appearance = appearance
        self._beside = beside
        self._tooltip = tooltip
        self._label = PlainLabel(label)
        self._label.setBuddy(box)
        if not label:
            self._label.hide()  # to show what has no parent yet opens a window
        self._note = text_label("caption")
        self._message = text_label("warning")
        for widget in (self, self._label, self._note, box):
            widget.setToolTip(wrapped(*tooltip.splitlines()))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._label)
        words.addWidget(self._note)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._line.addLayout(words, 1)
        self._line.addWidget(box)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._line)
        self._column.addWidget(self._message)
        self.show_note("")
        self.show_message("")
        self.restyle()

    def show_note(self, text: str) -> None:
        """Show what has changed, or the setting's name."""
        self._note.setText(breakable(text))
        self._note.setVisible(bool(text))

    def show_message(self, text: str) -> None:
        """Show what is wrong with the value; empty where nothing is."""
        self._message.setText(breakable(text))
        self._message.setVisible(bool(text))
        self.box.setAccessibleDescription(text or self._tooltip)

    def show_state(self, state: str) -> None:
        """Outline the box: "changed", "wrong" or empty."""
        set_look(self.box, "state", state)

    def restyle(self) -> None:
        """Take up the zoom."""
        px = self._appearance.px
        self._column.setSpacing(px(2))
        self._arrange(self.width())

    def minimumSizeHint(self) -> QSize:
        """Return what the row needs with the box below the words."""
        width = max(
            self._label.minimumSizeHint().width(), self.box.minimumSizeHint().width()
        )
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the box below the words where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        px = self._appearance.px
        words_px, box_px = map(px, self._beside or (0, 0))
        words_px = max(words_px, self._label.sizeHint().width())
        is_beside = bool(self._beside) and width >= words_px + px(sizes.SMALL) + box_px
        if is_beside:
            self.box.setFixedWidth(box_px)
        else:
            self.box.setMinimumWidth(0)
            self.box.setMaximumWidth(_NO_LIMIT)
        self._line.setSpacing(px(sizes.SMALL if is_beside else 2))
        direction = QBoxLayout.Direction
        self._line.setDirection(
            direction.LeftToRight if is_beside else direction.TopToBottom
        )
        self._line.setAlignment(
            self.box,
            Qt.AlignmentFlag.AlignVCenter if is_beside else Qt.AlignmentFlag(0),
        )
