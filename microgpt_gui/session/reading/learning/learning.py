"""All that one step of training did, as a value."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.engine.cross_entropy import cross_entropy
from microgpt_gui.engine.graph_size import graph_nodes
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.learning.adam_moves import adam_moves
from microgpt_gui.session.reading.learning.matrix_gradients import matrix_gradients
from microgpt_gui.session.reading.learning.stage_gradients import stage_gradients
from microgpt_gui.session.reading.reader import never, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.trace import ByHead, Vectors
    from microgpt_gui.session.moments.learnt_step import LearntStep
    from microgpt_gui.session.reading.learning.adam_moves import Move
    from microgpt_gui.session.reading.learning.matrix_gradients import MatrixGradient
    from microgpt_gui.session.reading.reader import Reader

#: A graph of more numbers is not made: somebody waits, and each takes some 200 bytes.
MOST_NUMBERS = 500_000


@dataclass(frozen=True, slots=True)
class Learning:
    """What the step did that made a moment.

    Numbers are the run's own engine's, to the last bit, but for ``stage_gradients``:
    those are the `autograd` engine's, which differ in the last digits where the run's
    engine is another one than the script's.

    Attributes:
        learnt: The step, with the weights before and after it.
        moment: The model before it, whose document is the step's.
        tokens: What was read, and the last one that was to be predicted.
        logits: [position][token].
        probabilities: Their softmax, likewise.
        losses: -log of the probability of the token that came next, in nats, by
            position; their mean is the loss of the step.
        logit_gradients: The derivative of the loss by each logit, [position][token]:
            probability / n, or (probability - 1) / n of the token that came next, where
            n is the number of positions.
        stage_gradients: The same by the numbers of each stage, see `stage_gradients`;
            empty where there is a ``problem``, or while they are still to come.
        matrices: The gradient of each matrix.
        moves: What became of the weights that moved farthest.
        problem: Why there are no ``stage_gradients``; for people.
    """

    learnt: LearntStep
    moment: Moment
    tokens: tuple[int, ...]
    logits: Vectors
    probabilities: Vectors
    losses: tuple[float, ...]
    logit_gradients: Vectors
    stage_gradients: Mapping[str, ByHead]
    matrices: tuple[MatrixGradient, ...]
    moves: tuple[Move, ...]
    problem: str = ""

    @property
    def step(self) -> int:
        """Steps done with it."""
        return self.learnt.step

    @property
    def model(self) -> ModelConfig:
        """The model's sizes."""
        return self.moment.model

    @property
    def positions(self) -> int:
        """How many tokens were read, each to predict the next."""
        return len(self.losses)


def moment_before(moment: Moment, learnt: LearntStep) -> Moment:
    """Return the model as it was before the step that made ``moment``.

    Its document is the one that the step learnt from.
    """
    return Moment(
        run_id=moment.run_id,
        step=learnt.step - 1,
        chars=moment.chars,
        config=learnt.config,
        document=learnt.document,
        weights=learnt.before.parameters,
    )


def learning(
    moment: Moment,
    learnt: LearntStep,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> Learning:
    """Return all of a step but the ``stage_gradients``, which take longest.

    Args:
        moment: What the step has made.
        learnt: The step.
        check: Called often; what it raises ends the work.
        reader: May have the model before the step at hand.
    """
    before = moment_before(moment, learnt)
    model = before.model
    tokens = learnt.tokens[: model.block_size + 1]
    read, targets = tokens[:-1], tokens[1:]
    trace = opened(before, check, reader).model.trace(read)
    _, logit_gradients = cross_entropy(trace.logits, targets, check)
    return Learning(
        learnt=learnt,
        moment=before,
        tokens=tokens,
        logits=trace.logits,
        probabilities=trace.probabilities,
        losses=tuple(
            -math.log(row[target])
            for row, target in zip(trace.probabilities, targets, strict=True)
        ),
        logit_gradients=tuple(map(tuple, logit_gradients)),
        stage_gradients={},
        matrices=matrix_gradients(model, learnt, check),
        moves=adam_moves(model, learnt, check),
        problem=_too_large(model, len(read)),
    )


def with_stage_gradients(
    learning: Learning, check: Callable[[], None] = never
) -> Learning:
    """Return all of a step.

    Args:
        learning: All but the ``stage_gradients``; where it has a ``problem``, it has
            none.
        check: Called often; what it raises ends the work.
    """
    if learning.problem:
        return learning
    weights, tokens = learning.moment.weights, learning.tokens
    stages = stage_gradients(learning.model, weights, tokens, check)
    return replace(learning, stage_gradients=stages)


def _too_large(model: ModelConfig, positions: int) -> str:
    numbers = graph_nodes(model, positions)
    if numbers <= MOST_NUMBERS:
        return ""
    return (
        f"The graph of this step has {numbers:,} numbers, more than the "
        f"{MOST_NUMBERS:,} that are looked at: the gradients of its stages are not "
        "shown, those of its matrices are"
    )
