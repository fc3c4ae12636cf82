"""Where the boxes of a graph stand: in the order of their making, as a text is read."""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from microgpt_gui.session.reading.graph.open_groups import Box, Edge

Part = TypeVar("Part")

#: Boxes of equal rank stand below each other, at most so many; then side by side.
MOST_BELOW = 9

#: So many may always do: of more, there are about as many columns as rows.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths of a picture, in its own units.

    Attributes:
        group: Width and height of a closed group.
        number: Width and height of one number.
        title: Height of an open group's title.
        pad: Around what is in an open group.
        across: Between two boxes side by side.
        below: Between two boxes below each other.
        between: Between two lines.
    """

    group: tuple[int, int]
    number: tuple[int, int]
    title: int
    pad: int
    across: int
    below: int
    between: int


class Place(NamedTuple):
    """Where a box is, from the left upper corner of all."""

    x: int
    y: int
    wide: int
    high: int

    def moved(self, x: int, y: int) -> Place:
        """Return it further to the right and below."""
        return self._replace(x=self.x + x, y=self.y + y)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where all boxes are.

    Attributes:
        places: By their keys; an open group's holds those of its members.
        wide: Of all.
        high: Of all.
    """

    places: dict[int, Place]
    wide: int
    high: int


def arranged(
    boxes: Sequence[Box], edges: Iterable[Edge], sizes: Sizes, room: int
) -> Layout:
    """Return where ``boxes`` stand.

    In each group a box stands right before the first that needs it, so that edges are
    short; boxes that need the same stand below each other. What finds no room on the
    right goes on in a line below, as in a text.

    Args:
        boxes: See `boxes_of`.
        edges: What goes between those that are not open.
        sizes: Of all.
        room: The width there is; single boxes may need more.
    """
    members: dict[int, list[Box]] = {0: []}
    for box in boxes:
        members.setdefault(box.inside, []).append(box)
    needed = _needed_by(boxes, edges)
    places: dict[int, Place] = {}
    wide, high = _Arrangement(members, needed, sizes, places).of(0, room)
    return Layout(places, wide, high)


def _needed_by(boxes: Sequence[Box], edges: Iterable[Edge]) -> dict[int, set[int]]:
    """Return which others of its group need each box, by keys."""
    inside = {box.key: box.inside for box in boxes}
    around: dict[int, list[int]] = {0: []}
    for box in boxes:  # open ones stand before what is in them
        around[box.key] = [*around[box.inside], box.key]
    needed: dict[int, set[int]] = {key: set() for key in inside}
    for edge in edges:
        pairs = zip(around[edge.source], around[edge.target], strict=False)
        for source, target in pairs:
            if source != target:
                needed[source].add(target)
                break
    return needed


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """Places group by group, the inner ones first."""

    members: dict[int, list[Box]]
    needed: dict[int, set[int]]
    sizes: Sizes
    places: dict[int, Place]  # is filled

    def of(self, group: int, room: int) -> tuple[int, int]:
        """Place what is in a group, from its own corner; return how large that is."""
        sizes, members = self.sizes, self.members[group]
        extents: dict[int, tuple[int, int]] = {}
        for box in members:
            extents[box.key] = sizes.number if box.is_number else sizes.group
            if box.is_open:
                around = 2 * sizes.pad
                wide, high = self.of(box.key, room - around)
                wide = max(wide, sizes.group[0] - around)
                extents[box.key] = wide + around, high + sizes.title + around
        is_of_numbers = bool(members) and members[0].is_number
        corners: dict[int, tuple[int, int]] = {}
        wide = y = 0
        for line in self._lines(_columns(members, self.needed), extents, room):
            heights = [self._height(column, extents) for column in line]
            x, tallest = 0, max(heights)
            for column, height in zip(line, heights, strict=True):
                down = y if is_of_numbers else y + (tallest - height) // 2
                for key in column:
                    corners[key] = x, down
                    down += extents[key][1] + sizes.below
                x += max(extents[key][0] for key in column) + sizes.across
            wide, y = max(wide, x - sizes.across), y + tallest + sizes.between
        for box in members:
            corner = corners[box.key]
            self.places[box.key] = Place(*corner, *extents[box.key])
            if box.is_open:
                down = corner[1] + sizes.title + sizes.pad
                self._move(box.key, corner[0] + sizes.pad, down)
        return wide, max(0, y - sizes.between)

    def _lines(
        self,
        columns: list[list[int]],
        extents: dict[int, tuple[int, int]],
        room: int,
    ) -> list[list[list[int]]]:
        lines: list[list[list[int]]] = []
        x = room + 1
        for column in columns:
            wide = max(extents[key][0] for key in column)
            if x + wide > room:
                lines.append([])
                x = 0
            lines[-1].append(column)
            x += wide + self.sizes.across
        return lines

    def _height(self, column: list[int], extents: dict[int, tuple[int, int]]) -> int:
        below = self.sizes.below
        return sum(extents[key][1] + below for key in column) - below

    def _move(self, group: int, x: int, y: int) -> None:
        for box in self.members[group]:
            self.places[box.key] = self.places[box.key].moved(x, y)
            if box.is_open:
                self._move(box.key, x, y)


def _columns(members: list[Box], needed: dict[int, set[int]]) -> list[list[int]]:
    """Return the keys of a group's boxes, column by column from left to right.

    What hangs together stays together: of chains that have nothing to do with each
    other, each is a row.
    """
    chains = _chains([box.key for box in members], needed)
    columns = []
    below = min(MOST_BELOW, max(_FEW, isqrt(len(chains) - 1) + 1))
    for block in _parted(chains, below):
        together = {key for chain in block for key in chain}
        keys = [box.key for box in members if box.key in together]
        for column in _by_rank(keys, needed):
            columns += list(_parted(column, MOST_BELOW))
    return columns


def _chains(keys: list[int], needed: dict[int, set[int]]) -> list[list[int]]:
    """Return the boxes in parts that have nothing to do with each other, in order."""
    first: dict[int, int] = {}  # of the part that each is in, its first as it is known

    def found(key: int) -> int:
        while (before := first.setdefault(key, key)) != key:
            key = before
        return key

    order = {key: place for place, key in enumerate(keys)}
    for key in keys:
        for other in needed[key]:
            one, two = sorted((found(key), found(other)), key=order.__getitem__)
            first[two] = one
    chains: dict[int, list[int]] = {}
    for key in keys:
        chains.setdefault(found(key), []).append(key)
    return list(chains.values())


def _by_rank(keys: list[int], needed: dict[int, set[int]]) -> list[list[int]]:
    ranks: dict[int, int] = {}  # counted from the end
    for key in reversed(keys):
        ranks[key] = max((ranks[other] + 1 for other in needed[key]), default=0)
    last = max(ranks.values(), default=0)
    columns: list[list[int]] = [[] for _ in range(last + 1)]
    for key in keys:
        columns[last - ranks[key]].append(key)
    return columns


def _parted(values: list[Part], most: int) -> Iterator[list[Part]]:
    """Yield a list in parts of about the same length, at most ``most``."""
    parts = -(-len(values) // most)
    length = -(-len(values) // max(1, parts))
    for start in range(0, len(values), max(1, length)):
        yield values[start : start + length]
