"""Knocks heads out, or lets them count more or less, in the scratch copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from microgpt_gui.gui.panels.attention.head_factor import HeadFactor

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.what_if import WhatIf
    from microgpt_gui.gui.panels.attention.heads_view import HeadsView
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.moments.alteration import Alteration


class KnockOut(QObject):
    """Joins the switches of the heads, and the slider of one, to the what-if.

    Attributes:
        factor: The slider, for the bar; there while a head is enlarged.
    """

    def __init__(
        self, heat_map: HeadsView, what_if: WhatIf, appearance: Appearance
    ) -> None:
        super().__init__(heat_map)
        self._heat_map = heat_map
        self._what_if = what_if
        self.factor = HeadFactor(appearance)
        self.factor.hide()
        self.factor.factor_chosen.connect(self._on_factor_chosen)
        heat_map.switches.is_used = True
        heat_map.head_switched.connect(self._switch)
        heat_map.enlarged_changed.connect(self._follow)
        what_if.changed.connect(self._follow)

    def show_drawn(self, alteration: Alteration) -> None:
        """Let the switches say what is altered in the heads that are drawn."""
        if alteration != self._heat_map.switches.alteration:
            self._heat_map.switches.alteration = alteration
            self._heat_map.viewport().update()

    @Slot(int)
    def _switch(self, number: int) -> None:
        """Let a head not count, or once again as it learnt."""
        layer, head = divmod(number, self._heat_map.shape[1])
        is_on = self._what_if.alteration.factor_of(layer, head) != 0
        self._alter(layer, head, 0.0 if is_on else 1.0)

    @Slot(float)
    def _on_factor_chosen(self, factor: float) -> None:
        if (enlarged := self._heat_map.enlarged) is not None:
            self._alter(*divmod(enlarged, self._heat_map.shape[1]), factor)

    def _alter(self, layer: int, head: int, factor: float) -> None:
        what_if = self._what_if
        what_if.alter(what_if.alteration.with_head(layer, head, factor))

    @Slot()
    def _follow(self) -> None:
        """Show the slider for the head that is enlarged."""
        enlarged = self._heat_map.enlarged
        if enlarged is not None:
            layer, head = divmod(enlarged, self._heat_map.shape[1])
            self.factor.show_factor(self._what_if.alteration.factor_of(layer, head))
        self.factor.setVisible(enlarged is not None)
