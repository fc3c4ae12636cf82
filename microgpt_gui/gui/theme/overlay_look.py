"""How lines of earlier runs look: in the window and in pictures, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.roles import Theme

Outline = tuple[tuple[float, float], ...]

#: From one marker of a line to the next, in pixels at 100 %; and how far the markers of
#: a line lie behind those of the line before, so that they do not cover each other.
MARKER_SPACING, MARKER_SHIFT = 96.0, 37.0

#: Lengths of dashes and gaps, in widths of the line; the last but one is unbroken.
_DASHES: tuple[tuple[float, ...], ...] = (
    (7, 4),
    (2, 3),
    (10, 3, 2, 3),
    (6, 3, 2, 3, 2, 3),
    (),
    (16, 5),
)


def _ring(radii: tuple[float, ...], turn: float) -> Outline:
    """Return corners evenly around the middle, the first ``turn`` behind the top."""
    angles = [turn + 2 * pi * i / len(radii) for i in range(len(radii))]
    return tuple((r * sin(a), -r * cos(a)) for r, a in zip(radii, angles, strict=True))


#: Outlines around (0, 0), in radii of the marker, y downwards: a disc, a square, a
#: triangle, a diamond, a cross and a triangle that stands on its head.
_MARKERS: tuple[Outline, ...] = (
    _ring((1.0,) * 16, 0.0),
    _ring((1.25,) * 4, pi / 4),
    _ring((1.3,) * 3, 0.0),
    _ring((1.3,) * 4, 0.0),
    _ring((1.6, 0.5) * 4, pi / 4),
    _ring((1.3,) * 3, pi),
)


@dataclass(frozen=True, slots=True)
class OverlayLook:
    """One of the looks; all of the first 36 differ, and the first six in each part.

    Attributes:
        colour: As ``#rrggbb``.
        dashes: Lengths of dashes and gaps, in widths of the line; empty: unbroken.
        marker: Corners of what sits on the line, in radii around (0, 0), y downwards.
    """

    colour: str
    dashes: tuple[float, ...]
    marker: Outline


def overlay_look(theme: Theme, number: int) -> OverlayLook:
    """Return the look of the overlay ``number``, from 0.

    Whoever sees no colours tells six by their dashes and by their markers.
    """
    colours = theme.series[1:]
    place = number % len(_DASHES)
    return OverlayLook(
        colours[(number + number // len(_DASHES)) % len(colours)],
        _DASHES[place],
        _MARKERS[place],
    )
