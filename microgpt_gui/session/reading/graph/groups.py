"""Numbers in groups within groups, each a stretch of one long row of numbers."""

from __future__ import annotations

from array import array
from bisect import bisect_right

#: Kind and index of each group on the way to one.
Address = tuple[tuple[str, int], ...]

#: A group of more than this has its members in stretches, each a group of its own.
MOST_MEMBERS = 64


class Groups:
    """A tree of groups; the first, number 0, is all. Fills once, then only read.

    A group holds groups or numbers, never both. Its numbers are a stretch, so what is
    in a group is told by two comparisons, and every order of them is that of making.

    Attributes:
        kinds: What each group is; see `names`.
        indexes: Which of several.
        parents: The group that each is in; -1 of all.
        starts: Its first number.
        stops: The number after its last.
        members: The groups in each; none where it holds numbers.
    """

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.indexes = array("i")
        self.parents = array("i")
        self.starts = array("i")
        self.stops = array("i")
        self.members: list[tuple[int, ...]] = []
        self._leaves: list[int] = []  # in the order of their numbers
        self._leaf_starts: list[int] = []

    def __len__(self) -> int:
        return len(self.kinds)

    def open(self, kind: str, index: int, parent: int, start: int) -> int:
        """Begin a group, whose members follow; return its number."""
        number = len(self.kinds)
        self.kinds.append(kind)
        self.indexes.append(index)
        self.parents.append(parent)
        self.starts.append(start)
        self.stops.append(start)
        self.members.append(())
        return number

    def close(self, group: int, stop: int, members: list[int]) -> None:
        """End a group: all its members are there, and told in their order."""
        self.stops[group] = stop
        if members:
            self.members[group] = self._in_stretches(group, members)
        else:
            self._close_leaf(group)

    def _in_stretches(self, group: int, members: list[int]) -> tuple[int, ...]:
        if len(members) <= MOST_MEMBERS:
            for member in members:
                self.parents[member] = group
            return tuple(members)
        found = []
        for first, last in _stretches(len(members)):
            inner = members[first:last]
            number = self.open("rows", first, group, self.starts[inner[0]])
            self.stops[number] = self.stops[inner[-1]]
            self.members[number] = self._in_stretches(number, inner)
            found.append(number)
        return tuple(found)

    def _close_leaf(self, group: int) -> None:
        start, count = self.starts[group], self.stops[group] - self.starts[group]
        if count <= MOST_MEMBERS:
            self._leaves.append(group)
            self._leaf_starts.append(start)
            return
        found = []
        for first, last in _stretches(count):
            number = self.open("numbers", first, group, start + first)
            self.stops[number] = start + last
            self._close_leaf(number)
            found.append(number)
        self.members[group] = tuple(found)

    def leaf_of(self, number: int) -> int:
        """Return the innermost group that a number is in."""
        return self._leaves[bisect_right(self._leaf_starts, number) - 1]

    def around(self, group: int) -> list[int]:
        """Return the groups that hold ``group``, from all of them to itself."""
        found = []
        while group >= 0:
            found.append(group)
            group = self.parents[group]
        return found[::-1]

    def address(self, group: int) -> Address:
        """Return by which kinds and indexes one gets from all to ``group``."""
        around = self.around(group)[1:]
        return tuple((self.kinds[g], self.indexes[g]) for g in around)

    def find(self, address: Address) -> int | None:
        """Return the group of an address, which may be of another graph, if any."""
        group = 0
        for kind, index in address:
            for member in self.members[group]:
                if self.kinds[member] == kind and self.indexes[member] == index:
                    group = member
                    break
            else:
                return None
        return group


def _stretches(count: int) -> list[tuple[int, int]]:
    """Return where stretches of about the same length begin and end.

    There are at most MOST_MEMBERS; their lengths are even, as numbers come in pairs.
    """
    parts = min(MOST_MEMBERS, -(-count // MOST_MEMBERS))
    length = -(-count // parts)
    length += length % 2
    return [(first, min(first + length, count)) for first in range(0, count, length)]
