"""The texts of the heat map: titles, token labels, axis words, numbers in cells.

All but the numbers is drawn into a picture that stays the same from step to step.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPixmap

from microgpt_gui.gui.panel.cell_numbers import (
    CellNumber,
    NumberForm,
    draw_numbers,
    number_form,
)
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.arrangement import Arrangement, Detail, Sizes
from microgpt_gui.gui.panels.attention.maps.mosaic import MOST_SHARE
from microgpt_gui.gui.panels.attention.titles import HeadTitles
from microgpt_gui.gui.theme import scale as steps
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.letters import visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.gui.panels.attention.titles import Roles
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.theme.measured_font import MeasuredFont

LOOKS_AT, LOOKS_FROM = "looks at", "looks from"

#: The smallest token label, in pixels at 100 %.
_LEAST_LABEL = 9


class Lettering:
    """Measures and draws the texts for one set of labels, at the appearance in force.

    Args:
        appearance: Fonts and colours.
        labels: Of the tokens; the first is BOS.
        layers: Of the model.
        heads: Of each layer.
        size: Of titles and token labels, in pixels at 100 %.
        roles: See `HeadTitles`.
    """

    def __init__(
        self,
        appearance: Appearance,
        labels: Sequence[str],
        layers: int,
        heads: int,
        *,
        size: int,
        roles: Roles = (),
    ) -> None:
        self._appearance = appearance
        self._labels = [shown(visible(label)) for label in labels]
        self._layers, self._heads = layers, heads
        self.titles = HeadTitles(appearance, layers, heads, size=size, roles=roles)
        is_large = size >= steps.TITLE
        axis_px = appearance.px(steps.BODY if is_large else steps.CAPTION)
        self._axis = appearance.measured(axis_px)
        self._label_px = appearance.px(size)
        self._pad = max(appearance.px(3), self._label_px // 4)  # labels to cells
        theme = appearance.theme
        self._text, self._muted = QColor(theme.text), QColor(theme.muted)
        self._surface = QColor(theme.surface)
        self._at = QPointF()  # where a letter is to stand: to make one takes long

    @cached_property
    def sizes(self) -> Sizes:
        """What the arrangement must leave room for."""
        px = self._appearance.px
        widest = self._widest(px(_LEAST_LABEL))
        pill = self._pill_width(self._label_px)
        return Sizes(
            title=self.titles.height,
            title_widths=self.titles.widths,
            titled=self.titles.titled,
            label_line=self._label_px + self._pad + px(1),
            label_margin=pill + self._pad + px(1),
            letter_margin=self._widest(self._label_px) + self._pad + px(1),
            letter=self._label_px + px(1),
            axis=self._axis.height + px(2),
            legible=max(px(_LEAST_LABEL), widest + 1),
            bos=self._label_px,
            gap=px(steps.MEDIUM),
            labelled_edge=px(44),
            titled_edge=px(38),
            least_edge=px(24),
            scrolled_edge=px(76),
        )

    def _widest(self, size: int) -> int:
        """Return the width of the widest letter, in a font of ``size`` pixels."""
        return max(map(self._label_font(size).advance, self._labels[1:] or [""]))

    def is_numbered(self, arrangement: Arrangement) -> bool:
        """Say whether a number fits into a cell."""
        return self._number_form(arrangement) is not None

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
        a, sizes = arrangement, self.sizes
        frame = self._frame(a)
        above, before = self._around(a)
        for slot in slots:
            x, y = a.corner(slot)
            painter.drawPixmap(x - before, y - above, frame)
            if a.detail is not Detail.BARE:
                left, top = x - a.margin, y - a.above - sizes.title
                head, form = first_head + slot, a.title_form
                self.titles.draw(painter, left, top, a.title_room, head, form)
        if a.tops:
            self._draw_tops(painter, a, slots)
        if a.is_headed:
            self._draw_headers(painter, a, slots)
        if a.detail is Detail.LABELS and 0 in slots:
            self._draw_axes(painter, a, sizes, first_head)

    def draw_numbers(
        self,
        painter: QPainter,
        arrangement: Arrangement,
        values: Sequence[Sequence[float]],
        is_dark: Callable[[int, float], bool],
    ) -> None:
        """Write its value into every cell of slot 0.

        Args:
            painter: Moved so that the whole begins at its origin.
            arrangement: With cells that numbers fit into.
            values: [query][key]; row ``q`` holds keys 0 to ``q``.
            is_dark: Whether the colour of a query's value needs a light number.
        """
        form = self._number_form(arrangement)
        if form is None:
            return
        cell, wide = arrangement.cell, arrangement.cell_width
        x, y = arrangement.corner(0)
        numbers = (
            CellNumber(
                left=x + key * wide,
                top=y + query * cell,
                text=form.written(value) if 0.0 <= value <= MOST_SHARE else "?",
                is_light=is_dark(query, value),
            )
            for query, row in enumerate(values)
            for key, value in enumerate(row)
        )
        draw_numbers(painter, form, numbers, wide, cell)

    def _label_font(self, px: int) -> MeasuredFont:
        return self._appearance.measured(px, QFont.Weight.Medium)

    def _pill_font(self, label_px: int) -> MeasuredFont:
        px = max(7, round(label_px * 0.78))
        return self._appearance.measured(px, QFont.Weight.DemiBold)

    def _pill_width(self, label_px: int) -> int:
        return self._pill_font(label_px).advance(BOS_LABEL) + 2 * self._appearance.px(3)

    def _around(self, a: Arrangement) -> tuple[int, int]:
        """Return how far labels and outline reach above and left of the cells."""
        if not a.label_every:
            return 1, 1
        # BOS in the corner may reach a little beyond the margin of single letters.
        pill = self._pill_width(self._label_px)
        return a.above, max(a.margin, pill + self._pad)

    def _frame(self, a: Arrangement) -> QPixmap:
        """Return outline and labels of one head; they are alike for all."""
        above, before = self._around(a)
        wide, high = a.tokens * a.cell_width, a.tokens * a.cell
        dpr = 2  # drawn once a document: sharp on any screen
        pixmap = QPixmap((before + wide + 1) * dpr, (above + high + 1) * dpr)
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.translate(before, above)
        painter.setPen(QColor(self._appearance.theme.border))
        painter.drawPath(_staircase(a.tokens, a.cell_width, a.cell))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        least = self._appearance.px(_LEAST_LABEL)
        room = max(a.cell * a.label_every * a.label_lines, least)
        px = min(self._label_px, room)
        for position in a.labelled():
            self._draw_label(painter, position, a, px)
        painter.end()
        return pixmap

    def _draw_label(
        self, painter: QPainter, position: int, a: Arrangement, px: int
    ) -> None:
        """Draw one token's label on both axes; the cells begin at the origin."""
        pad, cell, across = self._pad, a.cell, a.cell_width
        if position == 0:
            wide, high = self._pill_width(px), px
            # Too wide for its column, it must not reach the next one.
            left = min((across - wide) / 2, across - wide)
            self._draw_pill(painter, px, QRectF(left, -pad - high, wide, high))
            # Else the one in the corner stands for both axes.
            if cell >= high and a.margin >= wide + pad:
                box = QRectF(-pad - wide, (cell - high) / 2, wide, high)
                self._draw_pill(painter, px, box)
            return
        text, letters, at = self._labels[position], self._label_font(px), self._at
        painter.setFont(letters.font)
        painter.setPen(self._text)
        width = letters.advance(text)
        # Two lines, where one has no room for all: their letters take turns.
        turn, letter = position // a.label_every, self.sizes.letter
        above = pad + turn % a.label_lines_above * letter
        beyond = pad + turn % a.label_lines * letter
        at.setX((position + 0.5) * across - width / 2)
        at.setY(-above)
        painter.drawText(at, text)
        at.setX(-beyond - width)
        at.setY((position + 0.5) * cell + letters.rise)
        painter.drawText(at, text)

    def _draw_tops(self, painter: QPainter, a: Arrangement, slots: range) -> None:
        """Draw the letters along the top alone, where rows are too low for theirs."""
        px = min(self._label_px, a.cell_width)
        letters, at = self._label_font(px), self._at
        high = round(px * 0.8)
        for slot in slots:
            if a.is_headed and slot >= a.columns:
                break
            x, y = a.corner(slot)
            # A mark for BOS: its name has no room.
            mark = QRectF(x + 1, y - self._pad - high, a.cell_width - 2, high)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._muted)
            painter.drawRoundedRect(mark, high / 3, high / 3)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setFont(letters.font)
            painter.setPen(self._text)
            at.setY(y - self._pad)
            for position, text in enumerate(self._labels[1:], 1):
                at.setX(x + (position + 0.5) * a.cell_width - letters.advance(text) / 2)
                painter.drawText(at, text)

    def _draw_headers(self, painter: QPainter, a: Arrangement, slots: range) -> None:
        """Name every head of a layer above all, and every layer on the left."""
        axis = self._axis
        painter.setFont(axis.font)
        painter.setPen(self._muted)
        for slot in slots:
            x, y = a.corner(slot)
            layer, head = divmod(slot, self._heads)
            if layer == 0:
                forms = words.head_title(0, head, 1)
                wants = {form: axis.advance(form) for form in forms}
                text = next((f for f in forms if wants[f] <= a.edge_width), forms[-1])
                left = x + (a.edge_width - wants[text]) // 2
                painter.drawText(left, y - a.tops - axis.descent - 2, text)
            if head == 0:
                self._draw_upright(
                    painter, f"L{layer + 1}", x - self.sizes.axis, y, a.edge
                )

    def _draw_upright(
        self, painter: QPainter, text: str, left: int, top: int, height: int
    ) -> None:
        """Draw ``text`` from below to above, in the middle of ``height``."""
        painter.save()
        painter.translate(left, top + height)
        painter.rotate(-90)
        box = QRect(0, 0, height, self._axis.height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _draw_pill(self, painter: QPainter, label_px: int, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._muted)
        painter.drawRoundedRect(box, box.height() / 3, box.height() / 3)
        painter.setFont(self._pill_font(label_px).font)
        painter.setPen(self._surface)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, BOS_LABEL)

    def _draw_axes(
        self, painter: QPainter, a: Arrangement, sizes: Sizes, first_head: int
    ) -> None:
        """Say on the first head what its axes mean, where there is room."""
        axis = self._axis
        x, y = a.corner(0)
        across, down = a.tokens * a.cell_width, a.tokens * a.cell
        titled = self.titles.width_of(first_head, a.title_form, a.title_room)
        taken = max(titled, self.titles.least_width(a.title_form)) + self.titles.apart
        room = a.margin + across - taken
        wanted = axis.advance(LOOKS_AT)
        painter.setFont(axis.font)
        painter.setPen(self._muted)
        if wanted <= room:
            base = y - a.above - sizes.title + axis.ascent
            if self.titles.font.pixelSize() > axis.font.pixelSize():
                base += self.titles.ascent - axis.ascent
            painter.drawText(x + across - wanted, base, LOOKS_AT)
        left = x - a.margin - sizes.axis
        if left >= 0 and axis.advance(LOOKS_FROM) <= down:
            self._draw_upright(painter, LOOKS_FROM, left, y, down)

    def _number_form(self, a: Arrangement) -> NumberForm | None:
        return number_form(self._appearance, a.cell_width, a.cell)


def _staircase(tokens: int, wide: int, high: int) -> QPainterPath:
    """Return the outline of the cells that exist: the causal half."""
    path = QPainterPath(QPointF(-0.5, -0.5))
    for i in range(tokens):
        path.lineTo((i + 1) * wide - 0.5, i * high - 0.5)
        path.lineTo((i + 1) * wide - 0.5, (i + 1) * high - 0.5)
    path.lineTo(-0.5, tokens * high - 0.5)
    path.closeSubpath()
    return path
