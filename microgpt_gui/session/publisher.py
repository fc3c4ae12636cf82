"""Slows a stream of losses to a pace a window can follow, losing none."""

from __future__ import annotations

from array import array

PUBLISH_S = 1 / 30  # at most 30 snapshots a second, however fast the engine


class Publisher:
    """Holds losses back until enough time has passed. Has no clock of its own."""

    def __init__(self, interval_s: float = PUBLISH_S) -> None:
        self._interval_s = interval_s
        self._next_s = float("-inf")
        self._held = array("d")

    def add(self, losses: array[float]) -> None:
        """Take the losses of the steps just done."""
        self._held.extend(losses)

    def is_due(self, now_s: float) -> bool:
        """Say whether something is held and the interval has passed."""
        return bool(self._held) and now_s >= self._next_s

    def take(self, now_s: float) -> array[float]:
        """Return all that is held, oldest first, and begin a new interval."""
        held, self._held = self._held, array("d")
        # From the plan, not from now, or every delay would make the snapshots fewer.
        is_on_plan = 0 <= now_s - self._next_s < self._interval_s
        self._next_s = (self._next_s if is_on_plan else now_s) + self._interval_s
        return held
