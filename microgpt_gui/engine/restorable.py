"""What every engine does alike: it starts, and goes on from any state."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from array import array
from typing import TYPE_CHECKING

from microgpt_gui.engine.parameters import check_shapes, flattened
from microgpt_gui.engine.state import EngineState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microgpt_gui.engine.base import CancelToken, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig


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
        check_shapes(self.config, parameters)
        zeros = array("d", bytes(8 * self.config.num_params))
        self.load_state(
            EngineState(0, flattened(self.config, parameters), zeros, zeros)
        )

    def load_state(self, state: EngineState) -> None:
        """See `Engine`."""
        state.check_size(self.config.num_params)
        self._restore(state)
        self.steps_done = state.steps_done
        self.gradient_norm = math.nan

    @abstractmethod
    def _restore(self, state: EngineState) -> None:
        """Copy all numbers of ``state``, whose sizes are right."""
