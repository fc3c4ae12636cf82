"""An engine here that works in an interpreter of its own."""

from __future__ import annotations

import math
import time
import weakref
from array import array
from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING, Any

from microgpt_gui.engine.base import CancelToken, Diverged, Gradient
from microgpt_gui.engine.inference import PlainModel
from microgpt_gui.engine.isolated import inside
from microgpt_gui.engine.isolated.asking import ASK_EVERY_S, call_and_ask
from microgpt_gui.engine.isolated.crossing import (
    Answer,
    doubles,
    of_plain,
    plain,
    plain_steps,
    raise_plain,
)
from microgpt_gui.engine.isolated.interpreter import give_back
from microgpt_gui.engine.memory_words import DoesNotFit, too_large
from microgpt_gui.engine.parameters import check_shapes, flattened, untrained
from microgpt_gui.engine.reads_at_rest import ReadsAtRest
from microgpt_gui.engine.steps import StepsAhead, StepsDone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.base import Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig
    from microgpt_gui.engine.isolated.interpreter import Interpreter
    from microgpt_gui.engine.state import EngineState

#: A step that takes less is done without a look at the token, and a model of fewer
#: parameters made: some milliseconds.
QUICK_S, QUICK_PARAMS = 0.005, 10_000


class IsolatedEngine(ReadsAtRest):
    """See `Engine`. While it learns, this interpreter's lock is free.

    It reads as a model at rest does, in this interpreter.
    """

    def __init__(
        self,
        factory: str,
        interpreter: Interpreter,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> None:
        """Make the engine that ``factory`` names, in ``interpreter``, and own that.

        Args:
            factory: Module and name of an `EngineFactory` whose engines read as
                `PlainModel` does, with a dot between them.
            interpreter: To be given back when this goes.
            config: See `EngineFactory`, as all that follows.
            parameters: Likewise.
            adam: Likewise.
            cancel: Likewise.
        """
        self.config = config
        self.steps_done = 0
        self.gradient_norm = math.nan
        self._interpreter = interpreter
        weakref.finalize(self, give_back, interpreter)
        self._check = cancel.check
        # A token with a way of its own to find out must be asked here.
        self._must_ask = type(cancel) is not CancelToken
        self._flag = bytearray(1) if self._must_ask else cancel.flag
        self._is_quick = False  # to do a step; not known before the first
        self._is_small = config.num_params < QUICK_PARAMS
        check_shapes(config, parameters)
        self._compute(
            inside.begin,
            self._is_small,
            factory,
            astuple(config),
            astuple(adam),
            flattened(config, parameters).tobytes(),
            memoryview(self._flag),
        )

    def train_steps(self, ahead: StepsAhead, until_s: float = math.inf) -> StepsDone:
        """See `Engine`."""
        if not self._must_ask:
            return self._steps(ahead, until_s)
        losses, norms = array("d"), array("d")
        while not losses or (len(losses) < len(ahead) and time.monotonic() < until_s):
            rest = StepsAhead(
                ahead.tokens,
                ahead.starts[len(losses) :],
                ahead.learning_rates[len(losses) :],
            )
            # Quick ones are asked between, not during: then before long.
            soon_s = time.monotonic() + (ASK_EVERY_S if self._is_quick else math.inf)
            try:
                done = self._steps(rest, min(until_s, soon_s))
            except (Diverged, DoesNotFit):
                if not losses:
                    raise
                break
            losses += done.losses
            norms += done.gradient_norms
            if not done:
                break
        return StepsDone(losses, norms)

    def _steps(self, ahead: StepsAhead, until_s: float) -> StepsDone:
        """Do what can be done in one call, and see whether steps are quick."""
        began_s = time.monotonic()
        found = self._ask("train_steps", self._is_quick, *plain_steps(ahead), until_s)
        done = StepsDone(*map(doubles, found))
        took_s = time.monotonic() - began_s
        self._is_quick = took_s < QUICK_S * max(len(done), 1)
        return done

    def train_step(self, tokens: Sequence[int], learning_rate: float) -> float:
        """See `Engine`."""
        try:
            ahead = StepsAhead.of([tokens], [learning_rate])
        except MemoryError as error:
            raise DoesNotFit(too_large(error, "this model")) from None
        return self.train_steps(ahead).losses[0]

    def gradient(self, tokens: Sequence[int]) -> Gradient:
        """See `Engine`."""
        ids = array("q", tokens).tobytes()
        loss, numbers = self._ask("gradient", self._is_quick, ids)
        return Gradient(loss, doubles(numbers))

    def weights(self) -> array[float]:
        """See `Engine`."""
        (numbers,) = self._call(inside.ask, "weights")
        return doubles(numbers)

    def load_parameters(
        self, parameters: Mapping[str, Sequence[Sequence[float]]]
    ) -> None:
        """See `Engine`."""
        self.load_state(untrained(self.config, parameters))

    def state(self) -> EngineState:
        """See `Engine`."""
        return of_plain(self._call(inside.ask, "state"))

    def load_state(self, state: EngineState) -> None:
        """See `Engine`."""
        state.check_size(self.config.num_params)
        self._ask("load_state", self._is_small, *plain(state))

    def _at_rest(self) -> PlainModel:
        return PlainModel(self.config, self.weights(), self._check)

    def _ask(self, wish: str, is_quick: bool, *arguments: Any) -> Any:
        """Return what `inside.ask` finds; see `_compute`."""
        return self._compute(inside.ask, is_quick, wish, *arguments)

    def _compute(
        self,
        function: Callable[..., tuple[Any, ...]],
        is_quick: bool,
        *arguments: Any,
    ) -> Any:
        """Call it so that the token can end it.

        A function that must be asked is asked before what is quick, and during all
        else: that takes another thread.
        """
        call = partial(self._call, function, *arguments)
        if self._must_ask and not is_quick:
            return call_and_ask(call, self._check, self._flag)
        if self._must_ask:
            self._check()
        return call()

    def _call(self, function: Callable[..., tuple[Any, ...]], *arguments: Any) -> Any:
        answer = Answer(*self._interpreter.call(function, *arguments))
        self.steps_done = answer.steps_done
        self.gradient_norm = answer.gradient_norm
        raise_plain(answer.error)
        return answer.found
