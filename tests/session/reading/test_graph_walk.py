"""A walk back along the chain rule: where it leads, and what it multiplies to."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from microgpt_gui.session.reading.graph.operation import Operation
from microgpt_gui.session.reading.graph.walk import Walk
from tests.session.reading.graphs import SHAPES, SMALL, graph_of


def terms(graph, number):
    """The terms of the chain of sums that a number ends, as it is in one group."""
    groups, found = graph.groups, []

    def group(of):
        leaf = groups.leaf_of(of)
        while groups.kinds[leaf] == "numbers":
            leaf = groups.parents[leaf]
        return leaf

    while True:
        found.append(abs(graph.data[graph.right[number]]))
        left = graph.left[number]
        is_sum = graph.operation(left) is Operation.SUM
        if not is_sum or group(left) != group(number):
            return [*found, abs(graph.data[left])]
        number = left


@pytest.mark.parametrize("model", SHAPES, ids=str)
def test_it_goes_to_what_contributes_most_and_comes_back_the_same_way(model):
    graph, walk = graph_of(model), Walk()
    at = walk.back(graph, None, None)
    assert at == graph.loss
    stops = [at]
    while at >= graph.weights:
        before, at = at, walk.back(graph, at, None)
        stops.append(at)
        if graph.operation(before) is Operation.SUM:  # all terms get the same
            assert abs(graph.data[at]) == max(terms(graph, before))
        else:
            sizes = {
                link.source: abs(link.contribution) for link in graph.links_into(before)
            }
            assert sizes[at] == max(sizes.values())
    assert walk.stops == stops
    product, slopes = 1.0, [1.0]
    for target, source in pairwise(walk.trail):
        into = [ln.slope for ln in graph.links_into(target) if ln.source == source]
        product *= sum(into)
        if source in stops:
            slopes.append(product)
    assert walk.derivatives(graph) == slopes
    for expected in reversed(stops[:-1]):
        at = walk.forth(graph, at, None)
        assert at == expected
    assert walk.forth(graph, at, None) == graph.loss  # there is nothing beyond


def test_what_the_walk_has_opened_is_closed_again_but_for_the_last_step():
    graph, walk, chance = graph_of(SMALL), Walk(), random.Random(4)
    groups, mine = graph.groups, {graph.groups.members[0][1]}
    opened, number = set(mine), None
    for _ in range(60):
        number = walk.back(graph, number, None)
        opened = walk.opened_for(graph, number, opened)
        around = set(groups.around(groups.leaf_of(number))[1:])
        assert around | mine <= opened
        last = walk.stops[-2:][0]
        assert opened <= around | mine | set(groups.around(groups.leaf_of(last)))
        if not walk.leads_on(graph, number):
            assert number < graph.weights
            number = chance.randrange(graph.weights, len(graph))
