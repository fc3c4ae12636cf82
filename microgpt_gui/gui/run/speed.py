"""How fast a run trains, over its last moments."""

from __future__ import annotations

import time
from collections import deque

#: Steps per second are averaged over so long.
RATE_WINDOW_S = 2.0


class Speed:
    """Steps a second, from news of how far the run is."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()  # (monotonic s, step)

    def forget(self) -> None:
        """Begin anew: what was before says nothing of what comes."""
        self._marks.clear()

    def note(self, step: int) -> None:
        """Take down that ``step`` steps are done now."""
        now_s = time.monotonic()
        self._marks.append((now_s, step))
        while len(self._marks) > 2 and now_s - self._marks[0][0] > RATE_WINDOW_S:
            self._marks.popleft()

    @property
    def steps_per_s(self) -> float | None:
        """Steps a second over the last moments; None when not known."""
        if len(self._marks) < 2:
            return None
        (first_s, first), (last_s, last) = self._marks[0], self._marks[-1]
        return (last - first) / (last_s - first_s) if last_s > first_s else None
