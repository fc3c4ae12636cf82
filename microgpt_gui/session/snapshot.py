"""The frozen values that cross from the training thread to the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from microgpt_gui.session.segment import segment_of

if TYPE_CHECKING:
    from array import array

    from microgpt_gui.engine.base import Attention
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.shuffled import Shuffled

#: How the token that begins and ends a document is written on axes and in words.
BOS_LABEL = "BOS"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What is known of a run before its first step."""

    run_id: int  # grows with every new run: lets the window drop late arrivals
    segments: tuple[Segment, ...]  # what held from which step on; the last is in force
    chars: str  # the alphabet, sorted; BOS follows it
    num_params: int
    stream: tuple[Any, ...]  # of its random numbers, as training leaves it
    first_step: int = 0  # steps that were done when it began

    @classmethod
    def of(cls, record: RunRecord, run_id: int = 0) -> RunInfo:
        """Return what is known of a run that goes on from ``record``."""
        return cls(
            run_id=run_id,
            segments=record.segments,
            chars=record.chars,
            num_params=len(record.state.parameters),
            stream=record.stream,
            first_step=record.steps_done,
        )

    @property
    def config(self) -> RunConfig:
        """The settings it began with."""
        return self.segments[-1].config

    @property
    def title(self) -> str:
        """What people call the dataset."""
        return self.segments[-1].dataset.title

    @property
    def docs(self) -> Shuffled:
        """The documents, shuffled."""
        return self.segments[-1].docs

    @property
    def vocab_size(self) -> int:
        """Number of token ids: the characters and BOS."""
        return len(self.chars) + 1

    def document_of(self, step: int) -> str:
        """Return the document that ``step`` (from 0) learns from."""
        return segment_of(self.segments, step).document_of(step)


@dataclass(frozen=True, slots=True)
class Weights:
    """One matrix of the model: a row for each output, a column for each input."""

    name: str  # the script's
    rows: int
    columns: int
    numbers: array[float]  # row by row; nobody writes to it


@dataclass(frozen=True, slots=True)
class Look:
    """The model after ``step`` steps: its attention over a text, and its weights."""

    step: int
    text: str  # what was looked at; at most block_size - 1 characters of it are shown
    labels: tuple[str, ...]  # one a position; the first is BOS_LABEL
    attention: Attention  # [layer][head][query][key]
    is_document: bool  # the run's own document, since no text was asked for
    weights: tuple[Weights, ...] = ()  # in the script's creation order
    problem: str = ""  # why the text asked for is not what is shown; for people
    note: str = ""  # what was changed in the text asked for, to show it; for people


@dataclass(frozen=True, slots=True)
class Snapshot:
    """News of a run; safe to share between threads."""

    run_id: int
    step: int  # steps done
    losses: tuple[float, ...]  # nats; of steps ``step - len(losses)`` to ``step - 1``
    look: Look | None  # None where there was no time for a new one


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """What to draw.

    Raises:
        ValueError: A value is out of range; the message says what is allowed.
    """

    temperature: float = 0.5  # 0.05 to 2; below 1 prefers the likely
    seed: int | None = None  # None: a copy of the run's own stream, as the script's
    count: int = 20
    prompt: str = ""

    def __post_init__(self) -> None:
        low, high = TEMPERATURE_RANGE
        if not low <= self.temperature <= high:
            raise ValueError(
                f"temperature must be from {low:g} to {high:g}, "
                f"not {self.temperature!r}"
            )
        low_count, high_count = COUNT_RANGE
        if not low_count <= self.count <= high_count:
            raise ValueError(
                f"count must be from {low_count} to {high_count}, not {self.count!r}"
            )


TEMPERATURE_RANGE = (0.05, 2.0)
COUNT_RANGE = (1, 200)


@dataclass(frozen=True, slots=True)
class Sample:
    """One hallucinated document."""

    text: str
    probabilities: tuple[float, ...]  # of each character, at the request's temperature
    log_probability: float  # nats; of the whole, its end included, prompt excluded
    is_known: bool  # a document, cut as training cuts it, letter by letter
    is_valid: bool | None  # whether the dataset's rule holds; None where it has no rule


@dataclass(frozen=True, slots=True)
class SampleBatch:
    """What a request has brought so far."""

    run_id: int
    request: SampleRequest
    step: int  # steps done when it was drawn
    samples: tuple[Sample, ...]
    is_complete: bool
    problem: str = ""  # why nothing could be drawn; for people
    taken: str = ""  # what was made of the prompt, to be of the alphabet's letters

    @property
    def given(self) -> int:
        """How many letters of each sample were given, not drawn."""
        return len(self.taken or self.request.prompt)

    @property
    def is_cut_short(self) -> bool:
        """Whether it ended before all samples were drawn, for want of time."""
        is_short = len(self.samples) < self.request.count
        return self.is_complete and is_short and not self.problem
