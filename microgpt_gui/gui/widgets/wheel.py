"""Whose the wheel is, over what it could change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget as _Widget
else:
    _Widget = object  # beside one of Qt's own, which comes after it


class KeepsItsValue(_Widget):
    """Changed by the wheel only while it has the focus.

    So what happens to lie under the pointer stays while its panel is scrolled.
    """

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, unless focused."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
