"""A message to the person over the panels, in one place that moves none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: So long it stays: something that was done, and a short word of trouble.
NEWS_MS, TROUBLE_MS = 7_000, 15_000

#: Trouble that takes more words stays until it is dismissed.
LONG_CHARS = 100

#: While the pointer is over it, it is being read.
_READING_MS = 2_000

_WIDEST_PX = 680


class Notice(QFrame):
    """Shows the newest message at the lower edge of a widget; hidden without one.

    It goes by itself after a while, but for long words of trouble.
    """

    def __init__(self, appearance: Appearance, over: QWidget) -> None:
        """Build it, unseen.

        Args:
            appearance: Theme and zoom.
            over: The widget at whose lower edge it stands.
        """
        super().__init__(over)
        self.setObjectName("notice")
        self._appearance = appearance
        self._over = over
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
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self._on_end_timeout)
        over.installEventFilter(self)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def text(self) -> str:
        """The message shown, or empty."""
        return "" if self.isHidden() else self._text.text()

    @property
    def is_lasting(self) -> bool:
        """Whether the message stays until it is dismissed."""
        return not self.isHidden() and not self._end.isActive()

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
        self._end.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the widget below gets another size."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self._take_place()
        return False

    def _show(self, text: str, *, is_good: bool) -> None:
        if is_good != self._is_good:
            self._is_good = is_good
            self.setProperty("kind", "good" if is_good else "")
            self.style().polish(self)
            self._restyle()
        self._text.setText(text)
        self.setAccessibleName(text)
        self._end.stop()
        if is_good or len(text) <= LONG_CHARS:
            self._end.start(NEWS_MS if is_good else TROUBLE_MS)
        self.show()
        self._take_place()
        self.raise_()

    def _take_place(self) -> None:
        if self.isHidden():
            return
        below, edge = self._over.rect(), self._appearance.px(sizes.MEDIUM)
        widest = min(self._appearance.px(_WIDEST_PX), below.width() - 2 * edge)
        self._text.setWordWrap(False)
        width = min(self.sizeHint().width(), widest)
        self._text.setWordWrap(True)
        self._row.invalidate()
        height = self._row.totalHeightForWidth(width)  # the frame's line included
        place = QRect(0, 0, width, height)
        place.moveCenter(below.center())
        place.moveBottom(below.bottom() - edge)
        self.setGeometry(place)

    @Slot()
    def _on_end_timeout(self) -> None:
        if self.underMouse():
            self._end.start(_READING_MS)
        else:
            self.hide()

    @Slot()
    def _restyle(self) -> None:
        px, theme = self._appearance.px, self._appearance.theme
        self._row.setContentsMargins(
            px(sizes.MEDIUM), px(sizes.SMALL), px(sizes.SMALL), px(sizes.SMALL)
        )
        self._row.setSpacing(px(sizes.SMALL))
        name, colour = "warning", theme.warning
        if self._is_good:
            name, colour = "check", theme.good
        icon = self._appearance.icon(name, colour)
        self._icon.setPixmap(icon.pixmap(px(16), px(16)))
        self._close.setIcon(self._appearance.icon("close", theme.muted, 14))
        self._close.setIconSize(QSize(px(14), px(14)))
        self._take_place()
