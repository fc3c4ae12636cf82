"""Where the frames of the film stand, and the cells in them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

from microgpt_gui.gui.panels.weights.maps.arrangement import (
    Arrangement,
    Box,
    Cell,
    Room,
    arrange,
)
from microgpt_gui.gui.panels.weights.words import begins_layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.reading.matrices import Matrix

#: A film has so many moments: at least, in any case that there is room, and at most.
FEWEST, USUAL, MOST = 2, 3, 12

#: A frame is at least so wide, in pixels at 100 %: a number stands above it.
_LEAST_WIDTH = 52

#: Of a large matrix, every so many rows and columns are drawn, at most; the edge of a
#: cell is no longer then, in pixels.
_MOST_STRIDE, _LARGEST_STRIDED = 64, 3

#: Edge of a cell, in pixels at 100 %, at most.
_LARGEST = 24


class Part(NamedTuple):
    """A frame, or a change between two: from this frame to the next."""

    frame: int
    is_change: bool


@dataclass(frozen=True, slots=True)
class FilmLayout:
    """The upper row has the moments, the lower one, half a frame later, the changes.

    Attributes:
        view: All of it.
        frames: How many moments there are.
        label: Height of what is written above each, in pixels.
        gap: Between two frames, in pixels.
        stride: Every so many rows and columns are drawn.
        arrangement: Of the cells in a frame.
    """

    view: QSize
    frames: int
    label: int
    gap: int
    stride: int
    arrangement: Arrangement

    @property
    def frame_size(self) -> QSize:
        """Of a frame, without its label."""
        return frame_size(self.view, self.frames, self.label, self.gap)

    @property
    def parts(self) -> list[Part]:
        """All frames, then all changes."""
        frames = [Part(i, False) for i in range(self.frames)]
        return [*frames, *(Part(i, True) for i in range(self.frames - 1))]

    def box(self, part: Part) -> QRect:
        """Return where a part is, without its label."""
        size = self.frame_size
        left = part.frame * (size.width() + self.gap)
        top = self.label
        if part.is_change:
            left += (size.width() + self.gap) // 2
            top += size.height() + self.gap + self.label
        return QRect(QPoint(left, top), size)

    def origin(self, part: Part) -> QPoint:
        """Return the point that the arrangement of a part begins at."""
        box, a = self.box(part), self.arrangement
        return box.topLeft() + QPoint(max(0, (box.width() - a.width) // 2), 0)

    def cells(self, part: Part) -> QRect:
        """Return where the cells of a part are."""
        a = self.arrangement
        return QRect(self.origin(part), QSize(a.width, a.height))

    def part_at(self, at: QPoint) -> Part | None:
        """Return which part, label included, is under a point."""
        for part in self.parts:
            if self.box(part).adjusted(0, -self.label, 0, 0).contains(at):
                return part
        return None

    def cell_at(self, part: Part, at: QPoint) -> Cell | None:
        """Return the cell of a part under a point, its matrix among those drawn."""
        inside = at - self.origin(part)
        cell = self.arrangement.cell_at(inside.x(), inside.y())
        if cell is None:
            return None
        row, column = cell.row * self.stride, cell.column * self.stride
        return Cell(cell.matrix, row, column)


def frame_size(view: QSize, frames: int, label: int, gap: int) -> QSize:
    """Return the size of each of so many frames, without their labels."""
    wide = (view.width() - (frames - 1) * gap - 2) // max(1, frames)
    high = (view.height() - 2 * label - gap - 4) // 2
    return QSize(max(1, wide), max(1, high))


def frames_that_fit(
    matrices: Sequence[Matrix], view: QSize, px: float, label: int, gap: int
) -> int:
    """Return how many moments are shown: more than a few where that costs no size.

    Args:
        matrices: Of a frame; at least one.
        view: Size of all.
        px: Pixels of a pixel at 100 %.
        label: Height of what is written above each, in pixels.
        gap: Between two, in pixels.
    """
    most = int((view.width() + gap) // (px * _LEAST_WIDTH + gap))
    most = min(max(most, FEWEST), MOST)

    def size(frames: int) -> float:
        layout = laid_out(matrices, view, frames, px, label, gap)
        return layout.arrangement.cell / layout.stride

    frames = min(USUAL, most)
    usual = size(frames)
    while frames < most and size(frames + 1) >= usual:
        frames += 1
    return frames


def laid_out(
    matrices: Sequence[Matrix],
    view: QSize,
    frames: int,
    px: float,
    label: int,
    gap: int,
) -> FilmLayout:
    """Return where all is, in cells as large as fit.

    Args:
        matrices: Of a frame; at least one.
        view: Size of all.
        frames: How many there are.
        px: Pixels of a pixel at 100 %.
        label: Height of what is written above each, in pixels.
        gap: Between two, in pixels.
    """
    size = frame_size(view, frames, label, gap)
    room = Room(
        title=0,
        gap=max(2, round(2 * px)),
        largest=round(_LARGEST * px),
        least=1,
        legible=1,
    )
    count = sum(matrix.rows * matrix.columns for matrix in matrices)
    least = math.isqrt(count // (size.width() * size.height()))
    for stride in range(max(1, min(least, _MOST_STRIDE)), _MOST_STRIDE + 1):
        if stride > 1:  # else a smaller one would have fitted
            room = room._replace(largest=_LARGEST_STRIDED)
        boxes = [
            Box(
                rows=-(-matrix.rows // stride),
                columns=-(-matrix.columns // stride),
                title_width=0,
                begins=begins_layer(matrix.name),
            )
            for matrix in matrices
        ]
        a = arrange(boxes, size.width(), size.height(), room)
        if a.width <= size.width() and a.height <= size.height():
            break
    return FilmLayout(view, frames, label, gap, stride, a)
