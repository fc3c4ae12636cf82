"""A few lines of text that never ask for more room than they have."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QRect, Qt

from microgpt_gui.gui.widgets.elided_label import ElidedLabel


class ElidedLines(ElidedLabel):
    """Wraps its text, and cuts what its height does not hold; the tooltip tells it.

    Args:
        is_centred: In its height; else it begins at the top, so that fewer lines than
            before do not move the first.
    """

    def __init__(self, *, is_centred: bool = False) -> None:
        super().__init__()
        edge = (
            Qt.AlignmentFlag.AlignVCenter if is_centred else Qt.AlignmentFlag.AlignTop
        )
        self.text_flags = int(
            Qt.AlignmentFlag.AlignLeft | edge | Qt.TextFlag.TextWordWrap
        )

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
        return self.fontMetrics().boundingRect(room, self.text_flags, text).height()
