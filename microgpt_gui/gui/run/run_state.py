"""What a run is doing."""

from __future__ import annotations

from enum import Enum


class RunState(Enum):
    """What the run is doing, as the person asked for it."""

    LOADING = "loading"  # a new run is being prepared
    READY = "ready"  # untrained
    TRAINING = "training"
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"  # whole as of its last good step, and can go no further
    FAILED = "failed"  # there is no run; the message says why

    @classmethod
    def at_rest(cls, step: int, steps: int) -> RunState:
        """Return the state of a run that rests after ``step`` of its ``steps``."""
        if step >= steps:
            return cls.FINISHED
        return cls.PAUSED if step else cls.READY
