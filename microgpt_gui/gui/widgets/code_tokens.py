"""What the words of a piece of Python are, to be coloured."""

from __future__ import annotations

import io
import keyword
import token
import tokenize
from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What a word is."""

    KEYWORD = "keyword"
    DEFINED = "defined"  # the name after ``def`` or ``class``
    NUMBER = "number"
    STRING = "string"
    COMMENT = "comment"  # docstrings, too


class Word(NamedTuple):
    """A word that has a colour of its own."""

    line: int  # of the text, from 0
    start: int  # in characters
    length: int
    kind: Kind


_STRINGS = {token.STRING} | {
    getattr(token, name)
    for name in ("FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")
    if hasattr(token, name)  # f-strings are words of many parts from Python 3.12 on
}


def coloured_words(text: str) -> list[Word]:
    """Return the words of ``text``, a whole piece of Python, in their order."""
    lines = text.splitlines()
    words: list[Word] = []
    is_defined = False
    for found in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = _kind_of(found, is_defined=is_defined)
        is_defined = found.string in ("def", "class")
        if kind is None:
            continue
        (first, start), (last, end) = found.start, found.end
        for line in range(first, last + 1):
            begin = start if line == first else 0
            stop = end if line == last else len(lines[line - 1])
            if stop > begin:
                words.append(Word(line - 1, begin, stop - begin, kind))
    return words


def _kind_of(found: tokenize.TokenInfo, *, is_defined: bool) -> Kind | None:
    if found.type == token.NAME:
        if is_defined:
            return Kind.DEFINED
        return Kind.KEYWORD if keyword.iskeyword(found.string) else None
    if found.type == token.NUMBER:
        return Kind.NUMBER
    if found.type == token.COMMENT:
        return Kind.COMMENT
    if found.type not in _STRINGS:
        return None
    is_docstring = found.line.lstrip().startswith('"""')
    return Kind.COMMENT if is_docstring else Kind.STRING
