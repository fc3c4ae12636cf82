"""The weights panel: every matrix as colours, and a sentence for the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from microgpt_gui.gui.moments.wish import WAIT_S
from microgpt_gui.gui.panel.colour_legend import ColourLegend
from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panels.weights import quantities, words
from microgpt_gui.gui.panels.weights.cell.exports import SlopesExports
from microgpt_gui.gui.panels.weights.cell.switch import CellSwitch
from microgpt_gui.gui.panels.weights.cell.tools import CellTools
from microgpt_gui.gui.panels.weights.choices import Aspect, AspectBox, Details
from microgpt_gui.gui.panels.weights.exports import WeightsExports
from microgpt_gui.gui.panels.weights.film import words as film_words
from microgpt_gui.gui.panels.weights.film.beside import FilmBeside
from microgpt_gui.gui.panels.weights.film.exports import film_exports
from microgpt_gui.gui.panels.weights.film.view import FilmView
from microgpt_gui.gui.panels.weights.maps.side_by_side import SideBySide
from microgpt_gui.gui.panels.weights.norms import words as norms_words
from microgpt_gui.gui.panels.weights.norms.beside import NormsBeside
from microgpt_gui.gui.panels.weights.norms.exports import norms_exports
from microgpt_gui.gui.panels.weights.norms.view import NormsView
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.reading.questions import MomentQuestion, WeightsQuestion
from microgpt_gui.session.reading.weights.quantity import Quantity

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: A view of a whole run.
_View = TypeVar("_View", FilmView, NormsView)

#: As long as the reading line gets.
_LONGEST = {Aspect.FILM: film_words.LONGEST, Aspect.NORMS: norms_words.LONGEST}

#: To do a step once more is dear: while it trains on, what the newest one did is shown
#: as often as its share of the time allows, but no less often than this, in seconds.
_STEP_WAIT_S = 12.0


class WeightsPanel(FigurePanel["quantities.Shown"]):
    """Shows what training changes, and by how much, at the moment shown.

    Attributes:
        choices: What is shown of the weights.
        details: What that needs to know.
        weights_map: The matrices at one moment.
        film: Several moments.
        norms: The size of each matrix over the run.
        cell_switch: Lets one weight be chosen.
        cell_tools: What can be done with it.
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
        self.choices = AspectBox()
        self.details = Details(appearance)
        self.cell_switch = CellSwitch()
        self.header = [self.cell_switch, self.choices, *self.header]
        self._maps = SideBySide(workshop, appearance)
        self.film = FilmBeside(workshop, appearance)
        self.norms = NormsBeside(workshop, appearance)
        self.weights_map = self._maps.weights_map
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._maps, 1)
        self.cell_tools = CellTools(self.weights_map, workshop, appearance)
        self._column.addWidget(self.cell_tools)
        self.cell_switch.toggled.connect(self.cell_tools.set_open)
        self._pages = QStackedWidget()
        for page in (self._page, self.film, self.norms):
            self._pages.addWidget(page)
        self.put_in_frame(
            self.weights_map, figure=self._pages, lead=self.details, is_signed=True
        )
        self.frame.set_tight(True)
        self._exports = WeightsExports(
            self.weights_map, workshop, self._seen, self.question
        )
        self._slopes_exports = SlopesExports(self.cell_tools, workshop.run)
        self._film_exports = film_exports(self.film, workshop)
        self._norms_exports = norms_exports(self.norms, workshop)
        self.choices.currentIndexChanged.connect(self._on_choices_changed)
        self.details.step_chosen.connect(self._on_details_step_chosen)
        self.details.mark_requested.connect(self._on_details_mark_requested)
        self.details.matrix_chosen.connect(self._on_details_matrix_chosen)
        self.weights_map.enlarged_changed.connect(self._on_map_enlarged_changed)
        self._maps.other.pointed_changed.connect(self.read)
        workshop.shelf.compared_changed.connect(self.read)
        for whole in (self.film, self.norms):
            whole.answered.connect(self._on_whole_answered)
            for view in (whole.view, whole.other):
                view.step_chosen.connect(workshop.timeline.show)
                view.pointed_changed.connect(self.read)
                view.keyboard_moved.connect(self.read)
        self.restyle()

    def question(self) -> MomentQuestion | WeightsQuestion:
        """See `FigurePanel`."""
        aspect = self.choices.aspect
        if aspect.quantity is Quantity.VALUE:
            return MomentQuestion()
        since = self.details.step.value() if aspect is Aspect.SINCE else 0
        return WeightsQuestion(aspect.quantity, since)

    def draw(self, shown: quantities.Shown | None) -> None:
        """See `FigurePanel`."""
        numbers = None if shown is None else quantities.numbers_of(shown)
        self._maps.show_numbers(numbers, self.colour_range)
        self.cell_tools.show_moment(None if numbers is None else numbers.moment)
        self.film.set_look(self.weights_map.enlarged, self.colour_range)
        self.norms.view.mark_matrix(self.weights_map.enlarged)
        if numbers is None:
            return
        names = [matrix.name for matrix in self.weights_map.matrices]
        self.details.show_matrices(names, self.weights_map.enlarged)
        for whole in (self.film, self.norms):
            whole.view.mark_step(numbers.step)
            whole.other.mark_step(numbers.step)
        usual = words.longest_reading(numbers.quantity)
        self.frame.make_room_to_read(_LONGEST.get(self.choices.aspect, usual))
        if isinstance(self.legend, ColourLegend):
            one = quantities.QUANTITY_WORDS[numbers.quantity].one
            self.legend.bar.set_meaning(one, is_signed=numbers.quantity.is_signed)

    def is_of_run(self, shown: quantities.Shown) -> bool:
        """See `FigurePanel`: what its steps did is the run's own."""
        is_of_step = quantities.numbers_of(shown).quantity.is_of_step
        return is_of_step or not self.choices.aspect.is_map

    def words_instead(self, shown: quantities.Shown) -> str:
        """See `FigurePanel`."""
        if not self.choices.aspect.is_map:
            return ""
        return quantities.why_nothing(quantities.numbers_of(shown))

    def ticks_of(self, shown: quantities.Shown) -> tuple[str, str, str]:
        """See `FigurePanel`."""
        if self.choices.aspect is Aspect.FILM:
            return quantities.ticks(self.film.scale())
        is_signed = quantities.numbers_of(shown).quantity.is_signed
        return quantities.ticks(self.weights_map.scale(), is_signed=is_signed)

    def subject_of(self, shown: quantities.Shown) -> str:
        """See `FigurePanel`."""
        aspect, film, norms = self.choices.aspect, self.film.answer, self.norms.answer
        if aspect is Aspect.FILM:
            return film_words.subject(film, self.film.view.stride) if film else ""
        if aspect is Aspect.NORMS:
            return norms_words.subject(norms) if norms else ""
        run = self.run
        is_last = run.state is RunState.DIVERGED and shown.step == run.step
        cells = self.weights_map.unit_written
        return words.subject(quantities.numbers_of(shown), cells=cells, is_last=is_last)

    def reading_of(self, shown: quantities.Shown) -> str:
        """See `FigurePanel`."""
        if self.choices.aspect is Aspect.FILM:
            return self._pointed_of(self.film.view, self.film.other).reading()
        if self.choices.aspect is Aspect.NORMS:
            return self._pointed_of(self.norms.view, self.norms.other).reading()
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

    @Slot()
    def read(self) -> None:
        """Tell a screen reader, too, that is on the film or on the curves."""
        super().read()
        whole = {Aspect.FILM: self.film, Aspect.NORMS: self.norms}
        if (page := whole.get(self.choices.aspect)) is not None:
            for view in (page.view, page.other):
                if view.accessibleDescription() != self.reading:
                    view.setAccessibleDescription(self.reading)

    @staticmethod
    def _pointed_of(view: _View, other: _View) -> _View:
        """Return which of two views is pointed at; the first if none is."""
        return other if view.pointed is None and other.pointed is not None else view

    def is_pointed(self) -> bool:
        """See `FigurePanel`."""
        if self.choices.aspect.is_map:
            return super().is_pointed()
        whole = self.film if self.choices.aspect is Aspect.FILM else self.norms
        return any(view.pointed is not None for view in (whole.view, whole.other))

    def _seen(self) -> quantities.Shown | None:
        """Return what is on show, if anything is."""
        return self.drawn if self.isVisible() else None

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.details.restyle()
        self.cell_tools.restyle()
        self._maps.restyle()
        self.film.restyle()
        self.norms.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say anew what there was no room for."""
        super().resizeEvent(event)
        self.schedule()

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        of_run = (self._film_exports, self._norms_exports, self._slopes_exports)
        kinds = (self._exports, *of_run)
        return [offer for kind in kinds for offer in kind.offers()]

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        if self.choices.aspect is Aspect.FILM:
            return self._film_exports.copies()
        if self.choices.aspect is Aspect.NORMS:
            return self._norms_exports.copies()
        return self._exports.copies()

    def _ask(self) -> None:
        """Ask for what is to be shown; what is dear, not too often."""
        is_dear = self.choices.aspect.quantity.is_of_step
        self.wish.set_longest_wait(_STEP_WAIT_S if is_dear else WAIT_S)
        self.wish.ask(self.question())

    @Slot()
    def _on_choices_changed(self) -> None:
        aspect = self.choices.aspect
        self.details.show_for(aspect)
        page = {Aspect.FILM: self.film, Aspect.NORMS: self.norms}.get(aspect)
        self._pages.setCurrentWidget(page or self._page)
        self.legend.setVisible(aspect is not Aspect.NORMS)
        self.cell_switch.setVisible(aspect.is_map)
        self.frame.set_tight(True)
        self._ask()
        if self.drawn is not None:
            self._note_alteration(self.drawn)
            self._draw(self.drawn)
        self.redraw()
        self.read()

    @Slot()
    def _on_details_step_chosen(self) -> None:
        self._ask()

    @Slot()
    def _on_details_mark_requested(self) -> None:
        self.details.step.setValue(self.workshop.timeline.at)

    @Slot(object)
    def _on_details_matrix_chosen(self, matrix: int | None) -> None:
        self.weights_map.enlarge(matrix)

    @Slot()
    def _on_map_enlarged_changed(self) -> None:
        enlarged = self.weights_map.enlarged
        names = [matrix.name for matrix in self.weights_map.matrices]
        self.details.show_matrices(names, enlarged)
        self.film.set_look(enlarged, self.colour_range)
        self.norms.view.mark_matrix(enlarged)
        self.read()

    @Slot()
    def _on_whole_answered(self) -> None:
        """Say what has come, at a readable pace."""
        if not self.choices.aspect.is_map:
            self._reread()
