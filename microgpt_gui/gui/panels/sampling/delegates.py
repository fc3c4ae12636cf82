"""How the cells of the table are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from microgpt_gui.gui.panels.sampling import wording
from microgpt_gui.gui.panels.sampling.shading import shading
from microgpt_gui.gui.panels.sampling.table_model import (
    LOG_PROBABILITY,
    ORIGIN,
)
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.panels.sampling.table_model import SampleTableModel
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.snapshot import SampleBatch

_Index = QModelIndex | QPersistentModelIndex
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _paint_selection(
    painter: QPainter, option: QStyleOptionViewItem, colour: str
) -> None:
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(colour))


class LetterDelegate(QStyledItemDelegate):
    """Paints a sample's letters, each on the ground of its probability.

    A sample too long for the column goes on in further lines of its row.
    """

    def __init__(
        self, samples: SampleTableModel, appearance: Appearance, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._samples = samples  # asked by row: through Qt it takes five times as long
        self._appearance = appearance
        self._shaded: SampleBatch | None = None
        self._shades = QImage()  # of all letters of that batch, [row][letter]
        self.restyle()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._shaded = None
        self._font = self._appearance.font(family=MONO)
        self._italic = QFont(self._font)
        self._italic.setItalic(True)
        metrics = QFontMetricsF(self._font)
        self._advance = metrics.horizontalAdvance("0")
        self._metrics = metrics
        self._margin = px(sizes.SMALL)
        self._line = metrics.height() + px(2)  # height of a letter's ground
        self._leading = px(4)  # between two grounds, one above the other

    def make_room_for(self, texts: Iterable[str]) -> None:
        """Make all cells as wide as the widest letter of ``texts`` needs."""
        letters = {letter for text in texts if not text.isascii() for letter in text}
        widest = max(map(self._metrics.horizontalAdvance, letters), default=0.0)
        self._advance = max(self._metrics.horizontalAdvance("0"), widest)

    def width_of(self, letters: int) -> int:
        """Return the width of a column in which so many letters stand side by side."""
        return int(letters * self._advance) + 1 + 2 * self._margin

    def height_of(self, letters: int, width: int) -> int:
        """Return the height of a row of so many letters in a column of ``width``."""
        lines = max(1, -(-letters // self._letters_in(width)))
        return round(lines * (self._line + self._leading))

    def _letters_in(self, width: int) -> int:
        return max(1, int((width - 2 * self._margin) / self._advance))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """See `QStyledItemDelegate`."""
        theme = self._appearance.theme
        _paint_selection(painter, option, theme.hover)
        sample = self._samples.sample(index.row())
        rect = QRectF(option.rect).adjusted(self._margin, 0, -self._margin, 0)
        if not sample.text:
            painter.setFont(self._italic)
            painter.setPen(QColor(theme.muted))
            painter.drawText(rect, _LEFT, wording.EMPTY)
            return
        room = self._letters_in(option.rect.width())
        painter.setFont(self._font)
        for line, start in enumerate(range(0, len(sample.text), room)):
            top = rect.top() + line * (self._line + self._leading) + self._leading / 2
            given = min(max(self._samples.prompt_length - start, 0), room)
            self._paint_line(
                painter,
                QPointF(rect.left(), top),
                sample.text[start : start + room],
                QPoint(start, index.row()),
                given,
            )

    def _paint_line(
        self,
        painter: QPainter,
        corner: QPointF,
        text: str,
        begin: QPoint,
        given: int,
    ) -> None:
        """Paint letters; ``begin`` is the place of the first one's shade."""
        theme = self._appearance.theme
        ground = QRectF(corner.x(), corner.y(), len(text) * self._advance, self._line)
        shades = QRectF(begin.x(), begin.y(), len(text), 1)
        painter.drawImage(ground, self._shades_of_all(), shades)
        painter.setPen(QColor(theme.text))
        if self._is_even(text):
            painter.drawText(ground, _LEFT | Qt.TextFlag.TextDontClip, text)
        else:
            for number, letter in enumerate(text):
                painter.drawText(self._cell(ground, number), _CENTRE, letter)
        if " " in text:
            dots = "".join("·" if letter == " " else " " for letter in text)
            painter.setPen(QColor(theme.muted))
            painter.drawText(ground, _LEFT | Qt.TextFlag.TextDontClip, dots)
        if given:
            painter.setPen(QColor(theme.muted))
            y = ground.bottom()
            painter.drawLine(
                ground.bottomLeft(), QPointF(ground.left() + given * self._advance, y)
            )

    def _shades_of_all(self) -> QImage:
        batch = self._samples.batch
        if batch is not self._shaded and batch is not None:
            self._shaded = batch
            rows = [sample.probabilities for sample in batch.samples]
            self._shades = shading(rows, self._appearance.theme.accent)
        return self._shades

    def _is_even(self, text: str) -> bool:
        """Whether the font has all letters of ``text``, each of the same width."""
        width = len(text) * self._advance
        return abs(self._metrics.horizontalAdvance(text) - width) < 1

    def _cell(self, ground: QRectF, number: int) -> QRectF:
        left = ground.left() + number * self._advance
        return QRectF(left, ground.top(), self._advance, ground.height())


class MarkDelegate(QStyledItemDelegate):
    """Paints what is said of a sample: words or signs, in colour.

    Attributes:
        is_compact: Signs stand for the words "new" and "in data".
    """

    def __init__(
        self, samples: SampleTableModel, appearance: Appearance, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._samples = samples  # asked by row: through Qt it takes five times as long
        self._appearance = appearance
        self.is_compact = False
        self.restyle()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        look = self._appearance
        self._font = look.font(sizes.CAPTION)
        self._margin = look.px(sizes.TIGHT)
        edge = look.px(sizes.BODY)
        self._new = look.icon("sparkle", look.theme.good, sizes.BODY).pixmap(edge, edge)
        self._known = look.icon("copy", look.theme.reference, sizes.BODY).pixmap(
            edge, edge
        )

    def width_of(self, text: str) -> int:
        """Return the width of a column that holds ``text``."""
        advance = QFontMetricsF(self._font).horizontalAdvance(text)
        return int(advance) + 1 + 2 * self._margin

    def sign_width(self) -> int:
        """Return the width of a column of signs."""
        return self._appearance.px(sizes.BODY) + 2 * self._margin

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """See `QStyledItemDelegate`."""
        theme = self._appearance.theme
        _paint_selection(painter, option, theme.hover)
        sample = self._samples.sample(index.row())
        rect = QRectF(option.rect).adjusted(self._margin, 0, -self._margin, 0)
        column = index.column()
        if column == ORIGIN and self.is_compact:
            pixmap = self._known if sample.is_known else self._new
            edge = self._appearance.px(sizes.BODY)
            target = QRectF(0, 0, edge, edge)
            target.moveCenter(rect.center())
            painter.drawPixmap(target.toRect(), pixmap)
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
        painter.setFont(self._font)
        painter.setPen(QColor(colour))
        painter.drawText(rect, place, text)
