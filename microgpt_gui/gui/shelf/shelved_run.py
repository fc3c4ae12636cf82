"""A run of this window that gave way to another, and the loss that is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.shelf import run_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from microgpt_gui.gui.run.history import LossHistory
    from microgpt_gui.gui.threads.background import Check
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.recipe import Recipe
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo

#: What one step back counts for in the loss that is told of a run.
_WEIGHT = 0.95
_SPAN = 400  # steps; earlier ones count for nothing that could be seen


@dataclass(eq=False, slots=True)
class ShelvedRun:
    """A run that gave way to another; any moment of it can be brought back.

    Attributes:
        name: What people call it.
        is_named: Whether a person chose the name.
        recipe: What its steps have learnt with.
        before: That of the run before it, if there was one.
        info: See `RunInfo`.
        recorder: Its figures and keyframes.
        losses: Of every step, in nats.
        loss: The last ones on average, in nats; see `averaged`.
        trained_s: Time that it was trained for; None where nobody knows.
        is_hidden: Whether it is left out of the list.
        overlay: Number of its look as a line over the current run's, or None.
        divergence: See `RunController`.
    """

    name: str
    is_named: bool
    recipe: Recipe
    before: Recipe | None
    info: RunInfo
    recorder: Recorder
    losses: LossHistory
    trained_s: float | None
    loss: float = field(init=False)
    is_hidden: bool = False
    overlay: int | None = None
    divergence: str = ""

    def __post_init__(self) -> None:
        self.loss = averaged(self.losses.values)

    @property
    def steps(self) -> int:
        """Steps done."""
        return len(self.losses)

    @property
    def config(self) -> RunConfig:
        """The settings of its newest step."""
        return self.recipe.config

    @property
    def changes(self) -> str:
        """What was changed against the run before it, in words; may be empty."""
        return run_words.changes(self.before, self.recipe) if self.before else ""

    def record(self, check: Check) -> RunRecord:
        """Return all of it, as it was at its end; takes a while.

        Args:
            check: Called often; what it raises ends the work.
        """
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.moments.recorded import record_at

        return record_at(self.info, self.recorder, self.steps, check)


def averaged(losses: NDArray[np.float64]) -> float:
    """Return the newest of ``losses`` [step], averaged over about 20 steps, in nats.

    An exponential moving average, corrected for its start. Losses that are not finite
    do not count; nan where there is no other.
    """
    last = losses[-_SPAN:]
    last = last[np.isfinite(last)]
    if not len(last):
        return nan
    weights = _WEIGHT ** np.arange(len(last) - 1, -1, -1.0)
    return float((last * weights).sum() / weights.sum())


def share_budget(runs: Iterable[ShelvedRun], budget_bytes: int) -> None:
    """Let the keyframes of all ``runs`` take no more than ``budget_bytes``.

    Small ones stay as they are; large ones get equal shares of what is left.
    """
    sizes = [(kept.recorder.holdings().size_bytes, kept) for kept in runs]
    sizes.sort(key=_size)
    left = budget_bytes
    for place, (size_bytes, kept) in enumerate(sizes):
        share = left // (len(sizes) - place)
        if size_bytes > share:
            kept.recorder.set_budget(share)
        left = max(0, left - kept.recorder.holdings().size_bytes)


def _size(sized: tuple[int, ShelvedRun]) -> int:
    return sized[0]
