"""The size of each matrix over a run, as a picture."""

from __future__ import annotations

from math import floor, isfinite, log10
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import CAPTION, EDGE, bottom_of, heading
from microgpt_gui.session.exports.loss_frame import round_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.weights.norms import Norms

_WIDTH, _HEIGHT = 900.0, 560.0
_LEFT, _BELOW = 64.0, 62.0  # of the plot, for numbers
_NAME = 12.0


def norms_svg(
    norms: Norms,
    styles: Sequence[tuple[str, str]],
    places: Sequence[float],
    top: float,
    ink: Ink,
    caption: str,
) -> str:
    """Return the picture.

    Args:
        norms: The sizes.
        styles: Of each matrix its colour, and its dashes as SVG has them.
        places: Where the name of each stands: shares of the height, from the top; nan
            for nowhere.
        top: Up to which norm the plot reaches.
        ink: Its other colours.
        caption: Of which run it is, in a few words.
    """
    title = "Size of each matrix"
    lines = [
        f"Euclidean norm at {len(norms.steps):,} steps up to {norms.step:,}",
        *svg.wrapped(caption, CAPTION, _WIDTH - 2 * EDGE),
    ]
    parts = heading(title, lines, ink)
    right = _WIDTH - EDGE - max(svg.width_of(name, _NAME) for name in norms.names) - 22
    upper, lower = bottom_of(lines) + 4, _HEIGHT - _BELOW
    end = max(1, norms.step)

    def x(step: float) -> float:
        return _LEFT + step / end * (right - _LEFT)

    def y(norm: float) -> float:
        return lower - norm / top * (lower - upper)

    every = round_step(top / 6)
    digits = max(0, -floor(log10(every) + 1e-9))
    for i in range(round(top / every) + 1):
        at = y(i * every)
        d = f"M{svg.number(_LEFT)} {svg.number(at)}H{svg.number(right)}"
        parts.append(svg.element("path", d=d, stroke=ink.border))
        label = f"{i * every:.{digits}f}" if digits < 6 else f"{i * every:.3g}"
        parts.append(
            svg.text(_LEFT - 8, at + 4, label, 12, text_anchor="end", fill=ink.muted)
        )
    every_step = max(1, int(round_step(end / 8)))
    for step in range(0, end + 1, every_step):
        text = f"{step:,}"
        parts.append(
            svg.text(
                x(step), lower + 20, text, 12, text_anchor="middle", fill=ink.muted
            )
        )
    middle = (_LEFT + right) / 2
    parts.append(svg.text(middle, lower + 42, "step", 12, text_anchor="middle"))
    for curve, style in zip(norms.norms, styles, strict=True):
        points = [
            (x(step), y(norm)) if isfinite(norm) else None
            for step, norm in zip(norms.steps, curve, strict=True)
        ]
        parts += _curve(points, *style)
    for name, (colour, _), share in zip(norms.names, styles, places, strict=True):
        if isfinite(share):
            at = upper + share * (lower - upper) + 4
            parts.append(svg.text(right + 16, at, name, _NAME, fill=colour))
    about = f"{lines[0]}. Of {caption}."
    return svg.picture(_WIDTH, _HEIGHT, ink, title, about, parts)


def _curve(
    points: Sequence[tuple[float, float] | None], colour: str, dashes: str
) -> Iterator[str]:
    """Yield a line through points; what is no number is a gap."""
    d, is_on = [], False
    for point in points:
        if point is not None:
            letter = "L" if is_on else "M"
            d.append(f"{letter}{svg.number(point[0])} {svg.number(point[1])}")
        is_on = point is not None
    yield svg.element(
        "path",
        d="".join(d),
        fill="none",
        stroke=colour,
        stroke_width=1.8,
        stroke_dasharray=dashes or "none",
        stroke_linecap="round",
    )
