"""Embeddings as a picture: every row of wte or wpe where it lies in the plane."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from microgpt_gui.letters import visible
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import (
    CAPTION,
    EDGE,
    bottom_of,
    check_cells,
    heading,
)

if TYPE_CHECKING:
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.embeddings import Embeddings

#: A picture of more letters is a file that programs choke on.
MAX_ROWS = 8_000

_WIDE, _HIGH = 760.0, 520.0  # of the plane
_MARGIN = 26.0  # inside of it, around the letters
_LETTER = 17.0


def embeddings_svg(shown: Embeddings, ink: Ink, caption: str) -> str:
    """Return the picture of the plane; letters are where their rows are.

    Args:
        shown: What to draw.
        ink: Its colours.
        caption: Of which run it is, in a few words.

    Raises:
        ValueError: It has no places, or too many rows; says what to do instead.
    """
    if shown.problem:
        raise ValueError(shown.problem)
    check_cells(len(shown.rows), MAX_ROWS, "choose CSV")
    what = "tokens" if shown.table == "wte" else "positions"
    shares = [
        f"{axis} {_percent(share)} of the variance"
        for axis, share in zip(("across", "up"), shown.shares, strict=True)
    ]
    lines = [
        f"step {shown.step:,}: {shown.table}, {len(shown.rows):,} {what}, "
        f"{shown.rows.shape[1]} numbers each; {', '.join(shares)}",
        *svg.wrapped(caption, CAPTION, _WIDE),
    ]
    top = bottom_of(lines) - 4
    parts = heading("Embeddings", lines, ink)
    middle = EDGE + _WIDE / 2, top + _HIGH / 2
    frame = {"fill": "none", "stroke": ink.border}
    parts.append(svg.element("rect", x=EDGE, y=top, width=_WIDE, height=_HIGH, **frame))
    for x1, y1, x2, y2 in (
        (EDGE, middle[1], EDGE + _WIDE, middle[1]),
        (middle[0], top, middle[0], top + _HIGH),
    ):
        parts.append(svg.element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=ink.border))
    room = _WIDE / 2 - _MARGIN, _HIGH / 2 - _MARGIN
    places = [(middle[0] + x, middle[1] - y) for x, y in shown.fitted(*room)]
    if shown.table == "wpe" and len(places) > 1:
        points = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in places)
        parts.append(
            svg.element("polyline", points=points, fill="none", stroke=ink.faint)
        )
    for label, (x, y) in zip(shown.labels, places, strict=True):
        parts.append(
            svg.text(
                x, y + _LETTER * 0.35, visible(label), _LETTER, text_anchor="middle"
            )
        )
    about = f"Embeddings, {lines[0]}. Of {caption}."
    height = top + _HIGH + EDGE
    return svg.picture(_WIDE + 2 * EDGE, height, ink, "Embeddings", about, parts)


def _percent(share: float) -> str:
    return "none" if isnan(share) else f"{100 * share:.1f} %"
