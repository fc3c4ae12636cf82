"""The embeddings panel: what the model knows letters and positions by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panels.embeddings import words
from microgpt_gui.gui.panels.embeddings.exports import EmbeddingsExports
from microgpt_gui.gui.panels.embeddings.side_by_side import SideBySide
from microgpt_gui.session.reading.embeddings import Embeddings
from microgpt_gui.session.reading.questions import EmbeddingsQuestion

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.embeddings import Table


class EmbeddingsPanel(FigurePanel[Embeddings]):
    """Shows wte or wpe: in a plane, as numbers, and which rows are alike.

    Attributes:
        view: The rows.
        tables: Which matrix.
    """

    title = "Embeddings"
    hint = (
        "What the model knows each letter and each position by: alike ones lie close "
        "together, here in the plane in which they differ most."
    )
    words = words.WORDS

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self.tables = QComboBox()
        self.tables.addItems(list(words.TABLES.values()))
        self.tables.setAccessibleName("What is embedded: tokens or positions")
        self.tables.setToolTip("Rows of which matrix")
        self._figure = SideBySide(workshop, appearance)
        self.view = self._figure.view
        self.put_in_frame(
            self.view, is_signed=True, figure=self._figure, lead=self.tables
        )
        self.frame.set_tight(True)
        self.frame.make_room_to_read(words.LONGEST_READING)
        self._exports = EmbeddingsExports(self.view, workshop, self.table)
        self.tables.currentIndexChanged.connect(self._on_tables_changed)
        self.restyle()

    def table(self) -> Table:
        """Return the matrix that is chosen."""
        return [*words.TABLES][max(0, self.tables.currentIndex())]

    def question(self) -> EmbeddingsQuestion:
        """See `FigurePanel`."""
        return EmbeddingsQuestion(self.table())

    def draw(self, shown: Embeddings | None) -> None:
        """See `FigurePanel`."""
        self._figure.show_embeddings(shown, self.colour_range)

    def ticks_of(self, shown: Embeddings) -> tuple[str, str, str]:
        """See `FigurePanel`."""
        return words.ticks(self.view.scale())

    def subject_of(self, shown: Embeddings) -> str:
        """See `FigurePanel`."""
        return words.subject(shown)

    def reading_of(self, shown: Embeddings) -> str:
        """See `FigurePanel`."""
        told, turned = self.view.spoken, self.view.shown
        if told is not None and turned is not None:
            return words.reading(turned, told, self.view.column)
        return words.POINT if shown.table == "wte" else words.POINT_POSITION

    def is_other_subject(self, before: Embeddings, shown: Embeddings) -> bool:
        """See `FigurePanel`."""
        return before.table != shown.table or before.chars != shown.chars

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self._figure.restyle()

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    @Slot()
    def _on_tables_changed(self) -> None:
        self.wish.ask(self.question())
