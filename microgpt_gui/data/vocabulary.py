"""The alphabet that spells documents, and the tokens its characters become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import draws_nothing, named, visible

if TYPE_CHECKING:
    from collections.abc import Iterable


#: A message names at most so many characters.
_SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Characters by id, and BOS.

    Attributes:
        chars: Every character, sorted; its position is its id.
    """

    chars: str
    _ids: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_ids", {c: i for i, c in enumerate(self.chars)})

    @property
    def bos(self) -> int:
        """The id that marks both ends of a document; it follows the characters."""
        return len(self.chars)

    @property
    def size(self) -> int:
        """Number of token ids: the characters and BOS."""
        return len(self.chars) + 1

    def encode(self, text: str) -> list[int]:
        """Return the ids of ``text``, without BOS.

        Raises:
            CorpusError: A character is not in the vocabulary; names it and them.
        """
        try:
            return [self._ids[c] for c in text]
        except KeyError as error:
            letter = error.args[0]
            shown = named(letter) if draws_nothing(letter) else isolated(repr(letter))
            raise CorpusError(
                f"{shown} is not one of this vocabulary's "
                f"{len(self.chars)} characters: {self._abridged_chars()}"
            ) from None

    def tokens_of(self, document: str) -> list[int]:
        """Return what is trained on: the ids of ``document`` between two BOS.

        Raises:
            CorpusError: See `encode`.
        """
        return [self.bos, *self.encode(document), self.bos]

    def decode(self, tokens: Iterable[int]) -> str:
        """Return the text that ``tokens``, without BOS, spell."""
        return "".join(self.chars[t] for t in tokens)

    def _abridged_chars(self) -> str:
        shown = self.chars[:_SHOWN_CHARS]
        # Others join, or go onto each other, and make other letters.
        listed = shown if shown.isascii() else " ".join(map(visible, shown))
        return f"{isolated(listed)}{' …' if len(self.chars) > _SHOWN_CHARS else ''}"
