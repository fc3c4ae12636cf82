"""The graph of a step: its numbers, its gradients, and what of it belongs together."""

from __future__ import annotations

import math
import random
import tracemalloc
from functools import cache

import pytest

from microgpt_gui.engine.config import ModelConfig
from microgpt_gui.engine.graph_size import graph_nodes
from microgpt_gui.session.reading.graph.build import build_graph
from microgpt_gui.session.reading.graph.groups import MOST_MEMBERS
from microgpt_gui.session.reading.graph.operation import Operation as Op
from tests.session.reading.graphs import (
    LARGE,
    SHAPES,
    SMALL,
    chars_of,
    engine_of,
    graph_of,
    inputs,
)


@cache
def largest_logit(graph, group):
    groups = graph.groups
    while groups.kinds[group] == "numbers":
        group = groups.parents[group]
    made = range(groups.starts[group], groups.stops[group], 2)
    return max(graph.data[graph.left[number]] for number in made)


def computed(graph, number):
    """A number from what it was made of, by the meaning of its operation."""
    data, left, right = graph.data, graph.left[number], graph.right[number]
    x = data[left]
    match graph.operation(number):
        case Op.SUM:
            return x + data[right]
        case Op.PRODUCT:
            return x * data[right]
        case Op.TIMES:
            return x * graph.slope[number]
        case Op.LESS_LARGEST:
            return x + -largest_logit(graph, graph.groups.leaf_of(number))
        case Op.PLUS_EPSILON:
            return x + 1e-5
        case Op.INVERSE:
            return x**-1
        case Op.INVERSE_ROOT:
            return x**-0.5
        case Op.EXP:
            return math.exp(x)
        case Op.LOG:
            return math.log(x)
        case Op.RELU:
            return max(0.0, x)
        case Op.NEGATIVE:
            return x * -1


def slopes(graph, number):
    """(what it was made of, how much it grows with that), by the rules of calculus."""
    data, left, right = graph.data, graph.left[number], graph.right[number]
    x = data[left]
    match graph.operation(number):
        case Op.SUM:
            return [(left, 1.0), (right, 1.0)]
        case Op.PRODUCT:
            return [(left, data[right]), (right, x)]
        case Op.TIMES:
            return [(left, data[number] / x if x else graph.slope[number])]
        case Op.INVERSE:
            return [(left, -1 / x**2)]
        case Op.INVERSE_ROOT:
            return [(left, -0.5 / (x * math.sqrt(x)))]
        case Op.EXP:
            return [(left, math.exp(x))]
        case Op.LOG:
            return [(left, 1 / x)]
        case Op.RELU:
            return [(left, 1.0 if x > 0 else 0.0)]
        case Op.NEGATIVE:
            return [(left, -1.0)]
        case _:
            return [(left, 1.0)]


@pytest.mark.parametrize("model", [*SHAPES, *LARGE], ids=str)
def test_every_number_and_every_gradient_are_the_engines_own(model):
    graph, (weights, tokens) = graph_of(model), inputs(model)
    assert len(graph) == model.num_params + graph_nodes(model, len(tokens) - 1)
    for name in ("autograd", "python"):
        gradient = engine_of(name, model).gradient(tokens)
        assert gradient.loss == graph.data[graph.loss]
        assert list(gradient.numbers) == list(graph.grad[: graph.weights])
    assert graph.data[: graph.weights] == weights
    reached = [0.0] * len(graph)
    reached[graph.loss] = 1.0
    for number in range(len(graph) - 1, graph.weights - 1, -1):
        assert graph.data[number] == computed(graph, number)
        wanted = slopes(graph, number)
        links = graph.links_into(number)
        assert [link.source for link in links] == [source for source, _ in wanted]
        for link, (source, slope) in zip(links, wanted, strict=True):
            assert link.slope == pytest.approx(slope, rel=1e-12)
            assert link.contribution == link.slope * graph.grad[number]
            reached[source] += slope * reached[number]
    assert reached == pytest.approx(list(graph.grad), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("model", [*SHAPES, *LARGE], ids=str)
def test_contributions_add_up_to_the_gradient_to_the_last_bit(model):
    graph = graph_of(model)
    some = random.Random(1).sample(range(len(graph) - 1), min(len(graph) - 1, 60))
    for number in some:
        total = 0.0
        for link in graph.links_out_of(number):
            assert link.source == number
            total += link.contribution
        assert total == graph.grad[number]
    assert graph.links_out_of(graph.loss) == []
    assert graph.links_into(0) == ()


def test_paths_are_counted_and_their_products_add_up_to_the_gradient():
    model = ModelConfig(vocab_size=2, n_layer=1, n_embd=1, n_head=1, block_size=2)
    graph = graph_of(model)
    uses = {}
    for number in range(graph.weights, len(graph)):
        for source, slope in slopes(graph, number):
            uses.setdefault(source, []).append((number, slope))

    @cache
    def ways(number):
        """How many ways lead from the loss, and the sum of their products."""
        if number == graph.loss:
            return 1, 1.0
        onwards = [(*ways(target), slope) for target, slope in uses.get(number, ())]
        return sum(n for n, _, _ in onwards), sum(s * slope for _, s, slope in onwards)

    for number in range(len(graph)):
        count, total = ways(number)
        assert graph.paths[number] == count
        assert total == pytest.approx(graph.grad[number], rel=1e-9, abs=1e-12)


def leaves(groups, group=0):
    members = groups.members[group]
    return [leaf for m in members for leaf in leaves(groups, m)] if members else [group]


@pytest.mark.parametrize("model", [*SHAPES, *LARGE], ids=str)
def test_every_number_is_in_one_group_and_no_group_is_too_large_to_open(model):
    graph = graph_of(model)
    groups, at = graph.groups, 0
    for leaf in leaves(groups):
        assert groups.starts[leaf] == at
        at = groups.stops[leaf]
        for number in {groups.starts[leaf], at - 1}:
            assert groups.leaf_of(number) == leaf
    assert at == len(graph)
    for group, members in enumerate(groups.members):
        held = members or range(groups.starts[group], groups.stops[group])
        assert 0 < len(held) <= MOST_MEMBERS
        assert all(groups.parents[member] == group for member in members)
        assert groups.find(groups.address(group)) == group
    for number in range(len(graph)):  # what goes in was made before
        assert max(graph.left[number], graph.right[number]) < number


@pytest.mark.parametrize("model", [*SHAPES, *LARGE], ids=str)
def test_stages_hold_the_numbers_that_they_are_named_for(model):
    graph, (_, tokens) = graph_of(model), inputs(model)
    groups, heads = graph.groups, model.n_head
    count = model.block_size
    trace = engine_of("python", model).trace(tokens[:count])

    def stage(position, name, layer=0):
        address = [("position", position)]
        if name.startswith("l") and model.n_layer > 1 and "." in name:
            address.append(("layer", layer))
        return groups.find((*address, (name, 0)))

    def ends(group):
        """The last number of each member; of numbers, all."""
        members = groups.members[group]
        if members and groups.kinds[members[0]] in ("rows", "numbers"):
            return [x for stretch in members for x in ends(stretch)]
        if members:
            return [graph.data[groups.stops[m] - 1] for m in members]
        return list(graph.data[groups.starts[group] : groups.stops[group]])

    for p in range(count):
        assert ends(stage(p, "embedded")) == list(trace.embedded[p])
        assert ends(stage(p, "logits")) == list(trace.logits[p])
        (loss,) = ends(stage(p, "loss"))[-1:]
        assert loss == -math.log(trace.probabilities[p][tokens[p + 1]])
        for li, layer in enumerate(trace.layers):
            for name, wanted in (
                ("attn_out", layer.attn_out),
                ("middle", layer.middle),
                ("mlp_in", layer.mlp_in),
                ("hidden", layer.hidden),
                ("mlp_out", layer.mlp_out),
                ("after", layer.after),
            ):
                assert ends(stage(p, f"l{li}.{name}", li)) == list(wanted[p])
            for name, by_head in (
                ("q", layer.queries),
                ("k", layer.keys),
                ("v", layer.values),
            ):
                flat = [x for h in range(heads) for x in by_head[h][p]]
                assert ends(stage(p, f"l{li}.{name}", li)) == flat
            scores = groups.members[stage(p, f"l{li}.scores", li)]
            shares = groups.members[stage(p, f"l{li}.weights", li)]
            outputs = groups.members[stage(p, f"l{li}.heads", li)]
            for h in range(heads):
                assert ends(scores[h]) == list(layer.scores[h][p])
                assert ends(groups.members[shares[h]][-1])[1::2] == list(
                    layer.attention[h][p]
                )
                assert ends(outputs[h]) == list(layer.heads[h][p])


@pytest.mark.long
@pytest.mark.parametrize("model", LARGE, ids=str)
def test_it_takes_little_memory_and_less_when_it_is_done(model):
    """So that the largest graph that is shown takes some 150 MB, and then a third."""
    weights, tokens = inputs(model)
    build_graph(model, weights, tokens, chars_of(model), lambda: None)  # imports
    tracemalloc.start()
    graph = build_graph(model, weights, tokens, chars_of(model), lambda: None)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300 * len(graph)
    assert held < 110 * len(graph)


def test_the_work_ends_where_it_is_told_to():
    weights, tokens = inputs(SMALL)
    calls = []

    def count():
        calls.append(None)

    def stop():
        calls.pop()
        if not calls:
            raise InterruptedError

    build_graph(SMALL, weights, tokens, chars_of(SMALL), count)
    most = len(calls)
    assert most > 50
    for after in range(1, most, most // 7):
        del calls[after:]
        calls += [None] * (after - len(calls))
        with pytest.raises(InterruptedError):
            build_graph(SMALL, weights, tokens, chars_of(SMALL), stop)
