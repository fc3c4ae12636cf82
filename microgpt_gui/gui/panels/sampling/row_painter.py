"""How a sample is painted as a row: its letters on their grounds, and its marks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from microgpt_gui.gui.panels.sampling import wording
from microgpt_gui.gui.panels.sampling.shading import ground_of
from microgpt_gui.gui.panels.sampling.table_model import (
    LOG_PROBABILITY,
    ORIGIN,
    TEXT,
)
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.gui.theme.fonts import MONO, font
from microgpt_gui.gui.widgets.shaped_text import ShapedText
from microgpt_gui.letters import in_one_line

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter

    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.theme.scale import Scale
    from microgpt_gui.gui.widgets.shaped_text import Cluster
    from microgpt_gui.session.sample_batch import Sample

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How rows look; values alone, for any thread.

    Attributes:
        is_compact: Signs stand for the words "new" and "in data".
        new: The sign of a sample that is new.
        known: The sign of one that stands in the training set.
    """

    theme: Theme
    scale: Scale
    is_compact: bool
    new: QImage = field(compare=False)
    known: QImage = field(compare=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is shown: which of the model, and where, in pixels."""

    number: int
    left: int
    width: int


class RowPainter:
    """Measures and paints rows; belongs to the thread that made it."""

    def __init__(self, style: RowStyle) -> None:
        px = style.scale.px
        self._style = style
        self._px = px
        self._letters = font(style.scale, family=MONO)
        self._italic = QFont(self._letters)
        self._italic.setItalic(True)
        self._words = font(style.scale, sizes.CAPTION)
        metrics = QFontMetricsF(self._letters)
        self._advance = metrics.horizontalAdvance("0")
        self._margin = px(sizes.SMALL)
        self._word_margin = px(sizes.TIGHT)
        self.least_height = round(metrics.height() + px(2) + px(4))

    def width_of(self, text: str) -> int:
        """Return the width of a column in which ``text`` stands on one line."""
        if text.isascii():
            advance = len(text) * self._advance
        else:
            advance = QFontMetricsF(self._letters).horizontalAdvance(drawn(text))
        return int(advance) + 1 + 2 * self._margin

    def word_width(self, text: str) -> int:
        """Return the width of a column of marks that holds ``text``."""
        advance = QFontMetricsF(self._words).horizontalAdvance(text)
        return int(advance) + 1 + 2 * self._word_margin

    def sign_width(self) -> int:
        """Return the width of a column of signs."""
        return self._px(sizes.BODY) + 2 * self._word_margin

    def shaped(self, sample: Sample, width: int) -> ShapedText:
        """Lay out a sample for a column of ``width``."""
        room, px = width - 2 * self._margin, self._px
        text = drawn(sample.text)
        return ShapedText(text, self._letters, room, pad=px(1), leading=px(4))

    def height_of(self, sample: Sample, width: int) -> int:
        """Return the height of a sample's row, its letters in a column of ``width``."""
        room = width - 2 * self._margin
        if sample.text.isascii() and len(sample.text) * self._advance <= room:
            return self.least_height
        return round(self.shaped(sample, width).height)

    def paint(
        self,
        painter: QPainter,
        sample: Sample,
        given: int,
        columns: tuple[Column, ...],
        top: int,
    ) -> list[Cluster]:
        """Paint a row.

        Args:
            painter: The row's grounds must not cover what is below it.
            sample: What to paint.
            given: How many of its first letters are the prompt's.
            columns: Where its cells are.
            top: Of the row.

        Returns:
            Where its letters are, in the painter's coordinates.
        """
        clusters: list[Cluster] = []
        for column in columns:
            if column.number == TEXT:
                clusters = self._paint_letters(painter, sample, given, column, top)
            else:
                margin = self._word_margin
                box = QRectF(column.left, top, column.width, self.least_height)
                box.adjust(margin, 0, -margin, 0)
                self._paint_mark(painter, sample, column.number, box)
        return clusters

    def _paint_letters(
        self, painter: QPainter, sample: Sample, given: int, column: Column, top: int
    ) -> list[Cluster]:
        theme = self._style.theme
        corner = QPointF(column.left + self._margin, top)
        if not sample.text:
            box = QRectF(corner.x(), top, column.width, self.least_height)
            painter.setFont(self._italic)
            painter.setPen(QColor(theme.muted))
            painter.drawText(box, _LEFT, wording.EMPTY)
            return []
        shaped = self.shaped(sample, column.width)
        clusters = [c.moved(corner.x(), corner.y()) for c in shaped.clusters()]
        muted = QColor(theme.muted)
        for cluster in clusters:
            stop = cluster.start + cluster.length
            chance = math.prod(sample.probabilities[cluster.start : stop])
            painter.fillRect(cluster.box, ground_of(chance, theme.accent))
        painter.setPen(QColor(theme.text))
        shaped.draw(painter, corner)
        painter.setPen(muted)
        painter.setFont(self._letters)
        for cluster in clusters:
            if sample.text[cluster.start] == " ":
                painter.drawText(cluster.box, _CENTRE, "·")
            if cluster.start < given:
                part = cluster.share_of(min(cluster.length, given - cluster.start))
                painter.drawLine(part.bottomLeft(), part.bottomRight())
        return clusters

    def _paint_mark(
        self, painter: QPainter, sample: Sample, column: int, box: QRectF
    ) -> None:
        style, theme = self._style, self._style.theme
        if column == ORIGIN and style.is_compact:
            edge = self._px(sizes.BODY)
            target = QRectF(0, 0, edge, edge)
            target.moveCenter(box.center())
            sign = style.known if sample.is_known else style.new
            painter.drawImage(target.toRect(), sign)
            return
        if column == LOG_PROBABILITY:
            text, colour = wording.log_probability(sample), theme.muted
            place = _RIGHT
        elif column == ORIGIN:
            text, place = wording.origin(sample), _LEFT
            colour = theme.reference if sample.is_known else theme.good
        else:
            text, place = ("✓" if sample.is_valid else "✗"), _CENTRE
            colour = theme.good if sample.is_valid else theme.warning
        painter.setFont(self._words)
        painter.setPen(QColor(colour))
        painter.drawText(box, place, text)


def drawn(text: str) -> str:
    """Return ``text`` as it is drawn, letter for letter."""
    return shown(in_one_line(text))
