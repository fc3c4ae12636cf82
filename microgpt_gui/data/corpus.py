"""Documents, and the alphabet that spells them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from microgpt_gui.data.documents import Documents
from microgpt_gui.data.lookup import Lookup
from microgpt_gui.data.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Corpus:
    """Documents in file order and the characters that spell them.

    Attributes:
        docs: The documents.
        vocabulary: Of every character in them.
        lookup: Tells texts that are documents from others.
    """

    docs: Documents
    vocabulary: Vocabulary = field(init=False)
    lookup: Lookup = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "vocabulary", Vocabulary(self.docs.chars))
        object.__setattr__(self, "lookup", Lookup(self.docs))

    @classmethod
    def of(cls, docs: Iterable[str]) -> Corpus:
        """Return these documents as a corpus. See `Documents.of`."""
        return cls(Documents.of(docs))
