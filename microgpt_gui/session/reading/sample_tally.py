"""How many of a model's samples are new, known, valid."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.engine.sampling import Unpredictable
from microgpt_gui.session.reading.reader import never, opened
from microgpt_gui.session.reading.samples import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.sample_batch import Sample

#: How many samples can be counted.
COUNT_RANGE = (1, 2_000)

#: What is drawn so far is told after so many.
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Tally:
    """Samples of one draw, and what can be said of all of them.

    A sample is known if it is a document, as training cuts it: as long as block_size,
    it is known if a document begins with it.

    Attributes:
        step: Steps done when they were drawn.
        temperature: That they were drawn at.
        seed: Of their random numbers; None: a copy of the run's own stream.
        wanted: How many are to be drawn.
        block_size: Of the model: a sample of so many letters was ended by none.
        has_rule: Whether the text has a rule by which samples are valid or not.
        samples: Those drawn so far.
        problem: Why no more can be drawn; for people.
    """

    step: int
    temperature: float
    seed: int | None
    wanted: int
    block_size: int
    has_rule: bool
    samples: tuple[Sample, ...]
    problem: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether no more will be drawn."""
        return bool(self.problem) or len(self.samples) == self.wanted

    def kinds(self) -> tuple[Kind, ...]:
        """Return what is counted, in the order in which it is shown."""
        rule = (VALID, NEW_VALID, INVALID) if self.has_rule else ()
        return (NEW, KNOWN, *rule, ENDED, CUT, REPEATED)

    def of_kind(self, kind: Kind) -> tuple[int, ...]:
        """Return which of the samples are of a kind, by their places, from 0."""
        if kind is REPEATED:
            seen: set[str] = set()
            places = []
            for place, sample in enumerate(self.samples):
                if sample.text in seen:
                    places.append(place)
                seen.add(sample.text)
            return tuple(places)
        return tuple(
            place
            for place, sample in enumerate(self.samples)
            if kind.holds(sample, self.block_size)
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of samples.

    Attributes:
        key: In tables.
        holds: Says whether a sample, of a model of that block_size, is of it.
    """

    key: str
    holds: Callable[[Sample, int], bool]


NEW = Kind("new", lambda sample, _: not sample.is_known)
KNOWN = Kind("known", lambda sample, _: sample.is_known)
VALID = Kind("valid", lambda sample, _: sample.is_valid is True)
INVALID = Kind("invalid", lambda sample, _: sample.is_valid is False)
NEW_VALID = Kind(
    "new and valid", lambda sample, _: sample.is_valid is True and not sample.is_known
)
ENDED = Kind("ended", lambda sample, block_size: len(sample.text) < block_size)
CUT = Kind("cut", lambda sample, block_size: len(sample.text) >= block_size)
#: Of samples that are equal, all but the first.
REPEATED = Kind("repeated", lambda _sample, _: False)


def sample_tally(
    moment: Moment,
    info: RunInfo,
    temperature: float,
    seed: int | None,
    count: int,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> Iterator[Tally]:
    """Draw samples, yielding all drawn so far now and then.

    They are those that `samples` draws with the same temperature and seed, without a
    prompt.

    Args:
        moment: What draws.
        info: Of its run, whose own stream is used where no seed is named.
        temperature: Above 0; below 1 prefers the likely.
        seed: Of the random numbers.
        count: How many to draw.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.
    """
    model, vocabulary = opened(moment, check, reader)
    segment = info.segment_learnt(moment.step)
    stream = random.Random(seed)
    if seed is None:
        stream.setstate(info.stream)
    drawn: list[Sample] = []

    def tally(problem: str = "") -> Tally:
        return Tally(
            step=moment.step,
            temperature=temperature,
            seed=seed,
            wanted=count,
            block_size=model.config.block_size,
            has_rule=segment.dataset.is_valid is not None,
            samples=tuple(drawn),
            problem=problem,
        )

    try:
        while len(drawn) < count:
            drawn.append(
                draw(model, vocabulary, segment, stream, temperature, check=check)
            )
            if len(drawn) % _TOLD == 0 or len(drawn) == count:
                yield tally()
    except Unpredictable as error:
        yield tally(str(error))
