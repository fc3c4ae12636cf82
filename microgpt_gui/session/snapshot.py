"""The news of a run that cross from the training thread to the window."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.matrices import Matrix as Weights
from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.shown_text import BOS_LABEL
from microgpt_gui.session.reading.text import TextReading, read_text
from microgpt_gui.session.run_info import RunInfo
from microgpt_gui.session.sample_batch import (
    COUNT_RANGE,
    TEMPERATURE_RANGE,
    Sample,
    SampleBatch,
    SampleRequest,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.reading.reader import Reader

# The window still asks for these here.
__all__ = [
    "BOS_LABEL",
    "COUNT_RANGE",
    "TEMPERATURE_RANGE",
    "Look",
    "RunInfo",
    "Sample",
    "SampleBatch",
    "SampleRequest",
    "Snapshot",
    "Weights",
]


@dataclass(frozen=True, slots=True)
class Look(TextReading):
    """A text as a model reads it, and the model's matrices beside it."""

    weights: tuple[Weights, ...] = ()  # in the script's creation order

    @classmethod
    def at(
        cls, moment: Moment, text: str, check: Callable[[], None], reader: Reader
    ) -> Look:
        """Return ``text`` as `read_text` reads it, with the moment's matrices."""
        reading = read_text(moment, text, check, reader)
        fields_of = {f.name: getattr(reading, f.name) for f in fields(reading)}
        return cls(**fields_of, weights=matrices(moment))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """News of a run; safe to share between threads."""

    run_id: int
    step: int  # steps done
    losses: array[float]  # nats; of steps ``step - len(losses)`` to ``step - 1``
    look: Look | None = None  # None where there was no time for a new one
    moment: Moment | None = None  # likewise

    def plain(self) -> tuple[Any, ...]:
        """Return this in numbers, texts and bytes, which any interpreter can share.

        What an earlier `look` saw stays behind.
        """
        moment = None if self.moment is None else self.moment.plain()
        return self.run_id, self.step, self.losses.tobytes(), moment

    @classmethod
    def of_plain(cls, values: tuple[Any, ...]) -> Snapshot:
        """Return the news that `plain` made ``values`` of."""
        run_id, step, losses, moment = values
        return cls(
            run_id,
            step,
            array("d", losses),
            moment=None if moment is None else Moment.of_plain(moment),
        )
