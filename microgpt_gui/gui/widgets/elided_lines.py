"""A few lines of text that never ask for more room than they have."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOption

from microgpt_gui.gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_FLAGS = (
    Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignVCenter
    | Qt.TextFlag.TextWordWrap
)


class ElidedLines(ElidedLabel):
    """Wraps its text, and cuts what its height does not hold; the tooltip tells it."""

    @property
    def shown(self) -> str:
        """What of the text is to be seen."""
        text, room = self.text(), self.contentsRect()
        if self._height_of(text) <= room.height():
            return text
        lengths = range(len(text))
        fitting = bisect_right(
            lengths, room.height(), key=lambda n: self._height_of(f"{text[:n]}…")
        )
        return f"{text[: max(0, fitting - 1)].rstrip()}…"

    def _height_of(self, text: str) -> int:
        room = QRect(0, 0, self.contentsRect().width(), 1 << 16)
        return self.fontMetrics().boundingRect(room, int(_FLAGS), text).height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(_FLAGS),
            option.palette,
            self.isEnabled(),
            self.shown,
            self.foregroundRole(),
        )
        painter.end()
