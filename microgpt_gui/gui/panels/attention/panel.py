"""The attention panel: a text box, the heat maps, and a sentence for the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.effect_exports import EffectExports
from microgpt_gui.gui.panel.text_panel import TextPanel
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.drawing import Drawing
from microgpt_gui.gui.panels.attention.exports import AttentionExports
from microgpt_gui.gui.panels.attention.knock_out import KnockOut
from microgpt_gui.gui.panels.attention.lines.switch import LinesSwitch
from microgpt_gui.gui.panels.attention.roles.exports import RolesExports
from microgpt_gui.gui.panels.attention.side_by_side import SideBySide
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.session.reading.questions import TextQuestion
from microgpt_gui.session.reading.text import TextReading

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop


class AttentionPanel(TextPanel[TextReading]):
    """Shows where every head looks: in a text of the person's, or in the run's own.

    Attributes:
        heat_map: The heads.
        lines: Draws them as lines.
        knock_out: Lets one count more, less, or not at all.
    """

    title = "Attention"
    hint = (
        "Where each head of the model looks: every row of a square is a token, and "
        "its colours say how it shares its attention among the tokens before it."
    )
    words = words.WORDS

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._heads = SideBySide(workshop, appearance)
        self.heat_map = self._heads.heat_map
        self.knock_out = KnockOut(self.heat_map, workshop.what_if, appearance)
        self.put_figure(self.heat_map, self._heads)
        self.heat_map.enlarged_changed.connect(self._on_heat_map_enlarged_changed)
        for figure in (self._heads.ours, self._heads.theirs):
            figure.detail.told_changed.connect(self.read)
        self.bar.add_control(self.knock_out.factor)
        self.lines = LinesSwitch()
        self.lines.toggled.connect(self._on_lines_toggled)
        for view in (self.heat_map, self._heads.other):
            view.drawing_requested.connect(self.lines.toggle)
        self.header.insert(0, self.lines)
        self._effect_exports = EffectExports(self.bar, workshop)
        self._exports = AttentionExports(self.heat_map, workshop, self._heads.roles)
        self._role_exports = RolesExports(self._heads.roles, workshop)
        workshop.shelf.compared_changed.connect(self._on_shelf_compared_changed)
        self.restyle()

    def view_actions(self) -> list[QAction]:
        """See `Panel`."""
        return [
            make_action(
                self,
                "Type a text to look at",
                "T",
                "Write into the box for the text, above what is shown of it",
                self.text_requested.emit,
            ),
        ]

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        ours = self._exports, self._role_exports, self._effect_exports
        return [offer for exports in ours for offer in exports.offers()]

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self._heads.restyle()

    def question(self) -> TextQuestion:
        """See `FigurePanel`."""
        is_traced = self._heads.heat_map.enlarged is not None
        return TextQuestion(self.workshop.subject.text, is_traced)

    def draw_text(self, shown: TextReading | None, usual_tokens: int) -> None:
        """See `TextPanel`."""
        if shown is not None:
            self.frame.make_room_to_read(words.longest_reading(shown))
            self._heads.set_colour_range(self.colour_range)
            self.knock_out.show_drawn(self.alteration)
        self._heads.show_look(shown, usual_tokens)

    @property
    def _is_of_lines(self) -> bool:
        return self.heat_map.drawing is Drawing.LINES

    def how_to_read(self) -> str:
        """See `TextPanel`."""
        return words.LINES_READ if self._is_of_lines else super().how_to_read()

    def ticks_of(self, shown: TextReading) -> tuple[str, str, str]:
        """See `FigurePanel`."""
        return words.ticks(self.colour_range, self.heat_map.span())

    def reading_of(self, shown: TextReading) -> str:
        """See `FigurePanel`."""
        pointed = self.heat_map.pointed
        for figure in (self._heads.ours, self._heads.theirs):
            if figure.detail.told:
                return figure.detail.told
        if pointed is not None:
            return words.reading(shown, *pointed)
        is_all = self.heat_map.enlarged is None
        return words.point(is_all=is_all, is_of_lines=self._is_of_lines)

    def told_of_part(self, part: int) -> str:
        """Say all that is measured of a head."""
        return self._heads.told_role(part)

    def is_pointed(self) -> bool:
        """See `FigurePanel`."""
        figures = self._heads.ours, self._heads.theirs
        return super().is_pointed() or any(f.detail.told for f in figures)

    @Slot()
    def _on_heat_map_enlarged_changed(self) -> None:
        """Ask for every number on the way, or no longer."""
        self.wish.ask(self.question())

    @Slot(bool)
    def _on_lines_toggled(self, is_lines: bool) -> None:
        self._heads.set_drawing(Drawing.LINES if is_lines else Drawing.MAPS)
        self.tell_anew()
        self.read()

    @Slot()
    def _on_shelf_compared_changed(self) -> None:
        self.frame.set_tight(self.workshop.shelf.compared is not None)
