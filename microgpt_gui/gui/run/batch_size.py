"""How many steps are asked of the engine in one call."""

from __future__ import annotations

#: To ask for more than there is time for costs little, to ask twice costs more.
AMPLE = 1.5


class BatchSize:
    """Follows the speed of the call before. Has no clock of its own."""

    def __init__(self) -> None:
        self._steps_per_s = 0.0  # 0 while not known

    def fitting(self, seconds: float) -> int:
        """Return how many steps to ask for where there is so much time; at least 1."""
        return max(1, int(AMPLE * seconds * self._steps_per_s))

    def note(self, steps: int, took_s: float) -> None:
        """Take down how many steps a call has done, and how long it took."""
        if took_s > 0:
            self._steps_per_s = steps / took_s
