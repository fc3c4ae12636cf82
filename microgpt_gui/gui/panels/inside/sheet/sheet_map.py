"""A stage that is opened, with a pointer: hovering reads, a click keeps a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter

from microgpt_gui.gui.panel.map_view import MapView
from microgpt_gui.gui.panel.signed_colours import scale_of_numbers
from microgpt_gui.gui.panels.inside.sheet import words
from microgpt_gui.gui.panels.inside.sheet.content import parts_of, sheet_of
from microgpt_gui.gui.panels.inside.sheet.picture import Ends, SheetPicture
from microgpt_gui.gui.panels.inside.words import opened_name
from microgpt_gui.gui.widgets.cell_cursor import CellGrid, CellPlace

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from microgpt_gui.gui.panels.inside.colours import ColouredWay
    from microgpt_gui.gui.panels.inside.sheet.content import Sheet
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.inside.stages import Stage


_STAGES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class SheetSpot(NamedTuple):
    """A cell: without a row, of what enters; without a column, of what comes out."""

    row: int | None
    column: int | None


class SheetMap(MapView[SheetPicture]):
    """The rows and columns of one stage; its parts are heads, one of them shown.

    Attributes:
        sheet: What is drawn; None for nothing.
        enlarged: The head that is shown; 0 where a stage is not opened by head.
        pointed: The cell under the pointer, or under the cursor; None for none.
        kept: The row that was clicked.

    Signals:
        row_changed: Another row is spoken of.
        stage_wanted: Another stage is to be open: the one so many further on (int).
    """

    row_changed = Signal()
    stage_wanted = Signal(int)

    pointed: SheetSpot | None

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.sheet: Sheet | None = None
        self.enlarged = 0
        self.kept = 0
        self._shown: ColouredWay | None = None
        self._stage: Stage | None = None
        self.setFrameShape(MapView.Shape.NoFrame)
        self.setAccessibleName("Numbers of the stage that is open")
        self.setToolTip(
            "Left and Right show other stages. Down goes into the cells; there the "
            "arrows move, and PageUp and PageDown go to another head. Escape goes back."
        )

    def show_stage(self, shown: ColouredWay | None, stage: Stage | None) -> None:
        """Draw a stage opened; nothing if None."""
        before = self._stage
        self._shown, self._stage = shown, stage
        is_other = stage is None or before is None or stage.id != before.id
        if is_other:
            self.kept = 0
            self._leave_cells()
        if stage is not None and self.enlarged is not None:
            self.enlarged = min(self.enlarged, parts_of(stage) - 1)
        self._open()
        if is_other:
            self.row_changed.emit()

    def enlarge(self, part: int | None, /) -> None:
        """Show another head; for None, the first."""
        part = part or 0
        if part == self.enlarged:
            return
        self.enlarged = part
        self._open()
        self.row_changed.emit()
        self.enlarged_changed.emit()

    def _open(self) -> None:
        before, self.sheet = self.sheet, None
        if self._shown is not None and self._stage is not None:
            self.sheet = sheet_of(self._shown.way, self._stage, self.enlarged or 0)
        is_same = (
            self._picture is not None
            and self.sheet is not None
            and before is not None
            and _sizes(before) == _sizes(self.sheet)
        )
        if is_same and self._picture is not None and self.sheet is not None:
            self._picture.show(self.sheet, self._ends(self.sheet))
            self._ask_for_numbers()
        else:
            self.rearrange()
        if self.sheet is not None:
            self.kept = min(self.kept, len(self.sheet.values) - 1)
        self.find_pointed()
        self.viewport().update()

    @property
    def spoken_row(self) -> int | None:
        """The row whose number is explained: pointed at, or kept; None for none."""
        if self.sheet is None or not self.sheet.is_product:
            return None
        if self.pointed is not None and self.pointed.row is not None:
            return self.pointed.row
        return self.kept

    def _ends(self, sheet: Sheet) -> Ends:
        """Return the numbers with the end colours: a matrix has its own."""
        assert self._shown is not None
        way = self._shown.way
        own = self._shown.end_of(sheet.stage)
        if not sheet.is_product and sheet.name == "":
            if sheet.shares:
                own = self._shown.end_of(way.stage(sheet.stage.sources[0]))
            return Ends(own, own, own)
        entering = own
        if sheet.stage.sources:
            entering = self._shown.end_of(way.stage(sheet.stage.sources[0]))
        return Ends(scale_of_numbers([sheet.values.ravel()]), entering, own)

    # The picture

    def rearrange(self) -> None:
        """See `MapView`."""
        self._picture = None
        room, whole = self.maximumViewportSize(), QSize(0, 0)
        if self.sheet is not None and not room.isEmpty():
            self._picture = self._arranged(self.sheet, room)
            layout = self._picture.layout
            whole = QSize(layout.width, layout.height)
            bar = self.verticalScrollBar().sizeHint().width()
            is_wide, is_high = (
                whole.width() > room.width(),
                whole.height() > room.height(),
            )
            if is_wide or is_high:
                room -= QSize(bar * is_high, bar * is_wide)
                self._picture = self._arranged(self.sheet, room)
                layout = self._picture.layout
                whole = QSize(layout.width, layout.height)
        self._fit_bars(whole, room, QSize(room.width() // 8, room.height() // 8))

    def _arranged(self, sheet: Sheet, room: QSize) -> SheetPicture:
        picture = SheetPicture(self._appearance, sheet, room)
        picture.show(sheet, self._ends(sheet))
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view, and what the pointer and the keyboard are on."""
        if self._picture is None:
            return
        painter = QPainter(self.viewport())
        pointed = self.pointed
        box = None if pointed is None else self.spot_box(pointed)
        self._picture.paint(painter, self.spoken_row, box)
        self.draw_cursor(painter, self._appearance.theme)
        painter.end()

    def spot_box(self, spot: SheetSpot) -> QRect:
        """Return where a cell is in the view."""
        assert self._picture is not None
        a, offset = self._picture.layout, self.offset()
        left, top = a.corner(spot.row or 0, spot.column or 0)
        left, top = left - offset.x(), top - offset.y()
        if spot.row is None:
            return QRect(left, a.entering_top, a.wide, a.entering_high)
        if spot.column is None:
            return QRect(a.out_left, top, a.out_wide, a.high)
        return QRect(left, top, a.wide, a.high)

    # The pointer

    def _spot_at(self, at: QPoint) -> SheetSpot | None:
        if self._picture is None or self.sheet is None:
            return None
        a, offset = self._picture.layout, self.offset()
        row = (at.y() + offset.y() - a.top) // a.high
        column = (at.x() + offset.x() - a.left) // a.wide
        rows, columns = self.sheet.values.shape
        has_row = at.y() >= a.top and 0 <= row < rows
        has_column = at.x() >= a.left and 0 <= column < columns
        is_out = a.out_wide and a.out_left <= at.x() < a.out_left + a.out_wide
        if has_row and has_column:
            return SheetSpot(row, column)
        if has_row and is_out:
            return SheetSpot(row, None)
        below = at.y() - a.entering_top
        if has_column and self.sheet.is_product and 0 <= below < a.entering_high:
            return SheetSpot(None, column)
        return None

    def find_pointed(self) -> None:
        """Find what the pointer, perhaps at rest, is over now."""
        before = self.spoken_row
        if (place := self.cursor_place) is not None:
            self._point_at(SheetSpot(*place))
        else:
            self._point_at(None if self._mouse is None else self._spot_at(self._mouse))
        if self.spoken_row != before:
            self.row_changed.emit()

    def is_pressable(self) -> bool:
        """See `EnlargingView`: what is pointed at here is read, first of all."""
        return False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the row that was clicked."""
        spot = self._spot_at(event.position().toPoint())
        is_left = event.button() is Qt.MouseButton.LeftButton
        if not is_left or spot is None or spot.row is None:
            return
        self.kept = spot.row
        if spot.column is not None:  # the arrows go on from here
            self._set_cursor(CellPlace(spot.row, spot.column))
        self.row_changed.emit()
        self.viewport().update()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the cells; the rest is whose this is."""
        key = Qt.Key(event.key())
        before = self.spoken_row
        if self.press_in_cells(key):
            self._set_by_keyboard(True)
            if (place := self.cursor_place) is not None:
                self.kept = place.row
            if self.spoken_row != before:
                self.row_changed.emit()
        elif key in _STAGES:
            self.stage_wanted.emit(_STAGES[key])
        else:
            event.ignore()

    def _bring_to_sight(self, box: QRect) -> None:
        """Scroll so that no cell is below what enters or comes out."""
        if self._picture is not None:
            a = self._picture.layout
            box = box.adjusted(-a.left, -a.top, 0, 0)
        super()._bring_to_sight(box)

    # See `EnlargingView`

    def part_count(self) -> int:
        """Return how many heads there are; 1 where a stage is not opened by head."""
        return parts_of(self._stage) if self._stage is not None else 0

    def grid(self) -> CellGrid:
        """Return the rows and columns."""
        if self.sheet is None or self._picture is None:
            return CellGrid(0, 0)
        return CellGrid(*self.sheet.values.shape)

    def part_box(self, part: int) -> QRect:
        """Return where a head is: all is one head's."""
        return QRect(QPoint(), self.viewport().size())

    def cell_box(self, place: CellPlace) -> QRect:
        """Return where a cell is, in pixels of the whole."""
        if self._picture is None:
            return QRect()
        a = self._picture.layout
        return QRect(*a.corner(*place), a.wide, a.high)

    def part_name(self, part: int) -> str:
        """Return what is open."""
        if self._stage is None:
            return ""
        return opened_name(self._stage, part, self.part_count())

    def cell_name(self, place: CellPlace) -> str:
        """Say in short what a cell shows."""
        if self.sheet is None or self._shown is None:
            return ""
        return words.reading(self._shown.way, self.sheet, *place)


def _sizes(sheet: Sheet) -> tuple[object, ...]:
    return sheet.stage, sheet.values.shape, sheet.row_names, sheet.column_names
