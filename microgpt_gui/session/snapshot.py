"""The news of a run that cross from the training thread to the window."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import Any

from microgpt_gui.session.moments.moment import Moment


@dataclass(frozen=True, slots=True)
class Snapshot:
    """News of a run; safe to share between threads."""

    run_id: int
    step: int  # steps done
    losses: array[float]  # nats; of steps ``step - len(losses)`` to ``step - 1``
    moment: Moment | None = None  # None where there was no time for a new one
    taken_over_at: int | None = None  # see `Run`

    def plain(self) -> tuple[Any, ...]:
        """Return this in numbers, texts and bytes, which any interpreter can share."""
        moment = None if self.moment is None else self.moment.plain()
        losses = self.losses.tobytes()
        return self.run_id, self.step, losses, moment, self.taken_over_at

    @classmethod
    def of_plain(cls, values: tuple[Any, ...]) -> Snapshot:
        """Return the news that `plain` made ``values`` of."""
        run_id, step, losses, moment, taken_over_at = values
        return cls(
            run_id,
            step,
            array("d", losses),
            moment=None if moment is None else Moment.of_plain(moment),
            taken_over_at=taken_over_at,
        )
