"""The `compiled` engine: what a caller sees of this package."""

from __future__ import annotations

import math
import time
from array import array
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Diverged
from microgpt_gui.engine.compiled.kernels.places import NUMBER
from microgpt_gui.engine.compiled.model import MemoryModel, tokens_of
from microgpt_gui.engine.memory_words import DoesNotFit
from microgpt_gui.engine.reads_at_rest import ReadsAtRest
from microgpt_gui.engine.restorable import Descent, RestorableEngine
from microgpt_gui.engine.state import EngineState
from microgpt_gui.engine.steps import StepsAhead, StepsDone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.engine.base import CancelToken, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig

#: Seconds that a call of machine code shall take, where that is several steps: between
#: two calls the token and the clock are looked at.
CALL_S = 0.002


class CompiledEngine(ReadsAtRest, RestorableEngine):
    """See `Engine`.

    Many steps are made in one call. One whose numbers may run away is made as in other
    engines: the gradient is found and looked at, and so is what a move leads to.
    """

    def __init__(
        self,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> None:
        """See `EngineFactory`.

        Raises:
            NotLoaded: There is no machine code.
        """
        self._model = MemoryModel(config, adam, cancel.check, learns=True)
        self._entries = self._model.entries
        self._places_at = self._model.reading.places_at
        self._steps_a_call = 1
        super().__init__(config, parameters, adam, cancel)

    def _restore(self, state: EngineState) -> None:
        self._model.replace("parameters", state.parameters)
        self._model.replace("m", state.m)
        self._model.replace("v", state.v)

    def state(self) -> EngineState:
        """See `Engine`."""
        numbers = map(self._model.numbers, ("parameters", "m", "v"))
        return EngineState(self.steps_done, *numbers)

    def weights(self) -> array[float]:
        """See `Engine`."""
        return self._model.numbers("parameters")

    def _at_rest(self) -> MemoryModel:
        return self._model

    def train_steps(self, ahead: StepsAhead, until_s: float = math.inf) -> StepsDone:
        """See `Engine`."""
        count, done = len(ahead), 0
        losses, norms = (array("d", bytes(count * NUMBER)) for _ in range(2))
        while done < count:
            self._check()
            if done and time.monotonic() > until_s:
                break
            made = self._train(ahead, done, losses, norms) if self._is_calm else 0
            done += made
            if made:
                self.gradient_norm = norms[done - 1]
                continue
            try:
                document = ahead.document(done)
                losses[done] = self.train_step(document, ahead.learning_rates[done])
            except (Diverged, DoesNotFit):
                if not done:
                    raise
                break  # and whoever goes on meets it again, with all before it safe
            norms[done] = self.gradient_norm
            done += 1
        return StepsDone(losses[:done], norms[:done])

    def _train(
        self,
        ahead: StepsAhead,
        done: int,
        losses: array[float],
        norms: array[float],
    ) -> int:
        """Make some of the steps from ``done`` on; return how many.

        It makes none where the first has to be looked at.
        """
        count = min(self._steps_a_call, len(ahead) - done)
        begun_s = time.perf_counter()
        made = self._call(ahead, done, count, losses, norms, moves=True)
        step_s = (time.perf_counter() - begun_s) / max(made, 1)
        self._steps_a_call = max(1, int(CALL_S / max(step_s, 1e-6)))
        self.steps_done += made
        return made

    def _call(
        self,
        ahead: StepsAhead,
        done: int,
        count: int,
        losses: array[float],
        norms: array[float],
        moves: bool,
    ) -> int:
        """Call machine code for ``count`` steps from ``done`` on: `kernels.train`."""
        arrays = ahead.tokens, ahead.starts, ahead.learning_rates, losses, norms
        tokens, starts, learning_rates, losses_at, norms_at = (
            numbers.buffer_info()[0] for numbers in arrays
        )
        skipped = done * NUMBER
        made: int = self._entries["train"](
            self._places_at,
            tokens,
            starts + skipped,
            learning_rates + skipped,
            count,
            self.steps_done,
            losses_at + skipped,
            norms_at + skipped,
            moves,
        )
        return made

    def _differentiate(self, tokens: Sequence[int]) -> Descent:
        n = min(self.config.block_size, len(tokens) - 1)
        if n < 1:
            raise IndexError("a document has at least two tokens")
        self._check()
        document = tokens_of(self.config, tokens[: n + 1])
        ahead = StepsAhead(document, array("q", (0, n + 1)), array("d", (0.0,)))
        losses, norms = array("d", (0.0,)), array("d", (0.0,))
        is_ordinary = self._call(ahead, 0, 1, losses, norms, moves=False)
        (loss,), (norm,) = losses, norms
        if not math.isfinite(loss):  # then there is no gradient
            norm = math.nan
        elif not is_ordinary:  # squares leave the range of numbers before lengths do
            norm = math.hypot(*self._gradient())
        return Descent(loss, norm, self._move, self._gradient)

    def _gradient(self) -> array[float]:
        return self._model.numbers("gradient")

    def _move(self, learning_rate: float) -> None:
        self._entries["move"](self._places_at, learning_rate, self.steps_done)
