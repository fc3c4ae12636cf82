"""The panel of what goes on inside: one token's way, and a sentence for the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent

from microgpt_gui.gui.panel.code_beside import CodeBeside
from microgpt_gui.gui.panel.colour_legend import ColourLegend
from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.text_panel import TextPanel
from microgpt_gui.gui.panels.inside import words
from microgpt_gui.gui.panels.inside.exports import InsideExports
from microgpt_gui.gui.panels.inside.figure import InsideFigure
from microgpt_gui.gui.panels.inside.sheet import words as sheet_words
from microgpt_gui.gui.panels.inside.walk.exports import WalkExports
from microgpt_gui.gui.panels.inside.walk.figure import WalkFigure
from microgpt_gui.gui.panels.inside.walk.guide import Guide
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.reading.inside.way import TokenWay

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.questions import WayQuestion


class InsidePanel(TextPanel[TokenWay]):
    """Shows one token of the text on its way through the model.

    Attributes:
        figure: All stages, and the one that is open.
        walking: Holds the figure, and the walk through a step of training.
        beside: Holds that, and the code that computes what is shown.
    """

    title = "Inside"
    hint = (
        "One token's way through the model, with every number: embeddings, queries, "
        "keys and values, scores, heads, W_O, MLP, logits. A stage opens to its matrix."
    )
    words = words.WORDS

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._held: TokenWay | None = None
        self._newest: QObject | None = None  # the view where something is pointed at
        self.figure = InsideFigure(appearance)
        self._exports = InsideExports(self.figure, workshop)
        self.walking = WalkFigure(self.figure, workshop, appearance)
        self.beside = CodeBeside(self.walking, appearance)
        self._walk_exports = WalkExports(self.walking, workshop)
        self._guide = Guide(self.figure, self.walking, self.beside)
        self.put_figure(self.figure.flow, self.beside, is_signed=True)
        self.header += [self.walking.button, self.beside.button]
        if isinstance(self.legend, ColourLegend):
            self.legend.choose(ColourRange.PART)  # small numbers are to be seen, too
        self.frame.set_tight(True)
        self.frame.make_room_to_read(words.LONGEST_READING)
        self.figure.position_chosen.connect(self._on_position_chosen)
        self.figure.selected_changed.connect(self._make_room)
        for view in self.figure.views:
            view.pointed_changed.connect(self._on_view_pointed_changed)
            view.keyboard_moved.connect(self.read)
        self._guide.way_changed.connect(self.hold_way)
        self.walking.walk.told.connect(self.troubled)
        self.walking.walk.changed.connect(self.read)
        self.walking.board.table.pointed_changed.connect(self.read)
        self.walking.board.table.keyboard_moved.connect(self.read)
        for part in (self.walking, self.beside):
            part.sight_requested.connect(self.sight_requested)
        self.restyle()

    def view_actions(self) -> list[QAction]:
        """See `Panel`."""
        return [self.beside.action, *self.walking.actions_of_keys]

    def question(self) -> WayQuestion:
        """See `FigurePanel`."""
        return self._exports.question()

    def draw_text(self, shown: TokenWay | None, usual_tokens: int) -> None:
        """See `TextPanel`."""
        self.figure.colour_range = self.colour_range
        self.figure.show_way(shown)
        if shown is not None:
            self._guide.take(shown)

    def is_other_subject(self, before: TokenWay, shown: TokenWay) -> bool:
        """See `FigurePanel`."""
        is_other = super().is_other_subject(before, shown)
        return is_other or before.position != shown.position

    def ticks_of(self, shown: TokenWay) -> tuple[str, str, str]:
        """See `FigurePanel`."""
        figure = self.figure
        if self.walking.is_learning:
            end = self.walking.end_of_colours
            return ("", "", "") if end is None else words.ticks(end)
        if figure.shown is None or figure.shown.end is not None:
            return words.ticks(figure.shown.end if figure.shown else None)
        spot = figure.flow.pointed
        number = figure.flow.enlarged if spot is None else spot.stage
        if number is None:
            return words.ticks(None)
        return words.ticks(figure.shown.end_of(shown.stages[number]))

    def subject_of(self, shown: TokenWay) -> str:
        """See `FigurePanel`."""
        if self.walking.is_learning:
            return self.walking.subject
        return words.subject(shown, super().subject_of(shown))

    def is_pointed(self) -> bool:
        """See `FigurePanel`."""
        if self.walking.is_learning:
            return self.walking.is_pointed
        return any(view.pointed is not None for view in self.figure.views)

    def reading_of(self, shown: TokenWay) -> str:
        """See `FigurePanel`."""
        if self.walking.is_learning:
            return self.walking.reading
        figure, sheet = self.figure, self.figure.sheet.sheet
        views = sorted(figure.views, key=lambda view: view is not self._newest)
        view = next((view for view in views if view.pointed is not None), None)
        if view is figure.flow and figure.flow.pointed is not None:
            spot = figure.flow.pointed
            return words.reading(shown, shown.stages[spot.stage], spot.cell)
        if view is figure.sheet and sheet is not None and figure.sheet.pointed:
            return sheet_words.reading(shown, sheet, *figure.sheet.pointed)
        for row in (figure.letters, figure.listing):
            if view is row and row.pointed is not None:
                return row.part_name(row.pointed)
        return words.POINT if sheet is None else sheet_words.point(sheet)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.figure.restyle()
        self.walking.restyle()
        self.beside.restyle()
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Take Escape before the window does, while somebody walks through a step."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.walking.walk.is_on
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk no more with Escape, wherever in the panel the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.walking.walk.is_on:
            self.walking.walk.end()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def hold_way(self, way: TokenWay | None) -> None:
        """Show a way that is no answer about the moment shown; None for that again."""
        self._held = way
        self.drawn = way
        if way is not None:
            self.alteration = UNALTERED
            self.bar.set_drawn(UNALTERED, is_unaltered=True)
            self._draw(way)
            self.read()
        else:
            self.redraw()

    def is_held(self, shown: TokenWay) -> bool:
        """See `FigurePanel`."""
        return self._held is not None or super().is_held(shown)

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return [*self._exports.offers(), *self._walk_exports.offers()]

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._walk_exports.copies() or self._exports.copies()

    @Slot()
    def _make_room(self) -> None:
        """Let the panel scroll rather than leave a stage that is open unreadable."""
        self.frame.require(self.figure.least_height())

    @Slot()
    def _on_view_pointed_changed(self) -> None:
        self._newest = self.sender()
        self.read()

    @Slot(int)
    def _on_position_chosen(self, position: int) -> None:
        last = len(self.drawn.labels) - 1 if self.drawn is not None else -1
        # The last one stays the last while the text grows.
        self._exports.position = None if position == last else position
        self.wish.ask(self.question())
