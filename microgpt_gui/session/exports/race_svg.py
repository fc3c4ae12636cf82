"""A race between engines as a picture: their losses, and each one's time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.loss_axes import axes
from microgpt_gui.session.exports.loss_frame import Frame, rounded_out
from microgpt_gui.session.exports.loss_lines import curve, decimated
from microgpt_gui.session.exports.mixing import mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.exports.ink import Ink

_EDGE = 24.0
_WIDTH, _HIGH = 960.0, 380.0
_LEFT, _RIGHT, _BELOW = 72.0, 28.0, 62.0
_ROW = 24.0  # of the legend
_SAMPLE = 28.0  # of a line, in the legend

#: How much of its colour the slowest line keeps, as in the window.
_FAINTEST = 0.55


@dataclass(frozen=True, slots=True)
class Raced:
    """One engine, as the picture shows it.

    Attributes:
        name: What people call it.
        told: Its time and speed, in words.
        losses: Of each step, in nats.
        colour: Of its line, ``#rrggbb``.
    """

    name: str
    told: str
    losses: Sequence[float]
    colour: str


def race_svg(
    raced: Sequence[Raced], steps: int, said: str, ink: Ink, caption: str
) -> str:
    """Return the picture of a race.

    The slower an engine, the broader its line, and the further below: a faster one runs
    along its middle.

    Args:
        raced: The engines, the fastest first.
        steps: How far they go.
        said: How far their losses agree; may be empty.
        ink: Its colours.
        caption: Of which run it is, in a few words.

    Raises:
        ValueError: No engine has done a step yet.
    """
    finite = [v for one in raced for v in one.losses if math.isfinite(v)]
    if not finite:
        raise ValueError("there is nothing to draw before the first step of the race")
    room = _WIDTH - 2 * _EDGE
    noun = "step" if steps == 1 else "steps"
    title = f"Race over {steps:,} {noun}"
    lines = svg.wrapped(caption, 12, room)
    parts = [svg.text(_EDGE, 38, title, 17, font_weight="600")]
    y = 60.0
    for line in [*lines, *(svg.wrapped(said, 12, room) if said else [])]:
        parts.append(svg.text(_EDGE, y, line, 12, fill=ink.muted))
        y += 18
    y += 8
    told_at = _LEFT + _SAMPLE + 20 + max(svg.width_of(one.name, 13) for one in raced)
    for place, one in enumerate(raced):
        d = f"M{_LEFT:g} {svg.number(y)}h{_SAMPLE:g}"
        broad, colour = _broad(place), _colour(raced, place, ink)
        parts += [
            svg.element("path", d=d, stroke=colour, stroke_width=broad),
            svg.text(_LEFT + _SAMPLE + 8, y + 4, one.name, 13, font_weight="600"),
            svg.text(told_at, y + 4, one.told, 13),
        ]
        y += _ROW
    low, high, every = rounded_out((min(finite), max(finite)))
    frame = Frame(
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        top=y + 4,
        bottom=y + 4 + _HIGH,
        low=low,
        high=high,
        every=every,
        end=max(2, steps),
    )
    parts += axes(ink, frame)
    for place, one in reversed(list(enumerate(raced))):
        colour = _colour(raced, place, ink)
        parts.append(curve(decimated(one.losses), frame, colour, _broad(place)))
    names = "; ".join(f"{one.name}: {one.told}" for one in raced)
    about = " ".join(filter(None, (f"{title}. {caption}. {names}.", said)))
    return svg.picture(_WIDTH, frame.bottom + _BELOW, ink, title, about, parts)


def _colour(raced: Sequence[Raced], place: int, ink: Ink) -> str:
    """Return the colour of a line: the further back, the fainter."""
    kept = 1 - (1 - _FAINTEST) * place / max(1, len(raced) - 1)
    return mixed(raced[place].colour, ink.ground, kept)


def _broad(place: int) -> float:
    """Return the width of a line; ``place`` counts from the fastest."""
    return 1.5 + 4.0 * place
