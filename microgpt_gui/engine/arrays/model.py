"""What the `numpy` engine trains, and what reads as it does: a model of arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.document import DocumentPass
from microgpt_gui.engine.arrays.memory import Memory
from microgpt_gui.engine.arrays.reader import Reader
from microgpt_gui.engine.arrays.trace import by_position, causal
from microgpt_gui.engine.arrays.weights import Weights
from microgpt_gui.engine.base import Forward
from microgpt_gui.engine.inference import check_length

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.arrays.memory import Floats
    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.trace import Trace, Vectors


class NumpyModel:
    """See `Model`.

    Attributes:
        weights: It reads them as they are, in the array that it was given.
        gradients: What a pass that learns finds.
    """

    def __init__(
        self,
        config: ModelConfig,
        weights: array[float] | Floats,
        check: Callable[[], None],
    ) -> None:
        """See `ModelFactory`."""
        self.config = config
        self.weights = Weights(config, np.frombuffer(weights))
        self.gradients = Weights(config, np.zeros(config.num_params))
        self._check = check
        self._memory = Memory()
        self._passes: dict[int, DocumentPass] = {}

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Model`."""
        check_length(self.config, tokens)
        with np.errstate(all="ignore"):
            logits, layers = self.pass_of(len(tokens)).read(tokens)
        attention = tuple(
            tuple(self._causal(head) for head in weights) for weights in layers
        )
        return Forward(by_position(logits), attention)

    def attention(self, tokens: Sequence[int]) -> list[Floats]:
        """Return each layer's attention weights, [head][query][key].

        The next document writes over them. What a query cannot see has 0; where numbers
        run away, some are NaN.
        """
        check_length(self.config, tokens)
        self._check()
        with np.errstate(all="ignore"):
            return self.pass_of(len(tokens)).read(tokens)[1]

    def _causal(self, head: Floats) -> Vectors:
        self._check()
        return causal(head)

    def trace(self, tokens: Sequence[int]) -> Trace:
        """See `Model`."""
        check_length(self.config, tokens)
        with np.errstate(all="ignore"):
            return self.pass_of(len(tokens)).trace(tokens)

    def start_sequence(self) -> Callable[[int], list[float]]:
        """See `Model`."""
        return Reader(self.config, self.weights, self._check)

    def pass_of(self, n: int) -> DocumentPass:
        """Return the pass for documents of ``n`` tokens, which is made only once."""
        found = self._passes.get(n)
        if found is None:
            found = self._passes[n] = DocumentPass(
                self.config,
                n,
                self._memory,
                self.weights,
                self.gradients,
                self._check,
            )
        return found
