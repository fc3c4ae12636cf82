"""Whether a text is one of many documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.data.documents import PIECE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.data.documents import Documents

#: Up to so many bytes are read through for each text: that takes half a millisecond.
_SMALL_BYTES = 1 << 21

#: Bytes to read through in one call, which holds the interpreter lock.
_STRIDE = 1 << 20

#: Bits of the table for each document, and at most: more documents than that allows for
#: are so short, in a file that can be read, that most are equal.
_BITS, _MOST_BITS = 32, 1 << 27


def _do_nothing() -> None: ...


def _tell_nobody(_share: float) -> None: ...


class Lookup:
    """Finds texts among documents; needs half as much memory as they do, if many.

    From any thread.
    """

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._longest = max(documents.lengths, default=0)
        # A bit for each document's hash; a text whose bit is not set is none of them.
        self._table: tuple[int | None, bytearray] | None = None

    def holds(
        self,
        text: str,
        cut: int | None = None,
        check: Callable[[], None] = _do_nothing,
    ) -> bool:
        """Say whether ``text`` is a document, or one that was cut.

        Args:
            text: No longer than ``cut``.
            cut: Characters that a document is cut to, if it is longer; None: none is.
            check: Called often; what it raises comes out.
        """
        if len(self._documents.buffer) > _SMALL_BYTES:
            table = self._made(cut, check)
            place = hash(text) & 8 * len(table) - 1
            if not table[place >> 3] & 1 << (place & 7):
                return False
        data = text.encode("utf-8", "surrogatepass")
        is_cut = len(text) == cut
        return any(
            self._documents.is_one(place + 1, len(data), may_go_on=is_cut)
            for place in self._places(b"\n" + data + b"\n" * (not is_cut), check)
        )

    def prepare(
        self,
        cut: int | None,
        check: Callable[[], None] = _do_nothing,
        tell: Callable[[float], None] = _tell_nobody,
    ) -> None:
        """Do now what the first call of `holds` would take its time for.

        Args:
            cut: See there.
            check: See there.
            tell: Called often with the share that is done, from 0 to 1.
        """
        if len(self._documents.buffer) > _SMALL_BYTES:
            self._made(cut, check, tell)

    def _made(
        self,
        cut: int | None,
        check: Callable[[], None],
        tell: Callable[[float], None] = _tell_nobody,
    ) -> bytearray:
        if cut is not None and cut >= self._longest:
            cut = None
        made = self._table
        if made is not None and made[0] == cut:
            return made[1]
        documents = self._documents
        wanted = 1 << (_BITS * len(documents)).bit_length()
        table = bytearray(min(wanted, _MOST_BITS) // 8)
        mask = 8 * len(table) - 1
        for start in range(0, len(documents), PIECE):
            check()
            tell(start / len(documents))
            piece = documents.piece(start)
            for key in map(hash, piece if cut is None else [d[:cut] for d in piece]):
                place = key & mask
                table[place >> 3] |= 1 << (place & 7)
        self._table = cut, table
        return table

    def _places(self, needle: bytes, check: Callable[[], None]) -> Iterator[int]:
        """Yield every place of ``needle`` in the buffer."""
        buffer = self._documents.buffer
        for start in range(0, len(buffer), _STRIDE):
            check()
            stop = start + _STRIDE + len(needle) - 1
            place = buffer.find(needle, start, stop)
            while place >= 0:
                yield place
                place = buffer.find(needle, place + 1, stop)
