"""How long a run has been trained for."""

from __future__ import annotations

import time


class TrainingClock:
    """Counts while a run trains. Belongs to the GUI thread.

    Attributes:
        is_whole: Whether it has counted from the run's first step on; if not, nobody
            knows how long the run was trained for.
    """

    def __init__(self) -> None:
        self.is_whole = True
        self._counted_s = 0.0
        self._began_s: float | None = None  # monotonic

    @property
    def seconds(self) -> float:
        """What was counted."""
        since = 0.0 if self._began_s is None else time.monotonic() - self._began_s
        return self._counted_s + since

    def set(self, seconds: float | None) -> None:
        """Stand still at so many seconds; None: at an unknown number of them."""
        self.is_whole = seconds is not None
        self._counted_s = seconds or 0.0
        self._began_s = None

    def set_part(self, whole_s: float | None, share: float) -> None:
        """Stand still at a share of so many seconds."""
        self.set(None if whole_s is None else whole_s * share)

    def start(self) -> None:
        """Count from now on."""
        if self._began_s is None:
            self._began_s = time.monotonic()

    def stop(self) -> None:
        """Count no more until `start`."""
        self._counted_s = self.seconds
        self._began_s = None
