"""What stands over a head: its name, and what it does, as far as there is room."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont

from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.arrangement import SWITCH_ROOM
from microgpt_gui.gui.theme import scale as steps

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance

#: A name and the next text on its line stand apart by this, in pixels at 100 %.
APART = 12

#: What a head does stands so far from its switch, likewise.
_BESIDE = 7

#: A role in few words.
_SHORT = "previous 0.00"

#: For each head, through all layers, ways to say what it does, longest first.
Roles = tuple[tuple[str, ...], ...]


class HeadTitles:
    """Measures and draws the titles of one model.

    Args:
        appearance: Fonts and colours.
        layers: Of the model.
        heads: Of each layer.
        size: Of the names, in pixels at 100 %.
        roles: What the heads do; empty where that is not known yet.
    """

    def __init__(
        self,
        appearance: Appearance,
        layers: int,
        heads: int,
        *,
        size: int,
        roles: Roles = (),
    ) -> None:
        self._layers, self._heads, self._roles = layers, heads, roles
        theme = appearance.theme
        self._text, self._muted = QColor(theme.text), QColor(theme.muted)
        px, is_large = appearance.px, size >= steps.TITLE
        self._names = appearance.measured(px(size), QFont.Weight.DemiBold)
        self._words = appearance.measured(px(steps.BODY if is_large else steps.CAPTION))
        self.font = self._names.font
        self._switch = px(SWITCH_ROOM + _BESIDE)
        self.apart = px(APART)
        self.height = self._names.height + px(2)
        self.ascent = self._names.ascent

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """Of the ways to write the longest name, longest first."""
        last = words.head_title(self._layers - 1, self._heads - 1, self._layers)
        return tuple(map(self._names.advance, last))

    @property
    def titled(self) -> int:
        """Width of a title with its switch and a role in few words."""
        return self._before_role(0) + self._words.advance(_SHORT)

    def name(self, head: int, form: int) -> str:
        """Return what a head, counted through all layers, is called."""
        layer, number = divmod(head, self._heads)
        return words.head_title(layer, number, self._layers)[form]

    def least_width(self, form: int) -> int:
        """Return how wide a title is without a role, its switch included."""
        return self._before_role(form)

    def width_of(self, head: int, form: int, room: int) -> int:
        """Return how wide the title of a head is, in ``room`` pixels."""
        if role := self._role(head, room - self._before_role(form)):
            return self._before_role(form) + self._words.advance(role)
        return self._names.advance(self.name(head, form))

    def draw(
        self, painter: QPainter, left: int, top: int, room: int, head: int, form: int
    ) -> None:
        """Draw name and role of a head into ``room`` pixels; the name at least."""
        name = self.name(head, form)
        painter.setFont(self.font)
        painter.setPen(self._text)
        painter.drawText(left, top + self.ascent, name)
        beside = self._before_role(form)
        if role := self._role(head, room - beside):
            painter.setFont(self._words.font)
            painter.setPen(self._muted)
            painter.drawText(left + beside, top + self.ascent, role)

    def _before_role(self, form: int) -> int:
        """Return where a role begins: after the longest name, and a switch."""
        return self.widths[form] + self._switch

    def _role(self, head: int, room: int) -> str:
        """Return the longest way to say what a head does that fits; empty if none."""
        forms = self._roles[head] if head < len(self._roles) else ()
        advance = self._words.advance
        return next((form for form in forms if advance(form) <= room), "")
