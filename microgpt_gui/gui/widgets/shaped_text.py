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
    box: QRectF  # as high as the line
    is_reversed: bool  # it is read from right to left

    def share_of(self, letters: float) -> QRectF:
        """Return the part of the box that its first ``letters`` take up."""
        width = self.box.width() * letters / self.length
        left = self.box.right() - width if self.is_reversed else self.box.left()
        return QRectF(left, self.box.top(), width, self.box.height())


class ShapedText:
    """Lays a text out in lines of a width; belongs to the thread that made it.

    A line ends where the room does, between clusters. A text that begins from right to
    left stands at the right side of the room.

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
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
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
            box, is_reversed = self._box(start, stop)
            box.setTop(self._first_top + number * self._pitch)
            box.setHeight(self._line_height)
            if found and (found[-1].is_reversed, found[-1].box.top()) != (
                is_reversed,
                box.top(),
            ):
                self._place(found, first)
                first = len(found)
            found.append(Cluster(start, stop - start, box, is_reversed))
        self._place(found, first)
        return found

    def _box(self, start: int, stop: int) -> tuple[QRectF, bool]:
        """Return where Qt has these letters, and whether they are read leftwards."""
        first, last = self._units[start], self._units[stop]
        box, is_reversed = QRectF(), False
        for run in self._layout.glyphRuns(first, last - first):
            box |= run.boundingRect()
            is_reversed = run.isRightToLeft()
        return box, is_reversed

    def _place(self, found: list[Cluster], first: int) -> None:
        """Put the last clusters, all of one direction, side by side.

        Qt has the widths of all right, but a part of an Arabic ligature in the place of
        another one.
        """
        if len(found) - first < 2 and all(c.length == 1 for c in found[first:]):
            return
        start, last = found[first].start, found[-1]
        whole, is_reversed = self._box(start, last.start + last.length)
        at = whole.right() if is_reversed else whole.left()
        for cluster in found[first:]:
            if is_reversed:
                cluster.box.moveRight(at)
                at = cluster.box.left()
            else:
                cluster.box.moveLeft(at)
                at = cluster.box.right()

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
