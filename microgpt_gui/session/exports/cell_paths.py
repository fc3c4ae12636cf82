"""Cells of a picture, one path for all of a colour: a file of so many squares opens."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.ink import colours

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microgpt_gui.session.exports.ink import Ink


def cell_paths(
    cells: Iterable[tuple[float, float, int]],
    wide: float,
    high: float,
    stops: tuple[str, ...],
    ink: Ink,
) -> str:
    """Return cells of one size as a group.

    Args:
        cells: Left and top of each, and which of the colours it has; below 0 for what
            is no number.
        wide: Of each.
        high: Of each.
        stops: Of the colours; see `colours`.
        ink: Has the colour of what is no number.
    """
    by_colour: dict[int, list[str]] = defaultdict(list)
    side = svg.number(wide)
    shape = f"h{side}v{svg.number(high)}h-{side}z"
    for x, y, step in cells:
        by_colour[step].append(f"M{svg.number(x)} {svg.number(y)}{shape}")
    table = colours(stops)
    paths = (
        svg.element(
            "path", d="".join(shapes), fill=ink.odd if step < 0 else table[step]
        )
        for step, shapes in sorted(by_colour.items())
    )
    return svg.element("g", "\n".join(paths), shape_rendering="crispEdges")
