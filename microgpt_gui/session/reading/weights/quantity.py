"""One number for each weight: itself, what it learnt with, or how it has changed."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from microgpt_gui.session.reading.matrices import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.matrices import Matrix
    from microgpt_gui.session.reading.reader import Reader
    from microgpt_gui.session.run_info import RunInfo

    Numbers = memoryview[Any] | array[float]


class Quantity(Enum):
    """What is shown of each weight, at a moment."""

    VALUE = "value"  # the weight
    GRADIENT = "gradient"  # of the loss of the step that made the moment
    M = "m"  # Adam's, after that step, as the engine holds it: not corrected
    V = "v"  # likewise; never below 0
    STEP = "step"  # what that step has changed: after it, less before it
    CHANGE = "change"  # the weight, less that of another moment

    @property
    def is_signed(self) -> bool:
        """Whether it can be below 0."""
        return self is not Quantity.V

    @property
    def is_of_step(self) -> bool:
        """Whether it is of the step that made the moment: of step 0 there is none."""
        return self not in (Quantity.VALUE, Quantity.CHANGE)


@dataclass(frozen=True, slots=True, eq=False)
class WeightNumbers:
    """One number for each weight of a model.

    Attributes:
        moment: Whose weights they are.
        quantity: What is told of each.
        since: For changes, steps done at the moment that the weights changed from; 0
            for others.
        numbers: Row by row in the script's creation order, doubles; None where there
            are none: see ``recorded``, and `Quantity.is_of_step`.
        recorded: Steps that are recorded of the run, where ``since`` is not one of
            them; else None.
    """

    moment: Moment
    quantity: Quantity
    since: int = 0
    numbers: Numbers | None = None
    recorded: int | None = None

    @property
    def step(self) -> int:
        """Steps done at the moment."""
        return self.moment.step

    @property
    def chars(self) -> str:
        """The alphabet; BOS follows it."""
        return self.moment.chars

    @property
    def config(self) -> RunConfig:
        """The settings that the newest step learnt with."""
        return self.moment.config

    def matrices(self) -> tuple[Matrix, ...]:
        """Return the numbers by matrix; nothing where there are none."""
        return () if self.numbers is None else named(self.moment.model, self.numbers)


def values(moment: Moment) -> WeightNumbers:
    """Return the weights of ``moment`` themselves; nothing is copied."""
    return WeightNumbers(moment, Quantity.VALUE, numbers=moment.weights)


def weight_numbers(
    moment: Moment,
    info: RunInfo,
    quantity: Quantity,
    since: int,
    check: Callable[[], None],
    reader: Reader,
) -> WeightNumbers:
    """Return what is told of each weight of ``moment``.

    All but the weights, and their changes from a keyframe on, are brought back by
    replay: they are the engine's own, to the last bit.

    Args:
        moment: Whose weights.
        info: Of its run.
        quantity: What is told of each.
        since: For `Quantity.CHANGE`, the steps done at the other moment, which may be a
            later one.
        check: Called often; what it raises ends the work.
        reader: Has the run's recorder.
    """
    if quantity is Quantity.VALUE:
        return values(moment)
    if quantity is Quantity.CHANGE:
        recorded = len(reader.recorder().figures)
        if since > recorded:
            return WeightNumbers(moment, quantity, since, recorded=recorded)
        before = reader.past(since, info, check).weights
        return WeightNumbers(moment, quantity, since, changed(moment.weights, before))
    if moment.step == 0:
        return WeightNumbers(moment, quantity)
    learnt = reader.step_of(moment, info, check)
    if quantity is Quantity.STEP:
        change = changed(learnt.after.parameters, learnt.before.parameters)
        return WeightNumbers(moment, quantity, moment.step - 1, change)
    numbers = {
        Quantity.GRADIENT: learnt.gradient,
        Quantity.M: learnt.after.m,
        Quantity.V: learnt.after.v,
    }[quantity]
    return WeightNumbers(moment, quantity, numbers=numbers)


def changed(after: Numbers, before: Numbers) -> array[float]:
    """Return ``after`` less ``before``, number by number, each rounded once."""
    # Not at the top: the first window needs none of it.
    import numpy as np

    with np.errstate(all="ignore"):
        difference = np.subtract(np.frombuffer(after), np.frombuffer(before))
    numbers = array("d")
    numbers.frombytes(difference.tobytes())
    return numbers
