"""The settings that decide a run; equal settings give equal runs, bit for bit."""

from __future__ import annotations

import math
from array import array
from dataclasses import asdict, dataclass, replace
from typing import Any

from microgpt_gui.data.reading import PARTINGS, Parting, Reading
from microgpt_gui.engine import DEFAULT_ENGINE, ENGINES
from microgpt_gui.engine.config import (
    INTEGER_RANGES,
    AdamConfig,
    ConfigError,
    ModelConfig,
    check_integer,
)

__all__ = [
    "LIVE_SETTINGS",
    "MAX_LEARNING_RATE",
    "RANGES",
    "ConfigError",
    "RunConfig",
]

#: Allowed whole numbers by setting, both ends included.
RANGES: dict[str, tuple[int, int]] = {
    **INTEGER_RANGES,
    "steps": (1, 1_000_000),
    "decay_steps": (0, 1_000_000),
    "decay_start": (0, 1_000_000),
    "seed": (0, 2**31 - 1),
    "train_documents": (0, 1_000_000),
}

#: Adam moves a weight by about the learning rate a step: above 1, nothing is learnt.
MAX_LEARNING_RATE = 1.0

#: Settings that a run can take up in mid-course; all others need a new model.
LIVE_SETTINGS = frozenset({"learning_rate", "steps", "decay_steps", "decay_start"})


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Everything that decides a run. Defaults are microgpt's.

    Raises:
        ConfigError: A value is not allowed; its ``field`` names the setting and the
            message says what is.
    """

    dataset: str = "names"  # a key of DATASETS, or the path of a text file
    engine: str = DEFAULT_ENGINE  # a key of ENGINES
    seed: int = 42  # of the one stream that shuffles, draws the weights, and samples
    steps: int = 1000
    n_layer: int = 1
    n_embd: int = 16
    n_head: int = 4
    block_size: int = 16
    learning_rate: float = 0.01  # of ``decay_start``; see `learning_rate_at`
    decay_steps: int = 0  # the step at which it would come to 0; 0 means ``steps``
    decay_start: int = 0  # the step that the rate falls from; a new run has 0
    beta1: float = 0.85
    beta2: float = 0.99
    documents: Parting = "lines"  # what one document of a text file is
    leave_out_mark: bool = False  # a byte order mark is no letter of the text
    held_out: float = 0.0  # share of the documents, the last in order; see `split`
    train_documents: int = 0  # only the first so many are learnt from; 0 means all

    def __post_init__(self) -> None:
        if not self.dataset:
            raise ConfigError("dataset", "dataset must name a dataset or a text file")
        if self.engine not in ENGINES:
            raise ConfigError(
                "engine",
                f"engine must be one of {', '.join(ENGINES)}, not {self.engine!r}",
            )
        if self.documents not in PARTINGS:
            raise ConfigError(
                "documents",
                f"documents must be {' or '.join(PARTINGS)}, not {self.documents!r}",
            )
        for field in ("seed", "steps", "decay_steps", "decay_start", "train_documents"):
            check_integer(field, getattr(self, field), *RANGES[field])
        if not 0 <= self.held_out < 1:
            raise ConfigError(
                "held_out",
                f"held_out must be a share of at least 0 and below 1, "
                f"not {self.held_out!r}",
            )
        rate = self.learning_rate
        if not (math.isfinite(rate) and 0 < rate <= MAX_LEARNING_RATE):
            raise ConfigError(
                "learning_rate",
                f"learning_rate must be above 0 and at most {MAX_LEARNING_RATE:g}, "
                f"not {rate!r}",
            )
        self.adam()
        self.model(vocab_size=2)

    @property
    def reading(self) -> Reading:
        """How the text is read."""
        return Reading(self.documents, self.leave_out_mark)

    def on(self, dataset: str) -> RunConfig:
        """Return these settings for another dataset, read as the script reads it."""
        usual = {"documents": "lines", "leave_out_mark": False}
        return replace(self, dataset=dataset, **usual)  # type: ignore[arg-type]

    def model(self, vocab_size: int) -> ModelConfig:
        """Return the model's sizes, given the corpus's ``vocab_size``."""
        return ModelConfig(
            vocab_size, self.n_layer, self.n_embd, self.n_head, self.block_size
        )

    def adam(self) -> AdamConfig:
        """Return the optimizer's constants."""
        return AdamConfig(self.beta1, self.beta2)

    def learning_rate_at(self, step: int) -> float:
        """Return the learning rate of ``step`` (from 0).

        At ``decay_start`` it is ``learning_rate``, to the last bit. From there it falls
        linearly; after the last step before `decay_end` it stays as it is.
        """
        start, end = self.decay_start, self.decay_end
        if end <= start:
            return self.learning_rate
        return self.learning_rate * (1 - (min(step, end - 1) - start) / (end - start))

    def learning_rates(self, start: int, stop: int) -> array[float]:
        """Return `learning_rate_at` of the steps from ``start`` up to ``stop``."""
        first, end = self.decay_start, self.decay_end
        if end <= first or start >= end - 1:
            return array("d", [self.learning_rate_at(start)]) * (stop - start)
        rate, width = self.learning_rate, end - first
        falling = range(start, min(stop, end))
        rates = array("d", [rate * (1 - (s - first) / width) for s in falling])
        if stop > end:
            rates.extend(rates[-1:] * (stop - end))
        return rates

    @property
    def decay_end(self) -> int:
        """The step at which the learning rate would come to 0."""
        return self.decay_steps or self.steps

    def of_new_run(self) -> RunConfig:
        """Return what a new run has of these: its learning rate falls from step 0."""
        return replace(self, decay_start=0)

    def with_next_seed(self) -> RunConfig:
        """Return the same settings with the next seed; after the last comes 0."""
        _, high = RANGES["seed"]
        return replace(self, seed=self.seed + 1 if self.seed < high else 0)

    def differences(self, other: RunConfig) -> dict[str, tuple[Any, Any]]:
        """Return the settings in which ``other`` differs: name to (ours, theirs)."""
        ours, theirs = asdict(self), asdict(other)
        return {k: (ours[k], theirs[k]) for k in ours if ours[k] != theirs[k]}
