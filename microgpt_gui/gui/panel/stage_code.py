"""The lines of the engine, with those lit that compute a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from microgpt_gui.gui.widgets.code_text import CodeLine, CodePart
from microgpt_gui.gui.widgets.code_view import CodeView
from microgpt_gui.session.reading.source.excerpts import SourceLine, excerpts
from microgpt_gui.session.reading.source.links import (
    lines_of,
    stage_after,
    stage_ids,
    stages_of_lines,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microgpt_gui.gui.theme.appearance import Appearance

#: The stage whose lines take a gradient back through another one.
_BACKWARD = "gradients"

#: So many stages are named of a line that several have in common.
_MOST_NAMED = 4


class StageCode(CodeView):
    """Lights the lines of the stage that is looked at; a line chosen is a stage chosen.

    Signals:
        stage_chosen: Somebody chose the line of a stage (its id: str).
    """

    stage_chosen = Signal(str)

    def __init__(self, appearance: Appearance) -> None:
        """Show all lines; none is lit, and none can be chosen yet."""
        super().__init__(appearance)
        self._stage = ""
        self._stages: tuple[str, ...] = ()
        self.show_parts([CodePart(e.file, e.first_line, e.text) for e in excerpts()])
        self.line_chosen.connect(self._on_line_chosen)

    def show_stages(self, n_layer: int, names: Mapping[str, str]) -> None:
        """Let the lines of stages be chosen.

        Args:
            n_layer: Layers of the model.
            names: What each stage is called, by its id.
        """
        stages = stage_ids(n_layer)
        if stages != self._stages:
            self._stages = stages
            found = stages_of_lines(stages).items()
            self.link(
                {
                    CodeLine(*line): _told([names.get(id, id) for id in ids])
                    for line, ids in found
                }
            )

    def begin(self) -> None:
        """Show where the way of a token begins, if nothing is lit."""
        if not self.lit and self._stages:
            first = min(lines_of(self._stages[0]).own)
            self.put_on_top(CodeLine(*first))

    def light_stage(self, stage: str, *, is_backward: bool) -> None:
        """Light the lines of ``stage``; none if it is empty.

        Args:
            stage: Its id.
            is_backward: The gradient comes back through it.
        """
        self._stage = stage
        if not stage:
            self.light((), ())
            return
        lines = lines_of(stage)
        called = lines_of(_BACKWARD).called if is_backward else lines.called
        self.light(
            (CodeLine(*line) for line in lines.own),
            (CodeLine(*line) for line in called),
        )

    @Slot(object)
    def _on_line_chosen(self, line: CodeLine) -> None:
        stage = stage_after(SourceLine(*line), self._stages, self._stage)
        if stage:
            self.stage_chosen.emit(stage)


def _told(names: list[str]) -> str:
    """Say what a line computes, in few words."""
    different = list(dict.fromkeys(names))
    told = ", ".join(different[:_MOST_NAMED])
    more = len(different) - _MOST_NAMED
    return f"Computes: {told}" + (f" and {more} more" if more > 0 else "")
