"""A walk through a graph along the chain rule, and the steps that it has taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.reading.graph.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Collection

    from microgpt_gui.session.reading.graph.step_graph import Link, StepGraph


class Walk:
    """Steps back from a number to one that it was made of, and forth again.

    Attributes:
        trail: The numbers that were stepped on, the one chosen last; empty where no
            step was taken.
    """

    def __init__(self) -> None:
        self.trail: list[int] = []
        self._stops: list[int] = []  # how long the trail was at each stop
        self._opened: set[int] = set()  # by the walk, to show its steps

    @property
    def stops(self) -> list[int]:
        """The numbers of the trail that were stepped on one by one.

        Between two of them may lie a chain of sums, which pass a gradient on as it is.
        """
        return [self.trail[length - 1] for length in self._stops]

    def forget(self) -> None:
        """Begin anew: another number was chosen, or another graph is shown."""
        self.trail.clear()
        self._stops.clear()
        self._opened.clear()

    def back(self, graph: StepGraph, number: int | None, source: int | None) -> int:
        """Step back, and return where that leads.

        A weight leads nowhere: from there, the step is to what it was multiplied by, or
        added to, if that has led here.

        Args:
            graph: The graph.
            number: Where one is; None begins at the loss.
            source: Where to step to; None for what contributes most. A sum passes its
                gradient on whole, to all its terms: there it is the largest term.
        """
        if number is None:
            number = graph.loss
            self.trail, self._stops = [number], [1]
            return number
        if not self.trail or self.trail[-1] != number:
            self.trail, self._stops = [number], [1]
        if source is None and (beside := self._beside(graph)) is not None:
            self.trail[-1] = beside
            return beside
        if source is not None:
            way = [source]
        elif graph.operation(number) is Operation.SUM:
            way = _way_to_largest_term(graph, number)
        else:
            links = graph.links_into(number)
            way = [max(links, key=_size).source] if links else []
        if way:
            self.trail += way
            self._stops.append(len(self.trail))
        return self.trail[-1]

    def leads_on(self, graph: StepGraph, number: int) -> bool:
        """Return whether there is a step back from a number."""
        is_here = bool(self.trail) and self.trail[-1] == number
        beside = self._beside(graph) if is_here else None
        return number >= graph.weights or beside is not None

    def _beside(self, graph: StepGraph) -> int | None:
        """Return what a weight that the trail ends at was put together with, if any."""
        if len(self.trail) < 2 or self.trail[-1] >= graph.weights:
            return None
        links = graph.links_into(self.trail[-2])
        others = (link.source for link in links if link.source >= graph.weights)
        return next(others, None)

    def forth(self, graph: StepGraph, number: int, target: int | None) -> int:
        """Step towards the loss, and return where that leads.

        Args:
            graph: The graph.
            number: Where one is.
            target: Where to step to; None for where one came from, or else for what
                contributes most.
        """
        came_from = None
        if len(self._stops) > 1 and self.trail[-1] == number:
            came_from = self.trail[self._stops[-2] - 1]
        if came_from is not None and target in (None, came_from):
            self._stops.pop()
            del self.trail[self._stops[-1] :]
            return came_from
        if target is None:
            links = graph.links_out_of(number)
            target = max(links, key=_size).target if links else number
        self.trail, self._stops = [target], [1]
        return target

    def opened_for(
        self, graph: StepGraph, number: int, opened: Collection[int]
    ) -> set[int]:
        """Return which groups are to be open for a number to be seen.

        What the walk itself has opened is closed again, but for the last step's.
        """
        groups = graph.groups
        wanted = set(groups.around(groups.leaf_of(number))[1:])
        last = set[int]()
        if len(self._stops) > 1:
            before = self.trail[self._stops[-2] - 1]
            last = set(groups.around(groups.leaf_of(before))[1:])
        kept = (set(opened) - self._opened) | ((wanted | last) & set(opened))
        self._opened = (self._opened & kept) | (wanted - kept)
        return kept | wanted

    def derivatives(self, graph: StepGraph) -> list[float]:
        """Return for each stop the product of the local derivatives on the way there.

        That is what this way contributes to the gradient there, if it is from the loss.
        """
        found, product, at = [], 1.0, 1
        for length in self._stops:
            for place in range(at, length):
                target, source = self.trail[place - 1], self.trail[place]
                links = graph.links_into(target)
                product *= sum(ln.slope for ln in links if ln.source == source)
            at = max(at, length)
            found.append(product)
        return found


def _way_to_largest_term(graph: StepGraph, number: int) -> list[int]:
    """Return the steps from a sum to the largest term of the chain that it ends."""
    is_sum = Operation.SUM
    way, best, largest = [number], [], -1.0
    while True:
        left, right = graph.left[number], graph.right[number]
        is_chain = graph.operation(left) is is_sum and _is_same(graph, left, number)
        for term in (right,) if is_chain else (right, left):
            if (size := abs(graph.data[term])) > largest:
                best, largest = [*way[1:], term], size
        if not is_chain:
            return best or [left]
        way.append(left)
        number = left


def _is_same(graph: StepGraph, one: int, other: int) -> bool:
    """Return whether two sums are of one chain: made one after the other."""
    groups = graph.groups
    first, second = groups.leaf_of(one), groups.leaf_of(other)
    while groups.kinds[first] == "numbers":
        first = groups.parents[first]
    return groups.starts[first] <= other < groups.stops[first] or first == second


def _size(link: Link) -> float:
    """Return how large a contribution is; what is no number comes last."""
    size = abs(link.contribution)
    return size if size == size else -1.0
