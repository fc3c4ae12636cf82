"""The film on show; knows where the pointer and the keyboard are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter

from microgpt_gui.gui.panels.weights.film import words
from microgpt_gui.gui.panels.weights.film.colours import changes, shown_matrices
from microgpt_gui.gui.panels.weights.film.layout import (
    USUAL,
    FilmLayout,
    Part,
    frames_that_fit,
    laid_out,
)
from microgpt_gui.gui.panels.weights.film.picture import FilmPicture
from microgpt_gui.gui.panels.weights.lettering import letter_size
from microgpt_gui.gui.panels.weights.maps.arrangement import Cell
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.cell_cursor import CellGrid
from microgpt_gui.gui.widgets.enlarging_view import EnlargingView

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panels.weights.film.colours import Ends
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.cell_cursor import CellPlace
    from microgpt_gui.session.reading.weights.film import Film


#: Between a label and its frame, in pixels at 100 %: the ring goes there.
_ABOVE = 4


class FilmPlace(NamedTuple):
    """What is pointed at: a part, and perhaps a cell of it."""

    part: Part
    cell: Cell | None  # its matrix counted among those shown


class FilmView(EnlargingView):
    """Moments above, changes between them below; a click goes to a moment.

    Attributes:
        film: What is drawn; None for nothing.
        matrix: The number of the one that is shown alone; None for all.
        pointed: What the pointer or the keyboard is on; None for nothing.

    Signals:
        step_chosen: A person wants to see the moment after so many steps (int).
        room_changed: Another number of moments may fit.
    """

    step_chosen = Signal(int)
    room_changed = Signal()

    pointed: FilmPlace | None

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.film: Film | None = None
        self.matrix: int | None = None
        self._ends: tuple[Ends, Ends] = ([], [])
        self._layout: FilmLayout | None = None
        self._shown_step = 0
        self._picture = FilmPicture(appearance, self.devicePixelRatioF())
        self.setAccessibleName("Weights at some moments, and their changes")
        self.setToolTip(
            "Left and Right choose a moment, Down and Up its change, Enter shows it."
        )
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(never)
        self.setVerticalScrollBarPolicy(never)

    @property
    def most(self) -> int:
        """How many moments there is room for."""
        film, size = self.film, self.viewport().size()
        if film is None or not film.moments or size.isEmpty():
            return USUAL
        shown = shown_matrices(film.moments[0], self.matrix)
        return frames_that_fit(shown, size, self._px(), self._label(), self._gap())

    @property
    def stride(self) -> int:
        """Every so many rows and columns are drawn."""
        return self._layout.stride if self._layout is not None else 1

    def show_film(
        self, film: Film | None, matrix: int | None, ends: tuple[Ends, Ends]
    ) -> None:
        """Draw ``film``.

        Args:
            film: The moments; None for nothing.
            matrix: The number of the one to be shown alone; None for all.
            ends: How far the colours reach; see `ends_of`.
        """
        is_other = _shape(self.film, self.matrix) != _shape(film, matrix)
        self.film, self.matrix, self._ends = film, matrix, ends
        self._lay_out()
        if is_other:
            self.room_changed.emit()

    def mark_step(self, step: int) -> None:
        """Mark the moment that the window shows."""
        if step != self._shown_step:
            self._shown_step = step
            self.viewport().update()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._picture = FilmPicture(self._appearance, self.devicePixelRatioF())
        self._lay_out()

    def _px(self) -> float:
        return self._appearance.px(100) / 100

    def _label(self) -> int:
        size = letter_size(self.viewport().height(), self._appearance.px)
        font = self._appearance.font(size)
        return QFontMetrics(font).height() + self._appearance.px(_ABOVE)

    def _gap(self) -> int:
        return self._appearance.px(sizes.SMALL)

    def _lay_out(self) -> None:
        film, self._layout = self.film, None
        if film is not None and film.moments and not self.viewport().size().isEmpty():
            shown = shown_matrices(film.moments[0], self.matrix)
            self._layout = laid_out(
                shown,
                self.viewport().size(),
                len(film.steps),
                self._px(),
                self._label(),
                self._gap(),
            )
            self._current = min(self._current, self.part_count() - 1)
        self.find_pointed()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the film, and what the pointer and the keyboard are on."""
        film, layout = self.film, self._layout
        if film is None or layout is None:
            return
        painter = QPainter(self.viewport())
        self._picture.paint(
            painter, film, layout, self.matrix, self._ends, self._shown_step
        )
        theme = self._appearance.theme
        if self.pointed is not None and self.pointed.cell is not None:
            box = self._cell_box(layout, self.pointed)
            for colour, by in ((theme.surface, 2), (theme.text, 1)):
                painter.setPen(QColor(colour))
                painter.drawRect(box.adjusted(-by, -by, by - 1, by - 1))
        if (ringed := self.ringed) is not None:
            self.draw_ring(painter, self.part_box(ringed), theme.accent)
        painter.end()

    @staticmethod
    def _cell_box(layout: FilmLayout, place: FilmPlace) -> QRect:
        assert place.cell is not None
        a, every = layout.arrangement, layout.stride
        matrix, row, column = place.cell
        corner = QPoint(*a.corner(Cell(matrix, row // every, column // every)))
        box = QRect(0, 0, a.cell_width, a.cell)
        return box.translated(corner + layout.origin(place.part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self._lay_out()
        self.room_changed.emit()

    # What is read

    def reading(self) -> str:
        """Say what is pointed at."""
        film, place = self.film, self.pointed
        if film is None or place is None:
            return words.POINT
        number, is_change = place.part
        told = words.part(film, number, is_change=is_change)
        if number + is_change >= len(film.moments):
            return f"{told}: on its way."
        if place.cell is None:
            return f"{told}: a click or Enter shows it."
        moment = film.moments[number + is_change]
        shown = shown_matrices(moment, self.matrix)
        matrix, row, column = place.cell
        if is_change:
            before = shown_matrices(film.moments[number], self.matrix)
            one = slice(matrix, matrix + 1)
            shown = changes(before[one], shown[one])
            matrix = 0
        heads = moment.config.n_head
        cell = row, column
        return words.reading(
            told, shown[matrix], cell, moment.chars, heads, is_change=is_change
        )

    # Pointer

    def enlarge(self, part: int | None, /) -> None:
        """See `EnlargingView`: no moment fills the view; it is gone to."""

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, or the keyboard is on."""
        if self._mouse is not None:
            self._point_at(self._place_at(self._mouse))
        elif self._layout is not None and self.ringed is not None:
            self._point_at(FilmPlace(self._layout.parts[self.ringed], None))
        else:
            self._point_at(None)

    def _place_at(self, at: QPoint) -> FilmPlace | None:
        layout, film = self._layout, self.film
        part = layout.part_at(at) if layout is not None else None
        if layout is None or film is None or part is None:
            return None
        is_there = part.frame + part.is_change < len(film.moments)
        return FilmPlace(part, layout.cell_at(part, at) if is_there else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the moment that was clicked."""
        place = self._place_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self._choose(place.part)

    def _choose(self, part: Part) -> None:
        if self.film is not None:
            self.step_chosen.emit(self.film.steps[part.frame + part.is_change])

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from moment to moment, and to their changes; Enter goes to one."""
        key, layout = Qt.Key(event.key()), self._layout
        if layout is None:
            event.ignore()
            return
        parts = layout.parts
        frame, is_change = parts[self._current]
        last = layout.frames - 1 - is_change
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(parts[self._current])
            return
        if key in _ALONG:
            frame = min(max(frame + _ALONG[key], 0), last)
        elif key is Qt.Key.Key_Home:
            frame = 0
        elif key is Qt.Key.Key_End:
            frame = last
        elif key is Qt.Key.Key_Down and layout.frames > 1:
            frame, is_change = min(frame, layout.frames - 2), True
        elif key is Qt.Key.Key_Up:
            is_change = False
        else:
            super().keyPressEvent(event)
            return
        self._current = parts.index(Part(frame, is_change))
        self._mouse = None  # what the keys do is newer
        self._set_by_keyboard(True)
        self.find_pointed()
        self.viewport().update()
        self.tell_of_keyboard()

    # See `EnlargingView`

    def part_count(self) -> int:
        """Return how many moments and changes there are."""
        return len(self._layout.parts) if self._layout is not None else 0

    def grid(self) -> CellGrid:
        """Return no cells."""
        return CellGrid(0, 0)

    def part_box(self, part: int) -> QRect:
        """Return where a moment or a change is, with what is written above it."""
        if self._layout is None:
            return QRect()
        box = self._layout.box(self._layout.parts[part])
        return box.adjusted(0, -self._label(), 0, 0)

    def part_name(self, part: int) -> str:
        """Return what a moment or a change is called."""
        if self._layout is None or self.film is None:
            return ""
        number, is_change = self._layout.parts[part]
        return words.part(self.film, number, is_change=is_change)

    def cell_box(self, place: CellPlace) -> QRect:
        """Return no cell."""
        return QRect()

    def cell_name(self, place: CellPlace) -> str:
        """Return no cell's name."""
        return ""


def _shape(film: Film | None, matrix: int | None) -> object:
    """Return what the room for a frame depends on."""
    is_there = film is not None and bool(film.moments)
    return matrix, film.moments[0].model if is_there and film is not None else None


_ALONG = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
