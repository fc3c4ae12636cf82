"""The loss of a run as a picture, as the window shows it, with axes and guessing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.loss_axes import axes, changes, guessing_line
from microgpt_gui.session.exports.loss_beside import (
    NOTHING_BESIDE,
    Beside,
    beside_curve,
    dots,
    level_lines,
)
from microgpt_gui.session.exports.loss_frame import Frame, rounded_out
from microgpt_gui.session.exports.loss_lines import (
    TRIANGLE,
    OverlaidRun,
    averaged,
    curve,
    decimated,
    divergence_sign,
    divergence_sign_at,
    edge_marks,
    overlay_line,
    piece_of,
    single_losses,
    triangle,
)
from microgpt_gui.session.loss_extent import (
    AVERAGED,
    NOTHING,
    around,
    shown_extent,
    usual_beside,
    usual_extent,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.record import RunRecord

#: What one step back counts for in the average unless somebody says otherwise.
WEIGHT = 0.95

_EDGE = 24.0
_WIDTH, _HEIGHT = 960.0, 540.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 72.0, 28.0, 96.0, 62.0
_ROW = 22.0  # of the legend
_SAMPLE = 28.0  # of a line, in the legend


@dataclass(frozen=True, slots=True)
class LossView:
    """How the losses are shown.

    Attributes:
        weight: See `averaged`; 0 for no average.
        overlaid: Earlier runs beside this one.
        with_outliers: Whether there is room for losses far from all others; they are
            marked at the edge otherwise.
        moment: The step that is looked at, if it is not the newest.
        has_diverged: Whether the run could go no further than its last loss.
        beside: What it is held against, guessing apart.
    """

    weight: float = WEIGHT
    overlaid: tuple[OverlaidRun, ...] = ()
    with_outliers: bool = False
    moment: int | None = None
    has_diverged: bool = False
    beside: Beside = NOTHING_BESIDE


def loss_svg(
    record: RunRecord, ink: Ink, caption: str, view: LossView | None = None
) -> str:
    """Return the picture of the loss of every step, raw and averaged.

    Args:
        record: The run.
        ink: Its colours.
        caption: Of which run it is, in a few words.
        view: How it is shown; as by default if None.

    Raises:
        ValueError: No step has been trained yet.
    """
    view = view or LossView()
    losses = record.figures.losses
    if not losses:
        raise ValueError("there is no loss to draw before the first step")
    averages = averaged(losses, view.weight)
    lines = [(run, averaged(run.losses, view.weight)) for run in view.overlaid]
    curves = [averages, *(values for _, values in lines)]
    tokens = len(record.chars) + 1
    room = _WIDTH - 2 * _EDGE
    lines_of_caption = svg.wrapped(caption, 12, room)
    more = 18.0 * (len(lines_of_caption) - 1)
    legend = _Legend(_LEFT, _WIDTH - _RIGHT, _TOP - 18 + more)
    is_smoothed = view.weight > 0
    legend.add_steps(ink, view.weight)
    for run, _ in lines:
        legend.add_run(run, ink)
    if view.beside.points:
        legend.add_beside(view.beside.name, ink)
    end = f"diverged at step {len(losses) + 1:,}" if view.has_diverged else ""
    if end:
        legend.add_end(end, ink)
    frame = _frame(losses, curves, tokens, legend.bottom + 18, view)
    outside = [
        loss
        for loss in losses
        if math.isfinite(loss) and not frame.low <= loss <= frame.high
    ]
    if outside:
        legend.add_outside(outside, ink)
        frame = _frame(losses, curves, tokens, legend.bottom + 18, view)
    title = _title(losses, averages, view)
    below = frame.top + (2 * TRIANGLE + 2 if _has_marks(losses, lines, frame) else 0)
    parts = [
        svg.text(_EDGE, 38, title, 17, font_weight="600"),
        *(
            svg.text(_EDGE, 60 + 18 * number, line, 12, fill=ink.muted)
            for number, line in enumerate(lines_of_caption)
        ),
        *axes(ink, frame),
        *changes(record, ink, frame, tokens, below),
        single_losses(losses, frame, ink.faint if is_smoothed else ink.curve),
    ]
    if is_smoothed:
        parts.append(curve(decimated(averages), frame, ink.curve, 2.0))
    parts += [overlay_line(run, values, frame, ink.ground) for run, values in lines]
    parts.append(edge_marks(losses, frame, ink.curve))
    parts += [edge_marks(values, frame, run.colour) for run, values in lines]
    if end:
        drawn = averages if is_smoothed else losses
        parts.append(divergence_sign_at(drawn, frame, ink.odd, ink.ground))
    if view.moment:
        values = averages if is_smoothed else losses
        parts.append(_moment(view.moment, values[view.moment - 1], ink, frame))
    parts += [
        *beside_curve(view.beside, frame, ink),
        *guessing_line(ink, frame, tokens),
        *level_lines(view.beside, frame, ink),
    ]
    parts += legend.parts
    about = (
        f"{title}. {caption}. Guessing evenly among {tokens} tokens costs "
        f"{math.log(tokens):.4f} nats."
    )
    if end:
        about += f" It {end}."
    if lines:
        about += " Beside it: " + "; ".join(run.name for run, _ in lines) + "."
    about += "".join(f" {level.label}." for level in view.beside.levels)
    height = frame.bottom + _BOTTOM
    return svg.picture(_WIDTH, height, ink, title, about, filter(None, parts))


def _title(losses: Sequence[float], averages: Sequence[float], view: LossView) -> str:
    """Return what the window says in large letters, with the step."""
    step = view.moment or len(losses)
    said = f"Loss after {step:,} {'step' if step == 1 else 'steps'}"
    if view.moment:
        said = f"Loss at step {step:,}"
    if not math.isfinite(losses[step - 1]):
        return f"{said}: no number"
    if not view.weight:
        return f"{said}: {losses[step - 1]:.3f} nats (of that step alone)"
    return f"{said}: {averages[step - 1]:.3f} nats on average"


def _moment(step: int, loss: float, ink: Ink, frame: Frame) -> str:
    """Return a line through all losses at one step, and a ring around its own."""
    x, top, bottom = (svg.number(v) for v in (frame.x(step), frame.top, frame.bottom))
    line = svg.element("path", d=f"M{x} {top}V{bottom}", stroke=ink.reference)
    if not frame.low <= loss <= frame.high:
        return line
    return line + svg.element(
        "circle",
        cx=frame.x(step),
        cy=frame.y(loss),
        r=4,
        fill=ink.ground,
        stroke=ink.reference,
        stroke_width=2,
    )


def _frame(
    losses: Sequence[float],
    averages: Sequence[Sequence[float]],
    tokens: int,
    top: float,
    view: LossView,
) -> Frame:
    guess = math.log(tokens)
    series = [losses, *averages]
    levels = [(guess, guess), *view.beside.extents]
    whole = around(*levels, *map(_extent, series))
    own, *others = (usual_extent(values, AVERAGED) for values in averages)
    usual = usual_beside(around(*levels, usual_extent(losses), own), others)
    extent = whole if view.with_outliers else shown_extent(whole, usual)
    low, high, every = rounded_out(extent)
    beside = (
        len(values) + run.has_diverged
        for run, values in zip(view.overlaid, averages[1:], strict=True)
    )
    return Frame(
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        top=top,
        bottom=top + _HEIGHT - _TOP - _BOTTOM,
        low=low,
        high=high,
        every=every,
        end=max(2, len(losses) + view.has_diverged, *beside),
    )


def _has_marks(
    losses: Sequence[float],
    lines: Sequence[tuple[OverlaidRun, Sequence[float]]],
    frame: Frame,
) -> bool:
    """Return whether `edge_marks` stand at the upper edge."""
    series = [losses, *(values for _, values in lines)]
    return any(_extent(values)[1] > frame.high for values in series)


def _extent(values: Sequence[float]) -> tuple[float, float]:
    finite = [value for value in values if math.isfinite(value)]
    return (min(finite), max(finite)) if finite else NOTHING


class _Legend:
    """What each line is, in rows from left to right."""

    def __init__(self, left: float, right: float, y: float) -> None:
        self.parts: list[str] = []
        self._left, self._right = left, right
        self._x, self.bottom = left, y  # of the row in hand

    def add_steps(self, ink: Ink, weight: float) -> None:
        """Say what the average is, and what the dots are."""
        if weight:
            lag = round(1 / (1 - weight))
            words = f"average of about the last {lag} steps"
            x, y = self._begin(words, ink)
            d = f"M{svg.number(x)} {svg.number(y)}h{svg.number(_SAMPLE)}"
            self.parts.append(
                svg.element("path", d=d, stroke=ink.curve, stroke_width=2.5)
            )
        x, y = self._begin("each step", ink)
        colour = ink.faint if weight else ink.curve
        dots = "".join(
            f"M{svg.number(x + across * _SAMPLE)} {svg.number(y + down)}h0.01"
            for across, down in ((0.2, 2), (0.5, -3), (0.8, 1))
        )
        self.parts.append(
            svg.element(
                "path", d=dots, stroke=colour, stroke_width=3, stroke_linecap="round"
            )
        )

    def add_run(self, run: OverlaidRun, ink: Ink) -> None:
        """Say which earlier run a line is."""
        x, y = self._begin(run.name, ink)
        self.parts.append(piece_of(run, x, y, _SAMPLE, ink.ground))

    def add_beside(self, name: str, ink: Ink) -> None:
        """Say which losses the curve with dots is of."""
        x, y = self._begin(name, ink)
        left, middle = svg.number(x), svg.number(x + _SAMPLE / 2)
        d = f"M{left} {svg.number(y)}h{svg.number(_SAMPLE)}"
        self.parts.append(
            svg.element("path", d=d, stroke=ink.text, stroke_width=1.5)
            + dots(f"M{middle} {svg.number(y)}h0.01", ink)
        )

    def add_end(self, words: str, ink: Ink) -> None:
        """Say what the sign at the end of the run means."""
        x, y = self._begin(words, ink)
        sign = divergence_sign(x + _SAMPLE / 2, y, ink.odd, ink.ground)
        self.parts.append(sign)

    def add_outside(self, losses: Sequence[float], ink: Ink) -> None:
        """Say how many losses lie beyond the edges."""
        count = len(losses)
        noun = "loss" if count == 1 else "losses"
        words = f"{count:,} {noun} outside: {min(losses):.4g} to {max(losses):.4g}"
        if count == 1:
            words = f"1 loss outside: {losses[0]:.4g}"
        x, y = self._begin(words, ink)
        d = triangle(x + _SAMPLE / 2, y - 4, 8)
        self.parts.append(svg.element("path", d=d, fill=ink.curve))

    def _begin(self, words: str, ink: Ink) -> tuple[float, float]:
        """Write ``words``, in the next row where needed; return where a sample goes."""
        room = self._right - self._left - _SAMPLE - 8
        words = svg.fitted(words, 12, room)
        wide = _SAMPLE + 8 + svg.width_of(words, 12)
        if self._x + wide > self._right and self._x > self._left:
            self._x, self.bottom = self._left, self.bottom + _ROW
        x, y = self._x, self.bottom
        self.parts.append(svg.text(x + _SAMPLE + 8, y + 4, words, 12, fill=ink.muted))
        self._x += wide + 20
        return x, y
