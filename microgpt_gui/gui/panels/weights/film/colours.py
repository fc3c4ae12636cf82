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

#: Of a large model, every so many numbers are looked at to find the scale.
_ENOUGH = 20_000


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


def difference(before: Matrix, after: Matrix, every: int) -> NDArray[np.float64]:
    """Return the change of every so many rows and columns: [row][column]."""
    with np.errstate(all="ignore"):
        change: NDArray[np.float64] = values(after, every) - values(before, every)
    return change


def values(matrix: Matrix, every: int) -> NDArray[np.float64]:
    """Return every so many rows and columns of a matrix: [row][column]."""
    numbers = np.frombuffer(matrix.numbers).reshape(matrix.rows, matrix.columns)
    return numbers[::every, ::every]


def ends_of(
    moments: Sequence[Moment], matrix: int | None, colour_range: ColourRange
) -> tuple[Ends, Ends]:
    """Return which numbers have the end colour: of the weights, and of the changes.

    Args:
        moments: Of a run.
        matrix: The one that is shown; None for all.
        colour_range: How far the colours reach.
    """
    frames = [shown_matrices(moment, matrix) for moment in moments]
    count = sum(len(one.numbers) for one in frames[0])
    every = 1 if colour_range is ColourRange.ROW else max(1, count // _ENOUGH)
    samples = [[np.frombuffer(one.numbers)[::every] for one in f] for f in frames]

    def between() -> Iterator[list[NDArray[np.float64]]]:
        with np.errstate(all="ignore"):
            for before, after in pairwise(samples):
                yield [b - a for a, b in zip(before, after, strict=True)]

    shown = frames[0]
    return _ends(shown, samples, colour_range), _ends(shown, between(), colour_range)


def _ends(
    matrices: Sequence[Matrix],
    frames: Iterable[Sequence[NDArray[np.float64]]],
    colour_range: ColourRange,
) -> Ends:
    """Return the ends for numbers of ``matrices``, or for a sample of them."""
    kept: list[list[NDArray[np.float64]]] = [[] for _ in matrices]
    largest: Ends = [np.zeros(matrix.rows) for matrix in matrices]
    for frame in frames:
        for number, vector in enumerate(frame):
            if colour_range is ColourRange.ROW:
                sizes = np.abs(np.where(np.isfinite(vector), vector, 0.0))
                rows = sizes.reshape(matrices[number].rows, -1).max(axis=1)
                largest[number] = np.maximum(largest[number], rows)
            else:
                kept[number].append(vector)
    if colour_range is ColourRange.ROW:
        return [np.where(rows > 0, rows, 1.0) for rows in largest]
    if not kept[0]:
        return []
    if colour_range is ColourRange.FIXED:
        one = scale_of_numbers([vector for vectors in kept for vector in vectors])
        return [np.full(len(rows), one) for rows in largest]
    scales = [scale_of_numbers(vectors) for vectors in kept]
    pairs = zip(largest, scales, strict=True)
    return [np.full(len(rows), scale) for rows, scale in pairs]
