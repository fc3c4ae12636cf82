"""The loss of a run as a picture, with its axes and what guessing would cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.record import RunRecord

    Places = Callable[[float, float], tuple[float, float]]

#: Points of a curve at most; between two of them, peaks are kept.
MAX_POINTS = 2000

#: What one step back counts for in the average, compared with the step after it.
WEIGHT = 0.95

_PIECE = 12  # points of a line that are drawn in one go

_WIDTH, _HEIGHT = 960.0, 540.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 72.0, 28.0, 96.0, 62.0


def loss_svg(record: RunRecord, ink: Ink, caption: str) -> str:
    """Return the picture of the loss of every step, raw and averaged.

    Args:
        record: The run.
        ink: Its colours.
        caption: Of which run it is, in a few words.

    Raises:
        ValueError: No step has been trained yet.
    """
    losses = record.figures.losses
    if not losses:
        raise ValueError("there is no loss to draw before the first step")
    guessing = math.log(len(record.chars) + 1)
    finite = [loss for loss in losses if math.isfinite(loss)]
    low, high, every = _range([*finite, guessing])
    steps = len(losses)
    end = max(steps, 2)
    across, down = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def place(step: float, loss: float) -> tuple[float, float]:
        x = _LEFT + (step - 1) / (end - 1) * across
        return x, _TOP + (high - loss) / (high - low) * down

    title = f"Loss after {steps:,} {'step' if steps == 1 else 'steps'}: "
    title += f"{losses[-1]:.4f} nats"
    room = _WIDTH - 2 * 24
    parts = [
        svg.text(24, 38, title, 17, font_weight="600"),
        svg.text(24, 60, svg.fitted(caption, 12, room), 12, fill=ink.muted),
    ]
    parts += _grid(ink, place, (low, high, every), end)
    parts += _changes(record, ink, place, high)
    parts.append(_curve(_decimated(losses), place, ink.faint, 1.0))
    smooth = averaged(losses)
    parts.append(_curve(_decimated(smooth), place, ink.curve, 2.0))
    parts += _guessing(record, ink, place, guessing)
    parts += _legend(ink)
    about = (
        f"{title}. {caption}. Guessing evenly among {len(record.chars) + 1} tokens "
        f"costs {guessing:.4f} nats."
    )
    return svg.picture(_WIDTH, _HEIGHT, ink, title, about, parts)


def averaged(losses: Sequence[float]) -> list[float]:
    """Return the exponential moving average, corrected for its start.

    Losses that are not finite do not count, and have no average.
    """
    result, mean, weights = [], 0.0, 0.0
    for loss in losses:
        if not math.isfinite(loss):
            result.append(math.nan)
            continue
        mean = WEIGHT * mean + (1 - WEIGHT) * loss
        weights = WEIGHT * weights + (1 - WEIGHT)
        result.append(mean / weights)
    return result


def _decimated(values: Sequence[float]) -> list[tuple[int, float]]:
    """Return (step from 1, value): the least and the greatest of equal parts."""
    if len(values) <= MAX_POINTS:
        return list(enumerate(values, start=1))
    size = -(-2 * len(values) // MAX_POINTS)
    points = []
    for start in range(0, len(values), size):
        part = [
            (value, start + i)
            for i, value in enumerate(values[start : start + size], start=1)
            if math.isfinite(value)
        ]
        if not part:
            points.append((start + 1, math.nan))
            continue
        ends = sorted({min(part)[::-1], max(part)[::-1]})
        points += ends
    return points


def _curve(
    points: Sequence[tuple[int, float]], place: Places, colour: str, width: float
) -> str:
    """Return a line through the points, in short pieces that join.

    To paint one long line that crosses itself thousands of times takes a second.
    """
    pieces = []
    for run in _finite_runs(points):
        places = [" ".join(map(svg.number, place(step, value))) for step, value in run]
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


def _finite_runs(
    points: Sequence[tuple[int, float]],
) -> Iterator[list[tuple[int, float]]]:
    """Yield the stretches of ``points`` between values that are no numbers."""
    run: list[tuple[int, float]] = []
    for point in points:
        if math.isfinite(point[1]):
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _range(values: Sequence[float]) -> tuple[float, float, float]:
    """Return round ends around ``values``, and the distance of the ticks between."""
    low, high = min(values), max(values)
    span = max(high - low, 0.1)
    every = round_step(span / 5)
    low = max(0.0, math.floor((low - 0.02 * span) / every) * every)
    return low, math.ceil((high + 0.02 * span) / every) * every, every


def round_step(least: float) -> float:
    """Return 1, 2 or 5 times a power of ten, not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= least * (1 - 1e-9))


def _grid(
    ink: Ink, place: Places, axis: tuple[float, float, float], end: int
) -> Iterator[str]:
    low, high, every = axis
    bottom = _HEIGHT - _BOTTOM
    digits = max(0, -math.floor(math.log10(every) + 1e-9))
    for i in range(round((high - low) / every) + 1):
        loss = low + i * every
        _, y = place(1, loss)
        yield svg.element(
            "path", d=f"M{_LEFT} {svg.number(y)}H{_WIDTH - _RIGHT}", stroke=ink.border
        )
        label = f"{loss:.{digits}f}"
        yield svg.text(_LEFT - 10, y + 4, label, 12, text_anchor="end", fill=ink.muted)
    every_step = max(1, int(round_step(max(1, end / 8))))
    ticks = [1, *range(every_step, end + 1, every_step)]
    for step in ticks if every_step > 1 else ticks[1:]:
        x, _ = place(step, low)
        d = f"M{svg.number(x)} {bottom}v5"
        yield svg.element("path", d=d, stroke=ink.muted)
        yield svg.text(
            x, bottom + 20, f"{step:,}", 12, text_anchor="middle", fill=ink.muted
        )
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    yield svg.text(middle, _HEIGHT - 18, "step", 12, text_anchor="middle")
    across = (_TOP + bottom) / 2
    turned = f"translate(22 {svg.number(across)}) rotate(-90)"
    yield svg.text(0, 0, "loss (nats)", 12, text_anchor="middle", transform=turned)


def _guessing(
    record: RunRecord, ink: Ink, place: Places, guessing: float
) -> Iterator[str]:
    _, y = place(1, guessing)
    yield svg.element(
        "path",
        d=f"M{_LEFT} {svg.number(y)}H{_WIDTH - _RIGHT}",
        stroke=ink.reference,
        stroke_width=1.5,
        stroke_dasharray="6 4",
    )
    label = f"guessing: ln({len(record.chars) + 1}) = {guessing:.3f}"
    wide = svg.width_of(label, 12)
    right = _WIDTH - _RIGHT
    yield svg.element(
        "rect",
        x=right - wide - 8,
        y=y - 20,
        width=wide + 8,
        height=18,
        fill=ink.ground,
        fill_opacity="0.85",
    )
    yield svg.text(right - 4, y - 6, label, 12, text_anchor="end", fill=ink.reference)


def _changes(record: RunRecord, ink: Ink, place: Places, high: float) -> Iterator[str]:
    """Yield a mark where other settings took over, named where there is room."""
    free = -math.inf
    pairs = zip(record.segments, record.segments[1:], strict=False)
    for before, after in pairs:
        if not 0 < after.start < len(record.figures):
            continue
        x, y = place(after.start + 1, high)
        d = f"M{svg.number(x)} {svg.number(y)}V{_HEIGHT - _BOTTOM}"
        yield svg.element("path", d=d, stroke=ink.muted, stroke_dasharray="2 3")
        differences = before.config.differences(after.config).items()
        changed = [
            f"{k.replace('_', ' ')} {new}"
            for k, (_, new) in differences
            if k != "decay_start"
        ]
        label = svg.fitted(", ".join(changed), 11, _WIDTH - _RIGHT - x - 8)
        if x >= free and len(label) > 3:
            yield svg.text(x + 4, y + 11, label, 11, fill=ink.muted)
            free = x + svg.width_of(label, 11) + 12


def _legend(ink: Ink) -> Iterator[str]:
    lag = round(1 / (1 - WEIGHT))
    x = _LEFT
    for colour, width, words in (
        (ink.curve, 2.5, f"average of about the last {lag} steps"),
        (ink.faint, 1.5, "each step"),
    ):
        d = f"M{svg.number(x)} 78h22"
        yield svg.element("path", d=d, stroke=colour, stroke_width=width)
        yield svg.text(x + 28, 82, words, 12, fill=ink.muted)
        x += 28 + svg.width_of(words, 12) + 18
