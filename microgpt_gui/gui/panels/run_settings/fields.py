"""The number settings as people see them: words, units, ranges, what arrows do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.config import MAX_LEARNING_RATE, RANGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: (value, whether up, the draft's values) to the next value that an arrow gives.
    Neighbour = Callable[[float, bool, Mapping[str, object]], float]

#: A number, or what was typed in its place.
Value = int | float | str


def _by_one(value: float, up: bool, _values: Mapping[str, object]) -> float:
    return value + (1 if up else -1)


def _by_heads(value: float, up: bool, values: Mapping[str, object]) -> float:
    """Step n_embd so that n_head goes on dividing it."""
    heads = values["n_head"]
    step = heads if isinstance(heads, int) and heads > 0 else 1
    return (value // step + 1) * step if up else (math.ceil(value / step) - 1) * step


def _by_divisor(value: float, up: bool, values: Mapping[str, object]) -> float:
    """Step n_head among the divisors of n_embd."""
    width = values["n_embd"]
    if not isinstance(width, int) or width < 1:
        return _by_one(value, up, values)
    return _next([d for d in range(1, width + 1) if width % d == 0], value, up)


def _by_ladder(value: float, up: bool, _values: Mapping[str, object]) -> float:
    """Step along 1, 2, 5, 10, 20, 50 and so on, and their decimal fractions."""
    rungs = [float(f"{digit}e{power}") for power in range(-6, 7) for digit in (1, 2, 5)]
    return _next(rungs, value, up)


def _by_decay(value: float, up: bool, _values: Mapping[str, object]) -> float:
    """Step a decay rate, in finer steps towards 1."""
    return _next(
        [0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999], value, up
    )


def _by_share(value: float, up: bool, _values: Mapping[str, object]) -> float:
    """Step a share of the documents, in finer steps towards 0."""
    return _next([0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5], value, up)


def _by_count(value: float, up: bool, _values: Mapping[str, object]) -> float:
    """Step along 0, 1, 2, 5, 10, 20, 50 and so on."""
    rungs = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]
    return _next([0, *rungs], value, up)


def _next(rungs: list[float] | list[int], value: float, up: bool) -> float:
    if up:
        return next((rung for rung in rungs if rung > value), value)
    return next((rung for rung in reversed(rungs) if rung < value), value)


@dataclass(frozen=True, slots=True)
class NumberField:
    """One setting that is a number.

    Attributes:
        name: In `RunConfig`, and in the script.
        label: In plain words.
        meaning: One sentence for a class.
        allowed: The range, with its unit.
        is_whole: Whether it is a whole number.
        neighbour: What the arrows do.
        zero: What stands for 0; may be typed too.
    """

    name: str
    label: str
    meaning: str
    allowed: str
    is_whole: bool
    neighbour: Neighbour
    zero: str = "0"

    def parse(self, text: str) -> Value:
        """Return the number that ``text`` is, or ``text`` where it is none."""
        bare = text.strip().replace(" ", "")
        if bare.lower() == self.zero:
            bare = "0"
        try:
            if self.is_whole:
                return int(bare.replace(",", ""))
            return float(bare.replace(",", "."))
        except ValueError:
            return text.strip()

    def write(self, value: object) -> str:
        """Return ``value`` as the box shows it."""
        if value == 0:
            return self.zero
        return str(value).removesuffix(".0") if isinstance(value, float) else str(value)

    def step(self, value: float, up: bool, values: Mapping[str, object]) -> Value:
        """Return the next value that an arrow gives, within the range."""
        stepped = self.neighbour(value, up, values)
        if not self.is_whole:
            return min(float(stepped), MAX_LEARNING_RATE)
        low, high = RANGES[self.name]
        return min(max(int(stepped), low), high)


def _whole(
    name: str,
    label: str,
    unit: str,
    meaning: str,
    neighbour: Neighbour = _by_one,
    zero: str = "0",
) -> NumberField:
    low, high = RANGES[name]
    return NumberField(
        name, label, meaning, f"{low:,} to {high:,}{unit}", True, neighbour, zero
    )


MODEL_FIELDS = (
    _whole(
        "n_layer",
        "Layers",
        " layers",
        "How many rounds of attending and thinking each letter goes through, one after "
        "another.",
    ),
    _whole(
        "n_embd",
        "Embedding size",
        " numbers; n_head must divide it",
        "How many numbers stand for each letter inside the model.",
        _by_heads,
    ),
    _whole(
        "n_head",
        "Heads",
        " heads; must divide n_embd",
        "In how many ways each layer looks back at once; the heads share the "
        "embedding.",
        _by_divisor,
    ),
    _whole(
        "block_size",
        "Context length",
        " tokens",
        "How far back the model can see, BOS included, the token that every text "
        "begins with; no text it writes is longer.",
    ),
)

TRAINING_FIELDS = (
    _whole(
        "steps",
        "Steps",
        " steps; applies at once",
        "How many documents to learn from, one a step; the learning rate reaches 0 "
        "after the last.",
        _by_ladder,
    ),
    NumberField(
        "learning_rate",
        "Learning rate",
        "About how far a step moves a weight at first; too high, and the loss jumps.",
        f"above 0, at most {MAX_LEARNING_RATE:g}, of step 0 or a fork; applies at once",
        False,
        _by_ladder,
    ),
    _whole(
        "seed",
        "Seed",
        "",
        "The number all chance comes from: same seed and settings, same run to the "
        "last digit.",
    ),
    NumberField(
        "beta1",
        "Adam beta1",
        "Momentum: how much of its direction a weight keeps from step to step. Near 1 "
        "it swings, at 0 it follows every document.",
        "0 to below 1; Adam's decay rate of the gradient's mean",
        False,
        _by_decay,
    ),
    NumberField(
        "beta2",
        "Adam beta2",
        "How long Adam remembers how large a weight's gradients are, to give each "
        "weight steps that fit.",
        "0 to below 1; Adam's decay rate of the squared gradient's mean",
        False,
        _by_decay,
    ),
)

#: Which documents are learnt from.
DOCUMENT_FIELDS = (
    NumberField(
        "held_out",
        "Held out",
        "The share of the documents that no step learns from: their loss tells what is "
        "learnt from what is known by heart.",
        "0 to below 1; the last documents of the shuffled order",
        False,
        _by_share,
    ),
    _whole(
        "train_documents",
        "Train on first",
        " documents of the shuffled order; 0 is all",
        "How many documents there are to learn from, over and over. A few are soon "
        "known by heart: then a low loss says nothing.",
        _by_count,
        "all",
    ),
)

FIELDS = {
    field.name: field for field in (*MODEL_FIELDS, *TRAINING_FIELDS, *DOCUMENT_FIELDS)
}
