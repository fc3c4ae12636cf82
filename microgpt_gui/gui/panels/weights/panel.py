"""The weights panel: every matrix as colours, and a sentence for the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from microgpt_gui.gui.moments.wish import WAIT_S
from microgpt_gui.gui.panel.colour_legend import ColourLegend
from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panels.weights import quantities, words
from microgpt_gui.gui.panels.weights.choices import Choices
from microgpt_gui.gui.panels.weights.exports import WeightsExports
from microgpt_gui.gui.panels.weights.maps.side_by_side import SideBySide
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.reading.questions import MomentQuestion, WeightsQuestion
from microgpt_gui.session.reading.weights.quantity import Quantity

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: To do a step once more is dear: while it trains on, what the newest one did is shown
#: as often as its share of the time allows, but no less often than this, in seconds.
_STEP_WAIT_S = 12.0


class WeightsPanel(FigurePanel["quantities.Shown"]):
    """Shows what training changes, and by how much, at the moment shown.

    Attributes:
        choices: What is shown of the weights.
        weights_map: The matrices.
    """

    title = "Weights"
    hint = (
        "All numbers that training changes, matrix by matrix: blue below zero, orange "
        "above, and the stronger the colour, the larger the weight."
    )
    words = words.WORDS

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self.choices = Choices(appearance)
        self.header = [self.choices, *self.header]
        self._maps = SideBySide(workshop, appearance)
        self.weights_map = self._maps.weights_map
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._maps, 1)
        self.put_in_frame(self.weights_map, figure=self._page, is_signed=True)
        self._exports = WeightsExports(
            self.weights_map, workshop, self._seen, self.question
        )
        self.choices.changed.connect(self._on_choices_changed)
        self.choices.mark_requested.connect(self._on_mark_requested)
        self._maps.other.pointed_changed.connect(self.read)
        workshop.shelf.compared_changed.connect(self.read)
        self.restyle()

    def question(self) -> MomentQuestion | WeightsQuestion:
        """See `FigurePanel`."""
        choices = self.choices
        quantity = choices.aspect.quantity
        if quantity is Quantity.VALUE:
            return MomentQuestion()
        return WeightsQuestion(quantity, choices.since)

    def draw(self, shown: quantities.Shown | None) -> None:
        """See `FigurePanel`."""
        numbers = None if shown is None else quantities.numbers_of(shown)
        self._maps.show_numbers(numbers, self.colour_range)
        if numbers is not None:
            quantity = numbers.quantity
            self.frame.make_room_to_read(words.longest_reading(quantity))
            one = quantities.QUANTITY_WORDS[quantity].one
            if isinstance(self.legend, ColourLegend):
                self.legend.bar.set_meaning(one, is_signed=quantity.is_signed)

    def words_instead(self, shown: quantities.Shown) -> str:
        """See `FigurePanel`."""
        return quantities.why_nothing(quantities.numbers_of(shown))

    def ticks_of(self, shown: quantities.Shown) -> tuple[str, str, str]:
        """See `FigurePanel`."""
        is_signed = quantities.numbers_of(shown).quantity.is_signed
        return quantities.ticks(self.weights_map.scale(), is_signed=is_signed)

    def subject_of(self, shown: quantities.Shown) -> str:
        """See `FigurePanel`."""
        run = self.run
        is_last = run.state is RunState.DIVERGED and shown.step == run.step
        unit = self.weights_map.unit_written
        return words.subject(quantities.numbers_of(shown), unit=unit, is_last=is_last)

    def reading_of(self, shown: quantities.Shown) -> str:
        """See `FigurePanel`."""
        view, numbers = self.weights_map, quantities.numbers_of(shown)
        if numbers.numbers is None:
            return ""
        if view.pointed is not None:
            number, row, column = view.pointed
            weight = self._maps.weight_at(view.pointed)
            return words.reading(
                view.matrices[number],
                row,
                column,
                shown.chars,
                shown.config.n_head,
                numbers.quantity,
                weight,
            )
        if view.enlarged is not None:
            return words.about(view.matrices[view.enlarged])
        return words.POINT

    def _seen(self) -> quantities.Shown | None:
        """Return what is on show, if anything is."""
        return self.drawn if self.isVisible() else None

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.choices.restyle()
        self._maps.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say anew what there was no room for."""
        super().resizeEvent(event)
        self.schedule()

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    @Slot()
    def _on_choices_changed(self) -> None:
        is_dear = self.choices.aspect.quantity.is_of_step
        self.wish.set_longest_wait(_STEP_WAIT_S if is_dear else WAIT_S)
        self.wish.ask(self.question())

    @Slot()
    def _on_mark_requested(self) -> None:
        self.choices.step.setValue(self.workshop.timeline.at)
