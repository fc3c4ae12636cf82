"""What the graph panel can leave in files: what is open, as a picture and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import AnswerExports
from microgpt_gui.session.reading.graph.open_graph import OpenGraph, OpenGraphQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panels.graph.view import GraphView
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink


class GraphExports(AnswerExports[OpenGraph]):
    """Offers the boxes that are seen, and what goes between them."""

    group = "Graph"
    what = "graph"
    called = "the graph"
    nothing = "There is no graph to export: no run stands yet."
    is_unaltered = True
    columns = "box, numbers, value, gradient, what it is made of"

    def __init__(self, view: GraphView, workshop: Workshop, panel: QWidget) -> None:
        """Offer what ``view`` shows, or why ``panel`` shows words in its place."""
        super().__init__(workshop, view)
        self._view = view
        self._panel = panel

    def shown(self) -> OpenGraph | None:
        """See `AnswerExports`."""
        return self._view.shown if self._view.isVisible() else None

    def question(self) -> OpenGraphQuestion:
        """See `AnswerExports`."""
        return OpenGraphQuestion()

    def _problem(self) -> str:
        reading, is_seen = self._view.reading, self._panel.isVisible()
        if is_seen and reading is not None and reading.graph is None:
            return f"{reading.problem}."
        return super()._problem()

    @staticmethod
    def picture(answer: OpenGraph, ink: Ink, caption: str) -> str:
        """See `AnswerExports`."""
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.exports.graph_svg import graph_svg

        return graph_svg(answer, ink, caption)

    @staticmethod
    def table(answer: OpenGraph, check: Callable[[], None]) -> Iterator[str]:
        """See `AnswerExports`."""
        from microgpt_gui.session.exports.graph_csv import graph_csv

        return graph_csv(answer, check)
