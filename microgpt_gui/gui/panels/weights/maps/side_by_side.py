"""The matrices of the current run and, beside them, those of another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.two_runs import TwoRuns
from microgpt_gui.gui.panels.weights import quantities, words
from microgpt_gui.gui.panels.weights.colours import Colouring, scale_of
from microgpt_gui.gui.panels.weights.maps.weights_map import WeightsMap
from microgpt_gui.session.reading.questions import MomentQuestion, WeightsQuestion
from microgpt_gui.session.reading.weights.quantity import Quantity, values

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.weights.maps.arrangement import Cell
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.weights.quantity import WeightNumbers


class SideBySide(TwoRuns):
    """One map, or two of the same step: their colours reach equally far.

    A cell that is pointed at is read in both; a matrix that is enlarged is so in both.

    Attributes:
        weights_map: The current run's.
        other: The other run's; hidden while there is none.
        shown: What the current run's map shows; None for nothing.
        other_shown: Likewise.
    """

    least_width = 480

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        self.weights_map = WeightsMap(appearance)
        self.other = WeightsMap(appearance)
        self.other.setAccessibleName("Weights of every matrix of the other run")
        self.shown: WeightNumbers | None = None
        self.other_shown: WeightNumbers | None = None
        self._colour_range = ColourRange.FIXED
        super().__init__(workshop, appearance, self.weights_map, self.other)
        for view in (self.weights_map, self.other):
            view.pointed_changed.connect(self._read)
        self.weights_map.enlarged_changed.connect(self._on_map_enlarged_changed)
        self.other.enlarged_changed.connect(self._on_other_enlarged_changed)
        self._on_shelf_compared_changed()

    def show_numbers(
        self, shown: WeightNumbers | None, colour_range: ColourRange
    ) -> None:
        """Draw ``shown``, and want the same of the other run.

        Args:
            shown: Of the current run; None for nothing.
            colour_range: How far the colours reach.
        """
        self.shown, self._colour_range = shown, colour_range
        self._draw()
        self._want()

    def weight_at(self, cell: Cell) -> float | None:
        """Return the weight of a cell of the current run; None where that is not told.

        It is not where the cell shows it, nor where it is altered and the cell is of
        what the run did.
        """
        shown = self.shown
        if shown is None or shown.quantity is Quantity.VALUE:
            return None
        if shown.quantity.is_of_step and shown.moment.alteration:
            return None
        matrix = values(shown.moment).matrices()[cell.matrix]
        weight: float = matrix.numbers[cell.row * matrix.columns + cell.column]
        return weight

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.weights_map.rearrange()
        self.other.rearrange()

    def _draw(self) -> None:
        """Draw both, with one scale: else their colours could not be compared."""
        ours, theirs = (
            () if shown is None else shown.matrices()
            for shown in (self.shown, self.other_shown)
        )
        both = (*ours, *theirs)
        scale = scale_of(both) if both else 1.0
        for view, shown, matrices in (
            (self.weights_map, self.shown, ours),
            (self.other, self.other_shown, theirs),
        ):
            if view is self.weights_map and shown is not None and not matrices:
                continue  # words stand in its place; what is enlarged stays so
            colouring = Colouring(scale, self._colour_range)
            if shown is not None:
                view.chars, view.heads = shown.chars, shown.config.n_head
                colouring = replace(
                    colouring,
                    is_signed=shown.quantity.is_signed,
                    has_unit=shown.quantity is not Quantity.VALUE,
                )
            view.show_weights(matrices, colouring)

    def _want(self) -> None:
        shown = self.shown
        if shown is None or not self.isVisible():
            return
        question: MomentQuestion | WeightsQuestion = MomentQuestion()
        if shown.quantity is not Quantity.VALUE:
            is_change = shown.quantity is Quantity.CHANGE
            since = shown.since if is_change else 0
            question = WeightsQuestion(shown.quantity, since)
        is_asked_for = not self._run.is_training
        self._want_at(shown.step, question, is_asked_for=is_asked_for)

    def _empty_other(self) -> None:
        self.other_shown = None
        self._draw()

    def _take(self, answer: quantities.Shown) -> None:
        self.other_shown = quantities.numbers_of(answer)
        self._draw()
        self._follow(self.weights_map, self.other)

    @Slot()
    def _on_map_enlarged_changed(self) -> None:
        self._follow(self.weights_map, self.other)

    @Slot()
    def _on_other_enlarged_changed(self) -> None:
        self._follow(self.other, self.weights_map)

    @staticmethod
    def _follow(leader: WeightsMap, follower: WeightsMap) -> None:
        """Enlarge in one what is enlarged in the other, if its model has that."""
        if not follower.matrices or not leader.matrices:
            return
        if leader.enlarged is None:
            follower.enlarge(None)
            return
        name = leader.matrices[leader.enlarged].name
        names = [matrix.name for matrix in follower.matrices]
        follower.enlarge(names.index(name) if name in names else None)

    def _told(self, name: str, *, is_other: bool) -> str:
        """Say whose weights these are, or what is under the pointer in both."""
        shown = self.other_shown if is_other else self.shown
        view = self.other if is_other else self.weights_map
        name = name if is_other else f"this run, {name}"
        if shown is None:
            return f"{name} …"
        if why := quantities.why_nothing(shown):
            return f"step {shown.step:,}: {name} ({why})"
        leader = self.weights_map if self.weights_map.pointed else self.other
        if leader.pointed is not None and leader.matrices:
            cell = _same_cell(leader.pointed, leader, view)
            if cell is None:
                return "no such weight here"
            return words.short_reading(
                view.matrices[cell.matrix],
                (cell.row, cell.column),
                shown.chars,
                view.heads,
                shown.quantity,
            )
        text = f"step {shown.step:,}: {name}"
        ours = self.shown
        if is_other and ours is not None and shown.step < ours.step:
            text = f"its last {text}"
        unit = view.unit_written if is_other else 1.0  # ours is said above
        return text if unit == 1 else f"{text}, cells {quantities.unit(unit)}"


def _same_cell(cell: Cell, leader: WeightsMap, view: WeightsMap) -> Cell | None:
    """Return where the other model has the weight of a cell; None for nowhere."""
    name = leader.matrices[cell.matrix].name
    for number, matrix in enumerate(view.matrices):
        if matrix.name == name and cell.row < matrix.rows:
            if cell.column < matrix.columns:
                return cell._replace(matrix=number)
    return None
