"""The boxes of a graph that are seen, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.exports.tables import table
from microgpt_gui.session.reading.graph.names import group_path, whole_name
from microgpt_gui.session.reading.graph.open_groups import gradient_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.session.reading.graph.open_graph import OpenGraph

HEADER = (
    "box",
    "made_by",
    "numbers",
    "value",
    "gradient",
    "gradient_size",
    "left",
    "left_derivative",
    "right",
    "right_derivative",
)


def graph_csv(shown: OpenGraph, check: Callable[[], None]) -> Iterator[str]:
    """Yield a row for each box; single numbers with all that the chain rule needs.

    Args:
        shown: What is open of a graph.
        check: Called now and then; what it raises ends the work.
    """
    return table(HEADER, _rows(shown), check)


def _rows(shown: OpenGraph) -> Iterator[list[object]]:
    graph = shown.graph
    for box in shown.boxes:
        size = repr(gradient_size(graph, box))
        if not box.is_number:
            made_by = "open group" if box.is_open else "group"
            count = box.stop - box.start
            yield [group_path(graph, box.key), made_by, count, "", "", size, *[""] * 4]
            continue
        number = box.start
        cells: list[object] = []
        for link in graph.links_into(number):
            cells += [whole_name(graph, link.source), repr(link.slope)]
        yield [
            whole_name(graph, number),
            graph.operation(number).name.lower(),
            1,
            repr(graph.data[number]),
            repr(graph.grad[number]),
            size,
            *cells,
            *[""] * (4 - len(cells)),
        ]
