"""Documents, the alphabet that spells them, and the tokens they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


#: Documents whose characters are collected in one call.
_PIECE = 100


class CorpusError(ValueError):
    """A text cannot be used; the message is for people."""


class NotDownloaded(CorpusError):
    """A dataset is not in the cache yet.

    Attributes:
        key: The dataset's, in ``DATASETS``.
    """

    def __init__(self, key: str, title: str) -> None:
        super().__init__(
            f"{title} ({key}) is not on this computer yet: choose it in the window, "
            "which offers to download it, or give the path of a copy of the file"
        )
        self.key = key


class DownloadError(CorpusError):
    """A dataset could not be fetched; nothing on the disk has changed."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in file order and the characters that spell them.

    Attributes:
        docs: The documents.
        chars: Every character in them, sorted; its position is its id.
    """

    docs: tuple[str, ...]
    chars: str = field(init=False)
    _ids: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # In pieces: one call for all would hold the interpreter lock for seconds.
        found: set[str] = set()
        for start in range(0, len(self.docs), _PIECE):
            found.update("".join(self.docs[start : start + _PIECE]))
        chars = "".join(sorted(found))
        object.__setattr__(self, "chars", chars)
        object.__setattr__(self, "_ids", {c: i for i, c in enumerate(chars)})

    @property
    def bos(self) -> int:
        """The id that marks both ends of a document; it follows the characters."""
        return len(self.chars)

    @property
    def vocab_size(self) -> int:
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
            shown = "the space" if letter == " " else repr(letter)
            raise CorpusError(
                f"{shown} is not one of this vocabulary's "
                f"{len(self.chars)} characters: {self._abridged_chars()}"
            ) from None

    def decode(self, tokens: Iterable[int]) -> str:
        """Return the text that ``tokens``, without BOS, spell."""
        return "".join(self.chars[t] for t in tokens)

    def _abridged_chars(self) -> str:
        return self.chars if len(self.chars) <= 60 else self.chars[:60] + " …"
