"""How a model sees its letters and its positions: the rows of wte and wpe, in a plane.

A row of wte is what the model knows a letter by, a row of wpe a position: n_embd
numbers each. Principal component analysis finds the plane where they lie widest apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.reader import never
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from microgpt_gui.session.moments.moment import Moment

#: The matrices whose rows are looked at, by the script's names.
Table = Literal["wte", "wpe"]

NOT_FINITE = (
    "This model has weights that are no numbers: its training has diverged. Go back to "
    "a step before that."
)

TOO_LARGE = (
    "The weights of this model are too large for their distances to be numbers. Go "
    "back to a step before that."
)


class Neighbour(NamedTuple):
    """A row beside another.

    Attributes:
        row: Which one.
        cosine: Of the angle between them, -1 to 1; 0 where one of them is zero.
        distance: Euclidean, between the rows themselves.
    """

    row: int
    cosine: float
    distance: float


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """The rows of a matrix, and where they lie. Nobody writes to what it holds.

    Attributes:
        step: Steps done.
        table: The matrix.
        chars: The alphabet; BOS follows it.
        rows: [row][n_embd]: the matrix.
        places: [row][2]: the first two principal components of the rows, about their
            mean. The second is 0 where there is one number to a row, or two rows.
        axes: [2][n_embd]: the directions of the two, each of length 1, or 0 where there
            is none. Both signs are right: see `turned`.
        shares: Of the variance, for each of the two, 0 to 1; NaN where all rows are
            alike, or there is only one.
        problem: Why there are no places, for people; then they, axes and shares are 0.
    """

    step: int
    table: Table
    chars: str
    rows: NDArray[np.float64]
    places: NDArray[np.float64]
    axes: NDArray[np.float64]
    shares: tuple[float, float]
    problem: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """What the rows are of: letters and BOS, or positions."""
        if self.table == "wte":
            return (*self.chars, BOS_LABEL)
        return tuple(map(str, range(len(self.rows))))

    def fitted(
        self, half_width: float, half_height: float
    ) -> list[tuple[float, float]]:
        """Return the places as far as they go in a plane, alike in both directions.

        Args:
            half_width: Of the plane; the mean of all rows is its middle, (0, 0).
            half_height: Likewise.
        """
        halves = half_width, half_height
        farthest = [
            float(abs(self.places[:, axis]).max(initial=0.0)) for axis in (0, 1)
        ]
        scales = [half / far for half, far in zip(halves, farthest, strict=True) if far]
        scale = min(scales, default=0.0)
        return [(x * scale, y * scale) for x, y in self.places.tolist()]

    def neighbours(self, row: int) -> list[Neighbour]:
        """Return all other rows, those in the most alike direction first.

        Equal ones are in the order of their rows; empty where there are no places.
        """
        import numpy as np

        if self.problem:
            return []
        unit = _unit(self.rows)
        near_1 = self.rows / unit
        lengths = np.linalg.norm(near_1, axis=1)
        mine = lengths * lengths[row]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            cosines = near_1 @ near_1[row] / mine
            apart = np.linalg.norm(near_1 - near_1[row], axis=1) * unit
        cosines = np.clip(np.where(mine > 0, cosines, 0.0), -1.0, 1.0)
        order = np.argsort(-cosines, kind="stable")
        return [
            Neighbour(int(i), float(cosines[i]), float(apart[i]))
            for i in order
            if i != row
        ]


def embeddings(
    moment: Moment, table: Table, check: Callable[[], None] = never
) -> Embeddings:
    """Return the rows of ``table``, and their principal components.

    The rows' mean is taken off; a singular value decomposition of what is left gives
    the directions in which they differ most, and the squares of its singular values are
    to each other as the variances along these (https://doi.org/10.1080/14786440109462720).

    Args:
        moment: Whose.
        table: Which matrix.
        check: Called before and after; what it raises ends the work.
    """
    # Not at the top: `session.reading` is for interpreters, too, that have no NumPy.
    import numpy as np

    check()
    matrix = next(m for m in matrices(moment) if m.name == table)
    numbers = np.frombuffer(matrix.numbers, np.float64)
    rows: NDArray[np.float64] = numbers.reshape(matrix.rows, matrix.columns)
    none = np.zeros((len(rows), 2)), np.zeros((2, rows.shape[1])), (0.0, 0.0)
    if not np.isfinite(rows).all():
        return Embeddings(moment.step, table, moment.chars, rows, *none, NOT_FINITE)
    unit = _unit(rows)
    # Of sizes near 1, no sum leaves the range of numbers; the places themselves may.
    middle = rows / unit
    middle = middle - middle.mean(axis=0)
    _, sizes, directions = np.linalg.svd(middle, full_matrices=False)
    check()
    found = min(2, len(sizes))
    axes = np.zeros((2, rows.shape[1]))
    axes[:found] = directions[:found]
    with np.errstate(over="ignore"):
        places = middle @ axes.T * unit
    if not np.isfinite(places).all():
        return Embeddings(moment.step, table, moment.chars, rows, *none, TOO_LARGE)
    squares = sizes**2
    total = float(squares.sum())
    shares = [math.nan, math.nan]
    if total > 0:
        shares = [float(s) / total for s in (*squares[:2], 0.0)][:2]
    return Embeddings(
        moment.step,
        table,
        moment.chars,
        rows,
        places,
        axes,
        (shares[0], shares[1]),
    )


def turned(found: Embeddings, before: Embeddings | None) -> Embeddings:
    """Return ``found`` with each axis pointing the way that it did ``before``.

    A principal component has no sign of its own: without this, the picture would be
    mirrored now and then as the model learns.
    """
    if before is None or before.table != found.table or before.problem:
        return found
    if before.places.shape != found.places.shape:
        return found
    signs = (found.places * before.places).sum(axis=0) < 0
    if not signs.any():
        return found
    flips = [-1.0 if is_turned else 1.0 for is_turned in signs.tolist()]
    return replace(
        found,
        places=found.places * flips,
        axes=(found.axes.T * flips).T,
    )


def _unit(rows: NDArray[np.float64]) -> float:
    """Return a power of 2 that brings ``rows`` to sizes whose squares are numbers."""
    import numpy as np

    largest = float(np.abs(rows).max(initial=0.0))
    return 2.0 ** max(math.frexp(largest)[1] - 1, -1000)
