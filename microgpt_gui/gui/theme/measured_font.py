"""A font that remembers how wide its texts are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFont

#: So many widths are remembered.
_MOST = 2000


class MeasuredFont:
    """For what is lettered anew many times while it trains; on one thread.

    To make a font, and to ask how wide a letter is, takes longer than to draw it.

    Attributes:
        font: Not to be changed.
        height, ascent, descent: Of a line, in pixels.
        advance: Returns how wide a text is, in pixels.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self.height = self._metrics.height()
        self.ascent = self._metrics.ascent()
        self.descent = self._metrics.descent()
        self.advance: Callable[[str], int] = lru_cache(_MOST)(self._advance)

    def _advance(self, text: str) -> int:
        return self._metrics.horizontalAdvance(text)

    @property
    def rise(self) -> float:
        """How far the middle of letters lies above the base line, in pixels."""
        return (self._metrics.capHeight() + self._metrics.xHeight()) / 4
