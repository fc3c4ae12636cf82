"""What was read of a text, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.data.doubts import doubt
from microgpt_gui.data.reading import BYTE_ORDER_MARK
from microgpt_gui.session.config import RANGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microgpt_gui.data.dataset import LoadedCorpus


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What there is to say of a text that can be learnt from.

    Attributes:
        lengths: How many documents have so many characters, for each length there is.
        num_chars: Different characters.
        has_mark: Whether it begins with a byte order mark that is learnt as a letter.
        doubt: Why it is probably not meant as it is read; empty as a rule.
    """

    lengths: Mapping[int, int]
    num_chars: int
    has_mark: bool
    doubt: str

    @classmethod
    def of(cls, dataset: LoadedCorpus) -> TextFacts:
        """Return those of a text with at least one document. Takes no time."""
        docs = dataset.corpus.docs
        return cls(
            docs.lengths,
            len(docs.chars),
            docs[0].startswith(BYTE_ORDER_MARK),
            doubt(docs, dataset.reading),
        )

    @property
    def num_docs(self) -> int:
        """How many documents there are."""
        return sum(self.lengths.values())

    @property
    def longest(self) -> int:
        """Characters of the longest document."""
        return max(self.lengths)

    @property
    def context_for_all(self) -> int:
        """The least block_size that cuts no document, at most the largest allowed."""
        return min(self.longest + 1, RANGES["block_size"][1])

    def cut(self, block_size: int) -> int:
        """Return how many documents training does not see to their end.

        A document and the BOS before it are read; what follows the last token that
        fits is never asked for.
        """
        return sum(n for length, n in self.lengths.items() if length >= block_size)

    def gain(self, block_size: int) -> str:
        """Return what `context_for_all` does for the documents that are cut.

        Args:
            block_size: What cuts some; less than that.
        """
        left = self.cut(self.context_for_all)
        if not left:
            return "holds them all"
        # However many it leaves, it leaves less of each out.
        is_less = left < self.cut(block_size)
        return f"cuts only {left:,}" if is_less else "holds more of each"

    def summary(self) -> str:
        """Return how many documents there are, how long, and of how many letters."""
        count, chars = self.num_docs, self.num_chars
        letters = f"{chars:,} different character{'' if chars == 1 else 's'}"
        if count == 1:
            return f"1 document of {_characters(self.longest)}; {letters}"
        shortest, longest = min(self.lengths), self.longest
        if shortest == longest:
            return f"{count:,} documents of {_characters(longest)}; {letters}"
        return (
            f"{count:,} documents of {shortest:,} to {_characters(longest)} "
            f"(median {self._median():,}); {letters}"
        )

    def said_of_cut(self, block_size: int) -> str:
        """Return how many documents are cut; empty where none is."""
        if not (cut := self.cut(block_size)):
            return ""
        noun = "document" if self.num_docs == 1 else "documents"
        return (
            f"{cut:,} of {self.num_docs:,} {noun} {'is' if cut == 1 else 'are'} longer "
            f"than the context (block_size {block_size}) holds, and cut"
        )

    def _median(self) -> int:
        """Return the length of the document in the middle, the lower one of two."""
        left = (self.num_docs + 1) // 2
        for length in sorted(self.lengths):
            left -= self.lengths[length]
            if left <= 0:
                return length
        return 0


def _characters(count: int) -> str:
    return f"{count:,} character{'' if count == 1 else 's'}"
