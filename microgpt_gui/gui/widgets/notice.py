"""A message to the person over the panels, in one place that moves none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Slot

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.message_frame import MessageFrame

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance

#: So long it stays: something that was done, and a short word of trouble.
NEWS_MS, TROUBLE_MS = 7_000, 15_000

#: Trouble that takes more words stays until it is dismissed.
LONG_CHARS = 100

#: While the pointer is over it, it is being read.
_READING_MS = 2_000

_WIDEST_PX = 680


class Notice(MessageFrame):
    """Shows the newest message at the lower edge of a widget; hidden without one.

    It goes by itself after a while, but for long words of trouble.
    """

    def __init__(self, appearance: Appearance, over: QWidget) -> None:
        """Build it, unseen.

        Args:
            appearance: Theme and zoom.
            over: The widget at whose lower edge it stands.
        """
        super().__init__(appearance, "notice", over)
        self._over = over
        self._is_good = False
        self._row.addWidget(self._words, 1)
        self._add_cross().clicked.connect(self.dismiss)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self._on_end_timeout)
        over.installEventFilter(self)
        appearance.changed.connect(self._restyle)
        self._restyle()

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
            set_look(self, "kind", "good" if is_good else "")
            self._restyle()
        self._say(text)
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
        self._words.setWordWrap(False)
        width = min(self.sizeHint().width(), widest)
        self._words.setWordWrap(True)
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
        theme = self._appearance.theme
        if self._is_good:
            self._dress("check", theme.good)
        else:
            self._dress("warning", theme.warning)
        self._take_place()
