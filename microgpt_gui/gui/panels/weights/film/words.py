"""What is said of the film."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.weights.quantities import short
from microgpt_gui.gui.panels.weights.words import short_reading
from microgpt_gui.session.reading.weights.quantity import Quantity

if TYPE_CHECKING:
    from microgpt_gui.session.reading.matrices import Matrix
    from microgpt_gui.session.reading.weights.film import Film

POINT = (
    "Above, the weights at some steps; below, what has changed between them. Click to "
    "show that step."
)

LONGEST = (
    "step 1,000 to 2,000, layer0.attn_wq, row 15 (head 4), column 15: change "
    "-1.2345678901234567e-05"
)


def subject(film: Film, stride: int) -> str:
    """Say what the film is of, and what is left out of it."""
    count = len(film.steps)
    told = f"{count} moments, step 0 to {film.step:,}" if count > 1 else "step 0"
    if len(film.moments) < count:
        told += f", {count - len(film.moments)} on their way"
    if stride > 1:
        told += f", every {_nth(stride)} row and column"
    return told


def _nth(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"


def frame(film: Film, number: int) -> str:
    """Return what stands above a moment."""
    return f"step {film.steps[number]:,}" if number == 0 else f"{film.steps[number]:,}"


def change(film: Film, number: int) -> str:
    """Return what stands above a change: over how many steps."""
    return f"+{film.steps[number + 1] - film.steps[number]:,}"


def end(scale: float | None) -> str:
    """Say how far the colours of changes reach; None where not equally far."""
    return "±most" if scale is None else f"±{short(scale)}"


def part(film: Film, number: int, *, is_change: bool) -> str:
    """Say which part that is."""
    if is_change:
        return f"step {film.steps[number]:,} to {film.steps[number + 1]:,}"
    return f"step {film.steps[number]:,}"


def reading(
    place: str,
    matrix: Matrix,
    cell: tuple[int, int],
    chars: str,
    heads: int,
    *,
    is_change: bool,
) -> str:
    """Say what a cell of the film shows, to the last digit.

    Args:
        place: Of the part; see `part`.
        matrix: What the cell is of.
        cell: Row and column.
        chars: The alphabet.
        heads: Of each layer.
        is_change: It is a change.
    """
    if not is_change:
        told = short_reading(matrix, cell, chars, heads, Quantity.VALUE)
        return f"{place}, {told}"
    told = short_reading(matrix, cell, chars, heads, Quantity.CHANGE)
    where, _, number = told.rpartition(": ")
    return f"{place}, {where}: change {number}"
