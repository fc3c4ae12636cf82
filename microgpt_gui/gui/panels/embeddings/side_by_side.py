"""The embeddings of the current run and, beside them, those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.two_runs import TwoRuns
from microgpt_gui.gui.panels.embeddings.view import EmbeddingsView
from microgpt_gui.session.reading.embeddings import turned
from microgpt_gui.session.reading.questions import EmbeddingsQuestion

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.colour_range import ColourRange
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.embeddings import Embeddings


class SideBySide(TwoRuns):
    """One view, or two of the same table at the same step.

    Attributes:
        view: The current run's.
        other: The other run's; hidden while there is none.
    """

    least_width = 420

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        self.view = EmbeddingsView(appearance)
        self.other = EmbeddingsView(appearance)
        self.other.setAccessibleName("Embeddings of the other run")
        super().__init__(workshop, appearance, self.view, self.other)
        self._on_shelf_compared_changed()

    def show_embeddings(
        self, shown: Embeddings | None, colour_range: ColourRange
    ) -> None:
        """Draw ``shown``, each axis as it was before, and want the other run's."""
        if colour_range is not self.other.colour_range:
            self.other.colour_range = colour_range
            self.other.show_embeddings(self.other.shown)
        self.view.colour_range = colour_range
        before = self.view.shown
        self.view.show_embeddings(None if shown is None else turned(shown, before))
        self._want()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.view.rearrange()
        self.other.rearrange()

    def _want(self) -> None:
        shown = self.view.shown
        if shown is not None and self.isVisible():
            question = EmbeddingsQuestion(shown.table)
            is_asked_for = not self._run.is_training
            self._want_at(shown.step, question, is_asked_for=is_asked_for)

    def _empty_other(self) -> None:
        self.other.show_embeddings(None)

    def _take(self, answer: Embeddings) -> None:
        self.other.show_embeddings(turned(answer, self.other.shown or self.view.shown))

    def _told(self, name: str, *, is_other: bool) -> str:
        """Say of which run and moment a view is."""
        view = self.other if is_other else self.view
        name = name if is_other else f"this run, {name}"
        if view.shown is None:
            return f"{name} …"
        return f"step {view.shown.step:,}: {name}"
