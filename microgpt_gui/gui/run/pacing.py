"""How many steps may be done now, where a person has limited their number a second."""

from __future__ import annotations

import sys


class Pacing:
    """A plan of when which step may be done. Has no clock of its own."""

    def __init__(self) -> None:
        self._steps_per_s = 0.0
        self._next_s = 0.0  # when the next step may be done

    def set_pace(self, steps_per_s: float, now_s: float) -> None:
        """Limit training to so many steps a second from now on; 0 lifts the limit."""
        self._steps_per_s = steps_per_s
        self._next_s = now_s

    def begin(self, now_s: float) -> None:
        """Let the next step be done at once, whatever was before."""
        self._next_s = now_s

    def due(self, now_s: float) -> int:
        """Return how many steps may be done now; without a limit, more than any run."""
        if not self._steps_per_s:
            return sys.maxsize
        late_s = now_s - self._next_s
        return 1 + int(late_s * self._steps_per_s) if late_s >= 0 else 0

    def wait_s(self, now_s: float) -> float:
        """Return how long it is until the next step may be done, in seconds."""
        return max(0.0, self._next_s - now_s) if self._steps_per_s else 0.0

    def note(self, steps: int, now_s: float) -> None:
        """Take down that so many steps are done now."""
        if self._steps_per_s:
            # From the plan, not from now, or each step's own time would slow the pace;
            # but a run that cannot keep up must not hurry later.
            self._next_s = max(self._next_s + steps / self._steps_per_s, now_s)
