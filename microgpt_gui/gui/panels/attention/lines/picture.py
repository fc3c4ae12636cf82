"""The layers of the lines: letters, lines, and those of the token pointed at."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panels.attention.arrangement import Place
from microgpt_gui.gui.panels.attention.heads_picture import HeadsPicture
from microgpt_gui.gui.panels.attention.lines.arranging import (
    LinesArrangement,
    LineSizes,
    arrange_lines,
)
from microgpt_gui.gui.panels.attention.maps.mosaic import Shares
from microgpt_gui.gui.panels.attention.titles import HeadTitles
from microgpt_gui.gui.theme import scale as steps
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.colour_map import STEPS
from microgpt_gui.letters import visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from microgpt_gui.gui.panels.attention.heads_picture import Wanted
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.text import TextReading

#: So many thicknesses: all lines of one are drawn at once. The first stands for shares
#: that are next to nothing, which are not drawn.
LEVELS = 25

#: So many colours, where they are not of the thickness.
SHADES = 12

#: Stands for what is no share.
_ODD = (LEVELS + 1) * SHADES

#: Other lines fade so far where a token is pointed at.
_FADED = 0.16

#: The thickest line takes so much of the way from letter to letter, and so many pixels
#: at 100 %, at most.
_THICKEST, _MOST_PX = 0.6, 12

#: A head alone has a band so high, where there is room, in pixels at 100 %.
_HIGH_BAND = 420

#: The smallest letter, in pixels at 100 %.
_LEAST_LETTER = 9


class LinesPicture(HeadsPicture):
    """Draws a line from every letter to each that it looks at: thicker where it more.

    Colours are those of the maps.
    """

    arrangement: LinesArrangement

    def __init__(
        self, appearance: Appearance, look: TextReading, wanted: Wanted
    ) -> None:
        """See `HeadsPicture`."""
        super().__init__(appearance, look, wanted)
        view, usual_tokens = wanted.view, wanted.usual_tokens
        self._appearance = appearance
        self._is_fixed = wanted.colour_range is ColourRange.FIXED
        is_enlarged = wanted.enlarged is not None
        size = steps.TITLE if is_enlarged else steps.BODY
        self.titles = HeadTitles(
            appearance,
            self._layers,
            self._heads,
            size=steps.TITLE if is_enlarged else steps.CAPTION,
            roles=wanted.roles,
        )
        self._labels = [shown(visible(label)) for label in look.labels]
        font = appearance.font(size, QFont.Weight.Medium)
        self._pad = appearance.px(3)
        tokens = len(look.labels)
        self._number_font = appearance.font(steps.CAPTION, family=MONO)
        self.arrangement = arrange_lines(
            view.width(),
            view.height(),
            layers=1 if is_enlarged else self._layers,
            heads=1 if is_enlarged else self._heads,
            tokens=tokens,
            usual_tokens=tokens if is_enlarged else max(tokens, usual_tokens),
            sizes=self._sizes(font, is_enlarged),
            scroll_bar=wanted.scroll_bar,
        )
        a = self.arrangement
        room = a.cell_width * a.label_every - 1
        widest = max(
            map(QFontMetrics(font).horizontalAdvance, self._labels[1:] or [""])
        )
        if widest > room:
            px = font.pixelSize() * room // widest
            font.setPixelSize(max(appearance.px(_LEAST_LETTER), px))
        self._font = font

    def _sizes(self, font: QFont, is_enlarged: bool) -> LineSizes:
        px, metrics = self._appearance.px, QFontMetrics(font)
        numbers = QFontMetrics(self._number_font).height() if is_enlarged else 0
        return LineSizes(
            title=self.titles.height,
            title_widths=self.titles.widths,
            titled=self.titles.titled,
            letters=metrics.height() + self._pad,
            numbers=numbers,
            legible=px(_LEAST_LETTER),
            bos=metrics.horizontalAdvance(BOS_LABEL) - px(_LEAST_LETTER),
            gap=px(steps.MEDIUM) + metrics.horizontalAdvance(BOS_LABEL) // 3,
            least_band=px(64),
            easy_band=px(_HIGH_BAND if is_enlarged else 150),
            widest_step=px(80 if is_enlarged else 34),
        )

    def show_part(self, offset: QPoint, view: QSize, ratio: float) -> None:
        """See `HeadsPicture`."""
        self._offset, self._view, self._ratio = offset, view, ratio
        a = self.arrangement
        self._seen = a.heads_in(a.rows_within(offset.y(), view.height()))
        self.cells = QRect(QPoint(), view)
        self._frames, painter = self._layer()
        for slot in self._seen:
            x, y = a.corner(slot)
            top = y - a.above - self.titles.height
            head = slot + (self._enlarged or 0)
            self.titles.draw(painter, x, top, a.title_room, head, a.title_form)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        painter.setPen(QColor(self._theme.text))
        for slot in self._seen:
            for is_query in (True, False):
                self._draw_letters(painter, slot, is_query)
        painter.end()
        self.show_look(self._look)

    def _draw_letters(self, painter: QPainter, slot: int, is_query: bool) -> None:
        a, centre = self.arrangement, Qt.AlignmentFlag.AlignCenter
        around = a.cell_width  # letters may be wider than their step
        for token in a.labelled():
            box = QRect(*a.letter_box(slot, token, is_query=is_query))
            text = self._labels[token]
            if token == 0:
                wide = QFontMetrics(self._font).horizontalAdvance(text)
                # It may stand out on the left, but not reach the next letter.
                box.setLeft(min(box.left(), box.right() - wide))
                painter.setPen(QColor(self._theme.muted))
            else:
                box.adjust(-around, 0, around, 0)
            painter.drawText(box, centre, text)
            if token == 0:
                painter.setPen(QColor(self._theme.text))

    def show_look(self, look: TextReading) -> None:
        """See `HeadsPicture`."""
        self._look = look
        values = self._heads_in_view()
        shares = Shares(values, self._colour_range)
        self.spans = shares.spans
        # How thick a line is, says the share alone; its colour, the range as well.
        thick = Shares(values).shades(LEVELS)
        self._levels = thick * SHADES + np.minimum(shares.shades(SHADES), SHADES - 1)
        self._levels[thick > LEVELS] = _ODD
        if self._is_fixed:
            self._levels = np.where(thick > LEVELS, _ODD, thick * SHADES)
        self._weights = shares.values
        self._lines: QPixmap
        self._lines, painter = self._layer()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        queries, keys = np.tril_indices(len(look.labels))
        heads = np.arange(len(values))[:, None]
        self._draw_lines(painter, heads, queries[None], keys[None], self._levels)
        painter.end()

    def paint(self, painter: QPainter, pointed: Place | None) -> None:
        """See `HeadsPicture`."""
        painter.drawPixmap(0, 0, self._frames)
        if pointed is None:
            painter.drawPixmap(0, 0, self._lines)
            return
        painter.setOpacity(_FADED)
        painter.drawPixmap(0, 0, self._lines)
        painter.setOpacity(1.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self._offset)
        self._draw_row(painter, pointed.query)
        self._mark(painter, pointed)
        painter.restore()

    def _draw_row(self, painter: QPainter, query: int) -> None:
        """Draw the lines of one token in every head, in a colour that stands out."""
        start = query * (query + 1) // 2
        levels = self._levels[:, start : start + query + 1]
        heads = np.arange(len(levels))[:, None]
        keys = np.arange(query + 1)[None]
        queries, accent = np.full_like(keys, query), QColor(self._theme.accent)
        self._draw_lines(painter, heads, queries, keys, levels, accent)

    def _draw_lines(
        self,
        painter: QPainter,
        heads: NDArray[np.intp],
        queries: NDArray[np.intp],
        keys: NDArray[np.intp],
        levels: NDArray[np.intp],
        colour: QColor | None = None,
    ) -> None:
        """Draw lines, thin ones first, in the coordinates of the whole.

        Args:
            painter: Of a layer.
            heads: Of the lines, counted through those in view; with the next three,
                arrays that are broadcast together.
            queries: Where they begin.
            keys: Where they end.
            levels: How thick they are.
            colour: Of all; None for those of the maps.
        """
        a = self.arrangement
        rows, columns = np.divmod(heads + self._seen.start, a.columns)
        left, top = a.x + columns * a.pitch_x, a.y + rows * a.pitch_y
        xs = left + (queries + 0.5) * a.cell_width
        ends = left + (keys + 0.5) * a.cell_width
        tops = top + np.zeros_like(xs)
        thickest = min(self._appearance.px(_MOST_PX), a.cell_width * _THICKEST)
        for level in np.unique(levels):
            at = levels == level
            thickness, shade = divmod(int(level), SHADES)
            if thickness == 0:
                continue
            is_odd, share = level == _ODD, thickness / (LEVELS - 1)
            tone = share if self._is_fixed else shade / (SHADES - 1)
            ink = self._table[-1 if is_odd else round(tone * (STEPS - 1))]
            is_plain = colour is not None and not is_odd
            pen = QPen(colour if is_plain else QColor.fromRgb(int(ink)))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setWidthF(1.0 if is_odd else max(0.8, share * thickest))
            if is_odd:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLines(_lines(xs[at], tops[at], ends[at], a.band, self._pad))

    def _mark(self, painter: QPainter, place: Place) -> None:
        """Mark the two letters of a line, and write what the keys of its query get."""
        a, painted = self.arrangement, QColor(self._theme.accent)
        painted.setAlpha(60)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(painted)
        for token, is_query in ((place.query, True), (place.key, False)):
            box = QRectF(*a.letter_box(place.head, token, is_query=is_query))
            painter.drawRoundedRect(box, self._pad, self._pad)
        metrics = QFontMetrics(self._number_font)
        if self._enlarged is None or a.cell_width < metrics.horizontalAdvance("0.00 "):
            return
        painter.setFont(self._number_font)
        painter.setPen(QColor(self._theme.text))
        row = self._heads_in_view()[0][place.query]
        for key, weight in enumerate(row):
            box = QRectF(*a.letter_box(place.head, key, is_query=False))
            box.translate(0, a.above)
            text = f"{weight:.2f}" if isfinite(weight) else "?"
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)

    def place_at(self, at: QPoint) -> Place | None:
        """Return the line at a point: of a letter, the one with its largest share."""
        a = self.arrangement
        head = a.head_at(at.x(), at.y())
        if head is None or head not in self._seen:
            return None
        x, y = a.corner(head)
        across, down = (at.x() - x) / a.cell_width - 0.5, (at.y() - y) / a.band
        token = round(across)
        if not 0 <= token < a.tokens:
            return None
        rows = self._rows_of(head - self._seen.start)
        if down < 0.08:
            row = rows[token]
            return Place(head, token, max(range(token + 1), key=row.__getitem__))
        if down > 0.92:
            looking = range(token, a.tokens)
            return Place(head, max(looking, key=lambda q: rows[q][token]), token)
        # Of the lines near by, the thickest: it hides the others.
        near = [
            (rows[query][key], query, key)
            for query in range(a.tokens)
            for key in range(query + 1)
            if abs(query + down * (key - query) - across) <= 0.4
        ]
        if not near:
            return None
        _, query, key = max(near)
        return Place(head, query, key)

    def _rows_of(self, number: int) -> list[list[float]]:
        """Return [query][key] of a head in view; what is no share counts as none."""
        weights = self._weights[number].tolist()
        starts = [query * (query + 1) // 2 for query in range(self.arrangement.tokens)]
        return [weights[at : at + query + 1] for query, at in enumerate(starts)]

    def box_of(self, head: int) -> QRect:
        """See `HeadsPicture`: BOS stands out on the left."""
        advance = QFontMetrics(self._font).horizontalAdvance(BOS_LABEL)
        beyond = max(0, advance - self.arrangement.cell_width)
        return super().box_of(head).adjusted(-beyond, 0, 0, 0)

    def cursor_boxes(self, place: Place) -> list[QRect]:
        """See `HeadsPicture`."""
        return [
            QRect(*self.arrangement.letter_box(place.head, token, is_query=is_query))
            .translated(-self._offset)
            .adjusted(1, 1, -1, -1)
            for token, is_query in ((place.query, True), (place.key, False))
        ]


def _lines(
    xs: Iterable[float],
    tops: Iterable[float],
    ends: Iterable[float],
    band: int,
    pad: int,
) -> list[QLineF]:
    return [
        QLineF(x, top + pad, end, top + band - pad)
        for x, top, end in zip(xs, tops, ends, strict=True)
    ]
