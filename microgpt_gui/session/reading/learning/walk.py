"""The pieces of a step of training, in the order in which they are done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.inside.stages import LEARNING, stages

if TYPE_CHECKING:
    from microgpt_gui.session.reading.learning.learning import Learning


class Phase(Enum):
    """What a step consists of; the values are their names for people."""

    FORWARD = "Forward"
    LOSS = "Loss"
    GRADIENTS = "Gradients"
    ADAM = "Adam"


@dataclass(frozen=True, slots=True)
class Stop:
    """One piece: where a walk through a step stops.

    Attributes:
        phase: What it is part of.
        stage: What is computed: the id of a stage; of Adam, `adam.` and what.
        position: Of which token; None of all of them.
    """

    phase: Phase
    stage: str
    position: int | None = None

    @property
    def source(self) -> str:
        """What its lines are known under; see `session.reading.source.links`."""
        if self.phase is not Phase.LOSS:
            return self.stage
        return "loss.mean" if self.position is None else "loss.each"

    @property
    def is_backward(self) -> bool:
        """Whether a gradient comes back through a stage."""
        return self.phase is Phase.GRADIENTS and self.stage != LEARNING[1]


#: Adam's pieces: the two means, the same corrected for their start at 0, the weights.
ADAM = ("adam.m", "adam.v", "adam.m_hat", "adam.v_hat", "adam.data")

#: Forward, two vectors that do not follow from each other; backward, one number.
_NOT_BACKWARD = ("pos_emb", "tok_emb", "probs")


def walk(learning: Learning) -> tuple[Stop, ...]:
    """Return the pieces of a step.

    Forward, stage after stage of each position in turn; the loss of each position, and
    their mean; the gradients, back through the stages, of all positions at once, and
    at the end those of all matrices; Adam.
    """
    ids = [stage.id for stage in stages(learning.model)]
    positions = range(learning.positions)
    back = [id for id in reversed(ids) if id not in _NOT_BACKWARD]
    if learning.problem:
        back = ["logits"]
    return (
        *(Stop(Phase.FORWARD, id, at) for at in positions for id in ids),
        *(Stop(Phase.LOSS, "loss", at) for at in positions),
        Stop(Phase.LOSS, "loss"),
        *(Stop(Phase.GRADIENTS, id) for id in back),
        Stop(Phase.GRADIENTS, "gradients"),
        *(Stop(Phase.ADAM, id) for id in ADAM),
    )


def begin_of(stops: tuple[Stop, ...], phase: Phase) -> int:
    """Return where a phase begins."""
    return next(i for i, stop in enumerate(stops) if stop.phase is phase)


def stop_of_stage(stops: tuple[Stop, ...], stage: str, at: int) -> int:
    """Return where a stage is computed, if it can be at the position of ``at``.

    Returns:
        Its index; ``at`` itself where the walk has no such stage.
    """
    phase, position = stops[at].phase, stops[at].position
    wanted = [i for i, stop in enumerate(stops) if _is_of(stop.stage, stage)]
    same = [i for i in wanted if stops[i].phase is phase]
    nearest = [i for i in same if stops[i].position == position]
    return (nearest or same or wanted or [at])[0]


def _is_of(stop: str, stage: str) -> bool:
    return stop == stage or stop.startswith(f"{stage}.")
