"""Texts of another direction of writing, inside sentences of ours."""

from __future__ import annotations

import unicodedata

#: They begin and end a part of a line that orders its letters by itself (UAX 9).
FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"

#: Letters that are written from right to left, and marks that turn the direction.
_TURNING = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"))


def isolated(text: str) -> str:
    """Return ``text`` so that it does not scramble the sentence that it is put into.

    Without this, an Arabic or Hebrew name takes the quotes, numbers and commas beside
    it along to its other side. What is not written from right to left stays as it is.
    """
    if text.isascii() or not holds_right_to_left(text):
        return text
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_DIRECTIONAL_ISOLATE}"


def holds_right_to_left(text: str) -> bool:
    """Say whether any letter of ``text`` is written from right to left."""
    return any(unicodedata.bidirectional(letter) in _TURNING for letter in text)


def without_isolates(text: str) -> str:
    """Return ``text`` for a terminal, which knows nothing of isolates."""
    for mark in (FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE):
        text = text.replace(mark, "")
    return text
