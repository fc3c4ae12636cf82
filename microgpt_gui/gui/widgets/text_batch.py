"""Many short texts, painted in a few calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QGlyphRun, QRawFont

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFont, QPainter

_ELLIPSIS = "…"


class TextBatch:
    """Texts in one font, gathered by colour and painted all at once.

    Each call of a painter gives way to other threads: while a run trains, one call for
    each text would take longer than all the painting. Texts with letters that the font
    lacks are painted one by one, in the fonts that stand in for it.

    Attributes:
        ascent: Of a line, in pixels.
        height: Of a line, in pixels.
    """

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._raw = QRawFont.fromFont(font)
        self._metrics = QFontMetricsF(font)
        self.ascent, self.height = self._metrics.ascent(), self._metrics.height()
        self._signs: dict[str, tuple[int, float]] = {}  # glyph, advance
        self._glyphs: dict[bool, tuple[list[int], list[QPointF]]] = {}
        self._others: list[tuple[float, float, str, bool]] = []

    def width(self, text: str) -> float:
        """Return how wide a text is, in pixels."""
        return sum(self._sign(sign)[1] for sign in text)

    def fitted(self, text: str, width: float) -> str:
        """Return as much of a text as fits, with an ellipsis where it is cut."""
        if self.width(text) <= width:
            return text
        while text and self.width(text) + self._sign(_ELLIPSIS)[1] > width:
            text = text[:-1]
        return text + _ELLIPSIS

    def add(self, text: str, x: float, y: float, *, is_light: bool = False) -> None:
        """Paint ``text`` later.

        Args:
            text: One line.
            x: Where it begins.
            y: Its base line.
            is_light: In which of two colours.
        """
        signs = [self._sign(sign) for sign in text]
        if any(glyph == 0 for glyph, _ in signs):
            self._others.append((x, y, text, is_light))
            return
        glyphs, points = self._glyphs.setdefault(is_light, ([], []))
        for glyph, advance in signs:
            glyphs.append(glyph)
            points.append(QPointF(x, y))
            x += advance

    def paint(self, painter: QPainter, colours: dict[bool, QColor]) -> None:
        """Paint all, and forget it.

        Args:
            painter: Of the view.
            colours: Of light texts, and of the others.
        """
        for is_light, (glyphs, points) in self._glyphs.items():
            run = QGlyphRun()
            run.setRawFont(self._raw)
            run.setGlyphIndexes(glyphs)
            run.setPositions(points)
            painter.setPen(colours[is_light])
            painter.drawGlyphRun(QPointF(), run)
        painter.setFont(self._font)
        for x, y, text, is_light in self._others:
            painter.setPen(colours[is_light])
            painter.drawText(QPointF(x, y), text)
        self._glyphs, self._others = {}, []

    def _sign(self, sign: str) -> tuple[int, float]:
        known = self._signs.get(sign)
        if known is None:
            glyphs = self._raw.glyphIndexesForString(sign)
            glyph = glyphs[0] if len(glyphs) == 1 else 0
            known = glyph, self._metrics.horizontalAdvance(sign)
            self._signs[sign] = known
        return known
