"""A layout that sets its items in lines, like words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Fills lines from left to right and begins a new one where the width ends.

    An item whose horizontal size policy expands takes what its line leaves over.

    Whatever is laid out anew somewhere in the window, Qt asks every layout again, many
    times over; so answers are kept until an item of this one changes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width
        self._minimum: QSize | None = None
        self._arranged: QRect | None = None

    def addItem(self, item: QLayoutItem) -> None:
        """See `QLayout`."""
        self._items.append(item)

    def count(self) -> int:
        """See `QLayout`."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """See `QLayout`; None past the end, as Qt wants it."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """See `QLayout`; None past the end, as Qt wants it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """See `QLayout`."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """See `QLayout`: narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See `QLayout`."""
        if width not in self._heights:
            trial = QRect(0, 0, width, 0)
            self._heights[width] = self._arrange(trial, is_trial=True)
        return self._heights[width]

    def invalidate(self) -> None:
        """See `QLayout`: an item has changed."""
        super().invalidate()
        self._heights.clear()
        self._minimum = self._arranged = None

    def setGeometry(self, rect: QRect) -> None:
        """See `QLayout`."""
        super().setGeometry(rect)
        if rect != self._arranged:
            self._arrange(rect, is_trial=False)
            self._arranged = QRect(rect)

    def sizeHint(self) -> QSize:
        """See `QLayout`."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As wide as the widest item: everything else can wrap."""
        if self._minimum is None:
            self._minimum = self._widest()
        return self._minimum

    def _widest(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(
            margins.left() + margins.right(), margins.top() + margins.bottom()
        )

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = item.sizeHint().width()
            if not lines or wanted > room:
                lines.append([])
                room = width
            lines[-1].append(item)
            room -= wanted + self.spacing()
        return lines

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        y = inner.y()
        lines = self._lines(inner.width())
        for line in lines:
            widths = [min(item.sizeHint().width(), inner.width()) for item in line]
            height = max(item.sizeHint().height() for item in line)
            spare = inner.width() - sum(widths) - self.spacing() * (len(line) - 1)
            x = inner.x()
            for item, width in zip(line, widths, strict=True):
                if item.expandingDirections() & Qt.Orientation.Horizontal:
                    width += max(spare, 0)
                    spare = 0
                if not is_trial:
                    item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
                x += width + self.spacing()
            y += height + self.spacing()
        used = y - self.spacing() if lines else y
        return used - rect.y() + margins.bottom()
