"""Weights as a picture: one rectangle a matrix, as in the window."""

from __future__ import annotations

from itertools import product
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.cell_paths import cell_paths
from microgpt_gui.session.exports.heading import (
    CAPTION,
    EDGE,
    bottom_of,
    check_cells,
    heading,
)
from microgpt_gui.session.exports.ink import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.exports.reach import Reach
    from microgpt_gui.session.reading.matrices import Matrix

#: A picture of more cells is a file that programs choke on.
MAX_CELLS = 150_000

_GAP = 26.0
_WIDEST = 1400.0  # beyond that, matrices go on in the next line
_HIGHEST = 860.0  # all of them together, if their cells can be so small
_MIN_WIDTH = 460.0
_LABEL = 12.0
_ABOVE = 22.0  # over each rectangle, for its name

#: The rows of smaller cells have no names.
_LEAST_LABELLED = 8

#: Side of a cell at least and at most.
_LEAST, _MOST = 3, 24


class _Place(NamedTuple):
    """A matrix, and the top left of its cells."""

    matrix: Matrix
    x: float
    y: float


class Drawn(NamedTuple):
    """What the numbers are."""

    many: str = "weights"
    one: str = "weight"
    is_signed: bool = True  # there may be some below 0


WEIGHTS = Drawn()


def weights_svg(
    matrices: Sequence[Matrix],
    rows: Sequence[Sequence[str]],
    reach: Reach,
    step: int,
    ink: Ink,
    caption: str,
    drawn: Drawn = WEIGHTS,
) -> str:
    """Return the picture of every weight of ``matrices``.

    Args:
        matrices: What to draw; at least one.
        rows: What the rows of each are called; empty where they have no names.
        reach: How far the colours reach.
        step: Steps done.
        ink: Its colours.
        caption: Of which run it is, in a few words.
        drawn: What the numbers are, if not the weights themselves.

    Raises:
        ValueError: It would have too many cells; says what to do instead.
    """
    count = sum(len(matrix.numbers) for matrix in matrices)
    check_cells(count, MAX_CELLS, "enlarge one matrix, or copy the numbers")
    # All cells are of one size, or the matrices could not be compared.
    for cell in range(_MOST, _LEAST - 1, -1):
        letter = min(_LABEL, cell * 0.8) if cell >= _LEAST_LABELLED else 0.0
        margins = [_margin(names, letter) for names in rows]
        places, width, bottom = _placed(matrices, margins, cell)
        if bottom <= _HIGHEST:
            break
    is_one = len(matrices) == 1
    title = drawn.many[0].upper() + drawn.many[1:]
    title = f"{title} of {matrices[0].name}" if is_one else title
    lines = [
        f"step {step:,}, {count:,} {drawn.many}",
        *svg.wrapped(caption, CAPTION, width - 2 * EDGE),
    ]
    parts = heading(title, lines, ink)
    top = bottom_of(lines) - 8
    for place, names, ends in zip(places, rows, reach.ends, strict=True):
        corner = place.x, place.y + top
        if not is_one:  # its name is the title
            name = place.matrix.name
            parts.append(
                svg.text(corner[0], corner[1] - 7, name, _LABEL, fill=ink.muted)
            )
        parts += cells(place.matrix, corner, cell, ends, ink, drawn)
        for row, named in enumerate(names if letter else ()):
            y = corner[1] + (row + 0.5) * cell + letter * 0.36
            x = corner[0] - 5
            parts.append(svg.text(x, y, named, letter, text_anchor="end"))
    parts += _scale(ink, reach, top + bottom + 10, drawn)
    about = f"{title}, {lines[0]}. Of {caption}. A row for each output, a column for "
    about += "each input."
    height = top + bottom + 10 + 34 + EDGE
    return svg.picture(width, height, ink, title, about, parts)


def _margin(names: Sequence[str], letter: float) -> float:
    """Return the width that the names of rows take, and the gap beside them."""
    if not names or not letter:
        return 0.0
    return max(svg.width_of(name, letter) for name in names) + 5


def _placed(
    matrices: Sequence[Matrix], margins: Sequence[float], cell: float
) -> tuple[list[_Place], float, float]:
    """Return where each is, below 0; the width of the whole, and where they end."""
    places: list[_Place] = []
    x, y, bottom, right = EDGE, 0.0, 0.0, _MIN_WIDTH - EDGE
    layer = ""
    for matrix, margin in zip(matrices, margins, strict=True):
        wide = margin + max(matrix.columns * cell, svg.width_of(matrix.name, _LABEL))
        is_next_layer = matrix.name.partition(".")[0] != layer and "." in matrix.name
        if x > EDGE and (is_next_layer or x + wide > _WIDEST - EDGE):
            x, y = EDGE, bottom
        layer = matrix.name.partition(".")[0]
        places.append(_Place(matrix, x + margin, y + _ABOVE))
        bottom = max(bottom, y + _ABOVE + matrix.rows * cell + 14)
        right = max(right, x + wide)
        x += wide + _GAP
    return places, right + EDGE, bottom


def cells(
    matrix: Matrix,
    corner: tuple[float, float],
    cell: float,
    ends: Sequence[float],
    ink: Ink,
    drawn: Drawn,
) -> Iterator[str]:
    """Yield one rectangle of cells.

    Args:
        matrix: Its numbers.
        corner: Left and top of the first cell.
        cell: Side of a cell.
        ends: The number that has the end colour, for each row.
        ink: The colours.
        drawn: What the numbers are.
    """
    x, y = corner
    wide, high = matrix.columns * cell, matrix.rows * cell
    cells = (
        (x + column * cell, y + row * cell, _step(weight, ends[row], drawn))
        for (row, column), weight in zip(
            product(range(matrix.rows), range(matrix.columns)),
            matrix.numbers,
            strict=True,
        )
    )
    stops = ink.signed_map if drawn.is_signed else ink.map
    yield cell_paths(cells, cell, cell, stops, ink)
    yield svg.element(
        "rect",
        x=x - 0.5,
        y=y - 0.5,
        width=wide + 1,
        height=high + 1,
        fill="none",
        stroke=ink.border,
    )


def _step(weight: float, scale: float, drawn: Drawn) -> int:
    """Return which of the colours stands for a weight; -1 where it is no number."""
    if not isfinite(weight):
        return -1
    share = min(1.0, max(-1.0, weight / scale))
    if drawn.is_signed:
        share = (share + 1) / 2
    return round(max(0.0, share) * (STEPS - 1))


def _scale(ink: Ink, reach: Reach, y: float, drawn: Drawn) -> Iterator[str]:
    """Yield the colours' scale."""
    stops = ink.signed_map if drawn.is_signed else ink.map
    yield from svg.colour_scale("weights", stops, reach.ticks, (EDGE, y), ink)
    words = ", ".join(filter(None, (drawn.one, reach.told)))
    yield svg.text(EDGE + svg.SCALE + 14, y + 9, words, 11, fill=ink.muted)
