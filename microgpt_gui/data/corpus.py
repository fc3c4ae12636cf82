"""Documents, and the alphabet that spells them."""

from __future__ import annotations

from dataclasses import dataclass, field

from microgpt_gui.data.vocabulary import Vocabulary

#: Documents whose characters are collected in one call.
_PIECE = 100


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in file order and the characters that spell them.

    Attributes:
        docs: The documents.
        vocabulary: Of every character in them.
    """

    docs: tuple[str, ...]
    vocabulary: Vocabulary = field(init=False)

    def __post_init__(self) -> None:
        # In pieces: one call for all would hold the interpreter lock for seconds.
        found: set[str] = set()
        for start in range(0, len(self.docs), _PIECE):
            found.update("".join(self.docs[start : start + _PIECE]))
        object.__setattr__(self, "vocabulary", Vocabulary("".join(sorted(found))))
