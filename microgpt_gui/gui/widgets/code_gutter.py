"""The numbers beside lines of code, and a mark beside those that are lit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance


class NumberedLine(NamedTuple):
    """A line in sight."""

    number: int
    top: int  # in pixels of the view
    height: int
    is_lit: bool


class NumberedView(Protocol):
    """What the gutter belongs to."""

    def lines_seen(self) -> list[NumberedLine]:
        """Return the lines in sight."""


class CodeGutter(QWidget):
    """Stands at the left of a view of code, as high as its viewport."""

    def __init__(
        self, view: NumberedView, parent: QWidget, appearance: Appearance
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._appearance = appearance
        self._space = 0

    def fit(self, largest: int, space: int) -> None:
        """Be as wide as numbers need.

        Args:
            largest: The largest number.
            space: Before and after them, in pixels.
        """
        self._space = space
        width = QFontMetrics(self.font()).horizontalAdvance(str(largest))
        self.resize(width + 2 * space, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight."""
        theme = self._appearance.theme
        lines = self._view.lines_seen()
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(QColor(theme.muted))
        high = QFontMetrics(self.font()).lineSpacing()
        right = self.width() - self._space
        for line in lines:
            box = QRect(0, line.top, right, min(line.height, high + self._space))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            painter.drawText(box, flags, str(line.number))
        marks = [
            QRect(0, line.top, max(2, self._space // 3), line.height)
            for line in lines
            if line.is_lit
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRects(marks)
