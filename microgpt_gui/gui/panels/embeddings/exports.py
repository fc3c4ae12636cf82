"""What the embeddings panel can leave in files: the plane, and all numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import AnswerExports
from microgpt_gui.session.reading.embeddings import Embeddings
from microgpt_gui.session.reading.questions import EmbeddingsQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.embeddings.view import EmbeddingsView
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.embeddings import Table


class EmbeddingsExports(AnswerExports[Embeddings]):
    """Offers the table that is chosen."""

    group = "Embeddings"
    what = "embeddings"
    called = "the embeddings"
    nothing = "There are no embeddings to export: no run stands yet."
    columns = "every row with its place in the plane, the row most like it, its numbers"

    def __init__(
        self, view: EmbeddingsView, workshop: Workshop, table: Callable[[], Table]
    ) -> None:
        """Offer.

        Args:
            view: What is shown.
            workshop: What it is of.
            table: Returns which one is chosen.
        """
        super().__init__(workshop, view)
        self._view = view
        self._table = table

    def shown(self) -> Embeddings | None:
        """See `AnswerExports`."""
        return self._view.shown if self._view.isVisible() else None

    def question(self) -> EmbeddingsQuestion:
        """See `AnswerExports`."""
        return EmbeddingsQuestion(self._table())

    @staticmethod
    def picture(answer: Embeddings, ink: Ink, caption: str) -> str:
        """See `AnswerExports`."""
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.exports.embeddings_svg import embeddings_svg

        return embeddings_svg(answer, ink, caption)

    @staticmethod
    def table(answer: Embeddings, check: Callable[[], None]) -> Iterator[str]:
        """See `AnswerExports`."""
        from microgpt_gui.session.exports.tables import embeddings_csv

        return embeddings_csv(answer, check)
