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
        is_held_out: Whether they are the run's held-out ones, the same at each of its
            steps; else those that training has not reached, which get fewer.
    """

    step: int
    docs: Shuffled
    ranges: tuple[range, ...]
    is_held_out: bool

    def __len__(self) -> int:
        return sum(map(len, self.ranges))

    def __iter__(self) -> Iterator[str]:
        return self.docs.at(self._places(len(self)))

    def first(
        self, count: int, check: Callable[[], None] = lambda: None
    ) -> tuple[str, ...]:
        """Return the first ``count`` of them, or all if there are fewer.

        ``check`` is called often where that takes time; what it raises ends the work.
        """
        return tuple(self.docs.at(self._places(count), check))

    def _places(self, count: int) -> Iterator[int]:
        return islice(chain.from_iterable(self.ranges), count)

    @property
    def problem(self) -> str:
        """Why there are none, for people; empty if there are some."""
        if len(self):
            return ""
        if not self.docs:
            return "The text of this run is not at hand."
        if len(self.docs) == 1:
            return "None are left: the text is one document, and training learns it."
        return (
            f"None are left: by step {self.step:,} training reaches every one of the "
            f"{len(self.docs):,} documents, and none are held out (held_out)."
        )


def unseen(
    info: RunInfo, step: int, check: Callable[[], None] = lambda: None
) -> Unseen:
    """Return the documents that the first ``step`` steps have not learnt from.

    They are the held-out ones of the text that the newest of these steps learnt from,
    the last of its shuffled order; where none are held out, all of that text. Missing
    is what any of the steps learnt, whether it read this text, at whichever place, or
    another one that has the same line.

    Args:
        info: Of the run.
        step: Steps done, at least 0. It may lie ahead: the planned end, for documents
            that no step of the whole run learns from.
        check: Called often; what it raises ends the work.
    """
    newest = info.segment_learnt(step)
    docs, is_held_out = newest.docs, bool(newest.num_held_out)
    first = len(docs) - newest.num_held_out if is_held_out else 0
    reached: list[range] = []
    elsewhere: set[str] = set()
    for segment, start, stop in _stretches(info.segments, step):
        places = segment.places_of(start, stop)
        if segment.docs == docs:
            reached += places
        else:
            for part in places:
                for number, document in enumerate(segment.docs.at(part, check)):
                    if number % _STRIDE == 0:
                        check()
                    elsewhere.add(document)
    left = _without(range(first, len(docs)), reached)
    if elsewhere:
        left = _joined(_new(docs, left, elsewhere, check))
    return Unseen(step, docs, left, is_held_out)


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
        if start < (end := min(part.start, whole.stop)):
            left.append(range(start, end))
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
    for part in ranges:
        for place, document in zip(part, docs.at(part, check), strict=True):
            if place % _STRIDE == 0:
                check()
            if document not in known:
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
