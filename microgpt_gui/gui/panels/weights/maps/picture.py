"""The layers of the matrices: what changes with every step apart from what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPixmap

from microgpt_gui.gui.panel.cell_numbers import (
    DARK_CELL,
    CellNumber,
    draw_numbers,
    number_form,
)
from microgpt_gui.gui.panel.layer import new_layer
from microgpt_gui.gui.panels.weights import words
from microgpt_gui.gui.panels.weights.colours import (
    Colouring,
    coloured,
    scales_of,
    unit_of,
)
from microgpt_gui.gui.panels.weights.maps.arrangement import (
    Arrangement,
    Box,
    Cell,
    Room,
    arrange,
    arrange_one,
)
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.colour_map import lightness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.matrices import Matrix

#: Edge of a cell, in pixels at 100 %: of all matrices at most, of one enlarged at most,
#: and at least where there is more than fits.
_LARGEST, _LARGEST_ENLARGED, _LEAST = 14, 48, 2

#: The smallest name of a row, in pixels at 100 %.
_LEAST_LABEL = 9

#: Cells are so many times as high as larger names of rows, or higher.
_AIR = 1.4

#: A view as high as this, in pixels at 100 %, is one to be read from the back row.
_STAGE = 420


class Picture:
    """Draws the part of the matrices that is in view.

    Names and outlines are drawn when the matrices, the size or the part change; with
    every step only the cells are, each matrix as one image.

    Attributes:
        arrangement: Where the matrices are.
        titles: What they are called here.
    """

    def __init__(
        self,
        appearance: Appearance,
        matrices: Sequence[Matrix],
        layers: int,
        chars: str,
        view: QSize,
        *,
        is_one: bool,
        scroll_bar: int,
    ) -> None:
        """Arrange ``matrices`` for a view.

        Args:
            appearance: Colours and fonts.
            matrices: What to show; at least one.
            layers: Of the model.
            chars: The alphabet; rows of tokens are named by it.
            view: Its size, scroll bars included.
            is_one: It is one alone, enlarged.
            scroll_bar: Width of a scroll bar.
        """
        self._appearance = appearance
        self._matrices = matrices
        self._view, self._is_one, self._scroll_bar = view, is_one, scroll_bar
        px = appearance.px
        is_stage = view.height() >= px(_STAGE)
        size = sizes.BODY if is_stage else sizes.CAPTION
        self._title_font = appearance.font(
            sizes.TITLE if is_one else size, QFont.Weight.DemiBold
        )
        self.title_height = QFontMetrics(self._title_font).height() + px(2)
        self._label_font = appearance.font(sizes.CAPTION, QFont.Weight.Medium)
        self._labels = [words.row_names(m, chars) for m in matrices]
        self._images: dict[int, tuple[QImage, NDArray[np.uint32]]] = {}
        self._numbers: QPixmap | None = None
        self._colouring = Colouring()
        names = [words.titles(m.name, layers) for m in matrices]
        longs, shorts = zip(*names, strict=True)
        large = (sizes.TITLE, sizes.BODY, sizes.CAPTION) if is_one else ()
        for size in (*large, _LEAST_LABEL):  # names of rows as large as cells allow
            self._label_font.setPixelSize(px(size))
            self._label_widths = [self._label_width(names) for names in self._labels]
            long, short = self._with_titles(longs), self._with_titles(shorts)
            if short.cell >= _AIR * px(size):
                break
        # Long titles where they cost no cell its size.
        is_long_good = long.cell == short.cell and long.height <= view.height()
        self.titles: Sequence[str] = longs if is_long_good else shorts
        self.arrangement = a = long if is_long_good else short
        fitting = number_form(appearance, a.cell_width, a.cell, is_signed=True)
        self._form = fitting if is_one else None

    @property
    def has_numbers(self) -> bool:
        """Whether the cells have their values written into them."""
        return self._form is not None

    def _label_width(self, names: tuple[str, ...]) -> int:
        """Return the room for the names of rows; 0 for none."""
        advance = QFontMetrics(self._label_font).horizontalAdvance
        widest = max(map(advance, names), default=0)
        return widest + self._appearance.px(3) if names else 0

    def _with_titles(self, titles: Sequence[str]) -> Arrangement:
        px, view = self._appearance.px, self._view
        of_titles = QFontMetrics(self._title_font)
        boxes = [
            Box(
                rows=m.rows,
                columns=m.columns,
                title_width=of_titles.horizontalAdvance(title),
                begins=words.begins_layer(m.name),
                label_width=label_width,
            )
            for m, title, label_width in zip(
                self._matrices, titles, self._label_widths, strict=True
            )
        ]
        room = Room(
            title=self.title_height,
            gap=px(sizes.SMALL),
            largest=px(_LARGEST_ENLARGED if self._is_one else _LARGEST),
            least=px(_LEAST),
            legible=px(_LEAST_LABEL),
        )

        def arranged(width: int, room: Room) -> Arrangement:
            if self._is_one:
                return arrange_one(boxes[0], width, view.height(), room)
            return arrange(boxes, width, view.height(), room)

        whole = arranged(view.width(), room)
        if whole.height <= view.height():
            return whole
        if not self._is_one:
            room = room._replace(largest=whole.cell, least=whole.cell)
        return arranged(view.width() - self._scroll_bar, room)

    def show(self, matrices: Sequence[Matrix], colouring: Colouring) -> None:
        """Take other numbers, of the same matrices."""
        self._matrices, self._colouring = matrices, colouring
        self._images.clear()

    def show_part(self, offset: QPoint, view: QSize, ratio: float) -> None:
        """Draw names and outlines for the part of the whole that is in view.

        Args:
            offset: The point of the whole that is at the top left of the view.
            view: Size of the part.
            ratio: Pixels of the screen to a pixel of the view.
        """
        self._offset, self._size, self._ratio = offset, view, ratio
        a, theme = self.arrangement, self._appearance.theme
        self._frames, painter = self._layer()
        seen = QRect(offset, view)
        ascent = QFontMetrics(self._title_font).ascent()
        for number, title in enumerate(self.titles):
            if not seen.intersects(self.box_of(number)):
                continue
            painter.setPen(QColor(theme.border))
            for strip in a.strips(number):
                wide = a.boxes[number].columns * a.cell_width
                cells = QRect(strip.left, strip.top, wide, strip.rows * a.cell)
                painter.drawRect(cells.adjusted(-1, -1, 0, 0))
            painter.setPen(QColor(theme.text))
            painter.setFont(self._title_font)
            place, margin = a.places[number], a.margins[number]
            base = place.top - self.title_height + ascent
            painter.drawText(place.left - margin, base, title)
            if margin:
                self._draw_labels(painter, number, seen)
        painter.end()
        self.write_numbers()

    def _draw_labels(self, painter: QPainter, number: int, seen: QRect) -> None:
        """Name the rows in view: one below the other, or in turns in two columns."""
        a, px = self.arrangement, self._appearance.px
        box, names = a.boxes[number], self._labels[number]
        columns = a.margins[number] // box.label_width
        metrics = QFontMetrics(self._label_font)
        painter.setFont(self._label_font)
        painter.setPen(QColor(self._appearance.theme.text))
        rise = (metrics.capHeight() + metrics.xHeight()) / 4
        for strip in a.strips(number):
            first = max(0, (seen.top() - strip.top) // a.cell)
            last = min(strip.rows, (seen.bottom() - strip.top) // a.cell + 1)
            for row in range(first, last):
                text = names[strip.first + row]
                beyond = row % columns * box.label_width + px(3)
                left = strip.left - beyond - metrics.horizontalAdvance(text)
                middle = strip.top + (row + 0.5) * a.cell + rise
                painter.drawText(left, round(middle), text)

    def write_numbers(self) -> None:
        """Write the numbers shown last into the cells, where they fit."""
        self._numbers = None
        if self._form is None or not self._matrices:
            return
        a, form, matrix = self.arrangement, self._form, self._matrices[0]
        self._numbers, painter = self._layer()
        seen = QRect(self._offset, self._size)
        unit, is_signed = unit_of(matrix, self._colouring), self._colouring.is_signed
        are_light = lightness(self._image(0)[1]) < DARK_CELL
        numbers = []
        for place, value in enumerate(matrix.numbers):
            row, column = divmod(place, matrix.columns)
            left, top = a.corner(Cell(0, row, column))
            if seen.top() - a.cell < top <= seen.bottom():
                is_finite = np.isfinite(value)
                told = form.written(value / unit, is_signed=is_signed)
                text = told if is_finite else "?"
                is_light = bool(are_light[row, column])
                numbers.append(CellNumber(left, top, text, is_light))
        draw_numbers(painter, form, numbers, a.cell_width, a.cell)
        painter.end()

    def paint(self, painter: QPainter, pointed: Cell | None) -> None:
        """Put the layers together, and mark what is pointed at.

        Args:
            painter: Of the view, not moved.
            pointed: The cell, its matrix counted among those shown.
        """
        a, seen = self.arrangement, QRect(self._offset, self._size)
        painter.translate(-self._offset)
        for number, box in enumerate(a.boxes):
            if not seen.intersects(self.box_of(number)):
                continue
            image = self._image(number)[0]
            for strip in a.strips(number):
                cells = QRect(
                    strip.left,
                    strip.top,
                    box.columns * a.cell_width,
                    strip.rows * a.cell,
                )
                painter.drawImage(
                    cells, image, QRect(0, strip.first, box.columns, strip.rows)
                )
        painter.resetTransform()
        painter.drawPixmap(0, 0, self._frames)
        if self._numbers is not None:
            painter.drawPixmap(0, 0, self._numbers)
        if pointed is not None:
            self._mark(painter, pointed)

    def box_of(self, number: int) -> QRect:
        """Return where a matrix and all that is written beside it is in the whole."""
        a = self.arrangement
        place, margin, (wide, high) = (
            a.places[number],
            a.margins[number],
            a.size(number),
        )
        wide = max(wide + margin, a.boxes[number].title_width)
        left, top = place.left - margin, place.top - self.title_height
        return QRect(left, top, wide, high + self.title_height)

    def _mark(self, painter: QPainter, pointed: Cell) -> None:
        a, theme = self.arrangement, self._appearance.theme
        left, top = a.corner(pointed)
        cell = QRect(left, top, a.cell_width, a.cell).translated(-self._offset)
        for colour, by in ((theme.surface, 2), (theme.text, 1)):
            painter.setPen(QColor(colour))
            painter.drawRect(cell.adjusted(-by, -by, by - 1, by - 1))

    def _image(self, number: int) -> tuple[QImage, NDArray[np.uint32]]:
        """Return the cells of a matrix, and the colours in whose memory they are."""
        if number not in self._images:
            matrix = self._matrices[number]
            how, theme = self._colouring, self._appearance.theme
            scales = scales_of(matrix, how.scale, how.colour_range)
            colours = coloured(matrix, scales, theme, is_signed=how.is_signed)
            rows, columns = colours.shape
            form = QImage.Format.Format_RGB32
            image = QImage(colours.data, columns, rows, 4 * columns, form)
            self._images[number] = image, colours
        return self._images[number]

    def _layer(self) -> tuple[QPixmap, QPainter]:
        """Return a transparent picture of the view, and a painter on it."""
        return new_layer(self._size, self._offset, self._ratio)
