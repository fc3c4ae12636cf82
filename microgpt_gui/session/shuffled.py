"""Documents in the order in which a run learns from them."""

from __future__ import annotations

import random
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from microgpt_gui.data.kept import Kept
from microgpt_gui.session.config import RANGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from microgpt_gui.data.documents import Documents

#: No run gets further, so nothing behind it needs to be kept.
_MAX_KEPT = RANGES["steps"][1]

#: So many places from there on are kept with the first that is asked for.
_MOST_FAR = 1_000

#: Places between two looks at ``check``; a call that fills so many takes little time.
_STRIDE = 8192


class Shuffled(Sequence[str]):
    """Documents as the script's one stream shuffles them, right after it was seeded.

    Equal if documents and seed are. Nobody writes to what it holds.

    Attributes:
        documents: In file order.
        seed: Of the stream.
        stream: Its state afterwards, as `random.Random.getstate` gives it.
    """

    __slots__ = ("__weakref__", "_far", "_order", "documents", "seed", "stream")

    def __init__(
        self,
        documents: Documents,
        seed: int,
        check: Callable[[], None],
        tell: Callable[[float], None],
    ) -> None:
        """Shuffle; see `shuffled`, which does it once."""
        self.documents = documents
        self.seed = seed
        stream = random.Random(seed)
        self._order = shuffled_places(len(documents), stream, check, tell)[:_MAX_KEPT]
        self.stream: tuple[Any, ...] = stream.getstate()
        self._far: dict[int, int] = {}  # the numbers of some places behind the order

    def __len__(self) -> int:
        return len(self.documents)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        places = range(len(self))[index]
        if isinstance(places, range):
            return tuple(self.at(places))
        (document,) = self.at((places,))
        return document

    def __iter__(self) -> Iterator[str]:
        return self.at(range(len(self)))

    def at(
        self, places: Iterable[int], check: Callable[[], None] = lambda: None
    ) -> Iterator[str]:
        """Yield the documents at these places.

        Args:
            places: From 0 to one less than there are documents.
            check: Called often while far places are looked up, which takes a second
                where there are millions; what it raises comes out.
        """
        order, far = self._order, self._far
        for place in places:
            if place < len(order):
                yield self.documents[order[place]]
                continue
            # Behind the last step that a run can have: held-out ones are there, and of
            # these it is always the first that are asked for.
            if place not in far:
                order = self._whole_order(check)
                if len(far) < _MOST_FAR:
                    stop = min(place + _MOST_FAR, len(order))
                    far.update(zip(range(place, stop), order[place:stop], strict=True))
            yield self.documents[far[place] if place in far else order[place]]

    def between(self, start: int, stop: int) -> list[str]:
        """Return the documents from one place up to another, faster than `at`."""
        if stop <= len(self._order):
            return self.documents.at(self._order[start:stop])
        return list(self.at(range(start, stop)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Shuffled):
            return NotImplemented
        return (self.seed, self.documents) == (other.seed, other.documents)

    def __hash__(self) -> int:
        return hash((self.seed, self.documents))

    def numbers(self, check: Callable[[], None]) -> array[int]:
        """Return the place in the file of each of these; nobody writes to it.

        Of more than a run can have steps, it takes as long as shuffling.

        Args:
            check: Called often; what it raises stops it.
        """
        is_whole = len(self._order) == len(self)
        return self._order if is_whole else self._whole_order(check)

    def _whole_order(self, check: Callable[[], None]) -> array[int]:
        stream = random.Random(self.seed)
        return shuffled_places(len(self), stream, check, _tell_nobody)


def shuffled(
    documents: Documents,
    seed: int,
    check: Callable[[], None] = lambda: None,
    tell: Callable[[float], None] = lambda _share: None,
) -> Shuffled:
    """Return documents in the order of ``seed``, made once for all who hold it.

    Four million take a second, so call it off the window's thread.

    Args:
        documents: In file order.
        seed: See `RunConfig`.
        check: Called often; what it raises stops the shuffling.
        tell: Called as often with the share that is done, from 0 to 1.
    """
    return _kept.get((documents, seed), lambda: Shuffled(documents, seed, check, tell))


def shuffled_places(
    count: int,
    stream: random.Random,
    check: Callable[[], None],
    tell: Callable[[float], None],
) -> array[int]:
    """Return the numbers from 0 up to ``count`` as ``stream.shuffle`` leaves them.

    Draws what that would draw, in a third of the time, and lets others have the
    interpreter lock all along.
    """
    order = array("I")
    for start in range(0, count, _STRIDE):
        order.extend(range(start, min(start + _STRIDE, count)))
    bits = stream.getrandbits
    high = count - 1
    while high > 0:
        check()
        tell(1 - high / count)
        width = (high + 1).bit_length()
        # Down to where a draw needs a bit less.
        low = max(high - _STRIDE, (1 << width - 1) - 1, 1)
        for place in range(high, low - 1, -1):
            other = bits(width)
            while other > place:
                other = bits(width)
            order[place], order[other] = order[other], order[place]
        high = low - 1
    return order


def _tell_nobody(_share: float) -> None: ...


_kept: Kept[Shuffled] = Kept()
