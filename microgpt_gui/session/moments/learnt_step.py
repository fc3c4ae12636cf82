"""All of one step of training, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

    from microgpt_gui.engine.state import EngineState
    from microgpt_gui.session.config import RunConfig


@dataclass(frozen=True, slots=True)
class LearntStep:
    """What the step that made a moment has done. Nobody writes to what it holds.

    The graph of its loss is what `AutogradEngine.loss_graph` makes of ``tokens`` where
    the weights are those of ``before``.

    Attributes:
        step: Steps done with it, at least 1.
        config: The settings that it learnt with.
        document: What it learnt from.
        tokens: BOS, the document's ids, BOS; the first ``block_size + 1`` were used.
        learning_rate: Adam's, in this step.
        loss: Mean cross-entropy, in nats, before the update.
        gradient: Of the loss by each parameter, row by row in the script's creation
            order: the engine's own.
        gradient_norm: Its Euclidean length, as the engine gives it.
        before: Weights and Adam's m and v before it.
        after: The same after it: the moment's.
    """

    step: int
    config: RunConfig
    document: str
    tokens: tuple[int, ...]
    learning_rate: float
    loss: float
    gradient: array[float]
    gradient_norm: float
    before: EngineState
    after: EngineState
