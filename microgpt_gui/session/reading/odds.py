"""What a model holds likely to come next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.engine.sampling import (
    Unpredictable,
    check_prompt,
    check_temperature,
    predicted,
)
from microgpt_gui.session.other_case import in_alphabet, said_of_case
from microgpt_gui.session.reading.reader import never, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class Odds:
    """The next token after BOS and a prefix; the last id is BOS, the document's end.

    Where there is a problem, there are no logits and no probabilities, and the rest is
    NaN.

    Attributes:
        step: Steps done.
        prefix: As it was read.
        temperature: That the probabilities are of.
        logits: As the model gives them, before the temperature, [token].
        probabilities: softmax(logits / temperature), [token]: what sampling draws by.
        entropy: Of the probabilities, in nats: 0 to the log of their number.
        perplexity: e^entropy: as unsure as among so many equally likely tokens.
        problem: Why there is nothing; for people.
        note: What was changed in the prefix asked for, to read it; for people.
    """

    step: int
    prefix: str
    temperature: float
    logits: tuple[float, ...] = ()
    probabilities: tuple[float, ...] = ()
    entropy: float = math.nan
    perplexity: float = math.nan
    problem: str = ""
    note: str = ""


def next_token(
    moment: Moment,
    prefix: str,
    temperature: float = 1.0,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> Odds:
    """Return the odds of every token after ``prefix``, as `samples` would draw.

    Args:
        moment: What predicts.
        prefix: What came before; at most block_size - 1 letters of the alphabet. One
            that the alphabet has in its other case alone is taken in that one.
        temperature: Above 0; below 1 prefers the likely.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.

    Raises:
        ValueError: ``temperature`` is not above 0.
    """
    check_temperature(temperature)
    model, vocabulary = opened(moment, check, reader)
    taken = in_alphabet(prefix, vocabulary.chars)
    try:
        tokens = vocabulary.encode(taken)
        check_prompt(model.config, tokens)
        read = model.start_sequence()
        logits, chances = predicted(read, (vocabulary.bos, *tokens), temperature)
    except (ValueError, Unpredictable) as error:
        return Odds(moment.step, prefix, temperature, problem=str(error))
    entropy = -math.fsum(p * math.log(p) for p in chances if p > 0)
    return Odds(
        step=moment.step,
        prefix=taken,
        temperature=temperature,
        logits=tuple(logits),
        probabilities=tuple(chances),
        entropy=entropy,
        perplexity=math.exp(entropy),
        note=said_of_case(prefix, taken),
    )
