"""What comes after a text, and the number that would decide it."""

from __future__ import annotations

import random
from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from microgpt_gui.engine.sampling import softmax
from microgpt_gui.session.reading.odds import next_token
from microgpt_gui.session.reading.reader import never, opened
from microgpt_gui.session.reading.shown_text import BOS_LABEL, shown_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.odds import Odds
    from microgpt_gui.session.reading.reader import Reader
    from microgpt_gui.session.run_info import RunInfo


@dataclass(frozen=True, slots=True)
class NextLetter:
    """The odds after a text, and the die that samples would be drawn with.

    Attributes:
        asked: The text asked for.
        odds: After as much of it as can be read.
        chars: The alphabet; a token's id is its place in it, and BOS comes last.
        own: The probabilities at temperature 1, [token]: the model's own.
        die: The random number that decides, from 0 to 1; 1 excluded.
        seed: Of that number; None for the run's own stream.
        drawn: How many random numbers were used up before it.
        is_last: Whether the letter that comes ends the document: then it fills the
            context.
        problem: Why this is not what was asked for; for people.
    """

    asked: str
    odds: Odds
    chars: str
    own: tuple[float, ...]
    die: float
    seed: int | None
    drawn: int
    is_last: bool
    problem: str = ""

    @property
    def step(self) -> int:
        """Steps done."""
        return self.odds.step

    @property
    def text(self) -> str:
        """What is read."""
        return self.odds.prefix

    @property
    def labels(self) -> tuple[str, ...]:
        """What is read, token by token: BOS, and the letters."""
        return (BOS_LABEL, *self.text)

    @property
    def is_document(self) -> bool:
        """Never: with no text, it is what comes after BOS."""
        return False

    @property
    def note(self) -> str:
        """What was changed in the text asked for, to read it; for people."""
        return self.odds.note

    def label_of(self, token: int) -> str:
        """Return a token's letter; of the last, BOS_LABEL."""
        return self.chars[token] if token < len(self.chars) else BOS_LABEL


def next_letter(
    moment: Moment,
    info: RunInfo,
    text: str,
    temperature: float,
    seed: int | None,
    drawn: int = 0,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> NextLetter:
    """Return what comes after ``text``, or after BOS if it is empty.

    The die is the number that samples with the same seed are drawn with here: with the
    text as the prompt, the first one, where nothing is ``drawn``; where as many letters
    at the text's end are drawn as numbers, that of the letter after them.

    A text that is too long is cut, of one with unknown letters nothing is read;
    ``problem`` says so.

    Args:
        moment: What predicts.
        info: Of its run, whose own stream is used where there is no seed.
        text: What came before.
        temperature: Above 0; below 1 prefers the likely.
        seed: Of the random numbers; None for the run's own stream.
        drawn: How many numbers are used up.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.
    """
    model, vocabulary = opened(moment, check, reader)
    block_size = model.config.block_size
    shown = shown_text(moment, text, vocabulary)
    prefix = "" if shown.is_document else text
    if not shown.is_document and shown.problem:
        prefix = shown.text[: block_size - 1]
    odds = next_token(moment, prefix, temperature, check, reader)
    stream = random.Random(seed)
    if seed is None:
        stream.setstate(info.stream)
    for _ in range(drawn + 1):
        die = stream.random()
    return NextLetter(
        asked=text,
        odds=odds,
        chars=moment.chars,
        own=tuple(softmax(odds.logits)) if odds.logits else (),
        die=die,
        seed=seed,
        drawn=drawn,
        is_last=len(odds.prefix) >= block_size - 1,
        problem=odds.problem or shown.problem,
    )


def token_at(probabilities: Sequence[float], die: float) -> int:
    """Return the token that a die falls on, as `random.choices` has it.

    Args:
        probabilities: Of each token, in the order of ids; at least one.
        die: From 0 to 1.
    """
    ends = list(accumulate(probabilities))
    return bisect(ends, die * ends[-1], 0, len(ends) - 1)
