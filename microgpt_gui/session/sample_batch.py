"""What can be drawn from a model, and what was drawn."""

from __future__ import annotations

from dataclasses import dataclass

from microgpt_gui.session.moments.alteration import UNALTERED, Alteration


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
    alteration: Alteration = UNALTERED  # of the scratch copy that drew it, if any
    trains_on_all: bool = True  # whether every document of the text is one to train on

    @property
    def given(self) -> int:
        """How many letters of each sample were given, not drawn."""
        return len(self.taken or self.request.prompt)

    @property
    def is_cut_short(self) -> bool:
        """Whether it ended before all samples were drawn, for want of time."""
        is_short = len(self.samples) < self.request.count
        return self.is_complete and is_short and not self.problem

    def letter(self, row: int, place: int, block_size: int) -> SampledLetter:
        """Return what a letter was drawn with.

        Args:
            row: Of its sample.
            place: Of the letter in it.
            block_size: Of the model: a sample of so many letters was ended by none.
        """
        given = self.given
        used = 0
        for sample in self.samples[:row]:
            used += len(sample.text) - given + (len(sample.text) < block_size)
        return SampledLetter(
            step=self.step,
            temperature=self.request.temperature,
            seed=self.request.seed,
            prefix=self.samples[row].text[:place],
            before=used if place >= given else 0,
            drawn=max(0, place - given),
            alteration=self.alteration,
        )


@dataclass(frozen=True, slots=True)
class SampledLetter:
    """One letter of a sample: all that decided it.

    Attributes:
        step: Steps done when it was drawn.
        temperature: See `SampleRequest`.
        seed: See `SampleRequest`.
        prefix: What came before it.
        before: How many random numbers the samples before it had used up.
        drawn: How many its own sample had, one a letter.
        alteration: Of the scratch copy that drew it, if any.
    """

    step: int
    temperature: float
    seed: int | None
    prefix: str
    before: int
    drawn: int
    alteration: Alteration = UNALTERED
