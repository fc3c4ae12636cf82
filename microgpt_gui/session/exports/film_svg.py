"""A run in a few of its moments, and what changed between them, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import (
    CAPTION,
    EDGE,
    bottom_of,
    check_cells,
    heading,
)
from microgpt_gui.session.exports.weights_svg import MAX_CELLS, WEIGHTS, cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.matrices import Matrix

_GAP = 22.0  # between two frames
_LABEL = 12.0


class Band(NamedTuple):
    """Frames beside each other.

    Attributes:
        called: What they show.
        labels: What stands above each.
        frames: The matrices of each.
        ends: [matrix][row]: the number that has the end colour.
        ticks: Of the colours: at their start, middle and end.
    """

    called: str
    labels: Sequence[str]
    frames: Sequence[Sequence[Matrix]]
    ends: Sequence[Sequence[float]]
    ticks: tuple[str, str, str]


class Places(NamedTuple):
    """Where the matrices of each frame are in it.

    Attributes:
        width: Of a frame.
        height: Likewise.
        cell: Side of a cell.
        corners: Left and top of the first cell of each matrix.
    """

    width: float
    height: float
    cell: float
    corners: Sequence[tuple[float, float]]


def film_svg(
    bands: Sequence[Band], places: Places, title: str, ink: Ink, caption: str
) -> str:
    """Return the picture.

    Args:
        bands: The moments; and the changes between them, if there are any.
        places: Of the matrices in a frame.
        title: Of the whole.
        ink: Its colours.
        caption: Of which run it is, in a few words.

    Raises:
        ValueError: It would have too many cells; says what to do instead.
    """
    count = sum(len(m.numbers) for b in bands for frame in b.frames for m in frame)
    check_cells(count, MAX_CELLS, "choose one matrix, or export the numbers")
    frames, width, height = len(bands[0].frames), places.width, places.height
    whole = max(420.0, frames * (width + _GAP) - _GAP)
    lines = [
        f"{frames} moments: {bands[0].labels[0]} to {bands[0].labels[-1]}",
        *svg.wrapped(caption, CAPTION, whole),
    ]
    parts = heading(title, lines, ink)
    top = bottom_of(lines)
    for number, band in enumerate(bands):
        indent = number * (width + _GAP) / 2
        for place, frame in enumerate(band.frames):
            left, below = EDGE + indent + place * (width + _GAP), top + _LABEL + 6
            middle = left + width / 2
            label = band.labels[place]
            parts.append(
                svg.text(middle, top + _LABEL, label, _LABEL, text_anchor="middle")
            )
            of_each = zip(frame, band.ends, places.corners, strict=True)
            for matrix, ends, (x, y) in of_each:
                corner = left + x, below + y
                parts += cells(matrix, corner, places.cell, ends, ink, WEIGHTS)
        top += _LABEL + 6 + height + _GAP
    for number, band in enumerate(bands):
        at = EDGE, top + number * 38
        parts += svg.colour_scale(f"scale{number}", ink.signed_map, band.ticks, at, ink)
        beside = EDGE + svg.SCALE + 14, at[1] + 9
        parts.append(svg.text(*beside, band.called, 11, fill=ink.muted))
    about = f"{title}: {lines[0]}. Of {caption}."
    whole_height = top + len(bands) * 38 + EDGE
    return svg.picture(whole + 2 * EDGE, whole_height, ink, title, about, parts)
