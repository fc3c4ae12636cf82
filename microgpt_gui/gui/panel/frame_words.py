"""What the frame of a panel says, as a table for the panel to fill in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.colour_range import ColourRange

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class FrameWords:
    """The standing texts of one panel; its ``words.py`` has them all in one place.

    Attributes:
        seen: Answers "What am I seeing?".
        computed: Answers "How is it computed?".
        tried: Answers "What can I try?".
        parts: What the parts are called that can be enlarged, in the plural.
        loading: Stands in place of the figure while a run is being prepared.
        failed: The same, where it could not be.
        meaning: What the colours stand for; this and the next two are of numbers that
            are drawn as colours.
        ranges: How far the colours can reach: what the legend says of it in two words,
            and the sentence that offers it.
        widest_tick: As wide as any number at the ends of the colours.
        how_to_read: A hint above the figure, in one sentence; empty for none.
    """

    seen: str
    computed: str
    tried: str
    parts: str
    loading: str
    failed: str
    meaning: str = ""
    ranges: Mapping[ColourRange, tuple[str, str]] = field(default_factory=dict)
    widest_tick: str = ""
    how_to_read: str = ""

    def told_range(self, colour_range: ColourRange) -> str:
        """Return what a picture says of a range; empty of the usual one."""
        if colour_range is ColourRange.FIXED:
            return ""
        text = self.ranges[colour_range][1]
        return text[0].lower() + text[1:]
