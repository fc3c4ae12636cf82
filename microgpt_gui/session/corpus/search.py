"""Finds which of many documents a text is in."""

from __future__ import annotations

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
    # NumPy gives up the interpreter lock while it looks through so many bytes.
    whole = np.frombuffer(documents.buffer, np.uint8)
    starts = np.frombuffer(documents.starts, np.uintc)
    # Only what is written already is told, and that stays.
    numbers = np.empty(len(documents), np.uint32)
    first = count = 0
    while first < len(documents):
        check()
        # Up to where a document ends, so that none is cut in two.
        stop = int(starts.searchsorted(int(starts[first]) + _STRIDE, "right"))
        stop = min(max(stop, first + 1), len(documents))
        low, high = int(starts[first]), int(starts[stop])
        some = starts[first : stop + 1].astype(np.int64) - low
        found = _found(whole[low:high], some, needle, where)
        numbers[count : count + len(found)] = found + first
        first, count = stop, count + len(found)
        if first < len(documents):
            tell(Found(text, where, numbers[:count], False))
    return Found(text, where, numbers[:count], True)


def _found(
    region: NDArray[np.uint8],
    starts: NDArray[np.int64],
    needle: bytes,
    where: Where,
) -> NDArray[np.intp]:
    """Return which documents of a region have the needle where it is wanted.

    Args:
        region: The bytes of some documents, each with the line feed after it.
        starts: Where each begins, and one after the last.
        needle: Whole characters in UTF-8: it is found nowhere but between two.
        where: See `Where`.
    """
    size = len(needle)
    if where in ("begins", "is"):
        at = starts[:-1]
    elif where == "ends":
        at = starts[1:] - 1 - size
        at = at[at >= 0]
    else:
        at = (region[: max(0, len(region) - size + 1)] == needle[0]).nonzero()[0]
    at = at[at <= len(region) - size]
    for place, byte in enumerate(needle):
        at = at[region[at + place] == byte]
    numbers = starts.searchsorted(at, "right") - 1
    ends = starts[numbers + 1] - 1
    last = at + size
    is_so = last <= ends
    if where in ("begins", "is"):
        is_so &= starts[numbers] == at
    if where in ("ends", "is"):
        is_so &= last == ends
    numbers = numbers[is_so]
    if not len(numbers):
        return numbers
    import numpy as np

    # They ascend; one that has it twice is one.
    return numbers[np.concatenate(([True], numbers[1:] != numbers[:-1]))]
