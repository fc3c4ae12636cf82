"""The rows most like one of them, as a list of bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics

from microgpt_gui.gui.panels.embeddings import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.embeddings import Embeddings, Neighbour

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter

#: Between a line's letters and the next line's, in pixels at 100 %.
_AIR = 5

#: Room for a letter and for a number, in parts of the width.
_SIGN, _NUMBER = 0.24, 0.36


class ListPicture:
    """Draws as many as there is room for."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance

    def _line(self) -> int:
        font = self._appearance.font(sizes.BODY)
        return QFontMetrics(font).height() + self._appearance.px(_AIR)

    def row_at(
        self, at: QPoint, place: QRect, shown: Embeddings, told: int
    ) -> int | None:
        """Return which row's line a point is on; None for none."""
        line = (at.y() - place.top()) // self._line() - 1
        found = shown.neighbours(told)[: self._count(place)]
        return found[line].row if 0 <= line < len(found) else None

    def _count(self, place: QRect) -> int:
        return max(0, place.height() // self._line() - 1)

    def paint(
        self,
        painter: QPainter,
        place: QRect,
        shown: Embeddings,
        told: int | None,
        alike: Sequence[Neighbour],
    ) -> None:
        """Draw the rows most like ``told``.

        Args:
            painter: Of the view.
            place: Where.
            shown: What they are rows of.
            told: The row; None for none.
            alike: All others, those most like it first.
        """
        theme, high = self._appearance.theme, self._line()
        painter.setFont(self._appearance.font(sizes.CAPTION))
        painter.setPen(QColor(theme.muted))
        title = QRect(place.left(), place.top(), place.width(), high)
        if told is None:
            painter.drawText(title, _LEFT, words.NEIGHBOURS)
            return
        sign = words.sign(shown, told)
        painter.drawText(title, _LEFT, f"{words.NEIGHBOURS} to {sign} (cosine)")
        font = self._appearance.font(sizes.BODY, QFont.Weight.Medium)
        mono = self._appearance.font(sizes.CAPTION, QFont.Weight.Normal, MONO)
        found = alike[: self._count(place)]
        left = place.left() + round(_SIGN * place.width())
        room = round((1 - _SIGN - _NUMBER) * place.width())
        zero = left + room / 2
        lines = [
            QRect(place.left(), title.bottom() + 1 + i * high, place.width(), high)
            for i in range(len(found))
        ]
        for line, one in zip(lines, found, strict=True):
            size = one.cosine * room / 2
            inset = line.height() * 0.22
            bar = QRectF(zero, line.top() + inset, size, line.height() - 2 * inset)
            colour = theme.accent if one.cosine > 0 else theme.muted
            painter.fillRect(bar.normalized(), QColor(colour))
        painter.setPen(QColor(theme.text))
        painter.setFont(font)
        for line, one in zip(lines, found, strict=True):
            box = QRect(line.left(), line.top(), left - line.left(), high)
            painter.drawText(box, _CENTRE, words.sign(shown, one.row))
        painter.setFont(mono)
        for line, one in zip(lines, found, strict=True):
            painter.drawText(line, _RIGHT, f"{one.cosine:+.2f}")
