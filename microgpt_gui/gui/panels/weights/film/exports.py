"""The film as a file: the moments that are shown, and their changes."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.export_offer import ink_of
from microgpt_gui.gui.panels.weights.film.colours import (
    changes,
    ends_of,
    shown_matrices,
)
from microgpt_gui.gui.panels.weights.maps.arrangement import Box, Room, arrange
from microgpt_gui.gui.panels.weights.quantities import ticks
from microgpt_gui.gui.panels.weights.whole_exports import Kind, WholeExports
from microgpt_gui.gui.panels.weights.words import begins_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.gui.panel.colour_range import ColourRange
    from microgpt_gui.gui.panels.weights.film.beside import FilmBeside
    from microgpt_gui.gui.panels.weights.film.colours import Ends
    from microgpt_gui.gui.panels.weights.maps.arrangement import Arrangement
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.matrices import Matrix
    from microgpt_gui.session.reading.weights.film import Film

KIND = Kind(
    "Weights, film",
    "weights-film",
    "the film of the weights",
    "every weight at each of the steps shown, and its change",
)


#: Of all frames, and of one, in pixels.
_WIDEST, _HIGHEST = 1500, 420

_ROOM = Room(title=0, gap=6, largest=16, least=2, legible=1)


def film_exports(film: FilmBeside, workshop: Workshop) -> WholeExports:
    """Return what offers the film."""
    return WholeExports(
        KIND,
        film,
        workshop,
        lambda: partial(_picture, film.matrix, film.colour_range),
        lambda: partial(_table, film.matrix),
    )


def _picture(
    matrix: int | None,
    colour_range: ColourRange,
    film: Film,
    paper: Theme,
    caption: str,
) -> str:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.film_svg import Band, Places, film_svg

    frames = [shown_matrices(moment, matrix) for moment in film.moments]
    values, differences = ends_of(film.moments, matrix, colour_range)
    labels = [f"step {step:,}" for step in film.steps]
    bands = [Band("weights", labels, frames, *_reach(values))]
    if len(frames) > 1:
        between = [changes(before, after) for before, after in pairwise(frames)]
        told = [f"+{after - before:,}" for before, after in pairwise(film.steps)]
        called = "changes, from one moment to the next"
        bands.append(Band(called, told, between, *_reach(differences)))
    title = "Weights over the run"
    if matrix is not None:
        title = f"{frames[0][0].name} over the run"
    a = _arranged(frames[0], len(frames))
    places = Places(a.width, a.height, a.cell, a.places)
    return film_svg(bands, places, title, ink_of(paper), caption)


def _arranged(matrices: Sequence[Matrix], frames: int) -> Arrangement:
    """Return where the matrices of a frame are: none of them is folded."""
    boxes = [
        Box(m.rows, m.columns, title_width=0, begins=begins_layer(m.name))
        for m in matrices
    ]
    high = max(_HIGHEST, _ROOM.least * max(m.rows for m in matrices) + 2)
    return arrange(boxes, _WIDEST // frames, high, _ROOM)


def _reach(ends: Ends) -> tuple[list[list[float]], tuple[str, str, str]]:
    """Return the numbers with the end colours, and those of their scale."""
    every = [rows.tolist() for rows in ends]
    values = {value for rows in every for value in rows}
    return every, ticks(values.pop() if len(values) == 1 else None)


def _table(matrix: int | None, film: Film, check: Callable[[], None]) -> Iterator[str]:
    from microgpt_gui.session.exports.weights_tables import film_csv

    frames = [(m.step, shown_matrices(m, matrix)) for m in film.moments]
    return film_csv(frames, check)
