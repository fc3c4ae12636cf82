"""The documents that a run has not learnt from: what its model never saw."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.shuffled import Shuffled

#: Documents between two looks at ``check``.
_STRIDE = 1_000


@dataclass(frozen=True, slots=True)
class Unseen:
    """Documents that no step has learnt from, in the run's shuffled order.

    A document is a place in that order. A text that stands in the corpus twice is two
    documents: one may be among these although its copy was learnt.

    Attributes:
        step: Steps done.
        docs: All documents of the text in force, shuffled.
        ranges: Where in ``docs`` these stand, ascending.
    """

    step: int
    docs: Shuffled
    ranges: tuple[range, ...]

    def __len__(self) -> int:
        return sum(map(len, self.ranges))

    def __iter__(self) -> Iterator[str]:
        return map(self.docs.__getitem__, chain.from_iterable(self.ranges))

    def first(self, count: int) -> tuple[str, ...]:
        """Return the first ``count`` of them, or all if there are fewer."""
        return tuple(islice(self, count))

    @property
    def problem(self) -> str:
        """Why there are none, for people; empty if there are some."""
        if len(self):
            return ""
        if not self.docs:
            return "The text of this run is not at hand."
        return (
            f"None are left: by step {self.step:,} training has reached every one of "
            f"the {len(self.docs):,} documents."
        )


def unseen(
    info: RunInfo, step: int, check: Callable[[], None] = lambda: None
) -> Unseen:
    """Return the documents that the first ``step`` steps have not learnt from.

    They are those of the text that the newest of these steps learnt from, less what
    earlier steps learnt, whether they read this text, at any of its places, or another
    one that has the same line.

    Args:
        info: Of the run.
        step: Steps done, at least 0. It may lie ahead: the planned end, for documents
            that no step of the whole run learns from.
        check: Called often; what it raises ends the work.
    """
    docs = info.segment_learnt(step).docs
    reached: list[range] = []
    elsewhere: set[str] = set()
    for segment, start, stop in _stretches(info.segments, step):
        places = segment.places_of(start, stop)
        if segment.docs == docs:
            reached += places
        else:
            for number, place in enumerate(chain.from_iterable(places)):
                if number % _STRIDE == 0:
                    check()
                elsewhere.add(segment.docs[place])
    left = _without(range(len(docs)), reached)
    if elsewhere:
        left = _joined(_new(docs, left, elsewhere, check))
    return Unseen(step, docs, left)


def _stretches(
    segments: Sequence[Segment], step: int
) -> Iterator[tuple[Segment, int, int]]:
    """Yield each segment that any of ``step`` steps belong to: its first, and end."""
    ends = [*(s.start for s in segments[1:]), step]
    for segment, end in zip(segments, ends, strict=True):
        if segment.start < min(end, step) and segment.docs:
            yield segment, segment.start, min(end, step)


def _without(whole: range, parts: Iterable[range]) -> tuple[range, ...]:
    """Return what of ``whole`` is in none of ``parts``."""
    left = []
    start = whole.start
    for part in sorted(parts, key=lambda part: part.start):
        if start < part.start:
            left.append(range(start, min(part.start, whole.stop)))
        start = max(start, part.stop)
    if start < whole.stop:
        left.append(range(start, whole.stop))
    return tuple(left)


def _new(
    docs: Shuffled,
    ranges: Iterable[range],
    known: set[str],
    check: Callable[[], None],
) -> Iterator[int]:
    """Yield the places of the documents that are none of the ``known`` texts."""
    for number, place in enumerate(chain.from_iterable(ranges)):
        if number % _STRIDE == 0:
            check()
        if docs[place] not in known:
            yield place


def _joined(places: Iterable[int]) -> tuple[range, ...]:
    """Return ascending ``places`` as ranges, those that touch in one."""
    found: list[range] = []
    for place in places:
        if found and found[-1].stop == place:
            found[-1] = range(found[-1].start, place + 1)
        else:
            found.append(range(place, place + 1))
    return tuple(found)
