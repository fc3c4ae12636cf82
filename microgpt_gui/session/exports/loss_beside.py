"""What the picture of the loss holds it against: another curve, and level lines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.exports.loss_frame import Frame
    from microgpt_gui.session.loss_extent import Extent


@dataclass(frozen=True, slots=True)
class Level:
    """A loss that stays as it is.

    Attributes:
        loss: In nats.
        label: What it is.
        is_under: Whether the words stand under the line.
    """

    loss: float
    label: str
    is_under: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What the loss is held against.

    Attributes:
        losses: Step (done) and loss of each point of another curve, in nats.
        name: What that curve is.
        levels: Level lines.
    """

    losses: tuple[tuple[int, float], ...] = ()
    name: str = ""
    levels: tuple[Level, ...] = ()

    @property
    def points(self) -> list[tuple[int, float]]:
        """The points from the first step on whose loss is a number."""
        return [(s, x) for s, x in self.losses if s >= 1 and math.isfinite(x)]

    @property
    def extents(self) -> list[Extent]:
        """Lowest and highest loss of each line."""
        extents = [(level.loss, level.loss) for level in self.levels]
        if points := [loss for _, loss in self.points]:
            extents.append((min(points), max(points)))
        return extents


#: What it is held against as a rule.
NOTHING_BESIDE = Beside()


def beside_curve(beside: Beside, frame: Frame, ink: Ink) -> Iterator[str]:
    """Yield the other curve, with a dot at each of its points."""
    places = [
        f"{svg.number(frame.x(step))} {svg.number(frame.y(loss))}"
        for step, loss in beside.points
        if step <= frame.end and frame.low <= loss <= frame.high
    ]
    if places:
        line = "M" + "L".join(places)
        yield svg.element(
            "path", d=line, fill="none", stroke=ink.text, stroke_width=1.5
        )
        yield dots("".join(f"M{place}h0.01" for place in places), ink)


def level_lines(beside: Beside, frame: Frame, ink: Ink) -> Iterator[str]:
    """Yield the level lines, with their words."""
    for level in beside.levels:
        yield from level_line(level, frame, ink)


def dots(d: str, ink: Ink) -> str:
    """Return the dots of that curve, at the points of a path."""
    return svg.element(
        "path", d=d, stroke=ink.text, stroke_width=5, stroke_linecap="round"
    )


def level_line(level: Level, frame: Frame, ink: Ink) -> Iterator[str]:
    """Yield a dashed line across the plot, and what it means."""
    y, wide = frame.y(level.loss), svg.width_of(level.label, 12)
    yield svg.element(
        "path",
        d=f"M{svg.number(frame.left)} {svg.number(y)}H{svg.number(frame.right)}",
        stroke=ink.reference,
        stroke_width=1.5,
        stroke_dasharray="6 4",
    )
    top = y + 2 if level.is_under and y + 20 <= frame.bottom else y - 20
    yield svg.element(
        "rect",
        x=frame.right - wide - 8,
        y=top,
        width=wide + 8,
        height=18,
        fill=ink.ground,
        fill_opacity="0.85",
    )
    yield svg.text(
        frame.right - 4,
        top + 14,
        level.label,
        12,
        text_anchor="end",
        fill=ink.reference,
    )
