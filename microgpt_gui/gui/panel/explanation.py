"""The "?" of a panel: a button, and the small text that it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.typing import is_enter, is_escape

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from microgpt_gui.gui.panel.frame_words import FrameWords
    from microgpt_gui.gui.theme.appearance import Appearance

#: Of the text, in pixels at 100 %: lines of readable length.
_WIDTH = 340


class Explanation(QFrame):
    """Three questions, answered; goes with Escape, Enter or a click beside it."""

    def __init__(
        self, title: str, words: FrameWords, appearance: Appearance, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("explanation")
        self._appearance = appearance
        self._column = QVBoxLayout(self)
        self._answers: list[PlainLabel] = []
        said = []
        for question, answer in (
            ("What am I seeing?", words.seen),
            ("How is it computed?", words.computed),
            ("What can I try?", words.tried),
        ):
            asked, told = PlainLabel(question), PlainLabel(answer, wordWrap=True)
            asked.setProperty("role", "question")
            asked.setContentsMargins(0, appearance.px(sizes.TIGHT), 0, 0)
            self._column.addWidget(asked)
            self._column.addWidget(told)
            self._answers.append(told)
            said.append(f"{question} {answer}")
        self.setAccessibleName(f"About {title}")
        self.setAccessibleDescription(" ".join(said))

    def open_below(self, widget: QWidget) -> None:
        """Come up under ``widget``, within the screen, and take the keyboard."""
        px = self._appearance.px
        side = px(sizes.MEDIUM)
        self._column.setContentsMargins(side, px(sizes.SMALL), side, side)
        self._column.setSpacing(px(sizes.TIGHT))
        screen = widget.screen().availableGeometry()
        width = min(px(_WIDTH), screen.width() - 2 * side)
        for answer in self._answers:
            answer.setFixedSize(width, answer.heightForWidth(width))
        self.adjustSize()
        at = widget.mapToGlobal(QPoint(widget.width() - self.width(), widget.height()))
        rightmost = max(screen.left(), screen.right() - self.width())
        lowest = max(screen.top(), screen.bottom() - self.height())
        at.setX(min(max(screen.left(), at.x()), rightmost))
        at.setY(min(at.y() + px(sizes.TIGHT), lowest))
        self.move(at)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go with Escape, or with the keys that have opened it."""
        if is_escape(event) or is_enter(event) or event.key() == Qt.Key.Key_Space:
            self.close()
        else:
            super().keyPressEvent(event)


class ExplanationButton(QToolButton):
    """Opens the explanation of a panel; stands in its title bar."""

    def __init__(self, title: str, words: FrameWords, appearance: Appearance) -> None:
        super().__init__()
        self._title, self._words = title, words
        self._appearance = appearance
        self._explanation: Explanation | None = None
        self.setProperty("kind", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        text = f"What {title} shows, how it is computed, and what to try"
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.clicked.connect(self._on_clicked)
        appearance.changed.connect(self.restyle)
        self.restyle()

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, theme = self._appearance.px, self._appearance.theme
        self.setIcon(self._appearance.icon("question", theme.muted, 14))
        self.setIconSize(QSize(px(14), px(14)))

    @Slot()
    def _on_clicked(self) -> None:
        if self._explanation is None:  # few are ever asked for
            self._explanation = Explanation(
                self._title, self._words, self._appearance, self
            )
        self._explanation.open_below(self)
