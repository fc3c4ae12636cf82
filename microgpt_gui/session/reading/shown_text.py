"""What of a text a model is shown, letter by letter, and what has to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.session.other_case import in_alphabet, said_of_case

if TYPE_CHECKING:
    from microgpt_gui.session.moments.moment import Moment

#: How the token that begins and ends a document is written on axes and in words.
BOS_LABEL = "BOS"


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text as a model gets it.

    Attributes:
        text: What is read; at most block_size - 1 letters of it are shown.
        tokens: BOS and the letters' ids, at most block_size in all.
        labels: How they are written, one a token; the first is BOS_LABEL.
        is_document: Whether it is the moment's own, since no text was asked for.
        problem: Why the text asked for is not what is shown; for people.
        note: What was changed in the text asked for, to show it; for people.
    """

    text: str
    tokens: tuple[int, ...]
    labels: tuple[str, ...]
    is_document: bool
    problem: str = ""
    note: str = ""


def shown_text(
    moment: Moment, text: str, vocabulary: Vocabulary | None = None
) -> ShownText:
    """Return what ``moment`` reads where ``text`` is asked for.

    With no text it is the document: the one learnt last, or the first one before any
    step. A text longer than the block is cut; a text with a letter that is not in the
    alphabet brings the document, unless the alphabet has it in the other case, which is
    taken; ``note`` says so.

    Args:
        moment: What reads.
        text: What is wanted.
        vocabulary: The moment's, where it is at hand.
    """
    block_size = moment.config.block_size
    vocabulary = vocabulary or Vocabulary(moment.chars)
    return text_shown(text, moment.document, block_size, vocabulary)


def text_shown(
    text: str, document: str, block_size: int, vocabulary: Vocabulary
) -> ShownText:
    """Return the same of a model of which no more is at hand than this."""
    shown = in_alphabet(text, vocabulary.chars) or document
    problem, note = "", said_of_case(text, shown) if text else ""
    try:
        ids = vocabulary.encode(shown)
    except CorpusError as error:
        text, note, problem, shown = "", "", str(error), document
        ids = vocabulary.encode(document)
    room = block_size - 1
    is_document = not text
    if len(ids) > room and not is_document:
        problem = (
            f"the context length (block_size {block_size}) has room for BOS and {room} "
            f"characters: the last {len(ids) - room} are not read"
        )
    ids = ids[:room]
    return ShownText(
        text=shown,
        tokens=(vocabulary.bos, *ids),
        labels=(BOS_LABEL, *(vocabulary.chars[i] for i in ids)),
        is_document=is_document,
        problem=problem,
        note=note,
    )
