"""The texts of the heat map: titles, token labels, axis words, numbers in cells.

All but the numbers is drawn into a picture that stays the same from step to step.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGlyphRun,
    QPainter,
    QPainterPath,
    QPixmap,
    QRawFont,
)

from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.arrangement import Arrangement, Detail, Sizes
from microgpt_gui.gui.panels.attention.mosaic import MOST_SHARE
from microgpt_gui.gui.theme import scale as steps
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.letters import visible
from microgpt_gui.session.snapshot import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.gui.theme.appearance import Appearance

LOOKS_AT, LOOKS_FROM = "looks at", "looks from"

#: The smallest token label, in pixels at 100 %.
_LEAST_LABEL = 9

#: A title and the next text on its line stand apart by this, in pixels at 100 %.
_APART = 12


class Lettering:
    """Measures and draws the texts for one set of labels, at the appearance in force.

    Args:
        appearance: Fonts and colours.
        labels: Of the tokens; the first is BOS.
        layers: Of the model.
        heads: Of each layer.
        size: Of titles and token labels, in pixels at 100 %.
    """

    def __init__(
        self,
        appearance: Appearance,
        labels: Sequence[str],
        layers: int,
        heads: int,
        *,
        size: int,
    ) -> None:
        self._appearance = appearance
        self._labels = [shown(visible(label)) for label in labels]
        self._layers, self._heads = layers, heads
        self._title_font = appearance.font(size, QFont.Weight.DemiBold)
        is_large = size >= steps.TITLE
        self._axis_font = appearance.font(steps.BODY if is_large else steps.CAPTION)
        self._label_px = appearance.px(size)
        self._pad = max(appearance.px(3), self._label_px // 4)  # labels to cells

    @cached_property
    def sizes(self) -> Sizes:
        """What the arrangement must leave room for."""
        px = self._appearance.px
        metrics = QFontMetrics(self._title_font)
        last = words.head_title(self._layers - 1, self._heads - 1, self._layers)
        small = QFontMetrics(self._label_font(px(_LEAST_LABEL)))
        letters = self._labels[1:] or [""]
        widest = max(small.horizontalAdvance(letter) for letter in letters)
        pill = self._pill_width(self._label_font(self._label_px))
        return Sizes(
            title=metrics.height() + px(2),
            title_widths=tuple(metrics.horizontalAdvance(text) for text in last),
            label_line=self._label_px + self._pad + px(1),
            label_margin=pill + self._pad + px(1),
            axis=QFontMetrics(self._axis_font).height() + px(2),
            legible=max(px(_LEAST_LABEL), widest + 1),
            gap=px(steps.MEDIUM),
            labelled_edge=px(44),
            titled_edge=px(38),
            least_edge=px(24),
            scrolled_edge=px(76),
        )

    def is_numbered(self, arrangement: Arrangement) -> bool:
        """Say whether a number fits into a cell."""
        return self._number_form(arrangement.cell) is not None

    def draw_frames(
        self,
        painter: QPainter,
        arrangement: Arrangement,
        slots: range,
        first_head: int,
    ) -> None:
        """Draw titles, labels and outlines of ``slots``, in the whole's coordinates.

        Args:
            painter: Moved so that the whole begins at its origin.
            arrangement: Where the slots are.
            slots: Which to draw.
            first_head: The head that slot 0 shows, counted through all layers.
        """
        a, theme = arrangement, self._appearance.theme
        sizes = self.sizes
        frame = self._frame(a, sizes)
        above = sizes.label_line if a.label_every else 1
        before = sizes.label_margin if a.label_every else 1
        painter.setFont(self._title_font)
        painter.setPen(QColor(theme.text))
        ascent = QFontMetrics(self._title_font).ascent()
        for slot in slots:
            x, y = a.corner(slot)
            painter.drawPixmap(x - before, y - above, frame)
            if a.detail is not Detail.BARE:
                left = x - (before if a.label_every else 0)
                top = y - (above if a.label_every else 0) - sizes.title
                painter.drawText(left, top + ascent, self._title(first_head + slot, a))
        if a.detail is Detail.LABELS and 0 in slots:
            self._draw_axes(painter, a, sizes, first_head)

    def draw_numbers(
        self,
        painter: QPainter,
        arrangement: Arrangement,
        values: Sequence[Sequence[float]],
        is_dark: Callable[[float], bool],
    ) -> None:
        """Write its value into every cell of slot 0.

        Args:
            painter: Moved so that the whole begins at its origin.
            arrangement: With cells that numbers fit into.
            values: [query][key]; row ``q`` holds keys 0 to ``q``.
            is_dark: Whether the colour of a value needs a light number.
        """
        form = self._number_form(arrangement.cell)
        if form is None:
            return
        font, digits, drops_zero = form
        raw = QRawFont.fromFont(font)
        metrics = QFontMetrics(font)
        advance = metrics.horizontalAdvance("0")
        cell = arrangement.cell
        x0, y0 = arrangement.corner(0)
        rise = (cell + metrics.ascent() - metrics.descent()) / 2
        signs = "0123456789.?"
        glyphs = dict(zip(signs, raw.glyphIndexesForString(signs), strict=True))
        runs: dict[bool, tuple[list[int], list[QPointF]]] = {
            True: ([], []),
            False: ([], []),
        }
        for query, row in enumerate(values):
            y = y0 + query * cell + rise
            for key, value in enumerate(row):
                text = _number(value, digits, drops_zero)
                x = x0 + key * cell + (cell - advance * len(text)) / 2
                indexes, positions = runs[is_dark(value)]
                for i, sign in enumerate(text):
                    indexes.append(glyphs[sign])
                    positions.append(QPointF(x + i * advance, y))
        for is_light, (indexes, positions) in runs.items():
            run = QGlyphRun()
            run.setRawFont(raw)
            run.setGlyphIndexes(indexes)
            run.setPositions(positions)
            painter.setPen(QColor("#ffffff" if is_light else "#10131c"))
            painter.drawGlyphRun(QPointF(), run)

    def _title(self, head: int, arrangement: Arrangement) -> str:
        layer, number = divmod(head, self._heads)
        return words.head_title(layer, number, self._layers)[arrangement.title_form]

    def _label_font(self, px: int) -> QFont:
        font = self._appearance.font(steps.CAPTION, QFont.Weight.Medium)
        font.setPixelSize(px)
        return font

    def _pill_font(self, font: QFont) -> QFont:
        result = QFont(font)
        result.setPixelSize(max(7, round(font.pixelSize() * 0.78)))
        result.setWeight(QFont.Weight.DemiBold)
        return result

    def _pill_width(self, font: QFont) -> int:
        metrics = QFontMetrics(self._pill_font(font))
        return metrics.horizontalAdvance(BOS_LABEL) + 2 * self._appearance.px(3)

    def _frame(self, a: Arrangement, sizes: Sizes) -> QPixmap:
        """Return outline and labels of one head; they are alike for all."""
        above = sizes.label_line if a.label_every else 1
        before = sizes.label_margin if a.label_every else 1
        square = a.tokens * a.cell
        dpr = 2  # drawn once a document: sharp on any screen
        pixmap = QPixmap((before + square + 1) * dpr, (above + square + 1) * dpr)
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.translate(before, above)
        painter.setPen(QColor(self._appearance.theme.border))
        painter.drawPath(_staircase(a.tokens, a.cell))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = max(a.cell * a.label_every, self._appearance.px(_LEAST_LABEL))
        font = self._label_font(min(self._label_px, room))
        for position in a.labelled():
            self._draw_label(painter, position, a.cell, font)
        painter.end()
        return pixmap

    def _draw_label(
        self, painter: QPainter, position: int, cell: int, font: QFont
    ) -> None:
        """Draw one token's label on both axes; the cells begin at the origin."""
        pad = self._pad
        start = position * cell
        if position == 0:
            wide, high = self._pill_width(font), font.pixelSize()
            # Too wide for its column, it must not reach the next one.
            left = min((cell - wide) / 2, cell - wide)
            self._draw_pill(painter, font, QRectF(left, -pad - high, wide, high))
            if cell >= high:  # else the one in the corner stands for both axes
                box = QRectF(-pad - wide, (cell - high) / 2, wide, high)
                self._draw_pill(painter, font, box)
            return
        text, metrics = self._labels[position], QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(self._appearance.theme.text))
        across = metrics.horizontalAdvance(text)
        painter.drawText(QPointF(start + (cell - across) / 2, -pad), text)
        middle = start + cell / 2 + (metrics.capHeight() + metrics.xHeight()) / 4
        painter.drawText(QPointF(-pad - across, middle), text)

    def _draw_pill(self, painter: QPainter, font: QFont, box: QRectF) -> None:
        theme = self._appearance.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.muted))
        painter.drawRoundedRect(box, box.height() / 3, box.height() / 3)
        painter.setFont(self._pill_font(font))
        painter.setPen(QColor(theme.surface))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, BOS_LABEL)

    def _draw_axes(
        self, painter: QPainter, a: Arrangement, sizes: Sizes, first_head: int
    ) -> None:
        """Say on the first head what its axes mean, where there is room."""
        metrics = QFontMetrics(self._axis_font)
        x, y = a.corner(0)
        square = a.tokens * a.cell
        titled = QFontMetrics(self._title_font).horizontalAdvance(
            self._title(first_head, a)
        )
        room = sizes.label_margin + square - titled - self._appearance.px(_APART)
        wanted = metrics.horizontalAdvance(LOOKS_AT)
        painter.setFont(self._axis_font)
        painter.setPen(QColor(self._appearance.theme.muted))
        if wanted <= room:
            base = y - sizes.label_line - sizes.title + metrics.ascent()
            if self._title_font.pixelSize() > self._axis_font.pixelSize():
                base += QFontMetrics(self._title_font).ascent() - metrics.ascent()
            painter.drawText(x + square - wanted, base, LOOKS_AT)
        if metrics.horizontalAdvance(LOOKS_FROM) <= square:
            painter.save()
            painter.translate(x - sizes.label_margin - sizes.axis, y + square)
            painter.rotate(-90)
            box = QRect(0, 0, square, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, LOOKS_FROM)
            painter.restore()

    def _number_form(self, cell: int) -> tuple[QFont, int, bool] | None:
        """Return font, decimals, and whether to drop the 0; None if nothing fits."""
        for size, decimals, drops_zero, air in (
            (steps.DISPLAY, 3, False, steps.DISPLAY),
            (steps.TITLE, 3, False, steps.LARGE),
            (steps.BODY, 3, False, steps.TIGHT),
            (steps.CAPTION, 2, False, steps.TIGHT),
            (steps.CAPTION, 2, True, steps.TIGHT),
        ):
            font = self._appearance.font(size, QFont.Weight.Normal, MONO)
            count = decimals + (1 if drops_zero else 2)
            wanted = QFontMetrics(font).horizontalAdvance("0" * count)
            if wanted + self._appearance.px(air) <= cell:
                return font, decimals, drops_zero
        return None


def _number(value: float, decimals: int, drops_zero: bool) -> str:
    if not 0.0 <= value <= MOST_SHARE:
        return "?"
    text = f"{value:.{decimals}f}"
    if not drops_zero:
        return text
    return text[1:] if text[0] == "0" else text[: decimals + 1]


def _staircase(tokens: int, cell: int) -> QPainterPath:
    """Return the outline of the cells that exist: the causal half."""
    path = QPainterPath(QPointF(-0.5, -0.5))
    for i in range(tokens):
        path.lineTo((i + 1) * cell - 0.5, i * cell - 0.5)
        path.lineTo((i + 1) * cell - 0.5, (i + 1) * cell - 0.5)
    path.lineTo(-0.5, tokens * cell - 0.5)
    path.closeSubpath()
    return path
