"""What every engine does alike: start, go on from any state, refuse a runaway step."""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from array import array
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.engine.base import RUNAWAY_ERRORS, Diverged, Gradient
from microgpt_gui.engine.memory_words import DoesNotFit, too_large
from microgpt_gui.engine.parameters import untrained
from microgpt_gui.engine.steps import StepsDone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.base import CancelToken, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig
    from microgpt_gui.engine.state import EngineState
    from microgpt_gui.engine.steps import StepsAhead

#: From numbers and gradients below this, no step leads to one that is not finite: with
#: the rates and constants that can be set, Adam moves a weight by less than 1e125.
CALM = 1e100


class Descent(NamedTuple):
    """Which way the loss of a document falls."""

    loss: float  # mean cross-entropy, in nats
    gradient_norm: float  # NaN or infinite only if a gradient is
    move: Callable[[float], None]  # all parameters, once, at the learning rate given
    gradient: Callable[[], array[float]]  # by each parameter; ask before the move


class RestorableEngine(ABC):
    """The part of `Engine` that is not arithmetic.

    A start is a state like any other: given parameters, moments of zero, no steps done.
    """

    def __init__(
        self,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> None:
        self.config = config
        self._adam = adam
        self._check = cancel.check
        self.load_parameters(parameters)

    def load_parameters(
        self, parameters: Mapping[str, Sequence[Sequence[float]]]
    ) -> None:
        """See `Engine`."""
        self.load_state(untrained(self.config, parameters))

    def load_state(self, state: EngineState) -> None:
        """See `Engine`."""
        state.check_size(self.config.num_params)
        self._restore(state)
        self.steps_done = state.steps_done
        self.gradient_norm = math.nan
        self._is_calm = self._largest(state) < CALM

    def train_step(self, tokens: Sequence[int], learning_rate: float) -> float:
        """See `Engine`."""
        loss, norm, move, _ = self._descent(tokens)
        if self._is_calm and norm < CALM:
            move(learning_rate)
        else:
            self._move_warily(move, learning_rate)
        self.steps_done += 1
        self.gradient_norm = norm
        return loss

    def train_steps(self, ahead: StepsAhead, until_s: float = math.inf) -> StepsDone:
        """See `Engine`."""
        losses, norms = array("d"), array("d")
        for place, learning_rate in enumerate(ahead.learning_rates):
            self._check()
            if losses and time.monotonic() > until_s:
                break
            try:
                loss = self.train_step(ahead.document(place), learning_rate)
            except (Diverged, DoesNotFit):
                if not losses:
                    raise
                break  # and whoever goes on meets it again, with all before it safe
            losses.append(loss)
            norms.append(self.gradient_norm)
        return StepsDone(losses, norms)

    def gradient(self, tokens: Sequence[int]) -> Gradient:
        """See `Engine`."""
        descent = self._descent(tokens)
        return Gradient(descent.loss, descent.gradient())

    def _descent(self, tokens: Sequence[int]) -> Descent:
        """Return which way the loss falls, unless that is no number."""
        try:
            descent = self._differentiate(tokens)
        except RUNAWAY_ERRORS as error:
            raise Diverged(self.steps_done) from error
        except MemoryError as error:  # not in the middle of a move: all is as before
            raise DoesNotFit(too_large(error, "this model")) from None
        if not (math.isfinite(descent.loss) and math.isfinite(descent.gradient_norm)):
            raise Diverged(self.steps_done)
        return descent

    def _move_warily(self, move: Callable[[float], None], learning_rate: float) -> None:
        """Move, but go back where that leads to a number that is not finite."""
        before, norm = self.state(), self.gradient_norm
        try:
            move(learning_rate)
            is_finite = self.state().is_finite()
        except RUNAWAY_ERRORS:
            is_finite = False
        if not is_finite:
            self.load_state(before)
            self.gradient_norm = norm
            raise Diverged(self.steps_done)
        self._is_calm = False

    def _largest(self, state: EngineState) -> float:
        """See `EngineState.largest`."""
        return state.largest()

    @abstractmethod
    def state(self) -> EngineState:
        """See `Engine`."""

    @abstractmethod
    def weights(self) -> array[float]:
        """See `Engine`."""

    @abstractmethod
    def _restore(self, state: EngineState) -> None:
        """Copy all numbers of ``state``, whose sizes are right."""

    @abstractmethod
    def _differentiate(self, tokens: Sequence[int]) -> Descent:
        """Find the loss of a document and its gradient; change nothing that lasts.

        One of ``RUNAWAY_ERRORS`` means that a number left its range on the way.
        """
