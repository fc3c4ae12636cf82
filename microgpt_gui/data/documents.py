"""Documents in one piece of memory, however many there are."""

from __future__ import annotations

import hashlib
import threading
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, count
from operator import add
from typing import TYPE_CHECKING, overload
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FEED = b"\n"

#: Documents that are made strings of in one call: to do it with all would hold the
#: interpreter lock for seconds, and the window with it.
PIECE = 1_000


class Documents(Sequence[str]):
    """Texts in one buffer of UTF-8, with a line feed before and after each.

    A string of its own takes 50 bytes more than its text, and has to be freed alone:
    four million of them are 400 MB, and a second of waiting to be rid of them. Here it
    is 5 bytes more, and indexing makes the string. Nobody writes to what it holds.

    There is one object for equal documents, as long as anybody holds it, so runs of one
    text share it. From any thread.

    Attributes:
        chars: Every character in them, sorted.
        lengths: How many documents have so many characters, for each length there is.
    """

    __slots__ = (
        "__weakref__",
        "_buffer",
        "_digest",
        "_has_feeds",
        "_starts",
        "chars",
        "lengths",
    )

    def __init__(
        self,
        buffer: bytearray,
        starts: array[int],
        digest: bytes,
        chars: str,
        lengths: Mapping[int, int],
    ) -> None:
        """See `DocumentsBuilder`, which makes them."""
        self._buffer = buffer
        self._starts = starts  # of each document in the buffer, and one after the last
        self._digest = digest
        self.chars = chars
        self.lengths = lengths
        self._has_feeds = "\n" in chars

    @classmethod
    def of(cls, docs: Iterable[str]) -> Documents:
        """Return these documents. All at once: for some thousands, not for millions."""
        builder = DocumentsBuilder()
        builder.add(list(docs))
        return builder.finish()

    @property
    def buffer(self) -> bytearray:
        """All in UTF-8, with a line feed before and after each; to read only."""
        return self._buffer

    @property
    def starts(self) -> array[int]:
        """Where each begins in the buffer, and one after the last; to read only."""
        return self._starts

    def encoded_size(self, separator: str) -> int:
        """Return the bytes of `encoded`, at once."""
        return len(self._buffer) - 1 + len(self) * (len(separator) - len(_FEED))

    def encoded(self, separator: str) -> bytes:
        """Return them in UTF-8, with ``separator``, of ASCII, behind each."""
        if separator == "\n":
            return bytes(memoryview(self._buffer)[1:])
        pieces = (self.piece(start) for start in range(0, len(self), PIECE))
        return b"".join(
            "".join(f"{doc}{separator}" for doc in piece).encode() for piece in pieces
        )

    @property
    def mean_length(self) -> float:
        """Characters in a document, on average; 0 where there is none."""
        total = sum(length * number for length, number in self.lengths.items())
        return total / len(self) if len(self) else 0.0

    def is_one(self, start: int, size: int, *, may_go_on: bool) -> bool:
        """Say whether a document stands at ``start`` of the buffer.

        Args:
            start: Of the first byte after a line feed.
            size: Of the document, in bytes.
            may_go_on: Whether those may be only its beginning.
        """
        place = bisect_left(self._starts, start)
        if place >= len(self) or self._starts[place] != start:
            return False
        rest = self._starts[place + 1] - len(_FEED) - start - size
        return rest >= 0 if may_go_on else rest == 0

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(f"there are {len(self)} documents, and none at {index}")
        place = index % len(self)
        start, after = self._starts[place], self._starts[place + 1]
        return self._buffer[start : after - len(_FEED)].decode()

    def at(self, places: Iterable[int]) -> list[str]:
        """Return the documents at these places, from 0, faster than one by one."""
        buffer, starts, feed = self._buffer, self._starts, len(_FEED)
        return [buffer[starts[p] : starts[p + 1] - feed].decode() for p in places]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), PIECE):
            yield from self.piece(start)

    def piece(self, start: int) -> Sequence[str]:
        """Return the next `PIECE` documents from ``start`` on, or those there are."""
        stop = min(start + PIECE, len(self))
        if self._has_feeds:
            return self[start:stop]
        first, after = self._starts[start], self._starts[stop]
        return self._buffer[first : after - len(_FEED)].decode().split("\n")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Documents):
            return NotImplemented
        return self is other or self._digest == other._digest

    def __hash__(self) -> int:
        return hash(self._digest)

    def __repr__(self) -> str:
        return f"<{len(self)} documents, {self._digest.hex()[:8]}>"


class DocumentsBuilder:
    """Takes up documents some thousand at a time. Belongs to one thread."""

    def __init__(self) -> None:
        self._buffer = bytearray(_FEED)
        self._starts = array("I", [len(_FEED)])
        self._chars: set[str] = set()
        self._seen = _FEED  # those of them that take one byte
        self.lengths: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self._starts) - 1

    def add(self, docs: Sequence[str]) -> None:
        """Take up these, after those before. No call for all: see `PIECE`."""
        if not docs:
            return
        data = "\n".join(docs).encode()
        self.lengths.update(map(len, docs))
        sizes = map(len, docs if data.isascii() else map(str.encode, docs))
        # In C, without a step of Python for each document.
        self._starts.extend(map(add, accumulate(sizes), count(len(self._buffer) + 1)))
        self._buffer += data
        self._buffer += _FEED
        if data.count(_FEED) >= len(docs):
            self._chars.add("\n")  # in a document, not only between two
        if news := data.translate(None, self._seen):
            self._chars.update(news.decode())
            ascii_chars = "".join(filter(str.isascii, self._chars))
            self._seen = _FEED + ascii_chars.encode()

    def finish(self) -> Documents:
        """Return the documents; those that are held already if there are equal ones."""
        # Hashing gives up the interpreter lock. The starts tell documents with line
        # feeds in them from others of the same bytes.
        digest = hashlib.sha256(self._buffer)
        digest.update(self._starts)
        key = digest.digest()
        made = Documents(
            self._buffer,
            self._starts,
            key,
            "".join(sorted(self._chars)),
            dict(self.lengths),
        )
        with _lock:
            return _held.setdefault(key, made)


_held: WeakValueDictionary[bytes, Documents] = WeakValueDictionary()
_lock = threading.Lock()
