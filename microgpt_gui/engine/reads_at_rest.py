"""Engines that read with a model of the same numbers, which cannot learn."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from microgpt_gui.engine.parameters import unflattened

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.base import Forward, Model, Parameters
    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.trace import Trace


class ReadsAtRest(ABC):
    """The part of `Engine` that learns nothing."""

    config: ModelConfig

    @abstractmethod
    def weights(self) -> array[float]:
        """See `Engine`."""

    @abstractmethod
    def _at_rest(self) -> Model:
        """Return the model as it is now."""

    def parameters(self) -> Parameters:
        """See `Engine`."""
        return unflattened(self.config, self.weights())

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Engine`."""
        return self._at_rest().forward(tokens)

    def trace(self, tokens: Sequence[int]) -> Trace:
        """See `Engine`."""
        return self._at_rest().trace(tokens)

    def start_sequence(self) -> Callable[[int], list[float]]:
        """See `Engine`."""
        return self._at_rest().start_sequence()
