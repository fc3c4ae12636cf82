"""A message to the person over the panels, in one place that moves none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot

from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.message_frame import MessageFrame

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.lower_edge import LowerEdge

#: So long it stays: something that was done, and a short word of trouble.
NEWS_MS, TROUBLE_MS = 7_000, 15_000

#: Trouble that takes more words stays until it is dismissed.
LONG_CHARS = 100

#: While the pointer is over it, it is being read.
_READING_MS = 2_000


class Notice(MessageFrame):
    """Shows the newest message at the lower edge; hidden without one.

    It goes by itself after a while, but for long words of trouble.
    """

    def __init__(self, appearance: Appearance, edge: LowerEdge) -> None:
        """Build it, unseen.

        Args:
            appearance: Theme and zoom.
            edge: Where it stands.
        """
        super().__init__(appearance, "notice")
        self._edge = edge
        self._is_good = False
        self._row.addWidget(self._words, 1)
        self._add_cross().clicked.connect(self.dismiss)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self._on_end_timeout)
        edge.take(self)
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
        self._edge.place()

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
        self._edge.place()
