"""A text as a row of tokens: what a model reads, and what it is asked to predict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.session.reading.shown_text import BOS_LABEL, ShownText, shown_text

if TYPE_CHECKING:
    from microgpt_gui.session.moments.moment import Moment


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A whole text between two BOS, as training gets it.

    The token at each position that is read is followed by the one that is asked to be
    predicted there: the last that is read may be asked for a letter beyond the block.

    Attributes:
        step: Steps done.
        shown: What of the text the model is shown.
        chars: The alphabet, sorted: a letter's place in it is its id, BOS follows.
        block_size: So many positions are read at most.
        tokens: BOS, every letter's id, BOS: at least two, however long the text is.
    """

    step: int
    shown: ShownText
    chars: str
    block_size: int
    tokens: tuple[int, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """How the tokens are written."""
        return BOS_LABEL, *self.shown.text, BOS_LABEL

    @property
    def positions(self) -> int:
        """How many tokens are read, from the first on; the next one is predicted."""
        return min(self.block_size, len(self.tokens) - 1)

    @property
    def unread(self) -> int:
        """How many tokens at the end are neither read nor predicted."""
        return len(self.tokens) - 1 - self.positions

    @property
    def text(self) -> str:
        """See `ShownText`."""
        return self.shown.text

    @property
    def is_document(self) -> bool:
        """See `ShownText`."""
        return self.shown.is_document

    @property
    def note(self) -> str:
        """See `ShownText`."""
        return self.shown.note

    @property
    def problem(self) -> str:
        """See `ShownText`."""
        return self.shown.problem


def token_row(
    moment: Moment, text: str, vocabulary: Vocabulary | None = None
) -> TokenRow:
    """Return the row of ``text``, or of the moment's document.

    Args:
        moment: What reads.
        text: What is wanted; see `shown_text` for what becomes of it.
        vocabulary: The moment's, where it is at hand.
    """
    vocabulary = vocabulary or Vocabulary(moment.chars)
    shown = shown_text(moment, text, vocabulary)
    return TokenRow(
        step=moment.step,
        shown=shown,
        chars=moment.chars,
        block_size=moment.config.block_size,
        tokens=tuple(vocabulary.tokens_of(shown.text)),
    )
