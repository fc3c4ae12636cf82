"""What a frame needs of any legend, whatever marks it explains."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class Legend(QWidget):
    """Says what the marks of a figure stand for."""

    def restyle(self) -> None:
        """Take up theme and zoom."""

    def set_brief(self, is_brief: bool) -> None:
        """Choose whether to leave out what goes without saying."""

    def full_width(self) -> int:
        """Return how wide it wants to be with nothing left out, in pixels."""
        return self.sizeHint().width()
