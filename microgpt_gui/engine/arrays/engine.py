"""The `numpy` engine: what a caller sees of this package."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.adam import Adam
from microgpt_gui.engine.arrays.document import DocumentPass
from microgpt_gui.engine.arrays.memory import Memory
from microgpt_gui.engine.arrays.reader import Reader
from microgpt_gui.engine.arrays.weights import Weights
from microgpt_gui.engine.base import Forward
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.engine.restorable import Descent, RestorableEngine
from microgpt_gui.engine.state import EngineState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.arrays.memory import Floats
    from microgpt_gui.engine.base import CancelToken, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig


class NumpyEngine(RestorableEngine):
    """See `Engine`."""

    def __init__(
        self,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> None:
        self._weights, self._gradients = Weights(config), Weights(config)
        self._moments = Adam(adam, self._weights.vector, self._gradients.vector)
        self._memory = Memory()
        self._passes: dict[int, DocumentPass] = {}
        super().__init__(config, parameters, adam, cancel)
        self._pass(config.block_size)

    def _restore(self, state: EngineState) -> None:
        np.copyto(self._weights.vector, state.parameters)
        np.copyto(self._moments.m, state.m)
        np.copyto(self._moments.v, state.v)

    def _largest(self, state: EngineState) -> float:
        with np.errstate(all="ignore"):
            vectors = map(np.frombuffer, (state.parameters, state.m, state.v))
            return math.sqrt(sum(vector.dot(vector) for vector in vectors))

    def state(self) -> EngineState:
        """See `Engine`."""
        vectors = self._weights.vector, self._moments.m, self._moments.v
        return EngineState(
            self.steps_done, *(array("d", vector.tobytes()) for vector in vectors)
        )

    def parameters(self) -> Parameters:
        """See `Engine`."""
        return unflattened(self.config, array("d", self._weights.vector.tobytes()))

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Engine`."""
        n = len(tokens)
        if not 1 <= n <= self.config.block_size:
            raise ValueError(
                f"the model reads 1 to {self.config.block_size} tokens, not {n}"
            )
        with np.errstate(all="ignore"):
            logits, layers = self._pass(n).read(tokens)
        attention = tuple(
            tuple(self._causal(head) for head in weights) for weights in layers
        )
        return Forward(tuple(map(tuple, logits.T.tolist())), attention)

    def _causal(self, head: Floats) -> tuple[tuple[float, ...], ...]:
        """Return the part of [query][key] weights that is not masked."""
        self._check()
        return tuple(tuple(row[: i + 1]) for i, row in enumerate(head.tolist()))

    def start_sequence(self) -> Callable[[int], list[float]]:
        """See `Engine`."""
        return Reader(self.config, self._weights, self._check)

    def train_step(self, tokens: Sequence[int], learning_rate: float) -> float:
        """See `Engine`."""
        with np.errstate(all="ignore"):
            return super().train_step(tokens, learning_rate)

    def _differentiate(self, tokens: Sequence[int]) -> Descent:
        n = min(self.config.block_size, len(tokens) - 1)
        gradient = self._gradients.vector
        loss = self._pass(n).learn(tokens[: n + 1])
        squares: float = gradient.dot(gradient)
        length = math.sqrt(squares) if squares < math.inf else math.hypot(*gradient)
        return Descent(loss, length, self._move)

    def _move(self, learning_rate: float) -> None:
        self._moments.update(learning_rate, self.steps_done + 1)

    def _pass(self, n: int) -> DocumentPass:
        """Return the pass for documents of ``n`` tokens, which is made only once."""
        found = self._passes.get(n)
        if found is None:
            found = self._passes[n] = DocumentPass(
                self.config,
                n,
                self._memory,
                self._weights,
                self._gradients,
                self._check,
            )
        return found
