"""How far to go back from where a run has diverged."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.segment import Segment

#: So many steps before a run diverged, its weights are as a rule still of use.
RETREAT_STEPS = 10


def way_back(segments: Sequence[Segment], steps_done: int) -> int:
    """Return how many steps before ``steps_done`` are worth another try.

    Weights may be beyond help long before a number leaves its range: whatever the
    rate, they lead to the same wall. So where half the rate has come no further than
    to that wall, the next way back is twice as long; it ends at the first step.

    Args:
        segments: Of the run that has diverged.
        steps_done: Its good steps.
    """
    back = RETREAT_STEPS
    if len(segments) > 1:
        before, newest = segments[-2:]
        gained = steps_done - newest.start
        slower = before.config.learning_rate / newest.config.learning_rate
        halvings = round(log2(slower)) if slower > 1 else 0
        if halvings and gained <= RETREAT_STEPS * 2 ** (halvings - 1):
            back = max(back, 2 * gained)
    return min(back, steps_done)
