"""The ground of the loss picture: where things are, axes, guessing, live changes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.loss_beside import Level, level_line
from microgpt_gui.session.exports.loss_frame import round_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.exports.loss_frame import Frame
    from microgpt_gui.session.record import RunRecord


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
    return level_line(Level(math.log(tokens), _guess_label(tokens)), frame, ink)


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
