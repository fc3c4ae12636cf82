"""An engine here that works in an interpreter of its own."""

from __future__ import annotations

import math
import weakref
from array import array
from dataclasses import astuple
from functools import partial
from typing import TYPE_CHECKING, Any

from microgpt_gui.engine.base import CancelToken, Gradient
from microgpt_gui.engine.inference import PlainModel
from microgpt_gui.engine.isolated import inside
from microgpt_gui.engine.isolated.asking import call_and_ask
from microgpt_gui.engine.isolated.crossing import (
    Answer,
    doubles,
    of_plain,
    plain,
    raise_plain,
)
from microgpt_gui.engine.isolated.interpreter import give_back
from microgpt_gui.engine.memory_words import DoesNotFit, too_large
from microgpt_gui.engine.parameters import check_shapes, flattened, unflattened
from microgpt_gui.engine.state import EngineState
from microgpt_gui.engine.steps import StepsAhead, StepsDone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.base import Forward, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig
    from microgpt_gui.engine.isolated.interpreter import Interpreter
    from microgpt_gui.engine.trace import Trace


class IsolatedEngine:
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
        check_shapes(config, parameters)
        self._compute(
            inside.begin,
            factory,
            astuple(config),
            astuple(adam),
            flattened(config, parameters).tobytes(),
            memoryview(self._flag),
        )

    def train_steps(self, ahead: StepsAhead, until_s: float = math.inf) -> StepsDone:
        """See `Engine`."""
        arrays = ahead.tokens, ahead.starts, ahead.learning_rates
        losses, norms = self._ask(
            "train_steps", *(a.tobytes() for a in arrays), until_s
        )
        return StepsDone(doubles(losses), doubles(norms))

    def train_step(self, tokens: Sequence[int], learning_rate: float) -> float:
        """See `Engine`."""
        try:
            ahead = StepsAhead.of([tokens], [learning_rate])
        except MemoryError as error:
            raise DoesNotFit(too_large(error, "this model")) from None
        return self.train_steps(ahead).losses[0]

    def gradient(self, tokens: Sequence[int]) -> Gradient:
        """See `Engine`."""
        loss, numbers = self._ask("gradient", array("q", tokens).tobytes())
        return Gradient(loss, doubles(numbers))

    def weights(self) -> array[float]:
        """See `Engine`."""
        (numbers,) = self._call(inside.ask, "weights")
        return doubles(numbers)

    def parameters(self) -> Parameters:
        """See `Engine`."""
        return unflattened(self.config, self.weights())

    def load_parameters(
        self, parameters: Mapping[str, Sequence[Sequence[float]]]
    ) -> None:
        """See `Engine`."""
        check_shapes(self.config, parameters)
        zeros = array("d", bytes(8 * self.config.num_params))
        self.load_state(
            EngineState(0, flattened(self.config, parameters), zeros, zeros)
        )

    def state(self) -> EngineState:
        """See `Engine`."""
        return of_plain(self._call(inside.ask, "state"))

    def load_state(self, state: EngineState) -> None:
        """See `Engine`."""
        state.check_size(self.config.num_params)
        self._ask("load_state", *plain(state))

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Engine`."""
        return self._at_rest().forward(tokens)

    def trace(self, tokens: Sequence[int]) -> Trace:
        """See `Engine`."""
        return self._at_rest().trace(tokens)

    def start_sequence(self) -> Callable[[int], list[float]]:
        """See `Engine`."""
        return self._at_rest().start_sequence()

    def _at_rest(self) -> PlainModel:
        return PlainModel(self.config, self.weights(), self._check)

    def _ask(self, wish: str, *arguments: Any) -> Any:
        """Return what `inside.ask` finds, which may take long."""
        return self._compute(inside.ask, wish, *arguments)

    def _compute(
        self, function: Callable[..., tuple[Any, ...]], *arguments: Any
    ) -> Any:
        """Call it so that the token can end it."""
        call = partial(self._call, function, *arguments)
        return call_and_ask(call, self._check, self._flag) if self._must_ask else call()

    def _call(self, function: Callable[..., tuple[Any, ...]], *arguments: Any) -> Any:
        answer = Answer(*self._interpreter.call(function, *arguments))
        self.steps_done = answer.steps_done
        self.gradient_norm = answer.gradient_norm
        raise_plain(answer.error)
        return answer.found
