"""Weights, at one moment or over a run, as text that any program reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.exports.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.reading.matrices import Matrix
    from microgpt_gui.session.reading.weights.norms import Norms

#: What a spreadsheet holds, but for a few.
MAX_ROWS = 1_000_000


def weights_csv(
    matrices: Sequence[Matrix], check: Callable[[], None], head: str = "weight"
) -> Iterator[str]:
    """Yield a table of weights, or of other numbers of them, to the last digit.

    Columns: matrix, by the script's name; row (output) and column (input), from 0;
    weight.

    Args:
        matrices: Whose weights.
        check: Called now and then; what it raises ends the work.
        head: Of the last column, where other numbers are in it.
    """

    def rows() -> Iterator[Sequence[object]]:
        for matrix in matrices:
            for number, weight in enumerate(matrix.numbers):
                yield matrix.name, *divmod(number, matrix.columns), repr(weight)

    return table(("matrix", "row", "column", head), rows(), check)


def norms_csv(norms: Norms, check: Callable[[], None]) -> Iterator[str]:
    """Yield a table of the size of each matrix over a run, to the last digit.

    Columns: step; the Euclidean norm of each matrix, by the script's name.

    Args:
        norms: The sizes.
        check: Called now and then; what it raises ends the work.
    """

    def rows() -> Iterator[Sequence[object]]:
        for place, step in enumerate(norms.steps):
            yield step, *(repr(curve[place]) for curve in norms.norms)

    return table(("step", *norms.names), rows(), check)


def film_csv(
    frames: Sequence[tuple[int, Sequence[Matrix]]], check: Callable[[], None]
) -> Iterator[str]:
    """Yield a table of weights at several steps, to the last digit.

    Columns: step; matrix, row and column, as of `weights_csv`; weight; change, since
    the step before in the table, empty for the first.

    Args:
        frames: Of each moment its step and its matrices.
        check: Called now and then; what it raises ends the work.

    Raises:
        ValueError: It would have too many rows; says what to do instead.
    """
    count = sum(len(matrix.numbers) for _, matrices in frames for matrix in matrices)
    if count > MAX_ROWS:
        raise ValueError(
            f"this table would have {count:,} rows, and {MAX_ROWS:,} is the most that "
            "spreadsheets hold; choose one matrix of the film"
        )

    def rows() -> Iterator[Sequence[object]]:
        before: Sequence[Matrix] = ()
        for step, matrices in frames:
            for number, matrix in enumerate(matrices):
                for i, weight in enumerate(matrix.numbers):
                    place = step, matrix.name, *divmod(i, matrix.columns)
                    change = ""
                    if before:
                        change = repr(weight - before[number].numbers[i])
                    yield *place, repr(weight), change
            before = matrices

    header = ("step", "matrix", "row", "column", "weight", "change")
    return table(header, rows(), check)
