"""The `numpy` engine: what a caller sees of this package."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.adam import Adam
from microgpt_gui.engine.arrays.model import NumpyModel
from microgpt_gui.engine.reads_at_rest import ReadsAtRest
from microgpt_gui.engine.restorable import Descent, RestorableEngine
from microgpt_gui.engine.state import EngineState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.engine.base import CancelToken, Gradient, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig


class NumpyEngine(ReadsAtRest, RestorableEngine):
    """See `Engine`."""

    def __init__(
        self,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> None:
        vector = np.zeros(config.num_params)
        self._model = NumpyModel(config, vector, cancel.check)
        self._weights, self._gradients = vector, self._model.gradients.vector
        self._moments = Adam(adam, self._weights, self._gradients)
        super().__init__(config, parameters, adam, cancel)
        self._model.pass_of(config.block_size)

    def _restore(self, state: EngineState) -> None:
        np.copyto(self._weights, state.parameters)
        np.copyto(self._moments.m, state.m)
        np.copyto(self._moments.v, state.v)

    def _largest(self, state: EngineState) -> float:
        with np.errstate(all="ignore"):
            vectors = map(np.frombuffer, (state.parameters, state.m, state.v))
            return math.sqrt(sum(vector.dot(vector) for vector in vectors))

    def state(self) -> EngineState:
        """See `Engine`."""
        vectors = self._weights, self._moments.m, self._moments.v
        return EngineState(
            self.steps_done, *(array("d", vector.tobytes()) for vector in vectors)
        )

    def weights(self) -> array[float]:
        """See `Engine`."""
        return array("d", self._weights.tobytes())

    def _at_rest(self) -> NumpyModel:
        return self._model

    def train_step(self, tokens: Sequence[int], learning_rate: float) -> float:
        """See `Engine`."""
        with np.errstate(all="ignore"):
            return super().train_step(tokens, learning_rate)

    def gradient(self, tokens: Sequence[int]) -> Gradient:
        """See `Engine`."""
        with np.errstate(all="ignore"):
            return super().gradient(tokens)

    def _differentiate(self, tokens: Sequence[int]) -> Descent:
        n = min(self.config.block_size, len(tokens) - 1)
        gradient = self._gradients
        loss = self._model.pass_of(n).learn(tokens[: n + 1])
        squares: float = gradient.dot(gradient)
        length = math.sqrt(squares) if squares < math.inf else math.hypot(*gradient)
        return Descent(loss, length, self._move, lambda: array("d", gradient.tobytes()))

    def _move(self, learning_rate: float) -> None:
        self._moments.update(learning_rate, self.steps_done + 1)
