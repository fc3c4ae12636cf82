"""Complete states of a run, kept within a budget of memory."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microgpt_gui.engine.state import EngineState

#: When the budget is met, one keyframe in so many makes room.
THINNED_SHARE = 16


def size_bytes(state: EngineState) -> int:
    """Return the memory that ``state`` takes."""
    return sum(a.itemsize * len(a) for a in (state.parameters, state.m, state.v))


class Keyframes:
    """States by step. Belongs to one thread at a time.

    Over its budget it drops the keyframes that are missed least: those whose neighbours
    are closest together, and of these the oldest. The first and the newest are always
    kept.

    Attributes:
        budget_bytes: What they may take.
    """

    def __init__(self, budget_bytes: int, states: Iterable[EngineState] = ()) -> None:
        self.budget_bytes = budget_bytes
        self._steps: list[int] = []
        self._states: dict[int, EngineState] = {}
        self._bytes = 0
        for state in states:
            self.add(state)

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def size_bytes(self) -> int:
        """What they take."""
        return self._bytes

    @property
    def newest(self) -> int:
        """The newest one's step; -1 where there is none."""
        return self._steps[-1] if self._steps else -1

    @property
    def widest_gap(self) -> int:
        """Steps between the two neighbours that are furthest apart; 0 below two."""
        pairs = zip(self._steps, self._steps[1:], strict=False)
        return max((after - before for before, after in pairs), default=0)

    def add(self, state: EngineState) -> None:
        """Keep ``state``, which must be newer than all others, and thin them out."""
        self._steps.append(state.steps_done)
        self._states[state.steps_done] = state
        self._bytes += size_bytes(state)
        while self._bytes > self.budget_bytes and len(self._steps) > 2:
            self._thin()

    def nearest(self, step: int) -> EngineState:
        """Return the newest state that is not after ``step``.

        Raises:
            LookupError: There is none.
        """
        place = bisect_right(self._steps, step)
        if not place:
            raise LookupError(f"no state is kept of step {step} or before")
        return self._states[self._steps[place - 1]]

    def all(self) -> tuple[EngineState, ...]:
        """Return them, oldest first."""
        return tuple(self._states[step] for step in self._steps)

    def _thin(self) -> None:
        """Drop every other one of those that stand closest, beginning at the oldest."""
        steps = self._steps
        inner = range(1, len(steps) - 1)
        closest = min(steps[i + 1] - steps[i - 1] for i in inner)
        wanted = max(1, len(steps) // THINNED_SHARE)
        dropped: set[int] = set()
        for i in inner:
            is_closest = steps[i + 1] - steps[i - 1] == closest
            if is_closest and steps[i - 1] not in dropped and len(dropped) < wanted:
                dropped.add(steps[i])
        for step in dropped:
            self._bytes -= size_bytes(self._states.pop(step))
        self._steps = [step for step in steps if step not in dropped]
