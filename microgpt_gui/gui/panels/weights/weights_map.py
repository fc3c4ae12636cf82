"""The matrices on show: all of them, or one enlarged; knows where the pointer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QPainter

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panels.weights import words
from microgpt_gui.gui.panels.weights.arrangement import Box, Cell, arrange
from microgpt_gui.gui.panels.weights.colours import coloured, scales_of
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.cell_cursor import CellGrid
from microgpt_gui.gui.widgets.enlarging_view import EnlargingView

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panels.weights.arrangement import Arrangement
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.cell_cursor import CellPlace
    from microgpt_gui.session.reading.matrices import Matrix

#: Edge of a cell, in pixels at 100 %: of all matrices at most, of one enlarged at most,
#: and at least where there is more than fits.
_LARGEST, _LARGEST_ENLARGED, _LEAST = 14, 40, 2

#: A view as high as this, in pixels at 100 %, is one to be read from the back row.
_STAGE = 420


class WeightsMap(EnlargingView):
    """One rectangle of cells for each matrix; scrolls where they would be too small.

    Attributes:
        matrices: What is drawn; empty for nothing.
        enlarged: The number of the matrix that fills the view, or None.
        pointed: The cell under the pointer, or None.
        colour_range: How far the colours reach; taken up with the next weights.
        chars: The alphabet: tokens are named by it.
        heads: Of each layer: they share the rows of q, k and v.
    """

    pointed: Cell | None

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.matrices: tuple[Matrix, ...] = ()
        self.chars, self.heads = "", 1
        self._scale = 1.0
        self.colour_range = ColourRange.FIXED
        self._arrangement: Arrangement | None = None
        self._titles: tuple[str, ...] = ()
        # By number, as they are needed. An image uses the memory of its colours.
        self._images: dict[int, tuple[QImage, NDArray[np.uint32]]] = {}
        self.setAccessibleName("Weights of every matrix")
        self.setToolTip(
            "A row for each output, a column for each input; the names are the "
            "script's. Left and Right choose a matrix, Enter enlarges it; there Up and "
            "Down go into its cells."
        )

    def show_weights(self, matrices: tuple[Matrix, ...], scale: float) -> None:
        """Draw ``matrices``, with the end colours at ``scale``; nothing if empty."""
        before, self.matrices, self._scale = self.matrices, matrices, scale
        self._images.clear()
        if _shapes(before) != _shapes(matrices):
            self._current = 0
            if self.enlarged is not None:
                self.enlarge(None)
            else:
                self.rearrange()
        self.find_pointed()
        self.viewport().update()

    def scale(self) -> float | None:
        """Return the weight with the end colour where one looks; None for several.

        In the row that is pointed at, or in all of the matrix that is enlarged.
        """
        if self.colour_range is ColourRange.FIXED:
            return self._scale
        number, row = self.enlarged, 0
        if self.pointed is not None:
            number, row = self.pointed.matrix, self.pointed.row
        elif self.colour_range is ColourRange.ROW:
            number = None
        if number is None:
            return None
        scales = scales_of(self.matrices[number], self._scale, self.colour_range)
        return float(scales[row])

    def enlarge(self, number: int | None, /) -> None:
        """Let a matrix fill the view; None for all of them."""
        if number == self.enlarged:
            return
        self.enlarged = number
        if number is not None:
            self._current = number
        self.rearrange()
        self.find_pointed()
        self.enlarged_changed.emit()

    # The picture

    def rearrange(self) -> None:
        """Place all anew: their number, the view, the theme or the zoom changed."""
        self._images.clear()
        self._arrangement = None
        if self.matrices and not self.viewport().size().isEmpty():
            self._arrangement = self._arranged()
        a, room = self._arrangement, self.viewport().size()
        for bar, whole, seen in (
            (self.verticalScrollBar(), a.height if a else 0, room.height()),
            (self.horizontalScrollBar(), a.width if a else 0, room.width()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(max(1, seen // 8))
        self.viewport().update()

    def _arranged(self) -> Arrangement:
        """Return the places, with long titles where they cost no cell its size."""
        height = self.maximumViewportSize().height()
        layers = words.layers_of(self.matrices)
        names = [words.titles(m.name, layers) for m in self._shown()]
        longs, shorts = zip(*names, strict=True)
        long, short = self._with_titles(longs), self._with_titles(shorts)
        is_long_good = long.cell == short.cell and long.height <= height
        self._titles = longs if is_long_good else shorts
        return long if is_long_good else short

    def _with_titles(self, titles: Sequence[str]) -> Arrangement:
        px, room = self._appearance.px, self.maximumViewportSize()
        metrics = QFontMetrics(self._title_font())
        boxes = [
            Box(
                rows=m.rows,
                columns=m.columns,
                title_width=metrics.horizontalAdvance(title),
                begins=words.begins_layer(m.name),
            )
            for m, title in zip(self._shown(), titles, strict=True)
        ]

        def arranged(width: int, largest: int, least: int) -> Arrangement:
            return arrange(
                boxes,
                width,
                room.height(),
                title=self._title_height(),
                gap=px(sizes.SMALL),
                largest=largest,
                least=least,
            )

        largest = _LARGEST if self.enlarged is None else _LARGEST_ENLARGED
        whole = arranged(room.width(), px(largest), px(_LEAST))
        if whole.height <= room.height():
            return whole
        bar = self.verticalScrollBar().sizeHint().width()
        return arranged(room.width() - bar, whole.cell, whole.cell)

    def _shown(self) -> tuple[Matrix, ...]:
        if self.enlarged is None:
            return self.matrices
        return self.matrices[self.enlarged : self.enlarged + 1]

    def _title_font(self) -> QFont:
        is_stage = self.maximumViewportSize().height() >= self._appearance.px(_STAGE)
        size = sizes.BODY if is_stage else sizes.CAPTION
        size = size if self.enlarged is None else sizes.TITLE
        return self._appearance.font(size, QFont.Weight.DemiBold)

    def _title_height(self) -> int:
        metrics = QFontMetrics(self._title_font())
        return metrics.height() + self._appearance.px(2)

    def _image(self, number: int) -> QImage:
        if number not in self._images:
            theme = self._appearance.theme
            matrix = self._shown()[number]
            scales = scales_of(matrix, self._scale, self.colour_range)
            colours = coloured(matrix, scales, theme)
            rows, columns = colours.shape
            form = QImage.Format.Format_RGB32
            image = QImage(colours.data, columns, rows, 4 * columns, form)
            self._images[number] = image, colours
        return self._images[number][0]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view, and what the pointer and the keyboard are on."""
        a = self._arrangement
        if a is None:
            return
        theme, offset = self._appearance.theme, self.offset()
        painter = QPainter(self.viewport())
        painter.translate(-offset)
        view = QRect(offset, self.viewport().size())
        painter.setFont(self._title_font())
        above, ascent = self._title_height(), painter.fontMetrics().ascent()
        ring: QRect | None = None
        for number, (box, place) in enumerate(zip(a.boxes, a.places, strict=True)):
            cells = QRect(*place, box.columns * a.cell, box.rows * a.cell)
            width = max(cells.width(), box.title_width)
            if not view.intersects(cells.adjusted(0, -above, width - cells.width(), 0)):
                continue
            painter.drawImage(cells, self._image(number))
            painter.setPen(QColor(theme.border))
            painter.drawRect(cells.adjusted(-1, -1, 0, 0))
            painter.setPen(QColor(theme.text))
            base = place.top - above + ascent
            painter.drawText(place.left, base, self._titles[number])
            if self.has_ring and number == self._current:
                ring = cells.adjusted(1, 0, -1, -1)  # close: there is no room for more
        self._mark_pointed(painter, a)
        if ring is not None:
            painter.resetTransform()
            self.draw_ring(painter, ring.translated(-offset), theme.accent)
        painter.resetTransform()
        self.draw_cursor(painter, theme)
        painter.end()

    def _mark_pointed(self, painter: QPainter, a: Arrangement) -> None:
        if self.pointed is None:
            return
        shown = 0 if self.enlarged is not None else self.pointed.matrix
        left, top = a.places[shown]
        x, y = left + self.pointed.column * a.cell, top + self.pointed.row * a.cell
        cell = QRect(x, y, a.cell, a.cell)
        theme = self._appearance.theme
        for colour, by in ((theme.surface, 2), (theme.text, 1)):
            painter.setPen(QColor(colour))
            painter.drawRect(cell.adjusted(-by, -by, by - 1, by - 1))

    # The pointer

    def _cell_at(self, view: QPoint | None) -> Cell | None:
        if view is None or self._arrangement is None:
            return None
        at = view + self.offset()
        cell = self._arrangement.cell_at(at.x(), at.y())
        if cell is None or self.enlarged is None:
            return cell
        return cell._replace(matrix=self.enlarged)

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, is over now."""
        if (place := self.cursor_place) is not None and self.enlarged is not None:
            self._point_at(Cell(self.enlarged, *place))
        else:
            self._point_at(self._cell_at(self._mouse))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._mouse = event.position().toPoint()
        self.find_pointed()
        shape = Qt.CursorShape
        self.viewport().setCursor(
            shape.PointingHandCursor if self.pointed else shape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Enlarge the matrix that was clicked, or return to all."""
        cell = self._cell_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and cell is not None:
            self.enlarge(cell.matrix if self.enlarged is None else None)

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the matrices, enlarge one, return; the rest scrolls."""
        key, count = Qt.Key(event.key()), len(self.matrices)
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not count:
            event.ignore()
        elif self.press_in_cells(key):
            self._set_by_keyboard(True)
        elif by is not None:
            self._set_by_keyboard(True)
            self._current = (self._current + by) % count
            if self.enlarged is not None:
                self.enlarge(self._current)
            else:
                self._scroll_to_current()
                self.tell_of_keyboard()
        elif is_enter:
            self.enlarge(self._current if self.enlarged is None else None)
        elif key == Qt.Key.Key_Escape and self.enlarged is not None:
            self.enlarge(None)
        else:
            super().keyPressEvent(event)

    def _scroll_to_current(self) -> None:
        self.viewport().update()
        if self._arrangement is None or self.enlarged is not None:
            return
        a, bar = self._arrangement, self.verticalScrollBar()
        top = a.places[self._current].top
        bottom = top + a.boxes[self._current].rows * a.cell
        seen_from = max(bar.value(), bottom + 2 - self.viewport().height())
        bar.setValue(min(seen_from, top - self._title_height() - 1))

    # See `EnlargingView`

    def part_count(self) -> int:
        """Return how many matrices there are."""
        return len(self.matrices)

    def grid(self) -> CellGrid:
        """Return the rows and columns of the matrix enlarged."""
        if self.enlarged is None or self._arrangement is None:
            return CellGrid(0, 0)
        matrix = self.matrices[self.enlarged]
        return CellGrid(matrix.rows, matrix.columns)

    def part_box(self, part: int) -> QRect:
        """Return where the cells of a matrix are, in pixels of the whole."""
        if (a := self._arrangement) is None:
            return QRect()
        box = a.boxes[part]
        return QRect(*a.places[part], box.columns * a.cell, box.rows * a.cell)

    def cell_box(self, place: CellPlace) -> QRect:
        """Return where a cell of the matrix enlarged is, likewise."""
        if (a := self._arrangement) is None:
            return QRect()
        left, top = a.places[0]
        x, y = left + place.column * a.cell, top + place.row * a.cell
        return QRect(x, y, a.cell, a.cell)

    def part_name(self, part: int) -> str:
        """Return what a matrix is called, and how large it is."""
        return words.spoken_matrix(self.matrices[part])

    def cell_name(self, place: CellPlace) -> str:
        """Say in short what a cell of the matrix enlarged shows."""
        assert self.enlarged is not None
        matrix = self.matrices[self.enlarged]
        return words.spoken(matrix, *place, self.chars, self.heads)

    # The view

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self.rearrange()
        self.find_pointed()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw the part that comes into view."""
        self.viewport().update()
        self.find_pointed()


def _shapes(matrices: tuple[Matrix, ...]) -> list[tuple[str, int, int]]:
    return [(m.name, m.rows, m.columns) for m in matrices]
