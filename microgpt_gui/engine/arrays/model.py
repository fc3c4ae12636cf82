"""What the `numpy` engine trains, and what reads as it does: a model of arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.document import DocumentPass
from microgpt_gui.engine.arrays.memory import Memory
from microgpt_gui.engine.arrays.reader import Reader
from microgpt_gui.engine.arrays.weights import Weights
from microgpt_gui.engine.base import Forward

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.arrays.memory import Floats
    from microgpt_gui.engine.config import ModelConfig


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
        n = len(tokens)
        if not 1 <= n <= self.config.block_size:
            raise ValueError(
                f"the model reads 1 to {self.config.block_size} tokens, not {n}"
            )
        with np.errstate(all="ignore"):
            logits, layers = self.pass_of(n).read(tokens)
        attention = tuple(
            tuple(self._causal(head) for head in weights) for weights in layers
        )
        return Forward(tuple(map(tuple, logits.T.tolist())), attention)

    def _causal(self, head: Floats) -> tuple[tuple[float, ...], ...]:
        """Return the part of [query][key] weights that is not masked."""
        self._check()
        return tuple(tuple(row[: i + 1]) for i, row in enumerate(head.tolist()))

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
