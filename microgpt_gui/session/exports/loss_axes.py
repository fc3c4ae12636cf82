"""The ground of the loss picture: where things are, axes, guessing, live changes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.loss_extent import Extent
    from microgpt_gui.session.record import RunRecord


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot is in its picture, in pixels, and what it shows.

    Attributes:
        low, high: Losses at the lower and the upper edge, in nats.
        every: From one tick of the losses to the next.
        end: The last step, at least 2; the first is 1.
    """

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float
    every: float
    end: int

    def x(self, step: float) -> float:
        """Return where a step is from left to right."""
        across = (step - 1) / (self.end - 1)
        return self.left + across * (self.right - self.left)

    def y(self, loss: float) -> float:
        """Return where a loss is from top to bottom."""
        up = (loss - self.low) / (self.high - self.low)
        return self.bottom - up * (self.bottom - self.top)


def rounded_out(extent: Extent) -> tuple[float, float, float]:
    """Return round ends around ``extent``, and the distance of the ticks between."""
    low, high = extent
    span = max(high - low, 0.1)
    every = round_step(span / 5)
    low = max(0.0, math.floor((low - 0.02 * span) / every) * every)
    return low, math.ceil((high + 0.02 * span) / every) * every, every


def round_step(least: float) -> float:
    """Return 1, 2 or 5 times a power of ten, not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= least * (1 - 1e-9))


def axes(ink: Ink, frame: Frame) -> Iterator[str]:
    """Yield grid lines, ticks and what the axes are."""
    every, bottom = frame.every, frame.bottom
    digits = max(0, -math.floor(math.log10(every) + 1e-9))
    for i in range(round((frame.high - frame.low) / every) + 1):
        loss = frame.low + i * every
        y = frame.y(loss)
        d = f"M{svg.number(frame.left)} {svg.number(y)}H{svg.number(frame.right)}"
        yield svg.element("path", d=d, stroke=ink.border)
        label = f"{loss:.{digits}f}"
        yield svg.text(
            frame.left - 10, y + 4, label, 12, text_anchor="end", fill=ink.muted
        )
    every_step = max(1, int(round_step(max(1, frame.end / 8))))
    ticks = [1, *range(every_step, frame.end + 1, every_step)]
    for step in ticks if every_step > 1 else ticks[1:]:
        x = frame.x(step)
        d = f"M{svg.number(x)} {svg.number(bottom)}v5"
        yield svg.element("path", d=d, stroke=ink.muted)
        yield svg.text(
            x, bottom + 20, f"{step:,}", 12, text_anchor="middle", fill=ink.muted
        )
    middle = (frame.left + frame.right) / 2
    yield svg.text(middle, bottom + 44, "step", 12, text_anchor="middle")
    across = (frame.top + bottom) / 2
    turned = f"translate(22 {svg.number(across)}) rotate(-90)"
    yield svg.text(0, 0, "loss (nats)", 12, text_anchor="middle", transform=turned)


def guessing_line(ink: Ink, frame: Frame, tokens: int) -> Iterator[str]:
    """Yield the loss of whoever guesses evenly among ``tokens``."""
    guess = math.log(tokens)
    y = frame.y(guess)
    yield svg.element(
        "path",
        d=f"M{svg.number(frame.left)} {svg.number(y)}H{svg.number(frame.right)}",
        stroke=ink.reference,
        stroke_width=1.5,
        stroke_dasharray="6 4",
    )
    label = _guess_label(tokens)
    wide = svg.width_of(label, 12)
    yield svg.element(
        "rect",
        x=frame.right - wide - 8,
        y=y - 20,
        width=wide + 8,
        height=18,
        fill=ink.ground,
        fill_opacity="0.85",
    )
    yield svg.text(
        frame.right - 4, y - 6, label, 12, text_anchor="end", fill=ink.reference
    )


def _guess_label(tokens: int) -> str:
    return f"guessing: ln({tokens}) = {math.log(tokens):.3f}"


def changes(
    record: RunRecord, ink: Ink, frame: Frame, tokens: int, top: float
) -> Iterator[str]:
    """Yield a mark where other settings took over, named where there is room.

    Args:
        record: The run.
        ink: Its colours.
        frame: Where the picture lies.
        tokens: See `guessing_line`, whose words keep their place.
        top: Where the names may begin.
    """
    free, guess_y = -math.inf, frame.y(math.log(tokens))
    guess_x = frame.right - svg.width_of(_guess_label(tokens), 12) - 8
    pairs = zip(record.segments, record.segments[1:], strict=False)
    for before, after in pairs:
        if not 0 < after.start < len(record.figures):
            continue
        x, y = frame.x(after.start + 1), frame.top
        d = f"M{svg.number(x)} {svg.number(y)}V{svg.number(frame.bottom)}"
        yield svg.element("path", d=d, stroke=ink.muted, stroke_dasharray="2 3")
        differences = before.config.differences(after.config).items()
        changed = [
            f"{k.replace('_', ' ')} {new}"
            for k, (_, new) in differences
            if k != "decay_start"
        ]
        label = svg.fitted(", ".join(changed), 11, frame.right - x - 8)
        if x >= free and len(label) > 3:
            end, baseline = x + svg.width_of(label, 11) + 12, top + 11
            if end > guess_x and guess_y - 20 < baseline + 4 < guess_y + 14:
                baseline = guess_y + 14
            yield svg.text(x + 4, baseline, label, 11, fill=ink.muted)
            free = end
