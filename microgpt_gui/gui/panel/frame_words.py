"""What the frame of a panel says, as a table for the panel to fill in."""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    seen: str
    computed: str
    tried: str
    parts: str
    loading: str
    failed: str
