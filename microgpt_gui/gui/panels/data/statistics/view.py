"""The three parts on show: all of them, or one enlarged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap

from microgpt_gui.gui.panels.data.statistics import words
from microgpt_gui.gui.panels.data.statistics.arrangement import (
    Part,
    arranged,
    enlarged,
)
from microgpt_gui.gui.panels.data.statistics.picture import (
    MapDrawing,
    bar_boxes,
    draw_block_mark,
    draw_lengths,
    draw_title,
)
from microgpt_gui.gui.panels.data.statistics.shown import LENGTHS, PARTS, map_of
from microgpt_gui.gui.theme.coverage import without_font
from microgpt_gui.gui.widgets.cell_cursor import CellGrid, CellPlace
from microgpt_gui.gui.widgets.enlarging_view import EnlargingView

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from microgpt_gui.gui.panels.data.statistics.shown import Statistics
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.corpus.count_maps import CountMap

Pointed = tuple[int, CellPlace | None]  # a part, and a cell of it


class StatisticsView(EnlargingView):
    """Lengths as bars, and two maps; a click lets one of them fill the view.

    Attributes:
        shown: What is drawn; None for nothing.
        pointed: The part under the pointer, and the cell; None for nothing.
        is_chance: Whether pairs are shares of what follows a letter, not counts.
        is_log: Whether colours are on a logarithmic scale.
    """

    pointed: Pointed | None

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.shown: Statistics | None = None
        self.is_chance = self.is_log = True
        self._parts: dict[int, Part] = {}
        self._maps: dict[tuple[int, int, int | None], CountMap] = {}
        self._picture: QPixmap | None = None
        self.setFrameShape(EnlargingView.Shape.NoFrame)
        self.setAccessibleName("Statistics of the text")
        self.setToolTip(
            "Left and Right choose a part, Enter enlarges it; there Up and Down go "
            "into its cells."
        )

    def show_statistics(self, shown: Statistics | None) -> None:
        """Draw ``shown``; nothing if None."""
        before, self.shown = self.shown, shown
        self._maps.clear()
        if shown is None or before is None or before.title != shown.title:
            self.enlarge(None)
        self.rearrange()

    def set_colours(self, *, is_chance: bool, is_log: bool) -> None:
        """Choose what the colours stand for."""
        self.is_chance, self.is_log = is_chance, is_log
        self.rearrange()

    def map_of(self, part: int) -> CountMap | None:
        """Return the map that a part shows; None for bars, or while it is counted."""
        place = self._parts.get(part)
        counts = self.shown.counts if self.shown else None
        if part == LENGTHS or place is None or counts is None:
            return None
        tokens = len(counts.letters) + bool(counts.others)
        most = tokens if place.rows == tokens + 1 else place.letters
        is_positions = part != PARTS[-1]
        asked = part, most, place.columns if is_positions else None
        if asked not in self._maps:
            self._maps[asked] = map_of(counts, *asked)
        return self._maps[asked]

    def without_font(self) -> str:
        """Return those of the letters beside the cells that no font has."""
        shown = (self.map_of(part) for part in self._parts)
        rows = {letter for one in shown if one for letter in one.rows[:-1]}
        return without_font(sorted(letter for letter in rows if len(letter) == 1))

    # Where all is

    def rearrange(self) -> None:
        """Place all anew: what is shown, the view, the theme or the zoom changed."""
        self._parts, self._picture = {}, None
        view, px = self.maximumViewportSize(), self._appearance.px
        whole = seen = QSize(0, 0)
        if self.shown is not None and not view.isEmpty():
            counts = self.shown.counts
            letters = len(counts.letters) + bool(counts.others) if counts else 1
            positions = len(counts.positions) if counts else 1
            if self.enlarged is None:
                self._parts = arranged(view, letters, positions, px)
            else:
                bars = self.verticalScrollBar().sizeHint().width()
                view -= QSize(bars, bars)
                part = enlarged(self.enlarged, view, letters, positions, px)
                self._parts = {self.enlarged: part}
                whole, seen = part.whole, part.cells.size()
        for bar, most, page in (
            (self.verticalScrollBar(), whole.height(), seen.height()),
            (self.horizontalScrollBar(), whole.width(), seen.width()),
        ):
            bar.setRange(0, max(0, most - page))
            bar.setPageStep(max(1, page))
            bar.setSingleStep(max(1, page // 8))
        self.find_pointed()
        self.viewport().update()

    def _cell_box(self, part: Part, place: CellPlace) -> QRect:
        """Return where a cell is, in pixels of the view."""
        if part.number == LENGTHS:
            assert self.shown is not None
            return bar_boxes(part, self.shown.lengths)[place.column].toAlignedRect()
        corner = part.cells.topLeft() - self.offset()
        return QRect(
            corner.x() + place.column * part.wide,
            corner.y() + place.row * part.high,
            part.wide,
            part.high,
        )

    def _pointed_at(self, at: QPoint) -> Pointed | None:
        for part in self._parts.values():
            if not part.box.contains(at):
                continue
            if part.number == LENGTHS and self.shown is not None:
                boxes = bar_boxes(part, self.shown.lengths)
                for number, box in enumerate(boxes):
                    if box.left() <= at.x() < box.left() + max(box.width() + 2, 1):
                        return part.number, CellPlace(0, number)
            elif part.cells.contains(at) and self.map_of(part.number) is not None:
                inside = at - part.cells.topLeft() + self.offset()
                place = CellPlace(inside.y() // part.high, inside.x() // part.wide)
                if place.row < part.rows and place.column < part.columns:
                    return part.number, place
            return part.number, None
        return None

    def find_pointed(self) -> None:
        """See `EnlargingView`."""
        if (place := self.cursor_place) is not None and self.enlarged is not None:
            self._point_at((self.enlarged, place))
        else:
            mouse = self._mouse
            self._point_at(None if mouse is None else self._pointed_at(mouse))

    def enlarge(self, part: int | None, /) -> None:
        """See `EnlargingView`."""
        if part == self.enlarged:
            return
        self.enlarged = part
        if part is not None:
            self._current = part
        self.rearrange()
        self.enlarged_changed.emit()

    # See `EnlargingView`

    def part_count(self) -> int:
        """Return how many parts there are."""
        return len(PARTS) if self.shown is not None else 0

    def grid(self) -> CellGrid:
        """Return the cells of the part enlarged; bars are one row."""
        part = self._parts.get(-1 if self.enlarged is None else self.enlarged)
        if part is None or self.shown is None:
            return CellGrid(0, 0)
        if part.number == LENGTHS:
            return CellGrid(1, len(self.shown.lengths.bars))
        if self.map_of(part.number) is None:
            return CellGrid(0, 0)
        return CellGrid(part.rows, part.columns)

    def part_box(self, part: int) -> QRect:
        """Return where a part is, in pixels of the whole."""
        place = self._parts.get(part)
        return place.box.translated(self.offset()) if place else QRect()

    def cell_box(self, place: CellPlace) -> QRect:
        """Return where a cell is, likewise."""
        part = self._parts.get(-1 if self.enlarged is None else self.enlarged)
        if part is None:
            return QRect()
        return self._cell_box(part, place).translated(self.offset())

    def _bring_to_sight(self, box: QRect) -> None:
        """Scroll to where a cell is among those in view, not below their letters."""
        part = self._parts.get(-1 if self.enlarged is None else self.enlarged)
        if part is None or part.number == LENGTHS:
            return
        at, cells = box.topLeft() - part.cells.topLeft(), part.cells
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        for bar, first, size, room in (
            (across, at.x(), part.wide, cells.width()),
            (down, at.y(), part.high, cells.height()),
        ):
            bar.setValue(min(max(bar.value(), first + size - room), first))

    def part_name(self, part: int) -> str:
        """Return what a part is."""
        if self.shown is None:
            return ""
        if part == LENGTHS:
            return words.of_lengths(self.shown)
        return words.part_title(part, self.map_of(part))

    def cell_name(self, place: CellPlace) -> str:
        """Say what a cell of the part enlarged shows."""
        return "" if self.enlarged is None else self.sentence((self.enlarged, place))

    def sentence(self, pointed: Pointed) -> str:
        """Return the sentence on what is pointed at; empty where there is none."""
        part, place = pointed
        if self.shown is None:
            return ""
        if place is None:
            return self.part_name(part)
        if part == LENGTHS:
            lengths = self.shown.lengths
            return words.of_bar(lengths, lengths.bars[place.column])
        shown = self.map_of(part)
        return words.of_cell(part, shown, *place) if shown is not None else ""

    # Mouse and keys

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Enlarge the part that was clicked, or return to all."""
        pointed = self._pointed_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and pointed is not None:
            self.enlarge(pointed[0] if self.enlarged is None else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the parts, enlarge one, return."""
        key, count = Qt.Key(event.key()), self.part_count()
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
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
                self.viewport().update()
                self.tell_of_keyboard()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enlarge(self._current if self.enlarged is None else None)
        elif key == Qt.Key.Key_Escape and self.enlarged is not None:
            self.enlarge(None)
        else:
            super().keyPressEvent(event)

    # The picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self.rearrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw what comes into view."""
        self._picture = None
        self.viewport().update()
        self.find_pointed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the picture there, and what the pointer and the keyboard are on."""
        if self.shown is None:
            return
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = self._drawn(ratio)
        theme, painter = self._appearance.theme, QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.pointed is not None and self.pointed[1] is not None:
            part, place = self._parts.get(self.pointed[0]), self.pointed[1]
            if part is not None:
                painter.setPen(QColor(theme.text))
                painter.drawRect(self._cell_box(part, place).adjusted(-1, -1, 0, 0))
        if self.ringed is not None and (ringed := self._parts.get(self.ringed)):
            self.draw_ring(painter, ringed.box.adjusted(1, 1, -1, -1), theme.accent)
        self.draw_cursor(painter, theme)
        painter.end()

    def _drawn(self, ratio: float) -> QPixmap:
        assert self.shown is not None
        picture = QPixmap(self.viewport().size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        look, lengths = self._appearance, self.shown.lengths
        painter = QPainter(picture)
        for number, part in self._parts.items():
            shown = self.map_of(number)
            draw_title(painter, part, words.part_title(number, shown), look)
            if number == LENGTHS:
                draw_lengths(painter, part, lengths, look)
            elif shown is not None:
                drawing = MapDrawing(
                    shown, look, is_chance=self.is_chance, is_log=self.is_log
                )
                drawing.draw(painter, part, self.offset())
                colour = look.theme.reference
                block_size = lengths.block_size
                draw_block_mark(painter, part, self.offset(), block_size, colour)
        painter.end()
        return picture
