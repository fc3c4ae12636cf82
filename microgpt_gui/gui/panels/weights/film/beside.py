"""The film of the current run and, beside it, that of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panels.weights.film.colours import ends_of
from microgpt_gui.gui.panels.weights.film.layout import USUAL
from microgpt_gui.gui.panels.weights.film.view import FilmView
from microgpt_gui.gui.panels.weights.whole_runs import WholeRuns
from microgpt_gui.session.reading.questions import FilmQuestion

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.weights.film.colours import Ends
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.weights.film import Film


class FilmBeside(WholeRuns):
    """One film, or two, whose colours reach equally far.

    Attributes:
        view: The current run's.
        other: The other run's; hidden while there is none.
        matrix: The number of the one that is shown alone; None for all.
        colour_range: How far the colours reach.
    """

    view: FilmView
    other: FilmView

    answer: Film | None
    other_answer: Film | None

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        self.matrix: int | None = None
        self.colour_range = ColourRange.FIXED
        self._ends: tuple[Ends, Ends] = ([], [])
        self.view = FilmView(appearance)
        self.other = FilmView(appearance)
        self.other.setAccessibleName("Weights of the other run at some moments")
        super().__init__(
            workshop, appearance, self.view, self.other, FilmQuestion(USUAL)
        )
        self.view.room_changed.connect(self._on_view_room_changed)

    def set_look(self, matrix: int | None, colour_range: ColourRange) -> None:
        """Choose what is shown of each moment.

        Args:
            matrix: The number of the one that is shown alone; None for all.
            colour_range: How far the colours reach.
        """
        if (matrix, colour_range) != (self.matrix, self.colour_range):
            self.matrix, self.colour_range = matrix, colour_range
            self.draw()

    def scale(self) -> float | None:
        """Return the weight with the end colour; None where there are several."""
        ends = self._ends[0]
        if not ends or any(float(rows.min()) != float(ends[0][0]) for rows in ends):
            return None
        is_one = all(float(rows.max()) == float(ends[0][0]) for rows in ends)
        return float(ends[0][0]) if is_one else None

    def draw(self) -> None:
        """See `WholeRuns`."""
        films = (self.answer, self.other_answer)
        ours, theirs = (self._ends_of(film) for film in films)
        if self.colour_range is ColourRange.FIXED:
            (ours, theirs) = _joined(ours, theirs)
        self._ends = ours
        self.view.show_film(self.answer, self.matrix, ours)
        self.other.show_film(self.other_answer, self.matrix, theirs)

    def _ends_of(self, film: Film | None) -> tuple[Ends, Ends]:
        if film is None or not film.moments:
            return [], []
        return ends_of(film.moments, self.matrix, self.colour_range)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.view.restyle()
        self.other.restyle()

    @Slot()
    def _on_view_room_changed(self) -> None:
        """Ask for as many moments as there is room for."""
        self.ask(FilmQuestion(self.view.most))


def _joined(
    ours: tuple[Ends, Ends], theirs: tuple[Ends, Ends]
) -> tuple[tuple[Ends, Ends], tuple[Ends, Ends]]:
    """Return the ends of two films where all colours are alike: in both the same."""
    values, changes = (
        _to_the_larger(mine, other) for mine, other in zip(ours, theirs, strict=True)
    )
    return (values[0], changes[0]), (values[1], changes[1])


def _to_the_larger(ours: Ends, theirs: Ends) -> tuple[Ends, Ends]:
    scales = [float(ends[0][0]) for ends in (ours, theirs) if ends]
    scale = max(scales, default=1.0)
    one, other = ([np.full(len(r), scale) for r in ends] for ends in (ours, theirs))
    return one, other
