"""What the tokens panel says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel import text_words
from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.isolation import holds_right_to_left
from microgpt_gui.letters import named
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.token_row import TokenRow

WORDS = FrameWords(
    seen=(
        "The text as the model gets it: one token for each letter, between two BOS "
        "that mark where a document begins and ends. A token is a number, its id, "
        "below its letter. Below that is the vocabulary: every token there is, those "
        "of this text marked."
    ),
    computed=(
        "The alphabet is all letters of the dataset, sorted: a letter's place in it is "
        "its id, and BOS comes last. At each position the model sees the tokens up to "
        "there, and training asks it to predict the next one. The context "
        "length (block_size) is how many positions it reads."
    ),
    tried=(
        "Type a name, and lock a letter with a click: what the model sees there is "
        "tinted, and what it is to predict is framed. Type a text longer than "
        "the context length. Choose a dataset of other letters."
    ),
    parts="tokens",
    loading="The run is being prepared. Its tokens appear as soon as it stands.",
    failed=(
        "There is no alphabet to look at, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
)

POINT = (
    "Each position is asked to predict the next token. Point at a token to read it, "
    "click to lock it."
)

POSITION, TOKEN, ID, PREDICT = "position", "token", "id", "to predict"

READ, PREDICTED, UNREAD = "read", "only to predict", "not read"

KINDS = (
    "Framed tokens are read, each at its position. The token in dashes is not read: "
    "the last position is asked to predict it. What comes after that, if the text is "
    "longer than the context length, has no part in this step."
)

RIGHT_TO_LEFT = (
    "The model gets the letters in the order in which they are read: the first is at "
    "the left here"
)

#: So many positions of a token are listed.
_LISTED = 6


def notes(row: TokenRow) -> str:
    """Return what is to be told of a text that can be shown."""
    order = RIGHT_TO_LEFT if holds_right_to_left(row.text) else ""
    return ". ".join(filter(None, (text_words.notes(row), order)))


def beyond(block_size: int) -> str:
    """Say why tokens are not read, above the first of them."""
    return f"{UNREAD}: the context length is {block_size}"


def counts(row: TokenRow) -> str:
    """Say how large the vocabulary is, and how much of it is in the text."""
    used = len(set(row.tokens))
    return f"Vocabulary: {len(row.chars) + 1:,} tokens, {used:,} of them in this text"


def reading(row: TokenRow, place: int) -> str:
    """Say what the token at ``place`` in the row is, and what it is asked for."""
    told = _token(row, place)
    last = row.positions - 1
    if place <= last:
        return f"position {place}: {told}; to predict: {_token(row, place + 1)}"
    if place == row.positions:
        return f"{told}: only to be predicted, by position {last}"
    return (
        f"{told}: neither read nor predicted, the context length "
        f"{row.block_size} ends at position {last}"
    )


def longest_reading(row: TokenRow) -> str:
    """Return a sentence as long as any that is said of ``row``, as a rule."""
    most = max(999, len(row.tokens))
    longest = f'position {most}: "w", token {most}; to predict: '
    longest += f"{BOS_LABEL} (the end), token {most}"
    return max(POINT, longest, key=len)


def reading_of_token(row: TokenRow, token: int) -> str:
    """Say what a token of the vocabulary is, and where the text has it."""
    if token == len(row.chars):
        return f"token {token}: {BOS_LABEL}, which begins and ends every document"
    told = f"token {token}: {named(row.chars[token])}"
    places = [n for n, other in enumerate(row.tokens) if other == token]
    if not places:
        return f"{told}, not in this text"
    listed = ", ".join(str(place) for place in places[:_LISTED])
    if len(places) == 1:
        return f"{told}, once in this text: at {listed}"
    more = " …" if len(places) > _LISTED else ""
    return f"{told}, {len(places):,} times in this text: at {listed}{more}"


def _token(row: TokenRow, place: int) -> str:
    token = row.tokens[place]
    if token == len(row.chars):
        end = "the end" if place else "the beginning"
        return f"{BOS_LABEL} ({end}), token {token}"
    return f"{named(row.chars[token])}, token {token}"
