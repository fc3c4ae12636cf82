"""The one type scale and the one spacing scale, both multiplied by the zoom."""

from __future__ import annotations

from dataclasses import dataclass

#: Allowed zoom, in percent of the design's sizes; the steps that Ctrl + and - take.
ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200, 225, 250)

# Type sizes and spaces, in pixels at 100 %.
CAPTION, BODY, TITLE, DISPLAY = 11, 13, 15, 20
TIGHT, SMALL, MEDIUM, LARGE = 4, 8, 12, 16


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns sizes of the design into pixels on the screen."""

    percent: int = 100

    def px(self, size: float) -> int:
        """Return ``size``, in pixels at 100 %, at this zoom; at least 1."""
        return max(1, round(size * self.percent / 100))

    def larger(self) -> Scale:
        """Return the next zoom up, or this one at the end."""
        return Scale(min((z for z in ZOOM_STEPS if z > self.percent), default=250))

    def smaller(self) -> Scale:
        """Return the next zoom down, or this one at the end."""
        return Scale(max((z for z in ZOOM_STEPS if z < self.percent), default=80))
