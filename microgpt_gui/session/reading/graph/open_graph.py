"""A step's graph with some of its groups open: what a picture shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.graph.open_groups import boxes_of, edges_between
from microgpt_gui.session.reading.graph.question import GraphQuestion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from microgpt_gui.session.reading.graph.open_groups import Box, Edge
    from microgpt_gui.session.reading.graph.question import GraphReading
    from microgpt_gui.session.reading.graph.step_graph import StepGraph
    from microgpt_gui.session.reading.question import Asked

#: Of what is seen in a picture, the least and the largest size of a gradient; sizes in
#: between are told apart by their powers of 10.
LEAST_SIZE, LARGEST_SIZE = 1e-5, 1.0


@dataclass(frozen=True, slots=True, eq=False)
class OpenGraph:
    """What is seen of a graph. Nobody writes to what it holds.

    Attributes:
        reading: Whose graph it is.
        graph: That graph.
        boxes: See `boxes_of`.
        edges: See `edges_between`.
    """

    reading: GraphReading
    graph: StepGraph
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]

    @property
    def step(self) -> int:
        """Steps done."""
        return self.reading.step


def opened(reading: GraphReading, groups: Collection[int]) -> OpenGraph:
    """Return a graph with ``groups`` open.

    Raises:
        ValueError: There is no graph; says why.
    """
    if reading.graph is None:
        raise ValueError(reading.problem)
    boxes = boxes_of(reading.graph.groups, groups)
    edges = edges_between(reading.graph, boxes)
    return OpenGraph(reading, reading.graph, tuple(boxes), tuple(edges))


@dataclass(frozen=True, slots=True)
class OpenGraphQuestion:
    """The graph of a moment's last step, with nothing open."""

    def answers(self, asked: Asked) -> Iterator[OpenGraph]:
        """See `Question`."""
        for reading in GraphQuestion().answers(asked):
            yield opened(reading, ())
