"""The heads of the current run and, beside them, those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.two_runs import TwoRuns
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.heads_view import HeadsView
from microgpt_gui.gui.panels.attention.roles import words as role_words
from microgpt_gui.gui.panels.attention.roles.asking import RolesAsking
from microgpt_gui.session.reading.questions import TextQuestion

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.colour_range import ColourRange
    from microgpt_gui.gui.panels.attention.arrangement import Pointed
    from microgpt_gui.gui.panels.attention.drawing import Drawing
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.text import TextReading


class SideBySide(TwoRuns):
    """One heat map, or two of the same text at the same step.

    A cell that is pointed at is read in both; a head that is enlarged is so in both.

    Attributes:
        heat_map: The current run's.
        other: The other run's; hidden while there is none.
        roles: What the heads of both do.
    """

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        self._usual_tokens = 1
        self.heat_map = HeadsView(appearance)
        self.other = HeadsView(appearance)
        self.other.setAccessibleName("Attention of every head of the other run")
        super().__init__(workshop, appearance, self.heat_map, self.other)
        self.roles = RolesAsking(workshop, self)
        self.roles.changed.connect(self._on_roles_changed)
        for heat_map in (self.heat_map, self.other):
            heat_map.pointed_changed.connect(self._read)
        ours, theirs = self.heat_map.verticalScrollBar(), self.other.verticalScrollBar()
        ours.valueChanged.connect(theirs.setValue)
        theirs.valueChanged.connect(ours.setValue)
        self.heat_map.enlarged_changed.connect(self._on_heat_map_enlarged_changed)
        self.other.enlarged_changed.connect(self._on_other_enlarged_changed)
        self._on_shelf_compared_changed()

    def show_look(self, look: TextReading | None, usual_tokens: int = 1) -> None:
        """Draw ``look``, and want the same of the other run. See `HeadsView`."""
        self._usual_tokens = usual_tokens
        self.heat_map.show_look(look, usual_tokens)
        self._want()

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
        self.heat_map.restyle()
        self.other.restyle()

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
        question = TextQuestion(look.text)
        self._want_at(look.step, question, is_asked_for=not is_followed)
        self.roles.want_beside(look.step)

    def _empty_other(self) -> None:
        self.other.show_look(None)

    def _take(self, answer: TextReading) -> None:
        usual = max(self._usual_tokens, len(answer.labels))
        self.other.show_look(answer, usual)
        self._follow(self.heat_map, self.other)

    @Slot()
    def _on_roles_changed(self) -> None:
        """Say over the heads what they do."""
        for heat_map, roles in (
            (self.heat_map, self.roles.ours),
            (self.other, self.roles.theirs),
        ):
            heat_map.set_roles(role_words.titles(roles) if roles else ())

    @Slot()
    def _on_heat_map_enlarged_changed(self) -> None:
        self._follow(self.heat_map, self.other)

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
        if pointed is not None and _has(look, pointed):
            return words.reading(look, *pointed)
        return self._told_moment(name, look, self.heat_map.look, is_other=is_other)


def _has(look: TextReading, pointed: Pointed) -> bool:
    attention = look.attention
    return (
        pointed.layer < len(attention)
        and pointed.head < len(attention[0])
        and max(pointed.query, pointed.key) < len(look.labels)
    )
