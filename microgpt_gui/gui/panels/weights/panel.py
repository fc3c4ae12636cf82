"""The weights panel: every matrix as colours, and a sentence for the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panels.weights import words
from microgpt_gui.gui.panels.weights.colours import scale_of
from microgpt_gui.gui.panels.weights.exports import WeightsExports
from microgpt_gui.gui.panels.weights.maps.weights_map import WeightsMap
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.questions import MomentQuestion

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop


class WeightsPanel(FigurePanel[Moment]):
    """Shows what training changes: all numbers of the model, at the moment shown.

    Attributes:
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
        self.weights_map = WeightsMap(appearance)
        self.put_in_frame(self.weights_map, is_signed=True)
        self.frame.make_room_to_read(words.LONGEST_READING)
        self._exports = WeightsExports(self.weights_map, workshop, self._seen)
        self.restyle()

    def question(self) -> MomentQuestion:
        """See `FigurePanel`."""
        return MomentQuestion()

    def draw(self, shown: Moment | None) -> None:
        """See `FigurePanel`."""
        weights = () if shown is None else matrices(shown)
        if shown is not None:
            view = self.weights_map
            view.chars, view.heads = shown.chars, shown.config.n_head
        self.weights_map.colour_range = self.colour_range
        scale = scale_of(weights) if weights else 1.0
        self.weights_map.show_weights(weights, scale)

    def ticks_of(self, shown: Moment) -> tuple[str, str, str]:
        """See `FigurePanel`."""
        return words.ticks(self.weights_map.scale())

    def subject_of(self, shown: Moment) -> str:
        """See `FigurePanel`."""
        return words.subject(shown.step, self.weights_map.matrices)

    def reading_of(self, shown: Moment) -> str:
        """See `FigurePanel`."""
        view, info = self.weights_map, self.run.info
        if view.pointed is not None and info is not None:
            number, row, column = view.pointed
            heads = shown.config.n_head
            return words.reading(view.matrices[number], row, column, info.chars, heads)
        if view.enlarged is not None:
            return words.about(view.matrices[view.enlarged])
        return words.POINT

    def _seen(self) -> Moment | None:
        """Return the moment on show, if anything is."""
        return self.drawn if self.isVisible() else None

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.weights_map.rearrange()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()
