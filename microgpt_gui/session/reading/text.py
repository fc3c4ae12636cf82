"""How a model reads a text: the attention of every head."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.engine.base import RUNAWAY_ERRORS
from microgpt_gui.session.other_case import in_alphabet, said_of_case
from microgpt_gui.session.reading.reader import never, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.base import Attention, Model
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader

#: How the token that begins and ends a document is written on axes and in words.
BOS_LABEL = "BOS"


@dataclass(frozen=True, slots=True)
class TextReading:
    """The attention over a text after ``step`` steps."""

    step: int
    text: str  # what was read; at most block_size - 1 characters of it are shown
    labels: tuple[str, ...]  # one a position; the first is BOS_LABEL
    attention: Attention  # [layer][head][query][key]; NaN where numbers ran away
    is_document: bool  # the run's own document, since no text was asked for
    problem: str = ""  # why the text asked for is not what is shown; for people
    note: str = ""  # what was changed in the text asked for, to show it; for people


def read_text(
    moment: Moment,
    text: str,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> TextReading:
    """Return the attention over ``text``, or over the moment's document.

    With no text it is the document: the one learnt last, or the first one before any
    step. A text longer than the block is cut; a text with a letter that is not in the
    alphabet brings the document, unless the alphabet has it in the other case, which is
    taken; ``note`` says so.

    Args:
        moment: What reads.
        text: What is wanted.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.
    """
    model, vocabulary = opened(moment, check, reader)
    document = moment.document
    shown = in_alphabet(text, vocabulary.chars) or document
    problem, note = "", said_of_case(text, shown) if text else ""
    try:
        ids = vocabulary.encode(shown)
    except CorpusError as error:
        text, note, problem, shown = "", "", str(error), document
        ids = vocabulary.encode(document)
    room = model.config.block_size - 1
    is_document = not text
    if len(ids) > room and not is_document:
        problem = (
            f"block_size {model.config.block_size} has room for BOS and {room} "
            f"characters: the last {len(ids) - room} are not shown"
        )
    ids = ids[:room]
    return TextReading(
        step=moment.step,
        text=shown,
        labels=(BOS_LABEL, *(vocabulary.chars[i] for i in ids)),
        attention=_attention(model, [vocabulary.bos, *ids]),
        is_document=is_document,
        problem=problem,
        note=note,
    )


def _attention(model: Model, tokens: list[int]) -> Attention:
    try:
        return model.forward(tokens).attention
    except RUNAWAY_ERRORS:  # weights at the end of the numbers
        head = tuple((math.nan,) * (i + 1) for i in range(len(tokens)))
        return ((head,) * model.config.n_head,) * model.config.n_layer
