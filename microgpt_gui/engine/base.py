"""The contract every engine keeps. Nothing here knows of threads or Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.config import AdamConfig, ModelConfig
    from microgpt_gui.engine.state import EngineState
    from microgpt_gui.engine.steps import StepsAhead, StepsDone
    from microgpt_gui.engine.trace import Trace

Matrix = list[list[float]]

#: Matrices by the script's names, in its creation order: [row][column], a row for
#: each output, a column for each input.
Parameters = dict[str, Matrix]

#: Attention weights, indexed [layer][head][query][key]; row ``query`` holds
#: ``query + 1`` weights that sum to 1 (causal: no key after the query).
Attention = tuple[tuple[tuple[tuple[float, ...], ...], ...], ...]


#: What `math` and powers raise where numbers run away.
RUNAWAY_ERRORS = (ValueError, OverflowError, ZeroDivisionError)


class Cancelled(Exception):
    """A long computation was told to stop; the engine that raised it is spent."""


class Diverged(ArithmeticError):
    """A step left the range of floating-point numbers; the engine is as before it.

    The message is for people.

    Attributes:
        step: The number of that step, from 0: so many were done before it.
    """

    def __init__(self, step: int) -> None:
        super().__init__(
            f"Training diverged at step {step + 1:,}: its numbers left the range that "
            "a computer can hold; a smaller learning rate keeps them in it."
        )
        self.step = step

    def __reduce__(self) -> tuple[type[Diverged], tuple[int]]:
        """Let it be pickled: by its step, not by its message."""
        return type(self), (self.step,)


class CancelToken:
    """A flag that one thread raises and another looks at inside long computations.

    Attributes:
        flag: One byte, 1 once it is raised: memory that may be looked at from anywhere.
    """

    __slots__ = ("flag",)

    def __init__(self, flag: bytearray | memoryview | None = None) -> None:
        """Make one that is not raised, or another look at a flag that there is."""
        self.flag = bytearray(1) if flag is None else flag

    def cancel(self) -> None:
        """Make every later `check` raise. May be called from any thread."""
        self.flag[0] = 1

    def check(self) -> None:
        """Return at once, unless cancelled.

        Raises:
            Cancelled: `cancel` was called.
        """
        if self.flag[0]:
            raise Cancelled


class CheckedBy(CancelToken):
    """A token that asks a function whether to go on."""

    __slots__ = ("_ask",)

    def __init__(self, ask: Callable[[], None]) -> None:
        super().__init__()
        self._ask = ask

    def check(self) -> None:
        """See the base class; what the function raises comes out instead."""
        self._ask()


@dataclass(frozen=True, slots=True)
class Forward:
    """What a model says of a token sequence of n tokens."""

    logits: tuple[tuple[float, ...], ...]  # [position][vocab]
    attention: Attention


@dataclass(frozen=True, slots=True)
class Gradient:
    """What a document has to say to a model.

    Attributes:
        loss: Mean cross-entropy over the positions, in nats.
        numbers: Its derivative by each parameter, row by row in the script's creation
            order.
    """

    loss: float
    numbers: array[float]


class Model(Protocol):
    """A GPT that says what comes next. Belongs to one thread at a time.

    Attributes:
        config: Its sizes.
    """

    config: ModelConfig

    def forward(self, tokens: Sequence[int]) -> Forward:
        """Return logits and attention for 1 to ``block_size`` tokens; learn nothing.

        Raises:
            ValueError: There are none, or too many.
        """

    def trace(self, tokens: Sequence[int]) -> Trace:
        """Return every number that `forward` goes through, its results among them."""

    def start_sequence(self) -> Callable[[int], list[float]]:
        """Begin reading token by token, with a cache of keys and values.

        Returns:
            A function that takes the next token id and returns ``vocab_size`` logits
            for the one after it; callable ``block_size`` times. It reads the weights
            as they are: do not train while it is in use.
        """


class Engine(Model, Protocol):
    """A GPT that can learn from one document and say what comes next.

    An engine belongs to one thread at a time. It holds parameters and Adam's moments;
    data, learning rate schedule and random streams belong to its caller.

    Attributes:
        steps_done: Optimizer steps so far; Adam's bias correction counts by it.
        gradient_norm: Euclidean length of the whole gradient of the last step; NaN if
            this engine has made none since it was made or last loaded. The same run
            gives the same number again in the same engine; other engines add its
            squares in other orders, and agree within rounding.
    """

    steps_done: int
    gradient_norm: float

    def train_step(self, tokens: Sequence[int], learning_rate: float) -> float:
        """Learn from one document.

        Args:
            tokens: BOS, the document's ids, BOS. The first ``min(block_size,
                len(tokens) - 1)`` are read, each to predict the one after it.
            learning_rate: Adam's, already decayed for this step.

        Returns:
            The mean cross-entropy over the positions, in nats, before the update.

        Raises:
            Cancelled: The engine's token was cancelled in mid-step.
            Diverged: A token's probability is 0, or the loss, or a gradient, weight or
                moment would not be finite. Nothing is changed.
        """

    def train_steps(self, ahead: StepsAhead, until_s: float = math.inf) -> StepsDone:
        """Do steps in order, with the numbers that `train_step` gives one by one.

        Args:
            ahead: What they learn from.
            until_s: By the clock of `time.monotonic`. Once it has passed, no more steps
                are begun, but for the first, or for those of a small group.

        Returns:
            What those done have found: at least one, if there is any. Fewer than asked
            for where time was up, or where the one after them cannot be done.

        Raises:
            Cancelled: The engine's token was cancelled, between steps or in mid-step.
            Diverged: The first step cannot be done, see `train_step`; all is as before.
        """

    def gradient(self, tokens: Sequence[int]) -> Gradient:
        """Return what `train_step` would learn by; learn nothing.

        Args:
            tokens: See `train_step`.

        Raises:
            Cancelled, Diverged: See `train_step`.
        """

    def weights(self) -> array[float]:
        """Return a copy of all parameters, row by row in the script's creation order.

        It is what ``state().parameters`` is, for a third of the price.
        """

    def parameters(self) -> Parameters:
        """Return a copy of every matrix."""

    def load_parameters(
        self, parameters: Mapping[str, Sequence[Sequence[float]]]
    ) -> None:
        """Replace every matrix. Adam's moments and ``steps_done`` go back to zero.

        Raises:
            ValueError: A name or a shape is not the model's; says which.
        """

    def state(self) -> EngineState:
        """Return a copy of all that training has made, for any engine to go on from.

        An engine of the same kind that loads it, with the same sizes and decay rates,
        goes on exactly as this one does; all engines whose numbers are the script's
        count as one kind. ``gradient_norm`` is not part of it.
        """

    def load_state(self, state: EngineState) -> None:
        """Replace every matrix, Adam's moments and ``steps_done``.

        Raises:
            ValueError: The state is one of a model of another size; says what differs.
        """


class EngineFactory(Protocol):
    """How an engine is made: what every value of ``ENGINES`` can be called with."""

    def __call__(
        self,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> Engine:
        """Return an engine that starts from ``parameters`` (it may keep the lists)."""


class ModelFactory(Protocol):
    """How a model that cannot learn is made."""

    def __call__(
        self, config: ModelConfig, weights: array[float], check: Callable[[], None]
    ) -> Model:
        """Return a model of ``weights``, which nobody writes to. See `EngineEntry`."""
