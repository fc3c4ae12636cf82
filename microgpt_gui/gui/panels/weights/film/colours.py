"""How far the colours of a film reach: equally far in all of its moments."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.signed_colours import scale_of_numbers
from microgpt_gui.session.reading.matrices import Matrix, matrices
from microgpt_gui.session.reading.weights.quantity import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from microgpt_gui.session.moments.moment import Moment

    Ends = list[NDArray[np.float64]]  # [matrix][row], above 0

#: Of a large matrix, every so many numbers are looked at.
_ENOUGH = 4000


def shown_matrices(moment: Moment, matrix: int | None) -> tuple[Matrix, ...]:
    """Return the matrices of a moment that the film shows: one, or all."""
    every = matrices(moment)
    return every if matrix is None else every[matrix : matrix + 1]


def changes(before: Sequence[Matrix], after: Sequence[Matrix]) -> tuple[Matrix, ...]:
    """Return how matrices have changed, number by number."""
    return tuple(
        Matrix(a.name, a.rows, a.columns, changed(a.numbers, b.numbers))
        for b, a in zip(before, after, strict=True)
    )


def ends_of(
    moments: Sequence[Moment], matrix: int | None, colour_range: ColourRange
) -> tuple[Ends, Ends]:
    """Return which numbers have the end colour: of the weights, and of the changes.

    Args:
        moments: Of a run, or of two whose models are of one shape.
        matrix: The one that is shown; None for all.
        colour_range: How far the colours reach.
    """
    frames = [shown_matrices(moment, matrix) for moment in moments]

    def between() -> Iterator[tuple[Matrix, ...]]:
        for before, after in pairwise(frames):
            yield changes(before, after)

    return _ends(frames, colour_range), _ends(between(), colour_range)


def _ends(frames: Iterable[Sequence[Matrix]], colour_range: ColourRange) -> Ends:
    samples: list[list[NDArray[np.float64]]] = []
    largest: Ends = []
    for frame in frames:
        if not samples:
            samples = [[] for _ in frame]
            largest = [np.zeros(matrix.rows) for matrix in frame]
        for number, matrix in enumerate(frame):
            values = np.frombuffer(matrix.numbers)
            samples[number].append(values[:: max(1, len(values) // _ENOUGH)].copy())
            if colour_range is ColourRange.ROW:
                sizes = np.abs(np.where(np.isfinite(values), values, 0.0))
                rows = sizes.reshape(matrix.rows, matrix.columns).max(axis=1)
                largest[number] = np.maximum(largest[number], rows)
    if colour_range is ColourRange.ROW:
        return [np.where(rows > 0, rows, 1.0) for rows in largest]
    scales = [scale_of_numbers(vectors) for vectors in samples]
    if colour_range is ColourRange.FIXED and samples:
        together = [vector for vectors in samples for vector in vectors]
        scales = [scale_of_numbers(together)] * len(samples)
    return [
        np.full(len(rows), scale) for rows, scale in zip(largest, scales, strict=True)
    ]
