"""What Adam did in a step to the weights that it moved farthest."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.learning.matrix_gradients import place_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.session.moments.learnt_step import LearntStep
    from microgpt_gui.session.reading.learning.matrix_gradients import WeightPlace

#: So many are told.
MOST_MOVES = 16


@dataclass(frozen=True, slots=True)
class Move:
    """One weight in one step, by Adam's rule (Kingma and Ba, 2015).

    Attributes:
        place: Which weight.
        gradient: Of the loss by it.
        m_before: Mean of its gradients before the step, decaying.
        m: After it: beta1 m_before + (1 - beta1) gradient.
        v_before: Mean of their squares before it.
        v: After it: beta2 v_before + (1 - beta2) gradient^2.
        m_hat: m / (1 - beta1^step).
        v_hat: v / (1 - beta2^step).
        before: The weight before it.
        after: before - learning rate * m_hat / (sqrt(v_hat) + 1e-8).
    """

    place: WeightPlace
    gradient: float
    m_before: float
    m: float
    v_before: float
    v: float
    m_hat: float
    v_hat: float
    before: float
    after: float

    @property
    def change(self) -> float:
        """What the step added to the weight."""
        return self.after - self.before


def corrections(learnt: LearntStep) -> tuple[float, float]:
    """Return what m and v are divided by in a step: 1 - beta1^step, 1 - beta2^step."""
    adam, step = learnt.config.adam(), learnt.after.steps_done
    return 1 - adam.beta1**step, 1 - adam.beta2**step


def adam_moves(
    model: ModelConfig, learnt: LearntStep, check: Callable[[], None]
) -> tuple[Move, ...]:
    """Return the weights that moved farthest in a step, the farthest first.

    Args:
        model: The model's sizes.
        learnt: The step.
        check: Called a few times; what it raises ends the work.
    """
    check()
    before, after = learnt.before, learnt.after
    changes = [
        abs(b - a) for a, b in zip(before.parameters, after.parameters, strict=True)
    ]
    check()
    farthest = heapq.nlargest(MOST_MOVES, range(len(changes)), changes.__getitem__)
    of_m, of_v = corrections(learnt)
    return tuple(
        Move(
            place=place_of(model, at),
            gradient=learnt.gradient[at],
            m_before=before.m[at],
            m=after.m[at],
            v_before=before.v[at],
            v=after.v[at],
            m_hat=after.m[at] / of_m,
            v_hat=after.v[at] / of_v,
            before=before.parameters[at],
            after=after.parameters[at],
        )
        for at in farthest
        if changes[at] > 0
    )
