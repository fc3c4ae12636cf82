"""The news of a run that cross from the training thread to the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

    from microgpt_gui.session.moments.moment import Moment


@dataclass(frozen=True, slots=True)
class Snapshot:
    """News of a run; safe to share between threads."""

    run_id: int
    step: int  # steps done
    losses: array[float]  # nats; of steps ``step - len(losses)`` to ``step - 1``
    moment: Moment | None = None  # None where there was no time for a new one
    taken_over_at: int | None = None  # see `Run`
