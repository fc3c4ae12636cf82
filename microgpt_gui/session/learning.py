"""Which steps of a run learn from a document."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.shuffled import Shuffled

#: Documents between two looks at ``check``.
_LOOKED_AT = 2_000


@dataclass(frozen=True, slots=True)
class Learning:
    """When one document is learnt.

    Attributes:
        first: The first step that does so, counted from 1; None if none of the run
            does, as far as it is planned.
        times: How many of the steps done have done so.
    """

    first: int | None
    times: int


def learning_of(segments: Sequence[Segment], at: int, place: int) -> Learning:
    """Return when the document at a place of the shuffled order is learnt.

    Of the text that the newest of the steps done learnt from, by whichever steps of the
    run learn from that text, be it in another order: runs in old files have that.

    Args:
        segments: Of the run.
        at: Steps done, at least 0.
        place: From 0.
    """
    shown = next(s for s in reversed(segments) if s.start <= max(at - 1, 0))
    first, times = None, 0
    for segment, start, stop in _stretches(segments):
        if segment.docs.documents != shown.docs.documents:
            continue
        its = _place_in(segment.docs, shown.docs, place)
        cycle = segment.num_trained
        begun = start + (its - start) % cycle  # the first that learns it from there
        if its >= cycle or begun >= stop:
            continue
        if first is None:
            first = begun + 1
        if (done := min(stop, at)) > begun:
            times += (done - 1 - begun) // cycle + 1
    return Learning(first, times)


def learnt_count(segments: Sequence[Segment], at: int) -> int:
    """Return how many documents the steps done have learnt from.

    Of the text that the newest of them learnt from; see `learning_of`.
    """
    shown = next(s for s in reversed(segments) if s.start <= max(at - 1, 0))
    parts: list[range] = []
    others: set[int] = set()  # by their places in the file
    for segment, start, stop in _stretches(segments):
        if start >= min(stop, at):
            continue
        places = segment.places_of(start, min(stop, at))
        if segment.docs == shown.docs:
            parts += places
        elif segment.docs.documents == shown.docs.documents:
            numbers = segment.docs.numbers(_go_on)
            others.update(numbers[place] for place in chain.from_iterable(places))
    count = end = 0
    for part in sorted(parts, key=lambda part: part.start):
        count += max(0, part.stop - max(part.start, end))
        end = max(end, part.stop)
    if others:
        numbers = shown.docs.numbers(_go_on)
        others.difference_update(numbers[place] for part in parts for place in part)
    return count + len(others)


def learnt_texts(
    segments: Sequence[Segment], at: int, check: Callable[[], None] = lambda: None
) -> set[str]:
    """Return all documents that the steps done have learnt from, as they were cut.

    Args:
        segments: Of the run; of whichever text.
        at: Steps done, at least 0.
        check: Called often; what it raises ends the work.
    """
    found: set[str] = set()
    for segment, start, stop in _stretches(segments):
        if start >= min(stop, at):
            continue
        size = segment.config.block_size
        for places in segment.places_of(start, min(stop, at)):
            for first in range(places.start, places.stop, _LOOKED_AT):
                check()
                some = range(first, min(first + _LOOKED_AT, places.stop))
                found.update(doc[:size] for doc in segment.docs.at(some, check))
    return found


def _place_in(docs: Shuffled, other: Shuffled, place: int) -> int:
    """Return where the document at a place of ``other`` stands in ``docs``.

    Args:
        docs: Documents in some order.
        other: The same ones, in the same order or in another.
        place: From 0.
    """
    if docs == other:
        return place
    number = other.numbers(_go_on)[place]
    return docs.numbers(_go_on).index(number)


def _go_on() -> None: ...


def _stretches(segments: Sequence[Segment]) -> Iterator[tuple[Segment, int, int]]:
    """Yield each segment with the steps (from 0) that it is planned for."""
    ends = [*(s.start for s in segments[1:]), segments[-1].config.steps]
    for segment, end in zip(segments, ends, strict=True):
        if segment.start < end and segment.docs:
            yield segment, segment.start, end
