"""The boxes that are seen where some groups are open, and what goes between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from microgpt_gui.session.reading.graph.groups import Address, Groups
    from microgpt_gui.session.reading.graph.step_graph import StepGraph


@dataclass(frozen=True, slots=True)
class Box:
    """A group, or one number.

    Attributes:
        key: The group's number; of a number, `key_of` it.
        inside: The open group that it is in; 0 is the whole.
        start: Its first number.
        stop: The number after its last.
        is_open: Whether its members are boxes of their own.
    """

    key: int
    inside: int
    start: int
    stop: int
    is_open: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is one number, not a group."""
        return self.key < 0


class Edge(NamedTuple):
    """Numbers of one box went into numbers of another."""

    source: int  # key of a box
    target: int
    times: int  # how often


def key_of(number: int) -> int:
    """Return the key of the box that is one number."""
    return ~number


def key_at(groups: Groups, address: Address, number: int | None) -> int | None:
    """Return the key of the box at an address, which may be of another graph.

    Args:
        groups: Of the graph.
        address: Of a group.
        number: Which of the group's numbers it is; None for the group itself.

    Returns:
        None if there is no such group; of a number that is not there, its group.
    """
    group = groups.find(address)
    if group is None or number is None:
        return group
    wanted = groups.starts[group] + number
    return key_of(wanted) if wanted < groups.stops[group] else group


def boxes_of(groups: Groups, opened: Collection[int]) -> list[Box]:
    """Return all boxes, each open group before its members, else in order of making.

    Args:
        groups: Of the graph.
        opened: Which are open; those in a closed one do not matter.
    """
    boxes: list[Box] = []
    _add_members(groups, opened, 0, boxes)
    return boxes


def _add_members(
    groups: Groups, opened: Collection[int], group: int, boxes: list[Box]
) -> None:
    members = groups.members[group]
    if not members:
        numbers = range(groups.starts[group], groups.stops[group])
        boxes += [Box(key_of(n), group, n, n + 1) for n in numbers]
    for member in members:
        is_open, start, stop = member in opened, groups.starts[member], 0
        stop = groups.stops[member]
        boxes.append(Box(member, group, start, stop, is_open))
        if is_open:
            _add_members(groups, opened, member, boxes)


def edges_between(graph: StepGraph, boxes: list[Box]) -> list[Edge]:
    """Return what goes between the boxes that are not open, each pair once.

    Needs NumPy: a graph has a hundred thousand numbers, and somebody waits.

    Args:
        graph: The graph.
        boxes: All of them; see `boxes_of`.
    """
    import numpy as np

    closed = [box for box in boxes if not box.is_open]
    sizes = [box.stop - box.start for box in closed]
    count = len(closed)
    box_of = np.repeat(np.arange(count), sizes)
    first, every = graph.weights, np.arange(graph.weights, len(graph))
    left = np.frombuffer(graph.left, np.intc)[first:]
    right = np.frombuffer(graph.right, np.intc)[first:]
    right = np.where(right < 0, every, right)  # within its box: that is no edge
    targets = box_of[first:]
    pairs = np.concatenate([box_of[left] * count, box_of[right] * count])
    pairs += np.concatenate([targets, targets])
    if count * count <= 4 * len(graph):  # quicker than to sort, in little memory
        counts = np.bincount(pairs)
        found = np.flatnonzero(counts)
        counts = counts[found]
    else:
        found, counts = np.unique(pairs, return_counts=True)
    sources, targets = np.divmod(found, count)
    return [
        Edge(closed[source].key, closed[target].key, times)
        for source, target, times in zip(
            sources.tolist(), targets.tolist(), counts.tolist(), strict=True
        )
        if source != target
    ]


def gradient_size(graph: StepGraph, box: Box) -> float:
    """Return the root of the mean of a box's squared gradients; of one, its size."""
    return abs(graph.grad[box.start]) if box.is_number else graph.sizes[box.key]
