"""What may be asked of a moment, as values: equal questions have equal answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.effect import effects
from microgpt_gui.session.reading.embeddings import embeddings
from microgpt_gui.session.reading.heads.documents import measured_documents
from microgpt_gui.session.reading.heads.roles import head_roles
from microgpt_gui.session.reading.inside.way import token_way
from microgpt_gui.session.reading.next_letter import next_letter
from microgpt_gui.session.reading.odds import next_token
from microgpt_gui.session.reading.sample_tally import sample_tally
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.reading.scored_lines import MEASURED, scored_lines
from microgpt_gui.session.reading.statistics import statistics
from microgpt_gui.session.reading.text import read_text
from microgpt_gui.session.reading.token_row import token_row
from microgpt_gui.session.reading.trace import trace_text
from microgpt_gui.session.reading.weights.film import film
from microgpt_gui.session.reading.weights.norms import norms
from microgpt_gui.session.reading.weights.quantity import weight_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.moments.alteration import Alteration
    from microgpt_gui.session.moments.learnt_step import LearntStep
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.effect import Effect
    from microgpt_gui.session.reading.embeddings import Embeddings, Table
    from microgpt_gui.session.reading.heads.roles import HeadRoles
    from microgpt_gui.session.reading.inside.way import TokenWay
    from microgpt_gui.session.reading.next_letter import NextLetter
    from microgpt_gui.session.reading.odds import Odds
    from microgpt_gui.session.reading.question import Asked
    from microgpt_gui.session.reading.sample_tally import Tally
    from microgpt_gui.session.reading.scored_lines import ScoredLines
    from microgpt_gui.session.reading.statistics import MatrixStatistics
    from microgpt_gui.session.reading.text import TextReading
    from microgpt_gui.session.reading.token_row import TokenRow
    from microgpt_gui.session.reading.trace import TextTrace
    from microgpt_gui.session.reading.weights.film import Film
    from microgpt_gui.session.reading.weights.norms import Norms
    from microgpt_gui.session.reading.weights.quantity import Quantity, WeightNumbers
    from microgpt_gui.session.sample_batch import SampleBatch, SampleRequest


@dataclass(frozen=True, slots=True)
class MomentQuestion:
    """The moment itself."""

    def answers(self, asked: Asked) -> Iterator[Moment]:
        """See `Question`."""
        yield asked.moment


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """The attention over a text; over the moment's document if it is empty."""

    text: str
    is_traced: bool = False  # with every number on the way to it

    def answers(self, asked: Asked) -> Iterator[TextReading]:
        """See `Question`."""
        moment, check, reader = asked.moment, asked.check, asked.reader
        yield read_text(moment, self.text, check, reader, is_traced=self.is_traced)


@dataclass(frozen=True, slots=True)
class SamplesQuestion:
    """Samples: after each, all that are drawn so far."""

    request: SampleRequest

    def answers(self, asked: Asked) -> Iterator[SampleBatch]:
        """See `Question`."""
        return samples(
            asked.moment, asked.info, self.request, asked.check, asked.reader
        )


@dataclass(frozen=True, slots=True)
class TokensQuestion:
    """A text as the model gets it; the moment's document if it is empty."""

    text: str

    def answers(self, asked: Asked) -> Iterator[TokenRow]:
        """See `Question`."""
        yield token_row(asked.moment, self.text)


@dataclass(frozen=True, slots=True)
class TraceQuestion:
    """Every number of reading a text; the moment's document if it is empty."""

    text: str

    def answers(self, asked: Asked) -> Iterator[TextTrace]:
        """See `Question`."""
        yield trace_text(asked.moment, self.text, asked.check, asked.reader)


@dataclass(frozen=True, slots=True)
class WayQuestion:
    """One token's way through the model; the last one's if no position is named."""

    text: str
    position: int | None = None

    def answers(self, asked: Asked) -> Iterator[TokenWay]:
        """See `Question`."""
        yield token_way(
            asked.moment, self.text, self.position, asked.check, asked.reader
        )


@dataclass(frozen=True, slots=True)
class OddsQuestion:
    """What comes after a prefix."""

    prefix: str
    temperature: float = 1.0

    def answers(self, asked: Asked) -> Iterator[Odds]:
        """See `Question`."""
        yield next_token(
            asked.moment, self.prefix, self.temperature, asked.check, asked.reader
        )


@dataclass(frozen=True, slots=True)
class NextLetterQuestion:
    """What comes after a text, and the die; see `next_letter`."""

    text: str
    temperature: float = 1.0
    seed: int | None = None
    drawn: int = 0

    def answers(self, asked: Asked) -> Iterator[NextLetter]:
        """See `Question`."""
        yield next_letter(
            asked.moment,
            asked.info,
            self.text,
            self.temperature,
            self.seed,
            self.drawn,
            asked.check,
            asked.reader,
        )


@dataclass(frozen=True, slots=True)
class HeadRolesQuestion:
    """What every head does: after each document, in those that are measured so far."""

    def answers(self, asked: Asked) -> Iterator[HeadRoles]:
        """See `Question`."""
        moment, check = asked.moment, asked.check
        documents = measured_documents(asked.info, moment.step, check)
        return head_roles(moment, documents, check)


@dataclass(frozen=True, slots=True)
class StatisticsQuestion:
    """Every matrix in a few numbers."""

    def answers(self, asked: Asked) -> Iterator[tuple[MatrixStatistics, ...]]:
        """See `Question`."""
        yield statistics(asked.moment, asked.check)


@dataclass(frozen=True, slots=True)
class EffectQuestion:
    """What an alteration does; after each answer, the same with more in it.

    See `effects`.
    """

    alteration: Alteration
    text: str
    request: SampleRequest
    documents: int

    def answers(self, asked: Asked) -> Iterator[Effect]:
        """See `Question`."""
        return effects(
            asked.moment,
            self.alteration,
            asked.info,
            self.text,
            self.request,
            self.documents,
            asked.check,
            asked.reader,
        )


@dataclass(frozen=True, slots=True)
class StepQuestion:
    """What the step did that made the moment; None before the first one.

    The reader must have the run's recorder.
    """

    def answers(self, asked: Asked) -> Iterator[LearntStep | None]:
        """See `Question`."""
        moment, reader = asked.moment, asked.reader
        has_step = moment.step > 0
        yield reader.step_of(moment, asked.info, asked.check) if has_step else None


@dataclass(frozen=True, slots=True)
class WeightsQuestion:
    """One number for each weight; see `weight_numbers`.

    The weights themselves are in the moment: `MomentQuestion` has them at once.
    """

    quantity: Quantity
    since: int = 0

    def answers(self, asked: Asked) -> Iterator[WeightNumbers]:
        """See `Question`."""
        yield weight_numbers(
            asked.moment,
            asked.info,
            self.quantity,
            self.since,
            asked.check,
            asked.reader,
        )


@dataclass(frozen=True, slots=True)
class EmbeddingsQuestion:
    """The rows of wte or of wpe, and where they lie in a plane."""

    table: Table

    def answers(self, asked: Asked) -> Iterator[Embeddings]:
        """See `Question`."""
        yield embeddings(asked.moment, self.table, asked.check)


@dataclass(frozen=True, slots=True)
class LinesQuestion:
    """How surprising lines are, next to documents not trained on."""

    lines: tuple[str, ...]
    count: int = MEASURED

    def answers(self, asked: Asked) -> Iterator[ScoredLines]:
        """See `Question`."""
        return scored_lines(
            asked.moment, asked.info, self.lines, self.count, asked.check
        )


@dataclass(frozen=True, slots=True)
class TallyQuestion:
    """How many of so many samples are new, known, valid."""

    temperature: float
    seed: int | None
    count: int

    def answers(self, asked: Asked) -> Iterator[Tally]:
        """See `Question`."""
        return sample_tally(
            asked.moment,
            asked.info,
            self.temperature,
            self.seed,
            self.count,
            asked.check,
            asked.reader,
        )


@dataclass(frozen=True, slots=True)
class FilmQuestion:
    """At most so many moments of the run, up to the one that is asked; see `film`."""

    most: int

    def answers(self, asked: Asked) -> Iterator[Film]:
        """See `Question`."""
        return film(asked.moment, asked.info, self.most, asked.reader, asked.check)


@dataclass(frozen=True, slots=True)
class NormsQuestion:
    """The size of each matrix over the run, up to the moment asked; see `norms`."""

    def answers(self, asked: Asked) -> Iterator[Norms]:
        """See `Question`."""
        return norms(asked.moment, asked.reader, asked.check)
