"""The parts as pictures: bars, and maps of cells with their letters and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPen

from microgpt_gui.gui.panel.cell_numbers import (
    DARK_CELL,
    CellNumber,
    draw_numbers,
    number_form,
)
from microgpt_gui.gui.panels.data.statistics import words
from microgpt_gui.gui.panels.data.statistics.arrangement import LABELLED
from microgpt_gui.gui.panels.data.statistics.shown import POSITIONS
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.coverage import shown as with_signs
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.colour_map import STEPS, colour_table, lightness
from microgpt_gui.letters import visible
from microgpt_gui.session.corpus.count_maps import tone

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.panels.data.statistics.arrangement import Part
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.corpus.count_maps import CountMap
    from microgpt_gui.session.corpus.lengths import Lengths

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def draw_title(
    painter: QPainter, part: Part, title: str, appearance: Appearance
) -> None:
    """Write what a part is above it."""
    painter.setFont(appearance.font(sizes.CAPTION, QFont.Weight.DemiBold))
    painter.setPen(QColor(appearance.theme.muted))
    line = QRect(part.box.left(), part.box.top(), part.box.width(), appearance.px(16))
    metrics = painter.fontMetrics()
    side = Qt.TextElideMode.ElideRight
    painter.drawText(line, _LEFT, metrics.elidedText(title, side, line.width()))


def bar_boxes(part: Part, lengths: Lengths) -> list[QRectF]:
    """Return where the bars of lengths are, in pixels of the view."""
    cells, count = part.cells, len(lengths.bars)
    most = max(bar.count for bar in lengths.bars)
    pitch = min(cells.width() / count, cells.height() / 2)
    gap = min(2.0, pitch / 5)
    boxes = []
    for number, bar in enumerate(lengths.bars):
        # What there is at all is seen, however rare.
        high = max(1.0, bar.count / most * cells.height()) if bar.count else 0.0
        left = cells.left() + number * pitch
        boxes.append(
            QRectF(left, cells.top() + cells.height() - high, pitch - gap, high)
        )
    return boxes


def draw_lengths(
    painter: QPainter, part: Part, lengths: Lengths, appearance: Appearance
) -> None:
    """Draw the bars, the context length among them, and what they are."""
    theme, cells = appearance.theme, part.cells
    boxes = bar_boxes(part, lengths)
    painter.setPen(Qt.PenStyle.NoPen)
    for is_cut, colour in ((False, theme.series[0]), (True, theme.series[1])):
        painter.setBrush(QColor(colour))
        painter.drawRects(
            [
                box
                for box, bar in zip(boxes, lengths.bars, strict=True)
                if (bar.least >= lengths.block_size) is is_cut
            ]
        )
    painter.setFont(appearance.font(sizes.CAPTION))
    painter.setPen(QColor(theme.muted))
    base = cells.bottom() + 1
    painter.drawLine(cells.left(), base, cells.right(), base)
    most = max(bar.count for bar in lengths.bars)
    high = painter.fontMetrics().height()
    at = QRect(part.box.left(), cells.top() - high // 2, 0, high)
    at.setRight(cells.left() - 5)
    painter.drawText(at, _RIGHT, _short(most))
    _draw_ticks(painter, part, lengths, boxes)
    line = next(
        (
            box.left() - 1
            for box, bar in zip(boxes, lengths.bars, strict=True)
            if bar.least >= lengths.block_size
        ),
        None,
    )
    if line is not None:
        painter.setPen(QPen(QColor(theme.reference), 1, Qt.PenStyle.DashLine))
        painter.drawLine(int(line), cells.top() - high // 2, int(line), base)
    painter.setPen(QColor(theme.reference))
    above = QRect(cells.left(), cells.top() - high - 2, cells.width(), high)
    metrics, side = painter.fontMetrics(), Qt.TextElideMode.ElideRight
    said = metrics.elidedText(words.cut(lengths), side, above.width())
    painter.drawText(above, _RIGHT, said)


def _draw_ticks(
    painter: QPainter, part: Part, lengths: Lengths, boxes: list[QRectF]
) -> None:
    """Write lengths below the bars, as many as have room."""
    metrics, cells = painter.fontMetrics(), part.cells
    free = float("-inf")
    line = cells.bottom() + 3
    for box, bar in zip(boxes, lengths.bars, strict=True):
        text = f"{bar.least:,}" + ("+" if bar.is_open else "")
        wide = metrics.horizontalAdvance(text)
        middle = box.center().x()
        if middle - wide / 2 > free and middle + wide / 2 <= part.box.right():
            at = QRectF(middle - wide / 2 - 1, line, wide + 2, metrics.height())
            painter.drawText(at, _CENTRE, text)
            free = middle + wide / 2 + metrics.averageCharWidth()


def _short(count: int) -> str:
    """Return a count in a few signs: 6,512 or 12k."""
    for unit, name in ((1_000_000, "M"), (1_000, "k")):
        if count >= 10 * unit:
            return f"{count / unit:.0f}{name}"
    return f"{count:,}"


class MapDrawing:
    """Draws a map of counts.

    Args:
        shown: What.
        appearance: Theme and zoom.
        is_chance: See `CountMap.values`.
        is_log: See `tone`.
    """

    def __init__(
        self, shown: CountMap, appearance: Appearance, *, is_chance: bool, is_log: bool
    ) -> None:
        self._shown = shown
        self._appearance = appearance
        values = shown.values(is_chance=is_chance)
        self._numbers = 100 * values if is_chance else shown.counts
        steps = np.rint(np.clip(tone(values, is_log=is_log), 0, 1) * (STEPS - 1))
        theme = appearance.theme
        colours = colour_table(theme.map)[steps.astype(np.intp)]
        colours[shown.counts == 0] = QColor(theme.map_empty).rgb()
        self._colours: NDArray[np.uint32] = np.ascontiguousarray(colours)

    def draw(self, painter: QPainter, part: Part, offset: QPoint) -> None:
        """Draw the cells in view, and the letters beside them.

        Args:
            painter: Of the view, not moved.
            part: Where it is.
            offset: How far its cells are scrolled.
        """
        theme, cells = self._appearance.theme, part.cells
        first = QPoint(offset.x() // part.wide, offset.y() // part.high)
        columns = range(
            first.x(), min(part.columns, (offset.x() + cells.width()) // part.wide + 1)
        )
        rows = range(
            first.y(), min(part.rows, (offset.y() + cells.height()) // part.high + 1)
        )
        seen = np.ascontiguousarray(
            self._colours[rows.start : rows.stop, columns.start : columns.stop]
        )
        high, wide = seen.shape
        image = QImage(seen.data, wide, high, 4 * wide, QImage.Format.Format_RGB32)
        corner = cells.topLeft() - offset
        target = QRect(
            corner.x() + columns.start * part.wide,
            corner.y() + rows.start * part.high,
            wide * part.wide,
            high * part.high,
        )
        painter.save()
        painter.setClipRect(cells)
        painter.drawImage(target, image)
        self._draw_numbers(painter, part, corner, rows, columns)
        painter.restore()
        painter.setPen(QColor(theme.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cells.adjusted(-1, -1, 0, 0))
        self._draw_labels(painter, part, corner, rows, columns)

    def _draw_numbers(
        self, painter: QPainter, part: Part, corner: QPoint, rows: range, columns: range
    ) -> None:
        form = number_form(self._appearance, part.wide, part.high)
        if form is None:
            return
        lights = lightness(self._colours) < DARK_CELL
        numbers = [
            CellNumber(
                corner.x() + column * part.wide,
                corner.y() + row * part.high,
                _percent_in_cell(float(self._numbers[row, column]), form.length),
                bool(lights[row, column]),
            )
            for row in rows
            for column in columns
            if self._shown.counts[row, column]
        ]
        draw_numbers(painter, form, numbers, part.wide, part.high)

    def _draw_labels(
        self, painter: QPainter, part: Part, corner: QPoint, rows: range, columns: range
    ) -> None:
        px, theme, shown = self._appearance.px, self._appearance.theme, self._shown
        cells = part.cells
        painter.setPen(QColor(theme.muted))
        if part.high >= px(LABELLED):
            painter.setFont(self._label_font(part.high))
            for row in rows:
                top = corner.y() + row * part.high
                at = QRect(part.box.left(), top, 0, part.high)
                at.setRight(cells.left() - px(5))
                if cells.top() <= at.center().y() <= cells.bottom():
                    sign = with_signs(visible(shown.rows[row]))
                    painter.drawText(at, _RIGHT | Qt.TextFlag.TextDontClip, sign)
        painter.setFont(self._label_font(part.wide))
        if shown.kind == "positions":
            painter.setFont(self._appearance.font(sizes.CAPTION))
        elif part.wide < px(LABELLED):
            return
        # From the last on, which is BOS: it is the one to keep where there is no room.
        above, free = painter.fontMetrics().height(), float("inf")
        for column in reversed(columns):
            text = with_signs(visible(shown.columns[column]))
            wide = painter.fontMetrics().horizontalAdvance(text)
            middle = corner.x() + (column + 0.5) * part.wide
            is_seen = cells.left() <= middle <= cells.right()
            if is_seen and middle + wide / 2 <= free:
                left = middle - wide / 2 - 2
                box = QRectF(left, cells.top() - above - 1, wide + 4, above)
                painter.drawText(box, _CENTRE | Qt.TextFlag.TextDontClip, text)
                free = middle - wide / 2 - (2 if shown.kind == "pairs" else 5)

    def _label_font(self, room: int) -> QFont:
        font = self._appearance.font(sizes.CAPTION, QFont.Weight.Normal, MONO)
        while font.pixelSize() > 6 and QFontMetrics(font).capHeight() > 0.8 * room:
            font.setPixelSize(font.pixelSize() - 1)
        return font


def draw_block_mark(
    painter: QPainter, part: Part, offset: QPoint, block_size: int, theme: str
) -> None:
    """Draw where the context length ends among positions."""
    if part.number != POSITIONS or block_size >= part.columns:
        return
    x = part.cells.left() + block_size * part.wide - offset.x()
    if part.cells.left() <= x <= part.cells.right():
        painter.setPen(QPen(QColor(theme), 2, Qt.PenStyle.DashLine))
        painter.drawLine(x, part.cells.top(), x, part.cells.bottom())


def _percent_in_cell(value: float, length: int) -> str:
    for decimals in (1, 0):
        text = f"{value:.{decimals}f}"
        if len(text) <= length:
            break
    return text
