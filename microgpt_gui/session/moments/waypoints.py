"""States that a long replay came by, so that the way to its neighbours is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.keyframes import size_bytes

if TYPE_CHECKING:
    from microgpt_gui.engine.state import EngineState

#: A state is kept when so long was computed since the one before: a way that is shorter
#: leaves none.
WAY_S = 0.08

#: What they may take; but one is kept in any case.
BUDGET_BYTES = 32 * 2**20


class Waypoints:
    """Some states of one run, near the one that was kept last."""

    def __init__(self) -> None:
        self._states: dict[int, EngineState] = {}  # by step

    def __len__(self) -> int:
        return len(self._states)

    def add(self, state: EngineState) -> None:
        """Keep a state, and drop those furthest from it where there is no room."""
        here = state.steps_done
        self._states[here] = state
        room = max(1, BUDGET_BYTES // size_bytes(state))
        while len(self._states) > room:
            del self._states[max(self._states, key=lambda step: abs(step - here))]

    def nearest(self, step: int) -> EngineState | None:
        """Return the newest that is not after ``step``; None if there is none."""
        before = [at for at in self._states if at <= step]
        return self._states[max(before)] if before else None
