"""The list of lines: their letters on grounds of surprise, and their numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics

from microgpt_gui.gui.panels.data.own_words import words
from microgpt_gui.gui.panels.data.own_words.legend import ground_of
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.row_view import RowColumn, RowView
from microgpt_gui.gui.widgets.shaped_text import ShapedText
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.letters import beginning, in_one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.scored_lines import ScoredLine, ScoredLines

TEXT, MEAN, TOTAL, PERCENTILE = range(4)

_COLUMNS = (
    RowColumn("line"),
    RowColumn("nats a token", "00.00", is_right=True),
    RowColumn("in all", "0,000.0", is_right=True, gives_way=2),
    RowColumn("percentile", "100.0", is_right=True, gives_way=1),
)

#: A token that is so many times as surprising as one of a guess has the whole ground.
_WHOLE = 1.5

#: What is said of a line has at least so much room, in pixels at 100 %.
_LEAST_REMARK = 40

_NO_WRAP = 100_000.0


class LineRows(RowView):
    """Lines in one of three orders; those without a score are the last.

    Attributes:
        scored: What is shown; None for nothing.
        order: See `words.ORDERS`.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, _COLUMNS, "Your lines, ranked by surprise")
        self.scored: ScoredLines | None = None
        self.order = words.SURPRISING
        self._lines: list[ScoredLine] = []
        self._guess = 1.0  # surprise of a token where all are as likely, in nats
        self.setToolTip(wrapped(words.POINT))

    def show_lines(self, scored: ScoredLines | None, tokens: int) -> None:
        """Show lines; none if None.

        Args:
            scored: The lines.
            tokens: How many there are, BOS included.
        """
        self.scored = scored
        self._guess = math.log(max(2, tokens))
        self._sort()

    def set_order(self, order: int) -> None:
        """Put the lines in another order."""
        self.order = order
        self._sort()

    def line(self, row: int) -> ScoredLine:
        """Return the line in a row."""
        return self._lines[row]

    def _sort(self) -> None:
        lines = list(self.scored.lines) if self.scored else []
        if self.order != words.TYPED:
            sign = -1 if self.order == words.SURPRISING else 1
            lines.sort(
                key=lambda line: (
                    math.isnan(line.mean),
                    0 if math.isnan(line.mean) else sign * line.mean,
                )
            )
        self._lines = lines
        self.rearrange()

    # See `RowView`

    def part_count(self) -> int:
        """Return how many rows there are."""
        return len(self._lines)

    def part_name(self, part: int) -> str:
        """Return the sentence on a line."""
        if self.scored is None:
            return ""
        return words.reading(self._lines[part], self.scored)

    def text_of(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        line = self._lines[row]
        assert self.scored is not None
        if column == MEAN:
            return words.number(line.mean)
        if column == TOTAL:
            return words.number(line.total, 1)
        if column == PERCENTILE:
            return words.percentile(self.scored.percentile(line))
        return line.taken

    def colour_of(self, row: int, column: int) -> str:
        """Return the colour of that text."""
        theme = self._appearance.theme
        if self._lines[row].problem:
            return theme.muted
        return theme.muted if column == TOTAL else theme.text

    def paint_cell(self, painter: QPainter, row: int, column: int, box: QRect) -> None:
        """Paint a cell; the letters of a line on their grounds, and what is to say.

        However long a line is, half of its row is there for why it has no score.
        """
        line = self._lines[row]
        if column != TEXT:
            if not line.problem:
                super().paint_cell(painter, row, column, box)
            return
        theme, px = self._appearance.theme, self._appearance.px
        colour = theme.muted
        if line.problem:  # it has no numbers: there is room for why
            colour = theme.warning
            box = box.adjusted(0, 0, self.viewport().width() - box.right(), 0)
        gap = px(sizes.MEDIUM)
        remark = words.remark(line)
        needed = self._caption_width(remark) + gap if remark else 0
        letters = box.adjusted(0, 0, -min(needed, box.width() // 2), 0)
        painter.save()
        painter.setClipRect(letters, Qt.ClipOperation.IntersectClip)
        right = min(self._paint_letters(painter, line, letters), letters.right())
        painter.restore()
        rest = QRectF(box).adjusted(right - box.left() + gap, 0, 0, 0)
        if remark and rest.width() > px(_LEAST_REMARK):
            side = Qt.TextElideMode.ElideRight
            painter.setFont(self.font_of(sizes.CAPTION))
            what = painter.fontMetrics().elidedText(remark, side, int(rest.width()))
            painter.setPen(QColor(colour))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(rest, left | Qt.TextFlag.TextSingleLine, what)
            painter.setFont(self.font_of(sizes.BODY))

    def _caption_width(self, text: str) -> int:
        return QFontMetrics(self.font_of(sizes.CAPTION)).horizontalAdvance(text) + 1

    def _paint_letters(self, painter: QPainter, line: ScoredLine, box: QRect) -> float:
        """Paint a line's letters; return where they end."""
        px, theme = self._appearance.px, self._appearance.theme
        most = 2 * box.width() // max(1, px(sizes.TIGHT))
        some = beginning(line.taken, most)
        font = self.font_of(sizes.BODY, MONO)
        text = shown(in_one_line(some))
        shaped = ShapedText(text, font, _NO_WRAP, pad=px(1), leading=0)
        clusters = shaped.clusters()
        left = min((cluster.left for cluster in clusters), default=0.0)
        top = box.top() + (box.height() - shaped.height) / 2
        corner = QPointF(box.left() - left, top)
        right = float(box.left())
        for cluster in clusters:
            stop = cluster.start + cluster.length
            surprise = math.fsum(line.surprises[cluster.start : stop])
            place = cluster.moved(corner.x(), corner.y()).box
            right = max(right, place.right())
            painter.fillRect(place, self._ground(surprise))
        if line.has_end and len(some) == len(line.taken):
            end = QRectF(right + 1, top, px(sizes.SMALL), shaped.height)
            right = end.right()
            painter.fillRect(end, self._ground(line.surprises[-1]))
            painter.setPen(QColor(theme.muted))
            painter.drawText(end, Qt.AlignmentFlag.AlignCenter, "·")
        painter.setPen(QColor(theme.muted if line.problem else theme.text))
        shaped.draw(painter, corner)
        return right

    def _ground(self, surprise: float) -> QColor:
        """Return the colour to be laid under a token."""
        share = surprise / (_WHOLE * self._guess)
        return ground_of(share, self._appearance.theme.series[1])
