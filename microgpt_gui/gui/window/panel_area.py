"""The middle of the window: the docks, what is folded beside them, the text above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panel.text_panel import TextPanel
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.window.fold_strip import FoldStrip
from microgpt_gui.gui.window.layouts import LAYOUTS
from microgpt_gui.gui.window.text_bar import TextBar

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.dock_host import DockHost
    from microgpt_gui.gui.workshop import Workshop


class PanelArea(QWidget):
    """Shows beside the docks what their layout asks for.

    Attributes:
        scroller: Where the docks stand; messages may stand over it.
        fold_strip: What is left of panels that are folded.
        text_bar: The text that is looked at, where the layout has it above the panels.
    """

    def __init__(
        self, docks: DockHost, workshop: Workshop, appearance: Appearance
    ) -> None:
        super().__init__()
        self._docks = docks
        self._appearance = appearance
        self.text_bar = TextBar(workshop, appearance)
        folding = dict.fromkeys(t for layout in LAYOUTS for t in layout.folding)
        self.fold_strip = FoldStrip([*folding], appearance)
        # At a large zoom the panels need more room than the window has.
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setWidget(docks)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.text_bar)
        self._row = QHBoxLayout()
        self._row.addWidget(self.fold_strip)
        self._row.addWidget(self.scroller, 1)
        self._column.addLayout(self._row, 1)
        for signal in (docks.rearranged, docks.way_back_changed):
            signal.connect(self._on_docks_rearranged)
        self.fold_strip.unfold_requested.connect(docks.folding.unfold)
        self.fold_strip.panel_requested.connect(docks.bring_back)
        docks.panels.when_built(self._on_panel_built)
        appearance.changed.connect(self.restyle)
        self.restyle()
        self._on_docks_rearranged()

    @Slot()
    def _on_docks_rearranged(self) -> None:
        docks = self._docks
        self.fold_strip.show_titles(docks.shown.folding)
        self.fold_strip.setVisible(docks.folding.is_folded and not docks.is_filled)
        self.text_bar.setVisible(docks.shown.has_text)
        for panel in docks.panels.standing:
            panel.set_text_above(docks.shown.has_text)

    @Slot(object)
    def _on_panel_built(self, panel: Panel) -> None:
        panel.text_requested.connect(self._on_text_requested)
        panel.sight_requested.connect(self._on_sight_requested)
        panel.set_text_above(self._docks.shown.has_text)

    @Slot()
    def _on_text_requested(self) -> None:
        """Let the person type in a box that can be seen, or else bring one forward."""
        standing = self._docks.panels.standing
        panels = [panel for panel in standing if isinstance(panel, TextPanel)]
        boxes = [self.text_bar.text_box, *(panel.text_box for panel in panels)]
        seen = [box for box in boxes if not box.visibleRegion().isEmpty()]
        if not seen:
            self._docks.bring_forward(panels[0])
        box = next(iter(seen), panels[0].text_box)
        box.setFocus()

    @Slot()
    def _on_sight_requested(self) -> None:
        panel = self.sender()
        assert isinstance(panel, Panel)
        self._docks.bring_forward(panel)

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        gap = self._appearance.px(sizes.SMALL)
        self._column.setSpacing(gap)
        self._row.setSpacing(gap)
