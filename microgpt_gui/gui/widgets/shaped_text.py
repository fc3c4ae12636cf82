"""A text shaped as its readers write it, and where its letters have come to stand."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextLine, QTextOption

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class Cluster(NamedTuple):
    """Letters that are drawn as one sign, and where: the text's corner is (0, 0).

    A mark and what carries it are one cluster; so are the parts of a syllable in the
    scripts that build blocks, and several emoji that make one. Letters that merely
    join, or share a ligature, are clusters of their own: each has its part.
    """

    start: int  # the first letter's place in the text
    length: int  # how many letters, at least 1
    left: float
    top: float
    width: float
    height: float  # the line's
    is_reversed: bool  # it is read from right to left

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.left + self.width

    @property
    def box(self) -> QRectF:
        """All of it."""
        return QRectF(self.left, self.top, self.width, self.height)

    def share_of(self, letters: int) -> QRectF:
        """Return the part of the box that its first ``letters`` take up."""
        width = self.width * letters / self.length
        left = self.right - width if self.is_reversed else self.left
        return QRectF(left, self.top, width, self.height)

    def moved(self, x: float, y: float) -> Cluster:
        """Return it in the coordinates of what the text stands in."""
        return self._replace(left=self.left + x, top=self.top + y)


class ShapedText:
    """Lays a text out in lines of a width; belongs to the thread that made it.

    A line of plain letters ends where the room does; others end between two words
    where they can, else between clusters. A text that begins from right to left stands
    at the right side of the room.

    Attributes:
        height: Of all lines with the leading between them, in pixels.
    """

    def __init__(
        self, text: str, font: QFont, width: float, *, pad: float, leading: float
    ) -> None:
        """Lay out ``text``.

        Args:
            text: Letters that the fonts have; control characters have no place in it.
            font: Others stand in for the letters that it lacks.
            width: Of the room, in pixels.
            pad: Of each line's box, over and under its letters.
            leading: Between the boxes of two lines.
        """
        self._units = _places_in_utf16(text)
        # Qt lets a space hang over the end of a line; among plain letters it need not.
        shown = text.replace(" ", _NO_BREAK_SPACE) if text.isascii() else text
        self._layout = QTextLayout(shown, font)
        option = QTextOption(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        )
        # Letters that join would fall apart where a line ends between them.
        option.setWrapMode(
            QTextOption.WrapMode.WrapAnywhere
            if text.isascii()
            else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        )
        is_right = begins_at_the_right(text)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft
            if is_right
            else Qt.LayoutDirection.LeftToRight
        )
        self._layout.setTextOption(option)
        self._lines = self._broken(max(width, 1.0))
        metrics = QFontMetricsF(font)
        ascent, descent = metrics.ascent(), metrics.descent()
        for line in self._lines:
            ascent = max(ascent, line.ascent())
            descent = max(descent, line.descent())
        self._line_height = ascent + descent + 2 * pad
        self._pitch = pitch = self._line_height + leading
        self._first_top = leading / 2
        self.height = pitch * max(1, len(self._lines))
        for number, line in enumerate(self._lines):
            left = width - line.naturalTextWidth() if is_right else 0.0
            top = self._first_top + number * pitch + pad
            line.setPosition(QPointF(left, top + ascent - line.ascent()))

    def _broken(self, width: float) -> list[QTextLine]:
        lines = []
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(line)
        self._layout.endLayout()
        return lines

    def clusters(self) -> list[Cluster]:
        """Return what is drawn as one sign each, in the order of reading."""
        units, layout = self._units, self._layout
        begins = [
            n for n, at in enumerate(units[:-1]) if layout.isValidCursorPosition(at)
        ]
        ends = [line.textStart() + line.textLength() for line in self._lines]
        found: list[Cluster] = []
        number, first = 0, 0  # of the line; in ``found``, of a stretch of one direction
        for start, stop in pairwise([*begins, len(units) - 1]):
            while units[start] >= ends[number]:
                number += 1
            top = self._first_top + number * self._pitch
            left, width, is_reversed = self._extent(start, stop)
            last = found[-1] if found else None
            if last and (last.is_reversed, last.top) != (is_reversed, top):
                self._put_side_by_side(found, first)
                first = len(found)
            height = self._line_height
            found.append(
                Cluster(start, stop - start, left, top, width, height, is_reversed)
            )
        self._put_side_by_side(found, first)
        return found

    def _extent(self, start: int, stop: int) -> tuple[float, float, bool]:
        """Return left side and width of letters, and whether they are read leftwards.

        That is where Qt has them, which is wrong for parts of an Arabic ligature.
        """
        first, last = self._units[start], self._units[stop]
        box, is_reversed = QRectF(), False
        for run in self._layout.glyphRuns(first, last - first):
            box |= run.boundingRect()
            is_reversed = run.isRightToLeft()
        return box.left(), box.width(), is_reversed

    def _put_side_by_side(self, found: list[Cluster], first: int) -> None:
        """Put the last clusters, all of one direction, where the whole of them is."""
        stretch = found[first:]
        if len(stretch) < 2:
            return
        stop = stretch[-1].start + stretch[-1].length
        at, width, is_reversed = self._extent(stretch[0].start, stop)
        at += width if is_reversed else 0.0
        for number, cluster in enumerate(stretch, start=first):
            at -= cluster.width if is_reversed else 0.0
            found[number] = cluster._replace(left=at)
            at += 0.0 if is_reversed else cluster.width

    def draw(self, painter: QPainter, corner: QPointF) -> None:
        """Draw in the painter's colour; the text's corner comes to ``corner``."""
        self._layout.draw(painter, corner)


def begins_at_the_right(text: str) -> bool:
    """Say whether the first letter that has a direction goes from right to left."""
    if text.isascii():
        return False
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _places_in_utf16(text: str) -> range | list[int]:
    """Return where each letter begins in Qt's text, and where the last one ends."""
    if not text or max(text) <= "\uffff":
        return range(len(text) + 1)
    places = [0]
    for letter in text:
        places.append(places[-1] + (2 if letter > "\uffff" else 1))
    return places
