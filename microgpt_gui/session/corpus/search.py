"""Finds which of many documents a text is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from microgpt_gui.data.documents import Documents

    Numbers = NDArray[np.uint32]

#: Where in a document a text is looked for: anywhere, at its beginning, at its end; or
#: it is all of it.
Where = Literal["contains", "begins", "ends", "is"]

#: Bytes between two looks at ``check``.
_STRIDE = 1 << 19


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The documents that a text is in, as far as they were looked through.

    Attributes:
        text: What was looked for.
        where: Where in them.
        numbers: Of the documents, in the order of the file, from 0.
        is_complete: Whether all were looked through.
    """

    text: str
    where: Where
    numbers: Numbers
    is_complete: bool


def search(
    documents: Documents,
    text: str,
    where: Where,
    check: Callable[[], None] = lambda: None,
    tell: Callable[[Found], None] = lambda _found: None,
) -> Found:
    """Return in which documents ``text`` is, letter for letter.

    Args:
        documents: In the order of the file.
        text: At least one letter.
        where: See `Where`.
        check: Called often; what it raises ends the work.
        tell: Called as often with what is found so far.
    """
    import numpy as np  # not at the top: a session alone does without

    needle = text.encode("utf-8", "surrogatepass")
    pattern = re.compile(_pattern(needle, where))
    buffer = documents.buffer
    starts = np.frombuffer(documents.starts, dtype=np.uintc)
    # Only what is written already is told, and that stays.
    numbers = np.empty(len(documents), np.uint32)
    first = count = 0
    while first < len(documents):
        check()
        # Up to where a document ends, so that none is cut in two.
        stop = int(starts.searchsorted(int(starts[first]) + _STRIDE, "right"))
        stop = min(max(stop, first + 1), len(documents))
        low, high = int(starts[first]) - 1, int(starts[stop])
        at = [m.start() for m in pattern.finditer(buffer, low, high)]
        found = _documents_at(starts, np.array(at, np.int64), needle, where)
        numbers[count : count + len(found)] = found
        first, count = stop, count + len(found)
        if first < len(documents):
            tell(Found(text, where, numbers[:count], False))
    return Found(text, where, numbers[:count], True)


def _pattern(needle: bytes, where: Where) -> bytes:
    """Return what to look for; it begins at the line feed before, for a beginning.

    Of a document without line feeds, the rest is passed over: it is found once.
    """
    escaped = re.escape(needle)
    if b"\n" in needle:
        return b"(?=" + escaped + b")"
    match where:
        case "contains":
            return escaped + rb"[^\n]*"
        case "begins":
            return rb"(?<=\n)" + escaped + rb"[^\n]*"
        case "ends":
            return escaped + rb"(?=\n)"
        case "is":
            return rb"(?<=\n)" + escaped + rb"(?=\n)"


def _documents_at(
    starts: NDArray[np.uintc], at: NDArray[np.int64], needle: bytes, where: Where
) -> Numbers:
    """Return the documents that have the needle at these bytes, as it is wanted."""
    import numpy as np

    numbers = starts.searchsorted(at, "right") - 1
    begins, ends = starts[numbers], starts[numbers + 1].astype(np.int64) - 1
    last = at + len(needle)
    is_so = last <= ends
    if where in ("begins", "is"):
        is_so &= begins == at
    if where in ("ends", "is"):
        is_so &= last == ends
    return np.unique(numbers[is_so]).astype(np.uint32)
