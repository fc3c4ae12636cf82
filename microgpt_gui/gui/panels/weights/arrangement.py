"""Where the matrices stand: side by side, wrapped, in cells as large as fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Box(NamedTuple):
    """A matrix to be placed."""

    rows: int
    columns: int
    title_width: int  # in pixels
    begins: bool = False  # a layer: nothing of another one stands above it


class Place(NamedTuple):
    """Where the cells of a matrix begin, in pixels; its title is above them."""

    left: int
    top: int


class Cell(NamedTuple):
    """A number of a matrix; all count from 0."""

    matrix: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Matrices in a plane.

    Attributes:
        boxes: The matrices.
        places: One for each of them.
        cell: Edge of a cell, in pixels.
        width: Of the whole, in pixels.
        height: Of the whole, in pixels.
    """

    boxes: tuple[Box, ...]
    places: tuple[Place, ...]
    cell: int
    width: int
    height: int

    def cell_at(self, x: int, y: int) -> Cell | None:
        """Return the cell under a point; None beside all matrices."""
        placed = zip(self.boxes, self.places, strict=True)
        for number, (box, place) in enumerate(placed):
            row, column = (y - place.top) // self.cell, (x - place.left) // self.cell
            if 0 <= row < box.rows and 0 <= column < box.columns:
                return Cell(number, row, column)
        return None


def arrange(
    boxes: Sequence[Box],
    width: int,
    height: int,
    *,
    title: int,
    gap: int,
    largest: int,
    least: int,
) -> Arrangement:
    """Place matrices in order, downwards and then to the right, in large cells.

    The cells are the largest with which all fit. Where none do, the whole is higher
    than ``height``, in rows as high as the highest matrix; where even cells of one
    pixel are too wide, it is wider than ``width``.

    Args:
        boxes: At least one.
        width: Of the view, in pixels.
        height: Of the view, in pixels.
        title: Height of a title, in pixels.
        gap: Between two matrices, in pixels.
        largest: Edge of a cell at most, in pixels.
        least: Edge of a cell at least, in pixels, where the widest matrix fits so.
    """
    rows = max(box.rows for box in boxes)
    for cell in range(largest, 0, -1):
        highest = title + rows * cell + 2  # outlines are outside
        for row_height in (highest, height):
            placed = _flow(boxes, width, max(row_height, highest), cell, title, gap)
            if placed.width <= width and (placed.height <= height or cell <= least):
                return placed
    return placed


def _flow(
    boxes: Sequence[Box], width: int, row_height: int, cell: int, title: int, gap: int
) -> Arrangement:
    """Fill rows of ``row_height`` with columns of matrices."""
    places = []
    left = top = 0  # of the column
    down = wide = 0  # how far it reaches
    right = bottom = 0  # of the whole
    for box in boxes:
        box_width = max(box.columns * cell, box.title_width) + 2
        box_height = title + box.rows * cell + 2
        is_too_high = down + gap + box_height > row_height
        is_too_wide = left + box_width > width
        if down and (box.begins or is_too_high or is_too_wide):
            left, down, wide = left + wide + gap, 0, 0
        if left and not down and left + box_width > width:
            left, top = 0, bottom + gap
        down += gap if down else 0
        places.append(Place(left + 1, top + down + title + 1))
        down, wide = down + box_height, max(wide, box_width)
        right, bottom = max(right, left + wide), max(bottom, top + down)
    return Arrangement(tuple(boxes), tuple(places), cell, right, bottom)
