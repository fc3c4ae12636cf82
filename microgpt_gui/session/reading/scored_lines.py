"""How much a model is surprised by lines that somebody has written."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import named
from microgpt_gui.session.other_case import in_alphabet, said_of_case
from microgpt_gui.session.reading.document_losses import document_losses
from microgpt_gui.session.reading.reader import never
from microgpt_gui.session.unseen import unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.run_info import RunInfo

#: So many documents not trained on are measured, if there are so many.
MEASURED = 200

#: So many lines are scored.
MOST_LINES = 2_000

#: Two losses that differ by less are equal: so far apart the engines' numbers may be.
_SAME = 1e-9

#: Why there is no number.
_RAN_AWAY = "the model's numbers have left the range that a computer can hold"

#: A line says so many of the letters that it cannot be read for.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """One line.

    Attributes:
        number: Of the line, from 1.
        typed: The line, without spaces at its ends.
        taken: What is read of it: its letters as the alphabet has them; as it was typed
            where it cannot be read.
        surprises: -log of the probability of each token predicted, in nats: of every
            letter, then of the end; of the first block_size of these. Empty where the
            line cannot be read.
        unread: How many letters at the end are not read.
        problem: Why it cannot be read; for people.
        note: What was changed to read it; for people.
    """

    number: int
    typed: str
    taken: str
    surprises: tuple[float, ...] = ()
    unread: int = 0
    problem: str = ""
    note: str = ""

    @property
    def total(self) -> float:
        """All surprises together, in nats; NaN where the line cannot be read."""
        return math.fsum(self.surprises) if self.surprises else math.nan

    @property
    def mean(self) -> float:
        """Cross-entropy a token, in nats: the loss that a step learning it would give.

        NaN where the line cannot be read.
        """
        count = len(self.surprises)
        return self.total / count if count else math.nan

    @property
    def has_end(self) -> bool:
        """Whether the last of the surprises is that of the end."""
        return len(self.surprises) > len(self.taken)


@dataclass(frozen=True, slots=True)
class ScoredLines:
    """Lines that were scored after ``step`` steps, in the order in which they came.

    Attributes:
        step: Steps done.
        lines: Those that are not empty.
        empty: How many were empty, and are left out.
        beyond: How many came after the MOST_LINES, and are left out.
        measured: The losses of documents not trained on, ascending; empty where there
            are none, or none yet.
        is_held_out: Whether these are held out; else training has not reached them.
        problem: Why nothing is measured; for people.
        is_complete: Whether all that is to be measured is.
    """

    step: int
    lines: tuple[ScoredLine, ...]
    empty: int = 0
    beyond: int = 0
    measured: tuple[float, ...] = ()
    is_held_out: bool = False
    problem: str = ""
    is_complete: bool = False

    def percentile(self, line: ScoredLine) -> float:
        """Return how many in 100 of the documents measured surprise less than a line.

        Of those that surprise as much, half count. NaN where there are none, or the
        line has no number.
        """
        loss, losses = line.mean, self.measured
        if not losses or math.isnan(loss):
            return math.nan
        below = bisect_left(losses, loss - _SAME)
        up_to = bisect_right(losses, loss + _SAME)
        return 100 * (below + up_to) / (2 * len(losses))


def scored_lines(
    moment: Moment,
    info: RunInfo,
    lines: Sequence[str],
    count: int = MEASURED,
    check: Callable[[], None] = never,
) -> Iterator[ScoredLines]:
    """Yield the scores of lines; then with the documents to compare them with.

    A line is read as the script reads one: without spaces at its ends. Letters that the
    alphabet has in their other case alone are taken in that one.

    Args:
        moment: What predicts.
        info: Of its run.
        lines: One document each.
        count: Documents not trained on that are measured, if there are so many: the
            first in training's order.
        check: Called often; what it raises ends the work.
    """
    # Not at the top: nobody needs NumPy to train.
    from microgpt_gui.engine.arrays.losses import surprises

    vocabulary, block_size = Vocabulary(moment.chars), moment.config.block_size
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    kept = []
    for number, line in filled[:MOST_LINES]:
        check()
        kept.append(_read(number, line, vocabulary, block_size))
    able = [line for line in kept if not line.problem]
    tokens = [vocabulary.tokens_of(line.taken) for line in able]
    found = iter(surprises(moment.model, moment.weights, tokens, check))
    scored = tuple(line if line.problem else _with(line, next(found)) for line in kept)
    answer = ScoredLines(
        step=moment.step,
        lines=scored,
        empty=len(lines) - len(filled),
        beyond=len(filled) - len(kept),
        is_complete=not kept,
    )
    yield answer
    if not kept:
        return  # there is nothing to compare
    others = unseen(info, moment.step, check)
    losses = document_losses(moment, others.first(count, check), check)
    measured = tuple(sorted(loss for loss in losses if not math.isnan(loss)))
    yield replace(
        answer,
        measured=measured,
        is_held_out=others.is_held_out,
        problem=others.problem or ("" if measured else f"{_RAN_AWAY}."),
        is_complete=True,
    )


def _with(line: ScoredLine, surprises: tuple[float, ...]) -> ScoredLine:
    if any(map(math.isnan, surprises)):
        return replace(line, problem=_RAN_AWAY)
    return replace(line, surprises=surprises)


def _read(
    number: int, line: str, vocabulary: Vocabulary, block_size: int
) -> ScoredLine:
    """Return a line as it is to be scored, or why it cannot be."""
    typed = line.strip()
    chars = vocabulary.chars
    taken = in_alphabet(typed, chars)
    strange = [letter for letter in dict.fromkeys(taken) if letter not in chars]
    if strange:
        return ScoredLine(number, typed, typed, problem=_unknown(strange))
    return ScoredLine(
        number,
        typed,
        taken,
        unread=max(0, len(taken) - block_size),
        note=said_of_case(typed, taken),
    )


def _unknown(letters: list[str]) -> str:
    some = ", ".join(isolated(named(letter)) for letter in letters[:_NAMED])
    more = len(letters) - _NAMED
    some += f" and {more:,} more" if more > 0 else ""
    verb = "is" if len(letters) == 1 else "are"
    return f"{some} {verb} not in the alphabet"
