"""The matrix itself: a row of colours for each token or position."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.signed_colours import signed_colours
from microgpt_gui.gui.panels.embeddings import words
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.panels.embeddings.arrangement import Numbers
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.embeddings import Embeddings

#: The smallest name of a row, in pixels at 100 %.
_LEAST_LABEL = 9

#: Names of rows that are lower than their letters stand in so many columns.
_COLUMNS = 2


class NumbersPicture:
    """Draws the part of the rows that is in sight, as one image."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._shown: Embeddings | None = None
        self._colours: NDArray[np.uint32] | None = None
        self._dressed_for: tuple[object, ...] = ()
        self._scale = 1.0
        self._range = ColourRange.FIXED

    def take(self, shown: Embeddings, scale: float, colour_range: ColourRange) -> None:
        """Draw ``shown`` from now on. See `EmbeddingsView`."""
        self._shown, self._scale, self._range = shown, scale, colour_range

    def label_width(self) -> int:
        """Return the room for the names of rows."""
        shown = self._shown
        if shown is None:
            return 0
        measure = QFontMetrics(self._font(_LEAST_LABEL)).horizontalAdvance
        if shown.table == "wpe":
            widest = measure(str(len(shown.rows) - 1))
        else:
            # Of thousands, most are as wide as the first.
            widest = max(map(measure, words.signs(shown.chars)[-200:]))
        return _COLUMNS * (widest + self._appearance.px(3))

    def _font(self, size: int) -> QFont:
        return self._appearance.font(size, QFont.Weight.Medium)

    def _image(self) -> tuple[QImage, NDArray[np.uint32]]:
        """Return the colours of all rows; they live in the array's memory."""
        shown, theme = self._shown, self._appearance.theme
        assert shown is not None
        asked = (shown, self._scale, self._range, theme)
        if self._colours is None or self._dressed_for != asked:
            scale: float | NDArray[np.float64] = self._scale
            if self._range is ColourRange.ROW:
                sizes_of = np.where(np.isfinite(shown.rows), np.abs(shown.rows), 0.0)
                largest = sizes_of.max(axis=1, keepdims=True)
                scale = np.where(largest > 0, largest, 1.0)
            self._colours = np.ascontiguousarray(
                signed_colours(shown.rows, scale, theme)
            )
            self._dressed_for = asked
        rows, columns = self._colours.shape
        form = QImage.Format.Format_RGB32
        image = QImage(self._colours.data, columns, rows, 4 * columns, form)
        return image, self._colours

    def paint(
        self,
        painter: QPainter,
        numbers: Numbers,
        told: int | None,
        column: int | None,
    ) -> None:
        """Draw the rows in sight, the row spoken of marked, and its number.

        Args:
            painter: Of the view.
            numbers: Where they are.
            told: The row, or None.
            column: The number in it, or None.
        """
        shown = self._shown
        if shown is None:
            return
        theme, cells = self._appearance.theme, numbers.cells
        image, _colours = self._image()
        columns = shown.rows.shape[1]
        painter.drawImage(cells, image, QRect(0, numbers.first, columns, numbers.seen))
        painter.setPen(QColor(theme.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cells.adjusted(-1, -1, 0, 0))
        self._name(painter, numbers, shown, told)
        if told is None or (row := numbers.box(told)).isEmpty():
            return
        if column is not None:
            left = row.left() + column * row.width() // columns
            right = row.left() + (column + 1) * row.width() // columns
            row = QRect(left, row.top(), right - left, row.height())
        for colour, by in ((theme.surface, 2), (theme.text, 1)):
            painter.setPen(QColor(colour))
            painter.drawRect(row.adjusted(-by, -by, by - 1, by - 1))

    def _name(
        self, painter: QPainter, numbers: Numbers, shown: Embeddings, told: int | None
    ) -> None:
        px, theme, cells = self._appearance.px, self._appearance.theme, numbers.cells
        painter.setFont(self._appearance.font(sizes.CAPTION))
        painter.setPen(QColor(theme.muted))
        title, count = str(shown.table), len(shown.rows)
        if numbers.seen < count:
            last = numbers.first + numbers.seen - 1
            title += f", {words.rows_seen(numbers.first, last, count)}"
        above = QRect(cells.left(), 0, cells.width(), cells.top() - px(2))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(above, left, title)
        size = next(
            (s for s in (sizes.BODY, sizes.CAPTION) if numbers.row >= px(s) * 1.2),
            _LEAST_LABEL,
        )
        font = self._font(size)
        metrics = QFontMetrics(font)
        is_in_turns = metrics.capHeight() + px(3) > numbers.row
        every = 1
        while numbers.row * every * _COLUMNS < metrics.capHeight() + px(2):
            every += 1
        painter.setFont(font)
        beside = self.label_width() // _COLUMNS if is_in_turns else 0
        for at in range(numbers.seen):
            row = numbers.first + at
            if row != told and at % every:
                continue
            right = cells.left() - px(4)
            right -= beside * (at // every % _COLUMNS)
            sign = words.sign(shown, row)
            painter.setPen(QColor(theme.accent if row == told else theme.text))
            box = numbers.box(row)
            middle = box.top() + (box.height() + metrics.capHeight()) / 2
            painter.drawText(
                right - metrics.horizontalAdvance(sign), round(middle), sign
            )
