"""How many of a model's samples are new, known, valid."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from microgpt_gui.engine.sampling import Unpredictable
from microgpt_gui.session.learning import learnt_texts
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


class Kind(Enum):
    """What a sample can be; see `Tally.of_kind`. Values are for tables."""

    NEW = "new"
    KNOWN = "known"
    LEARNT = "learnt"
    NOT_LEARNT = "not learnt"
    VALID = "valid"
    FOUND = "valid, not learnt"
    INVALID = "invalid"
    ENDED = "ended"
    CUT = "cut"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Tally:
    """Samples of one draw, and what can be said of all of them.

    Attributes:
        step: Steps done when they were drawn.
        temperature: That they were drawn at.
        seed: Of their random numbers; None: a copy of the run's own stream.
        wanted: How many are to be drawn.
        block_size: Of the model: a sample of so many letters was ended by none.
        has_rule: Whether the text has a rule by which samples are valid or not.
        samples: Those drawn so far.
        learnt: Which of them are documents that a step has learnt from, by their
            places, from 0.
        problem: Why no more can be drawn; for people.
    """

    step: int
    temperature: float
    seed: int | None
    wanted: int
    block_size: int
    has_rule: bool
    samples: tuple[Sample, ...]
    learnt: frozenset[int]
    problem: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether no more will be drawn."""
        return bool(self.problem) or len(self.samples) == self.wanted

    def kinds(self) -> tuple[Kind, ...]:
        """Return what is counted, in the order in which it is shown."""
        of_rule = (Kind.VALID, Kind.FOUND, Kind.INVALID)
        return tuple(kind for kind in Kind if self.has_rule or kind not in of_rule)

    def of_kind(self, kind: Kind) -> tuple[int, ...]:
        """Return which of the samples are of a kind, by their places, from 0.

        One is known if it is a document, as training cuts it: as long as block_size, it
        is known if a document begins with it. It is learnt, likewise, if it is one that
        a step has learnt from. Of samples that are equal, all but the first are
        repeated.
        """
        if kind is Kind.REPEATED:
            seen: set[str] = set()
            fresh = set()
            for place, sample in enumerate(self.samples):
                if sample.text not in seen:
                    fresh.add(place)
                seen.add(sample.text)
            return tuple(n for n in range(len(self.samples)) if n not in fresh)
        return tuple(
            place
            for place, sample in enumerate(self.samples)
            if self._is(kind, place, sample)
        )

    def _is(self, kind: Kind, place: int, sample: Sample) -> bool:
        is_learnt = place in self.learnt
        is_cut = len(sample.text) >= self.block_size
        is_so = {
            Kind.NEW: not sample.is_known,
            Kind.KNOWN: sample.is_known,
            Kind.LEARNT: is_learnt,
            Kind.NOT_LEARNT: sample.is_known and not is_learnt,
            Kind.VALID: sample.is_valid is True,
            Kind.FOUND: sample.is_valid is True and not is_learnt,
            Kind.INVALID: sample.is_valid is False,
            Kind.ENDED: not is_cut,
            Kind.CUT: is_cut,
        }
        return is_so[kind]


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
    block_size = model.config.block_size
    known = learnt_texts(info.segments, moment.step, check)
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
            block_size=block_size,
            has_rule=segment.dataset.is_valid is not None,
            samples=tuple(drawn),
            learnt=frozenset(n for n, s in enumerate(drawn) if s.text in known),
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
