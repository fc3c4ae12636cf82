"""The way as a whole and, below it, the stage that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panels.inside.bar_list import BarList
from microgpt_gui.gui.panels.inside.colours import ColouredWay
from microgpt_gui.gui.panels.inside.flow.flow_map import FlowMap
from microgpt_gui.gui.panels.inside.letter_row import LetterRow
from microgpt_gui.gui.panels.inside.listings import listing_of
from microgpt_gui.gui.panels.inside.sheet.sheet_map import SheetMap
from microgpt_gui.gui.panels.inside.stage_head import StageHead
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.pace import Pace

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.enlarging_view import EnlargingView
    from microgpt_gui.session.reading.inside.way import TokenWay

#: In pixels at 100 %: the flow above a stage that is open, in little room and in much,
#: and from which height on there is much; what is listed, and the room it needs.
_LOW_FLOW, _HIGH_FLOW, _MUCH = 20, 78, 330
_LIST, _LARGE_LIST, _LEAST_BESIDE = 236, 330, 420

#: The least height of all with a stage open, in pixels at 100 %.
_LEAST_OPEN = 180

#: What is listed takes so much of a wide figure.
_SHARE = 0.22

#: What is listed changes at most so often, in ms: faster nobody reads it.
_LIST_MS = 200

#: The most that Qt knows, in pixels.
_ANY = 16_777_215


class InsideFigure(QWidget):
    """Shows a token's way; one stage of it may be open.

    Attributes:
        way: What is drawn; None for nothing.
        letters: The text; chooses the token.
        flow: All stages.
        head: What is open, in words.
        sheet: The stage that is open.
        listing: What is listed beside it.
        colour_range: How far the colours reach; taken up with the next way.

    Signals:
        selected_changed: Another stage is open, or none.
        position_chosen: Another token is to go the way (int).
    """

    selected_changed = Signal()
    position_chosen = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.way: TokenWay | None = None
        self.colour_range = ColourRange.FIXED
        self.shown: ColouredWay | None = None
        self.letters = LetterRow(appearance)
        self.flow = FlowMap(appearance)
        self.head = StageHead(appearance)
        self.sheet = SheetMap(appearance)
        self.listing = BarList(appearance)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.letters)
        self._column.addWidget(self.flow, 1)
        self._opened = QWidget()
        self._column.addWidget(self._opened, 1)
        self._below = QVBoxLayout(self._opened)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.addWidget(self.head)
        self._beside = QHBoxLayout()
        self._below.addLayout(self._beside, 1)
        self._beside.addWidget(self.sheet, 1)
        self._beside.addWidget(self.listing)
        self._opened.hide()
        self.letters.position_chosen.connect(self.position_chosen)
        self.flow.enlarged_changed.connect(self._on_flow_enlarged_changed)
        self.flow.cells_entered.connect(self._on_flow_cells_entered)
        self.sheet.row_changed.connect(self._list)
        self.sheet.stage_wanted.connect(self._on_sheet_stage_wanted)
        self._pace = Pace(self, _LIST_MS)
        self._pace.due.connect(self._list)
        self.sheet.enlarged_changed.connect(self._on_sheet_enlarged_changed)
        self.head.layer_chosen.connect(self._on_head_layer_chosen)
        self.head.head_chosen.connect(self._on_head_head_chosen)

    @property
    def views(self) -> tuple[EnlargingView, ...]:
        """All that can be pointed at."""
        return self.flow, self.sheet, self.letters, self.listing

    @property
    def selected(self) -> str:
        """The id of the stage that is open; empty for none."""
        if self.way is None or self.flow.enlarged is None:
            return ""
        return self.way.stages[self.flow.enlarged].id

    @Slot(str)
    def select_stage(self, id: str) -> None:
        """Open the stage of this id; close it for an empty one.

        Ids that the model has no stage for change nothing.
        """
        if not id:
            self.flow.enlarge(None)
        elif self.way is not None:
            ids = [stage.id for stage in self.way.stages]
            if id in ids:
                self.flow.enlarge(ids.index(id))

    def show_way(self, way: TokenWay | None) -> None:
        """Draw a way; nothing if None."""
        self.way = way
        self.shown = None if way is None else ColouredWay(way, self.colour_range)
        self.letters.show_way(way)
        self.flow.show_way(self.shown)
        self._show_opened()

    def _show_opened(self) -> None:
        """Draw the stage that is open, if there is one."""
        way, number = self.way, self.flow.enlarged
        is_open = way is not None and number is not None
        if self._opened.isHidden() is is_open:
            had_focus = self.sheet.hasFocus() or self.listing.hasFocus()
            self._opened.setVisible(is_open)
            self._share_height()
            if had_focus and not is_open:
                self.flow.setFocus()
        if way is None or number is None:
            self.sheet.show_stage(None, None)
            return
        self.sheet.show_stage(self.shown, way.stages[number])
        self._say_opened()
        self._pace.ask()
        self._below.activate()

    def _say_opened(self) -> None:
        if self.way is not None and self.sheet.sheet is not None:
            parts = self.sheet.part_count()
            self.head.show_stage(self.way, self.sheet.sheet, parts)

    @Slot()
    def _list(self) -> None:
        """List what belongs to the stage that is open, where there is room."""
        way, sheet = self.way, self.sheet.sheet
        if way is None or sheet is None:
            return
        listing = listing_of(way, sheet, self.sheet.spoken_row)
        has_room = self.width() >= self._appearance.px(_LEAST_BESIDE)
        is_there = bool(listing.lines) and has_room
        if self.listing.isHidden() is is_there:
            self.listing.setVisible(is_there)
            self._below.activate()
        self.listing.show_listing(listing)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._column.setSpacing(px(sizes.TIGHT))
        self._below.setSpacing(px(sizes.TIGHT))
        self._beside.setSpacing(px(sizes.MEDIUM))
        self.head.restyle()
        for view in (self.letters, self.flow, self.sheet, self.listing):
            view.rearrange()
        self._share_height()
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._share_height()
        self._share_width()
        self._list()

    def least_height(self) -> int:
        """Return the height that a stage which is open needs, in pixels; else 0."""
        is_open = not self._opened.isHidden()
        return self._appearance.px(_LEAST_OPEN) if is_open else 0

    def _share_height(self) -> None:
        """Leave the stage that is open as much room as the flow can spare."""
        px, is_open = self._appearance.px, not self._opened.isHidden()
        if is_open:
            is_much = self.height() >= px(_MUCH)
            self.flow.setFixedHeight(px(_HIGH_FLOW if is_much else _LOW_FLOW))
        else:
            self.flow.setMinimumHeight(1)
            self.flow.setMaximumHeight(_ANY)
        self._column.activate()  # at once: the flow takes up its size before it draws

    def _share_width(self) -> None:
        """Leave what is listed as much room as its letters need."""
        px = self._appearance.px
        wanted = round(min(px(_LARGE_LIST), _SHARE * self.width()))
        self.listing.setFixedWidth(max(px(_LIST), wanted))

    @Slot()
    def _on_flow_enlarged_changed(self) -> None:
        self._show_opened()
        self.selected_changed.emit()

    @Slot(object)
    def _on_flow_cells_entered(self, key: Qt.Key) -> None:
        self.sheet.setFocus(Qt.FocusReason.TabFocusReason)
        self.sheet.press_in_cells(key)

    @Slot()
    def _on_sheet_enlarged_changed(self) -> None:
        self._say_opened()

    @Slot(int)
    def _on_sheet_stage_wanted(self, by: int) -> None:
        self.flow.step(by)

    @Slot(int)
    def _on_head_layer_chosen(self, layer: int) -> None:
        stage = self.selected.partition(".")[2]
        self.select_stage(f"l{layer}.{stage}")

    @Slot(int)
    def _on_head_head_chosen(self, head: int) -> None:
        self.sheet.enlarge(head)
