"""A model at one step of a run, as a value.

All that can be seen of it is computed from this value alone: see `session.reading`. It
is the same whether it comes from the trainer, from a replay, or from a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.moments.alteration import UNALTERED, Alteration
from microgpt_gui.session.run_info import RunInfo

if TYPE_CHECKING:
    from array import array

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A model at rest. Safe to share between threads: nobody writes to it.

    Two are equal if all but ``run_id`` is, the weights bit for bit: where a moment came
    from is not part of what it is.

    Attributes:
        run_id: Of the run that it came from.
        step: Steps done, at least 0.
        chars: The alphabet, sorted; BOS follows it.
        config: The settings that the newest step learnt with; before the first step,
            those that the run begins with.
        document: What the newest step learnt from; before the first step, what that
            will learn from. Empty where the run's text is not at hand.
        weights: All parameters, row by row in the script's creation order: doubles,
            ``model.num_params`` of them.
        alteration: What is otherwise in them than in the run's own; see `altered`.

    Raises:
        ValueError: The weights are not as many doubles as the settings and the alphabet
            ask for; says what came.
    """

    run_id: int
    step: int
    chars: str
    config: RunConfig
    document: str
    weights: array[float]
    alteration: Alteration = UNALTERED

    def __post_init__(self) -> None:
        wanted, weights = self.model.num_params, self.weights
        if weights.typecode != "d" or len(weights) != wanted:
            raise ValueError(
                f"this model has {wanted} weights, doubles of type code 'd', "
                f"not {len(weights)} of {weights.typecode!r}"
            )

    @classmethod
    def of(cls, info: RunInfo, step: int, weights: array[float]) -> Moment:
        """Return the moment of a run after ``step`` steps.

        Args:
            info: Of the run, with what was in force then.
            step: Steps done.
            weights: After them; nobody may write to them any more.
        """
        learnt = info.segment_learnt(step)
        return cls(
            run_id=info.run_id,
            step=step,
            chars=info.chars,
            config=learnt.config,
            document=learnt.document_of(max(step - 1, 0)) if learnt.docs else "",
            weights=weights,
        )

    @classmethod
    def of_record(cls, record: RunRecord, run_id: int = 0) -> Moment:
        """Return the moment at the end of a recorded run."""
        info = RunInfo.of(record, run_id)
        return cls.of(info, record.steps_done, record.state.parameters)

    @property
    def model(self) -> ModelConfig:
        """The model's sizes."""
        return self.config.model(len(self.chars) + 1)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Moment):
            return NotImplemented
        if self is other:
            return True
        return self._but_weights() == other._but_weights() and (
            self.weights is other.weights or _bits(self.weights) == _bits(other.weights)
        )

    def __hash__(self) -> int:
        return hash(self._but_weights())

    def _but_weights(self) -> tuple[object, ...]:
        return self.step, self.chars, self.config, self.document, self.alteration


def _bits(numbers: array[float]) -> memoryview[int]:
    """Return ``numbers`` as whole ones: of these, 0 and -0 differ, and NaN is NaN."""
    return memoryview(numbers).cast("B").cast("q")
