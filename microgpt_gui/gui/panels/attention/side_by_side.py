"""The heads of the current run and, beside them, those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.two_runs import TwoRuns
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.heads_figure import HeadsFigure
from microgpt_gui.gui.panels.attention.roles import words as role_words
from microgpt_gui.gui.panels.attention.roles.asking import RolesAsking
from microgpt_gui.session.reading.questions import TextQuestion

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.colour_range import ColourRange
    from microgpt_gui.gui.panels.attention.drawing import Drawing
    from microgpt_gui.gui.panels.attention.heads_view import HeadsView
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.text import TextReading


class SideBySide(TwoRuns):
    """One heat map, or two of the same text at the same step.

    A cell that is pointed at is read in both; a head that is enlarged is so in both.

    Attributes:
        ours: The current run's, with its detail.
        theirs: The other run's; hidden while there is none.
        heat_map: The heads of the current run.
        other: Those of the other.
        roles: What the heads of both do.
    """

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        self._usual_tokens = 1
        self.ours, self.theirs = HeadsFigure(appearance), HeadsFigure(appearance)
        self.heat_map, self.other = self.ours.view, self.theirs.view
        self.other.setAccessibleName("Attention of every head of the other run")
        super().__init__(workshop, appearance, self.ours, self.theirs)
        self.roles = RolesAsking(workshop, self)
        self.roles.changed.connect(self._on_roles_changed)
        for heat_map in (self.heat_map, self.other):
            heat_map.pointed_changed.connect(self._read)
        bar, other = self.heat_map.verticalScrollBar(), self.other.verticalScrollBar()
        bar.valueChanged.connect(other.setValue)
        other.valueChanged.connect(bar.setValue)
        self.ours.cell_chosen.connect(self._on_ours_cell_chosen)
        self.theirs.cell_chosen.connect(self._on_theirs_cell_chosen)
        self.heat_map.enlarged_changed.connect(self._on_heat_map_enlarged_changed)
        self.other.enlarged_changed.connect(self._on_other_enlarged_changed)
        self._on_shelf_compared_changed()

    def show_look(self, look: TextReading | None, usual_tokens: int = 1) -> None:
        """Draw ``look``, and want the same of the other run. See `HeadsView`."""
        self._usual_tokens = usual_tokens
        self.ours.show_look(look, usual_tokens)
        self._want()

    def told_role(self, part: int) -> str:
        """Say what a head of the current run does, with all its measures."""
        roles, (layers, heads) = self.roles.ours, self.heat_map.shape
        if roles is None or (len(roles.roles), len(roles.roles[0])) != (layers, heads):
            return ""
        layer, head = divmod(part, heads)
        return role_words.reading(roles.roles[layer][head])

    def set_colour_range(self, colour_range: ColourRange) -> None:
        """Choose how far the colours reach, in both."""
        self.heat_map.set_colour_range(colour_range)
        self.other.set_colour_range(colour_range)

    def set_drawing(self, drawing: Drawing) -> None:
        """Draw maps, or lines, of both."""
        self.heat_map.set_drawing(drawing)
        self.other.set_drawing(drawing)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.ours.restyle()
        self.theirs.restyle()

    @Slot()
    def _on_shelf_compared_changed(self) -> None:
        """Let two have letters rather than fit into half of the room."""
        super()._on_shelf_compared_changed()
        is_two = self._workshop.shelf.compared is not None
        for heat_map in (self.heat_map, self.other):
            heat_map.set_keeps_letters(is_two)

    def _want(self) -> None:
        look = self.heat_map.look
        if look is None or not self.isVisible():
            return
        is_followed = self._run.is_training and look.is_document
        is_traced = self.heat_map.enlarged is not None
        question = TextQuestion(look.text, is_traced)
        self._want_at(look.step, question, is_asked_for=not is_followed)
        self.roles.want_beside(look.step)

    def _empty_other(self) -> None:
        self.theirs.show_look(None, 1)

    def _take(self, answer: TextReading) -> None:
        usual = max(self._usual_tokens, len(answer.labels))
        self.theirs.show_look(answer, usual)
        self._follow(self.heat_map, self.other)
        self._on_ours_cell_chosen()

    @Slot()
    def _on_roles_changed(self) -> None:
        """Say over the heads what they do."""
        self.ours.show_roles(self.roles.ours)
        self.theirs.show_roles(self.roles.theirs)

    @Slot()
    def _on_ours_cell_chosen(self) -> None:
        """Look at the same cell in both."""
        if self.other.enlarged is not None:
            self.theirs.hold(self.heat_map.held)

    @Slot()
    def _on_theirs_cell_chosen(self) -> None:
        if self.heat_map.enlarged is not None:
            self.ours.hold(self.other.held)

    @Slot()
    def _on_heat_map_enlarged_changed(self) -> None:
        self._follow(self.heat_map, self.other)
        self._on_ours_cell_chosen()
        self._want()

    @Slot()
    def _on_other_enlarged_changed(self) -> None:
        if self.other.look is not None:
            self._follow(self.other, self.heat_map)

    @staticmethod
    def _follow(leader: HeadsView, follower: HeadsView) -> None:
        """Enlarge in one what is enlarged in the other, if its model has that head."""
        if follower.look is None:
            return
        attention, head = follower.look.attention, leader.enlarged
        has_it = head is None or head < len(attention) * len(attention[0])
        follower.enlarge(head if has_it else None)

    def _told(self, name: str, *, is_other: bool) -> str:
        """Say whose heads these are, or what is under the pointer in both."""
        heat_map = self.other if is_other else self.heat_map
        pointed = self.heat_map.pointed or self.other.pointed
        look, name = heat_map.look, name if is_other else f"this run, {name}"
        if look is None:
            return f"{name} …"
        if pointed is not None and pointed.is_in(look):
            return words.reading(look, *pointed)
        return self._told_moment(name, look, self.heat_map.look, is_other=is_other)
