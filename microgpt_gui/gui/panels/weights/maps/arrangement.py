"""Where the matrices stand: side by side, wrapped, in cells as large as fit.

A matrix too high for the view is folded: its rows go on at the top of a next strip, as
the lines of a newspaper do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The cells of a matrix alone are at most so many times as wide as high.
_STRETCH = 2.5

#: A matrix alone is folded where its cells get so many times as large by it: one whose
#: rows have names, and any other.
_WORTH_A_FOLD, _WORTH_A_FOLD_UNNAMED = 1.5, 2.0


class Box(NamedTuple):
    """A matrix to be placed."""

    rows: int
    columns: int
    title_width: int  # in pixels
    begins: bool = False  # a layer: nothing of another one stands above it
    label_width: int = 0  # of what names its rows, in pixels; 0 for nothing


class Place(NamedTuple):
    """Where the cells of a matrix begin, in pixels; its title is above them."""

    left: int
    top: int


class Cell(NamedTuple):
    """A number of a matrix; all count from 0."""

    matrix: int
    row: int
    column: int


class Strip(NamedTuple):
    """Some rows of a matrix, one below the other; pixels, but for the rows."""

    left: int
    top: int
    first: int  # row
    rows: int


class Room(NamedTuple):
    """What the arrangement must leave room for, in pixels."""

    title: int  # height of a title
    gap: int  # between two matrices, and between two strips
    largest: int  # edge of a cell, at most
    least: int  # edge of a cell, where the widest matrix fits so
    legible: int  # a label needs so much height


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Matrices in a plane.

    Attributes:
        boxes: The matrices.
        places: One for each of them: of its first cell.
        folds: Into how many strips each is folded.
        margins: Room for labels, left of each strip.
        cell: Height of a cell, in pixels.
        cell_width: Its width: the same, but for a matrix alone.
        gap: Between two strips, in pixels.
        width: Of the whole, in pixels.
        height: Of the whole, in pixels.
    """

    boxes: tuple[Box, ...]
    places: tuple[Place, ...]
    folds: tuple[int, ...]
    margins: tuple[int, ...]
    cell: int
    cell_width: int
    gap: int
    width: int
    height: int

    def strips(self, number: int) -> Iterator[Strip]:
        """Yield the strips of a matrix, from left to right."""
        box, place = self.boxes[number], self.places[number]
        rows, pitch = self._strip_rows(number), self._pitch(number)
        for i, first in enumerate(range(0, box.rows, rows)):
            yield Strip(
                place.left + i * pitch, place.top, first, min(rows, box.rows - first)
            )

    def corner(self, cell: Cell) -> tuple[int, int]:
        """Return the left and the top of a cell."""
        place = self.places[cell.matrix]
        strip, row = divmod(cell.row, self._strip_rows(cell.matrix))
        left = place.left + strip * self._pitch(cell.matrix)
        return left + cell.column * self.cell_width, place.top + row * self.cell

    def size(self, number: int) -> tuple[int, int]:
        """Return width and height of a matrix, with the labels between its strips."""
        wide = self.folds[number] * self._pitch(number)
        wide -= self.gap + self.margins[number]
        return wide, self._strip_rows(number) * self.cell

    def cell_at(self, x: int, y: int) -> Cell | None:
        """Return the cell under a point; None beside all matrices."""
        for number, (box, place) in enumerate(
            zip(self.boxes, self.places, strict=True)
        ):
            strip, across = divmod(x - place.left, self._pitch(number))
            down, column = (y - place.top) // self.cell, across // self.cell_width
            rows = self._strip_rows(number)
            row = strip * rows + down
            is_in_strip = 0 <= down < rows and 0 <= strip and row < box.rows
            if is_in_strip and column < box.columns:
                return Cell(number, row, column)
        return None

    def _strip_rows(self, number: int) -> int:
        return -(-self.boxes[number].rows // self.folds[number])

    def _pitch(self, number: int) -> int:
        wide = self.boxes[number].columns * self.cell_width
        return wide + self.gap + self.margins[number]


def arrange(boxes: Sequence[Box], width: int, height: int, room: Room) -> Arrangement:
    """Place matrices in order, downwards and then to the right, in large cells.

    The cells are the largest with which all fit. Where none do, the whole is higher
    than ``height``, in rows as high as the highest matrix; where even cells of one
    pixel are too wide, it is wider than ``width``.

    Args:
        boxes: At least one.
        width: Of the view, in pixels.
        height: Of the view, in pixels.
        room: What is to be left.
    """
    for cell in range(room.largest, 0, -1):
        folds = [_folds(box, cell, width, height, room) for box in boxes]
        rows = max(-(-b.rows // f) for b, f in zip(boxes, folds, strict=True))
        highest = room.title + rows * cell + 2  # outlines are outside
        for row_height in (highest, height):
            placed = _flow(boxes, folds, width, max(row_height, highest), cell, room)
            fits = placed.height <= height or cell <= room.least
            if placed.width <= width and fits:
                return placed
    return placed


def arrange_one(box: Box, width: int, height: int, room: Room) -> Arrangement:
    """Let a matrix fill the view: folded where that makes its cells much larger.

    One with labels scrolls, in cells that these can be read beside, rather than be
    smaller than that.

    Args:
        box: The matrix.
        width: Of the view, in pixels.
        height: Of the view, in pixels.
        room: What is to be left.
    """
    high = max(1, height - room.title - 2)

    def sides(folds: int) -> tuple[int, int]:
        """Return width and height of the cells of so many strips."""
        across = (width - 2 + room.gap) // folds - room.gap
        most = min(room.largest, high // -(-box.rows // folds))
        # Labels take another room beside smaller cells, down to none.
        for largest in (most, room.legible - 1, (room.legible - 1) // 2):
            margin = margin_of(box, min(most, largest), room.legible)
            wide = (across - margin) // box.columns
            cell = min(most, largest, wide)
            if margin_of(box, cell, room.legible) == margin:
                break
        return min(wide, round(cell * _STRETCH)), cell

    whole = min(sides(1))
    most = max(1, min(box.rows, (width + room.gap) // (box.columns + room.gap)))
    folded = max(range(1, most + 1), key=lambda folds: min(sides(folds)))
    worth = _WORTH_A_FOLD if box.label_width else _WORTH_A_FOLD_UNNAMED
    folds = folded if min(sides(folded)) >= worth * whole else 1
    wide, cell = sides(folds)
    margin = margin_of(box, room.legible, room.legible)
    strip = margin + box.columns * room.legible + room.gap
    if min(wide, cell) < -(-room.legible // 2) and box.label_width and strip <= width:
        folds = _filled(box.rows, (width - 2 + room.gap) // strip)
        across = (width - 2 + room.gap) // folds - room.gap
        wide = cell = (across - margin) // box.columns
    elif min(wide, cell) < 1:
        return arrange([box], width, height, room)
    folds, cell = _filled(box.rows, folds), min(wide, cell)
    return _flow([box], [folds], width, height, cell, room, cell_width=wide)


def margin_of(box: Box, cell: int, legible: int) -> int:
    """Return the room for labels beside a strip: none, one column, or two in turns.

    Args:
        box: The matrix.
        cell: Height of its cells, in pixels.
        legible: A label needs so much.
    """
    if not box.label_width or 2 * cell < legible:
        return 0
    return box.label_width if cell >= legible else 2 * box.label_width


def _folds(box: Box, cell: int, width: int, height: int, room: Room) -> int:
    """Return into how many strips a matrix is folded that is too high in any case."""
    high = height - room.title - 2
    if box.rows * room.least <= high:
        return 1
    wanted = -(-box.rows // max(1, high // cell))
    strip = margin_of(box, cell, room.legible) + box.columns * cell + room.gap
    return _filled(box.rows, max(1, min(wanted, (width - 2 + room.gap) // strip)))


def _filled(rows: int, folds: int) -> int:
    """Return how many strips have rows at all where ``folds`` are wanted."""
    return -(-rows // -(-rows // folds))


def _flow(
    boxes: Sequence[Box],
    folds: Sequence[int],
    width: int,
    row_height: int,
    cell: int,
    room: Room,
    cell_width: int = 0,
) -> Arrangement:
    """Fill rows of ``row_height`` with columns of matrices."""
    gap, title, cell_width = room.gap, room.title, cell_width or cell
    margins = [margin_of(box, cell, room.legible) for box in boxes]
    places = []
    left = top = 0  # of the column
    down = wide = 0  # how far it reaches
    right = bottom = 0  # of the whole
    for box, fold, margin in zip(boxes, folds, margins, strict=True):
        strips = fold * (margin + box.columns * cell_width + gap) - gap
        box_width = max(strips, box.title_width) + 2
        box_height = title + -(-box.rows // fold) * cell + 2
        is_too_high = down + gap + box_height > row_height
        is_too_wide = left + box_width > width
        if down and (box.begins or is_too_high or is_too_wide):
            left, down, wide = left + wide + gap, 0, 0
        if left and not down and left + box_width > width:
            left, top = 0, bottom + gap
        down += gap if down else 0
        places.append(Place(left + margin + 1, top + down + title + 1))
        down, wide = down + box_height, max(wide, box_width)
        right, bottom = max(right, left + wide), max(bottom, top + down)
    return Arrangement(
        boxes=tuple(boxes),
        places=tuple(places),
        folds=tuple(folds),
        margins=tuple(margins),
        cell=cell,
        cell_width=cell_width,
        gap=gap,
        width=right,
        height=bottom,
    )
