"""What is seen of a graph: its boxes, what goes between them, where they are, names."""

from __future__ import annotations

import math
import random

import pytest

from microgpt_gui.session.reading.graph.layout import Sizes, arranged
from microgpt_gui.session.reading.graph.names import (
    group_caption,
    group_path,
    whole_name,
)
from microgpt_gui.session.reading.graph.open_groups import (
    boxes_of,
    edges_between,
    gradient_size,
)
from tests.session.reading.graphs import SHAPES, SMALL, chars_of, engine_of, graph_of


def test_edges_between_boxes_are_those_of_the_numbers_in_them():
    graph = graph_of(SMALL)
    groups, chance = graph.groups, random.Random(3)
    inner = [g for g in range(1, len(groups)) if len(groups.around(g)) < 5]
    for count in (0, 1, 4, 40, len(inner)):
        opened = set(chance.sample(inner, count))
        boxes = boxes_of(groups, opened)
        closed = [box for box in boxes if not box.is_open]
        assert [n for b in closed for n in range(b.start, b.stop)] == list(
            range(len(graph))
        )
        of_number = {n: b.key for b in closed for n in range(b.start, b.stop)}
        wanted = {}
        for number in range(graph.weights, len(graph)):
            for link in graph.links_into(number):
                pair = of_number[link.source], of_number[number]
                if pair[0] != pair[1]:
                    wanted[pair] = wanted.get(pair, 0) + 1
        edges = edges_between(graph, boxes)
        assert {(e.source, e.target): e.times for e in edges} == wanted
        assert len(edges) == len(wanted)
        for box in closed[:20]:
            squares = [graph.grad[n] ** 2 for n in range(box.start, box.stop)]
            size = math.sqrt(sum(squares) / len(squares))
            assert gradient_size(graph, box) == pytest.approx(size)
        assert_well_arranged(boxes, edges)


def assert_well_arranged(boxes, edges):
    sizes = Sizes((90, 40), (80, 50), 20, 6, 20, 6, 18)
    layout = arranged(boxes, edges, sizes, 700)
    places, inside = layout.places, {box.key: box.inside for box in boxes}
    for box in boxes:
        x, y, wide, high = places[box.key]
        assert x >= 0 <= y
        assert x + wide <= layout.wide
        assert y + high <= layout.high
        if box.inside:
            outer = places[box.inside]
            assert outer.x < x and x + wide < outer.x + outer.wide
            assert outer.y + sizes.title < y and y + high < outer.y + outer.high
    by_group = {}
    for key, group in inside.items():
        by_group.setdefault(group, []).append(places[key])
    for siblings in by_group.values():
        for i, a in enumerate(siblings):
            for b in siblings[i + 1 :]:
                assert (
                    a.x + a.wide <= b.x
                    or b.x + b.wide <= a.x
                    or a.y + a.high <= b.y
                    or b.y + b.high <= a.y
                )
    for edge in edges:  # as a text is read: to the right, or in a line below
        a, b = places[edge.source], places[edge.target]
        if inside[edge.source] == inside[edge.target]:
            assert a.x + a.wide < b.x or a.y + a.high < b.y


def test_numbers_are_named_as_in_the_script_or_with_their_place():
    graph = graph_of(SMALL)
    groups, tokens = graph.groups, graph.tokens
    first = chars_of(SMALL)[tokens[1]]
    row = groups.find((("position", 1), ("l0.q", 0), ("row", 2)))
    names = [whole_name(graph, n) for n in range(groups.starts[row], groups.stops[row])]
    place = f"position 1: {first}, q, row 2"
    assert group_path(graph, row) == place
    wanted = ["product 0", "product 1", "sum 1", "product 2", "sum 2", "product 3"]
    assert names[:6] == [f"{place}, {name}" for name in wanted]
    output = graph.data[groups.stops[row] - 1]
    assert group_caption(graph, row) == f"= {output:.3g}"
    position = groups.find((("position", 1),))
    probability = engine_of("python", SMALL).trace(tokens[:2]).probabilities[1]
    loss = -math.log(probability[tokens[2]])
    assert group_caption(graph, position) == f"loss {loss:.3g}"
    assert group_caption(graph, groups.members[0][0]) == f"{SMALL.num_params:,}"
    links = graph.links_into(groups.starts[row] + 3)
    assert whole_name(graph, links[0].source) == "layer0.attn_wq[2][2]"
    assert "attention norm, scaled" in whole_name(graph, links[1].source)
    assert whole_name(graph, graph.loss) == "the loss"


def test_no_two_numbers_have_one_name():
    """A table of them could not be read: the stream goes on twice in each layer."""
    for model in SHAPES:
        graph = graph_of(model)
        names = [whole_name(graph, number) for number in range(len(graph))]
        assert len(set(names)) == len(names), model
