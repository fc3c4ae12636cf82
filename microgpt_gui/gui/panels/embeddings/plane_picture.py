"""The rows as letters in a plane; those most like one of them are joined to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen

from microgpt_gui.gui.panels.embeddings import words
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.embeddings import Embeddings, Neighbour

_CENTRE = Qt.AlignmentFlag.AlignCenter

#: So many of the rows most alike are joined to the one that is spoken of.
_JOINED = 3

#: From this height on, letters are large, in pixels at 100 %.
_HIGH, _HIGHEST = 230, 420

#: Of more rows, those that would lie on each other are dots.
_DOT = 4


class PlanePicture:
    """Draws letters where they lie."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance

    def half(self, plane: QRect) -> int:
        """Return half the edge of a box around a letter."""
        return QFontMetrics(self._font(plane)).height() // 2 + 1

    def _font(self, plane: QRect) -> QFont:
        px, high = self._appearance.px, plane.height()
        size = sizes.BODY
        if high >= px(_HIGH):
            size = sizes.TITLE if high < px(_HIGHEST) else sizes.DISPLAY
        return self._appearance.font(size, QFont.Weight.Medium)

    def paint(
        self,
        painter: QPainter,
        plane: QRect,
        shown: Embeddings,
        places: list[QPointF],
        told: int | None,
        alike: Sequence[Neighbour],
    ) -> None:
        """Draw all letters.

        Args:
            painter: Of the view.
            plane: Where.
            shown: What.
            places: Of every row.
            told: The row that is spoken of, joined to those most like it; None for
                none.
            alike: All others, those most like it first.
        """
        theme = self._appearance.theme
        painter.setPen(QColor(theme.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plane.adjusted(0, 0, -1, -1))
        caption = self._appearance.font(sizes.CAPTION)
        if shown.problem:
            painter.setFont(caption)
            painter.setPen(QColor(theme.text))
            inner = plane.adjusted(*(self._appearance.px(x) for x in (8, 8, -8, -8)))
            wrapping = _CENTRE | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, wrapping, shown.problem)
            return
        centre = plane.center()
        painter.drawLines(
            [
                QLineF(plane.left(), centre.y(), plane.right(), centre.y()),
                QLineF(centre.x(), plane.top(), centre.x(), plane.bottom()),
            ]
        )
        self._name_axes(painter, plane, shown, caption)
        if shown.table == "wpe":
            painter.setPen(QPen(QColor(theme.faint), self._appearance.px(1)))
            painter.drawPolyline(places)
        near: list[int] = []
        if told is not None:
            near = [neighbour.row for neighbour in alike[:_JOINED]]
            painter.setPen(QPen(QColor(theme.accent), self._appearance.px(2)))
            painter.drawLines([QLineF(places[told], places[row]) for row in near])
        self._draw_letters(painter, plane, shown, places, told, near)

    def _name_axes(
        self, painter: QPainter, plane: QRect, shown: Embeddings, font: QFont
    ) -> None:
        gap = self._appearance.px(4)
        inner = plane.adjusted(gap, gap // 2, -gap, -gap // 2)
        painter.setFont(font)
        painter.setPen(QColor(self._appearance.theme.muted))
        first, second = (words.share(i + 1, s) for i, s in enumerate(shown.shares))
        align = Qt.AlignmentFlag
        painter.drawText(inner, align.AlignRight | align.AlignBottom, f"{first} →")
        painter.drawText(inner, align.AlignLeft | align.AlignTop, f"↑ {second}")

    def _draw_letters(
        self,
        painter: QPainter,
        plane: QRect,
        shown: Embeddings,
        places: list[QPointF],
        told: int | None,
        near: list[int],
    ) -> None:
        """Draw the rows spoken of first: those that they would cover are dots."""
        theme, font = self._appearance.theme, self._font(plane)
        metrics = QFontMetrics(font)
        first = [] if told is None else [told, *near]
        # BOS, the last of the tokens, is in every document.
        others = [row for row in reversed(range(len(places))) if row not in set(first)]
        painter.setFont(font)
        height = metrics.capHeight() * 1.3
        pad = self._appearance.px(1)
        taken: set[tuple[int, int]] = set()
        dots: list[QPointF] = []
        for row in (*first, *others):
            at, sign = places[row], words.sign(shown, row)
            wide = max(metrics.horizontalAdvance(sign), height * 0.6)
            box = QRectF(at.x() - wide / 2, at.y() - height / 2, wide, height)
            cells = _cells(box, height / 3)
            if row not in first and not taken.isdisjoint(cells):
                dots.append(at)
                continue
            taken.update(cells)
            ground = QColor(theme.surface)
            if row == told:
                ground = QColor(theme.accent)
            painter.fillRect(box.adjusted(-pad, -pad, pad, pad), ground)
            is_near = row in near
            ink = theme.surface if row == told else theme.text
            painter.setPen(QColor(theme.accent if is_near else ink))
            painter.drawText(box.adjusted(-wide, -height, wide, height), _CENTRE, sign)
        dot = QPen(QColor(theme.muted), self._appearance.px(_DOT))
        dot.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(dot)
        if dots:
            painter.drawPoints(dots)


def _cells(box: QRectF, edge: float) -> list[tuple[int, int]]:
    """Return the squares of a grid that a box lies in."""
    columns = range(int(box.left() // edge), int(box.right() // edge) + 1)
    lines = range(int(box.top() // edge), int(box.bottom() // edge) + 1)
    return [(column, line) for column in columns for line in lines]
