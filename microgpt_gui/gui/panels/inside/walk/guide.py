"""Lets the figure, the walk and the code beside it follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.panels.inside.walk import words
from microgpt_gui.session.reading.learning.walk import Phase

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.code_beside import CodeBeside
    from microgpt_gui.gui.panels.inside.figure import InsideFigure
    from microgpt_gui.gui.panels.inside.walk.figure import WalkFigure
    from microgpt_gui.session.reading.inside.way import TokenWay


class Guide(QObject):
    """What is chosen in one of them is shown in the others.

    Signals:
        way_changed: The walk shows a way of its own (`TokenWay`), or None.
    """

    way_changed = Signal(object)

    def __init__(
        self, figure: InsideFigure, walking: WalkFigure, beside: CodeBeside
    ) -> None:
        """Join them.

        Args:
            figure: Shows a token's way.
            walking: Holds it.
            beside: Holds both.
        """
        super().__init__(beside)
        self._figure = figure
        self._walk = walking.walk
        self._beside = beside
        self._way: TokenWay | None = None
        figure.selected_changed.connect(self._on_figure_selected_changed)
        figure.position_chosen.connect(self._walk.go_to_position)
        beside.stage_chosen.connect(self._on_beside_stage_chosen)
        self._walk.changed.connect(self._on_walk_changed)

    def take(self, way: TokenWay) -> None:
        """Take up which stages there are."""
        names = {stage.id: stage.name for stage in way.stages}
        n_layer = way.moment.model.n_layer
        self._beside.show_stages(n_layer, names | words.LEARNING_NAMES)

    @Slot()
    def _on_figure_selected_changed(self) -> None:
        selected = self._figure.selected
        if not self._walk.is_on:
            self._beside.light(selected)
        elif selected:
            self._walk.go_to_stage(selected)

    @Slot(str)
    def _on_beside_stage_chosen(self, stage: str) -> None:
        if self._walk.is_on or stage in words.LEARNING_NAMES:
            self._walk.begin_at(stage)
        else:
            self._figure.select_stage(stage)

    @Slot()
    def _on_walk_changed(self) -> None:
        walk, stop = self._walk, self._walk.stop
        if walk.way is not self._way:
            self._way = walk.way
            self.way_changed.emit(walk.way)
        if stop is None:
            if not walk.is_on:
                self._beside.light(self._figure.selected)
            return
        if stop.phase is Phase.FORWARD:
            self._figure.select_stage(stop.stage)
        self._beside.light(stop.source, is_backward=stop.is_backward)
