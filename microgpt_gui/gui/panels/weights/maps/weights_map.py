"""The matrices on show: all of them, or one enlarged; knows where the pointer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.map_view import MapView
from microgpt_gui.gui.panels.weights import words
from microgpt_gui.gui.panels.weights.colours import Colouring, scales_of, unit_of
from microgpt_gui.gui.panels.weights.maps.arrangement import Cell
from microgpt_gui.gui.panels.weights.maps.picture import Picture
from microgpt_gui.gui.widgets.cell_cursor import CellGrid, CellPlace

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panels.weights.maps.arrangement import Arrangement
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.matrices import Matrix


class WeightsMap(MapView[Picture]):
    """One rectangle of cells for each matrix; scrolls where they would be too small.

    Attributes:
        matrices: What is drawn; empty for nothing.
        enlarged: The number of the matrix that fills the view, or None.
        pointed: The cell under the pointer, or None.
        colour_range: How far the colours reach; taken up with the next weights.
        chars: The alphabet: tokens are named by it.
        heads: Of each layer: they share the rows of q, k and v.
        chosen: The cell of the matrix enlarged that something is to be done with.
        is_choosing: Whether a click there, or the cell cursor, chooses a cell; a click
            returns to all matrices otherwise.

    Signals:
        cell_chosen: ``chosen`` is another cell, or none.
    """

    cell_chosen = Signal()

    pointed: Cell | None

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.matrices: tuple[Matrix, ...] = ()
        self.chars, self.heads = "", 1
        self.chosen: Cell | None = None
        self.is_choosing = False
        self._colouring = Colouring()
        self._named_by = ""  # the alphabet of what is drawn
        self.setAccessibleName("Weights of every matrix")
        self.setToolTip(
            "A row for each output, a column for each input; the names are the "
            "script's. Left and Right choose a matrix, Enter enlarges it; there Up and "
            "Down go into its cells."
        )

    @property
    def arrangement(self) -> Arrangement | None:
        """Where the matrices are; None while nothing is shown."""
        return self._picture.arrangement if self._picture else None

    def show_weights(self, matrices: tuple[Matrix, ...], colouring: Colouring) -> None:
        """Draw ``matrices``; nothing if empty.

        Args:
            matrices: Of the model.
            colouring: How their numbers become colours.
        """
        before, self.matrices, self._colouring = self.matrices, matrices, colouring
        self.colour_range = colouring.colour_range
        were_named, self._named_by = self._named_by, self.chars
        if (_shapes(before), were_named) != (_shapes(matrices), self.chars):
            self._current = 0
            if self.enlarged is not None:
                self.enlarge(None)
            else:
                self.rearrange()
        elif self._picture is not None:
            self._picture.show(self._shown(), colouring)
            self._ask_for_numbers()
        self.find_pointed()
        self.viewport().update()

    @property
    def unit_written(self) -> float:
        """What the numbers in cells are multiples of; 1 where there are none."""
        is_written = self._picture is not None and self._picture.has_numbers
        if not is_written or self.enlarged is None:
            return 1.0
        return unit_of(self.matrices[self.enlarged], self._colouring)

    def scale(self) -> float | None:
        """Return the weight with the end colour where one looks; None for several.

        In the row that is pointed at, or in all of the matrix that is enlarged.
        """
        if self.colour_range is ColourRange.FIXED:
            return self._colouring.scale
        number, row = self.enlarged, 0
        if self.pointed is not None:
            number, row = self.pointed.matrix, self.pointed.row
        elif self.colour_range is ColourRange.ROW:
            number = None
        if number is None:
            return None
        scales = scales_of(
            self.matrices[number], self._colouring.scale, self.colour_range
        )
        return float(scales[row])

    def enlarge(self, number: int | None, /) -> None:
        """Let a matrix fill the view; None for all of them."""
        if number != self.enlarged:
            self.choose(None)
        super().enlarge(number)

    def choose(self, cell: Cell | None) -> None:
        """Let something be done with a cell of the matrix enlarged; None for none."""
        if cell != self.chosen:
            self.chosen = cell
            self.viewport().update()
            self.cell_chosen.emit()

    # The picture

    def rearrange(self) -> None:
        """See `MapView`."""
        self._picture = None
        if self.matrices and not self.viewport().size().isEmpty():
            self._picture = Picture(
                self._appearance,
                self._shown(),
                words.layers_of(self.matrices),
                self.chars,
                self.maximumViewportSize(),
                is_one=self.enlarged is not None,
                scroll_bar=self.verticalScrollBar().sizeHint().width(),
            )
            self._picture.show(self._shown(), self._colouring)
        a, room = self.arrangement, self.viewport().size()
        whole = QSize(a.width, a.height) if a else QSize(0, 0)
        self._fit_bars(whole, room, QSize(room.width() // 8, room.height() // 8))

    def _shown(self) -> tuple[Matrix, ...]:
        if self.enlarged is None:
            return self.matrices
        return self.matrices[self.enlarged : self.enlarged + 1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view, and what the pointer and the keyboard are on."""
        if self._picture is None:
            return
        painter, pointed = QPainter(self.viewport()), self.pointed
        if pointed is not None and self.enlarged is not None:
            pointed = pointed._replace(matrix=0)  # the only one shown
        self._picture.paint(painter, pointed)
        painter.resetTransform()
        theme = self._appearance.theme
        if self.has_ring:
            # Close: there is no room for more.
            ring = self._picture.box_of(self._current).adjusted(1, 1, -1, -1)
            self.draw_ring(painter, ring.translated(-self.offset()), theme.accent)
        if self.chosen is not None:
            place = CellPlace(self.chosen.row, self.chosen.column)
            self.draw_cell_ring(painter, place, theme)
        self.draw_cursor(painter, theme)
        painter.end()

    # The pointer

    def _cell_at(self, view: QPoint | None) -> Cell | None:
        a = self.arrangement
        if view is None or a is None:
            return None
        at = view + self.offset()
        cell = a.cell_at(at.x(), at.y())
        if cell is None or self.enlarged is None:
            return cell
        return cell._replace(matrix=self.enlarged)

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, is over now."""
        if (place := self.cursor_place) is not None and self.enlarged is not None:
            self._point_at(Cell(self.enlarged, *place))
        else:
            self._point_at(self._cell_at(self._mouse))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Enlarge the matrix clicked; in one enlarged, choose a cell or return."""
        cell = self._cell_at(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or cell is None:
            return
        if self.enlarged is not None and self.is_choosing:
            self.choose(None if cell == self.chosen else cell)
        else:
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
            if self.is_choosing and (place := self.cursor_place) is not None:
                assert self.enlarged is not None
                self.choose(Cell(self.enlarged, *place))
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
        if self._picture is None or self.enlarged is not None:
            return
        box, bar = self._picture.box_of(self._current), self.verticalScrollBar()
        seen_from = max(bar.value(), box.bottom() + 3 - self.viewport().height())
        bar.setValue(min(seen_from, box.top() - 1))

    # See `EnlargingView`

    def part_count(self) -> int:
        """Return how many matrices there are."""
        return len(self.matrices)

    def grid(self) -> CellGrid:
        """Return the rows and columns of the matrix enlarged."""
        if self.enlarged is None or self._picture is None:
            return CellGrid(0, 0)
        matrix = self.matrices[self.enlarged]
        return CellGrid(matrix.rows, matrix.columns)

    def part_box(self, part: int) -> QRect:
        """Return where the cells of a matrix are, in pixels of the whole."""
        if (a := self.arrangement) is None:
            return QRect()
        return QRect(QPoint(*a.places[part]), QSize(*a.size(part)))

    def cell_box(self, place: CellPlace) -> QRect:
        """Return where a cell of the matrix enlarged is, likewise."""
        if (a := self.arrangement) is None:
            return QRect()
        corner = QPoint(*a.corner(Cell(0, *place)))
        return QRect(corner, QSize(a.cell_width, a.cell))

    def part_name(self, part: int) -> str:
        """Return what a matrix is called, and how large it is."""
        return words.spoken_matrix(self.matrices[part])

    def cell_name(self, place: CellPlace) -> str:
        """Say in short what a cell of the matrix enlarged shows."""
        assert self.enlarged is not None
        matrix = self.matrices[self.enlarged]
        return words.spoken(matrix, *place, self.chars, self.heads)


def _shapes(matrices: tuple[Matrix, ...]) -> list[tuple[str, int, int]]:
    return [(m.name, m.rows, m.columns) for m in matrices]
