"""What the loss picture draws of each run: dots or bars, lines, marks at the edge."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from microgpt_gui.session.exports.loss_frame import Frame

    #: (step from 1, loss in nats)
    Point = tuple[float, float]

#: Points of a curve at most; between two of them, peaks are kept.
MAX_POINTS = 2000

_PIECE = 12  # points of a line that are drawn in one go
_MARKER = 4.0  # radius of a marker
#: Half the width, and half the height, of a mark at an edge.
TRIANGLE = 4.0


@dataclass(frozen=True, slots=True)
class OverlaidRun:
    """An earlier run beside the one that the picture is of.

    Attributes:
        name: What is said of it.
        losses: Of each step, in nats.
        colour: Of its line, ``#rrggbb``.
        dashes: Lengths of dashes and gaps, in widths of the line; empty: unbroken.
        marker: Corners of what sits on the line, in radii around (0, 0).
        first, spacing: Where the first marker is, from the left, and from one to the
            next, in pixels.
        has_diverged: Whether it could go no further than its last loss.
    """

    name: str
    losses: Iterable[float]
    colour: str
    dashes: tuple[float, ...]
    marker: tuple[tuple[float, float], ...]
    first: float
    spacing: float
    has_diverged: bool = False


def averaged(losses: Iterable[float], weight: float) -> list[float]:
    """Return the exponential moving average, corrected for its start.

    Losses that are not finite do not count, and have no average.

    Args:
        losses: In nats.
        weight: What one step back counts for, compared with the step after it.
    """
    result, mean, weights = [], 0.0, 0.0
    for loss in map(float, losses):
        if not math.isfinite(loss):
            result.append(math.nan)
            continue
        mean = weight * mean + (1 - weight) * loss
        weights = weight * weights + (1 - weight)
        result.append(mean / weights)
    return result


def decimated(values: Sequence[float]) -> list[Point]:
    """Return (step from 1, value): the least and the greatest of equal parts."""
    if len(values) <= MAX_POINTS:
        return list(enumerate(values, start=1))
    points: list[Point] = []
    for start, part in _parts(values):
        if part:
            points += sorted({min(part)[::-1], max(part)[::-1]})
        else:
            points.append((start + 1, math.nan))
    return points


def _parts(
    values: Sequence[float],
) -> Iterator[tuple[int, list[tuple[float, int]]]]:
    """Yield equal parts: where each begins, and its finite (value, step from 1)."""
    size = -(-2 * len(values) // MAX_POINTS)
    for start in range(0, len(values), size):
        part = enumerate(values[start : start + size], start=start + 1)
        yield start, [(value, step) for step, value in part if math.isfinite(value)]


def single_losses(losses: Sequence[float], frame: Frame, colour: str) -> str:
    """Return a dot for each loss in view; of very many, bars from least to greatest."""
    if len(losses) <= MAX_POINTS:
        d = "".join(
            f"M{svg.number(frame.x(step))} {svg.number(frame.y(loss))}h0.01"
            for step, loss in enumerate(losses, start=1)
            if frame.low <= loss <= frame.high
        )
        return svg.element(
            "path", d=d, stroke=colour, stroke_width=3, stroke_linecap="round"
        )
    d = ""
    for start, part in _parts(losses):
        inside = [loss for loss, _ in part if frame.low <= loss <= frame.high]
        if inside:
            x = svg.number(frame.x(start + 1))
            low, high = frame.y(min(inside)), frame.y(max(inside))
            d += f"M{x} {svg.number(low + 0.5)}V{svg.number(high - 0.5)}"
    return svg.element("path", d=d, stroke=colour, stroke_width=1)


def curve(points: Sequence[Point], frame: Frame, colour: str, width: float) -> str:
    """Return a line through the points, in short pieces that join.

    To paint one long line that crosses itself thousands of times takes a second.
    """
    pieces = []
    for run in _runs_in_view(points, frame):
        places = [_place(point, frame) for point in run]
        for start in range(0, max(1, len(run) - 1), _PIECE):
            part = places[start : start + _PIECE + 1]
            # Of a point alone, the round ends of a line are all there is.
            d = "M" + "L".join(part) if len(part) > 1 else f"M{part[0]}h0.01"
            pieces.append(svg.element("path", d=d))
    return svg.element(
        "g",
        "\n".join(pieces),
        fill="none",
        stroke=colour,
        stroke_width=width if len(points) > 1 else 4.0,
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def divergence_sign(x: float, y: float, colour: str, ground: str) -> str:
    """Return a disc that is crossed out, the sign of a run that left the numbers."""
    disc = svg.element("circle", cx=x, cy=y, r=6, fill=colour, stroke=ground)
    left, top = svg.number(x - 2.7), svg.number(y - 2.7)
    d = f"M{left} {top}l5.4 5.4m0 -5.4l-5.4 5.4"
    cross = svg.element(
        "path", d=d, stroke=ground, stroke_width=2, stroke_linecap="round"
    )
    return disc + cross


def divergence_sign_at(
    drawn: Sequence[float], frame: Frame, colour: str, ground: str
) -> str:
    """Return the sign behind the last of the losses that are drawn; see above."""
    last = next((loss for loss in reversed(drawn) if math.isfinite(loss)), frame.low)
    step = min(len(drawn) + 1, frame.end)
    y = min(max(frame.y(last), frame.top + 6), frame.bottom - 6)
    return divergence_sign(frame.x(step), y, colour, ground)


def overlay_line(
    run: OverlaidRun, averages: Sequence[float], frame: Frame, ground: str
) -> str:
    """Return the line of an earlier run, whole: its dashes go on from end to end."""
    d = "".join(
        "M" + "L".join(_place(point, frame) for point in part)
        for part in _runs_in_view(decimated(averages), frame)
    )
    parts = [_stroke(d, run)]
    x = frame.left + run.first
    while x < frame.right:
        step = round((x - frame.left) / (frame.right - frame.left) * (frame.end - 1))
        loss = averages[step] if step < len(averages) else math.nan
        if frame.low <= loss <= frame.high:
            parts.append(_marker(run, frame.x(step + 1), frame.y(loss)))
        x += run.spacing
    if run.has_diverged:
        parts.append(divergence_sign_at(averages, frame, run.colour, ground))
    return svg.element("g", "\n".join(parts))


def piece_of(run: OverlaidRun, x: float, y: float, length: float, ground: str) -> str:
    """Return a piece of an earlier run's line with a marker on it, for a legend."""
    line = _stroke(f"M{svg.number(x)} {svg.number(y)}h{svg.number(length)}", run)
    if run.has_diverged:
        line += divergence_sign(x + length - 6, y, run.colour, ground)
        length -= 12
    return line + _marker(run, x + length / 2, y)


def edge_marks(losses: Sequence[float], frame: Frame, colour: str) -> str:
    """Return triangles that point at losses beyond the edges; empty for none."""
    slots: set[tuple[float, bool]] = set()
    for step, loss in enumerate(losses, start=1):
        if math.isfinite(loss) and not frame.low <= loss <= frame.high:
            slot = (frame.x(step) - frame.left) // (2 * TRIANGLE)
            slots.add((slot, loss > frame.high))
    d = ""
    for slot, is_high in sorted(slots):
        x = frame.left + (slot + 0.5) * 2 * TRIANGLE
        tip, down = (frame.top, 1) if is_high else (frame.bottom, -1)
        d += triangle(x, tip + down, down * 2 * TRIANGLE)
    return svg.element("path", d=d, fill=colour) if d else ""


def triangle(x: float, tip: float, height: float) -> str:
    """Return the outline of a triangle with its tip at (``x``, ``tip``)."""
    wide = svg.number(TRIANGLE)
    twice = svg.number(2 * TRIANGLE)
    corner = f"M{svg.number(x)} {svg.number(tip)}"
    return f"{corner}l{wide} {svg.number(height)}h-{twice}z"


def _runs_in_view(points: Sequence[Point], frame: Frame) -> Iterator[list[Point]]:
    """Yield the stretches of ``points`` in view, cut off at its edges.

    They end where a value is no number, too. Not every program heeds a clip path.
    """
    run: list[Point] = []
    before: Point | None = None
    for point in points:
        is_inside = frame.low <= point[1] <= frame.high
        if before is not None and math.isfinite(point[1]):
            part = _in_view(before, point, frame)
            if part is None or (run and part[0] != run[-1]):
                if run:
                    yield run
                run = []
            if part is not None:
                run += part if not run else part[1:]
        elif is_inside:
            run = [point]
        if not math.isfinite(point[1]):
            if run:
                yield run
            run, before = [], None
        else:
            before = point
    if run:
        yield run


def _in_view(before: Point, after: Point, frame: Frame) -> list[Point] | None:
    """Return what of the line between two points is in view; None for nothing."""
    (x0, y0), (x1, y1) = before, after
    if max(y0, y1) < frame.low or min(y0, y1) > frame.high:
        return None
    ends = []
    for x, y in (before, after):
        edge = min(max(y, frame.low), frame.high)
        ends.append(
            (x, y) if edge == y else (x0 + (edge - y0) / (y1 - y0) * (x1 - x0), edge)
        )
    return ends


def _place(point: Point, frame: Frame) -> str:
    step, loss = point
    return f"{svg.number(frame.x(step))} {svg.number(frame.y(loss))}"


def _stroke(d: str, run: OverlaidRun) -> str:
    width = 1.5
    attributes: dict[str, str | float] = {"stroke": run.colour, "stroke_width": width}
    if run.dashes:
        dashes = (svg.number(length * width) for length in run.dashes)
        attributes["stroke_dasharray"] = " ".join(dashes)
    return svg.element("path", d=d, fill="none", **attributes)


def _marker(run: OverlaidRun, x: float, y: float) -> str:
    corners = "L".join(
        f"{svg.number(x + a * _MARKER)} {svg.number(y + b * _MARKER)}"
        for a, b in run.marker
    )
    return svg.element("path", d=f"M{corners}z", fill=run.colour)
