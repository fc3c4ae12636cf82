"""The colours of exported pictures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

#: Colours from 0 to 1, as in the window.
STEPS = 256


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours by what they are for, each ``#rrggbb``.

    Attributes:
        ground: Behind everything.
        text: Of titles and labels.
        muted: Of what explains.
        border: Of frames and grid lines.
        curve: Of the line that matters.
        faint: Of the raw points behind it.
        reference: Of lines to compare with.
        odd: Of cells whose value is no finite number.
        map: Evenly spaced stops from 0 to 1, at least two.
        signed_map: The same from -1 to 1.
    """

    ground: str
    text: str
    muted: str
    border: str
    curve: str
    faint: str
    reference: str
    map: tuple[str, ...]
    odd: str = "#c2188b"
    signed_map: tuple[str, ...] = ("#1d4496", "#f3f4f7", "#9c4203")


@cache
def colours(stops: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``STEPS`` colours evenly from 0 to 1, straight in sRGB between stops."""
    known = [bytes.fromhex(stop[1:]) for stop in stops]
    table = []
    for step in range(STEPS):
        at = step * (len(known) - 1) / (STEPS - 1)
        low = min(int(at), len(known) - 2)
        mixed = [
            round(a + (b - a) * (at - low))
            for a, b in zip(known[low], known[low + 1], strict=True)
        ]
        table.append("#" + bytes(mixed).hex())
    return tuple(table)


def step_of(value: float) -> int:
    """Return which of the colours stands for ``value``, from 0 to 1; -1 for none."""
    if not 0.0 <= value <= 1.0 + 1e-9:  # NaN is neither
        return -1
    return min(STEPS - 1, max(0, round(value * (STEPS - 1))))


def text_on(colour: str) -> str:
    """Return black or white, whichever is read better on ``colour`` (WCAG)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (byte / 255 for byte in bytes.fromhex(colour[1:]))
    ]
    red, green, blue = linear
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#ffffff" if light < 0.18 else "#000000"
