"""What the colours of the graph stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from microgpt_gui.gui.panel.legend import Legend
from microgpt_gui.gui.panels.graph.words import WORDS
from microgpt_gui.gui.widgets.colour_bar import ColourBar

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: At the start, in the middle, and at the end; see `colours.LEAST_SIZE`.
_TICKS = "1e-5", "0.003", "1"


class GraphLegend(Legend):
    """A bar of colours, whose range is the same in every graph."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._bar = ColourBar(WORDS.meaning, appearance, _TICKS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_brief(self, is_brief: bool) -> None:
        """See `Legend`."""
        self._bar.set_brief(is_brief)

    def full_width(self) -> int:
        """See `Legend`."""
        return self.sizeHint().width() + self._bar.left_out
