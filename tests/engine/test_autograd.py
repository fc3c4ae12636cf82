"""The autograd engine: depth without recursion, memory, and what it refuses."""

from __future__ import annotations

import gc
import random
import tracemalloc
from functools import reduce
from itertools import pairwise
from operator import add, mul

import pytest

from microgpt_gui.engine.config import ModelConfig
from microgpt_gui.engine.graph_size import BYTES_PER_NODE, check_graph_fits, graph_nodes
from microgpt_gui.engine.value import (
    NOTHING,
    PRODUCT,
    SLICE,
    SUM,
    Parameter,
    Value,
    backward,
    dot,
    topological_order,
)


def nothing():
    pass


def gradients(loss):
    backward(topological_order(loss, nothing), nothing)


def test_gradients_of_a_small_sum_are_the_textbooks():
    a, b = Parameter(2.0), Parameter(-3.0)
    loss = (a * b + b**2) / a - (a * 0.5).exp().log() + (b * -1).relu()
    gradients(loss)
    # b + b^2 / a - a / 2 - b
    assert a.grad == pytest.approx(-(9 / 4) - 0.5)
    assert b.grad == pytest.approx(1 + 2 * -3 / 2 - 1)


def test_relu_passes_nothing_at_zero():
    a = Parameter(0.0)
    gradients(a.relu() * 5)
    assert a.grad == 0


def test_gradients_add_up_over_several_losses():
    a = Parameter(3.0)
    for _ in range(2):
        gradients(a * a)
    assert a.grad == 12


def test_a_graph_of_any_depth_is_walked():
    start = Parameter(1.0)
    x = start * 1.0
    for _ in range(200_000):
        x = x + start
    order = topological_order(x, nothing)
    assert len(order) == 200_001
    assert order[-1] is x
    del x
    backward(order, nothing)
    assert start.grad == 200_001
    assert not order


def test_the_order_is_that_of_a_recursive_walk():
    a = Parameter(1.0)
    shared = a + 1
    left = shared * 2
    right = shared * left
    top = left + right
    assert topological_order(top, nothing) == [shared, left, right, top]


def recursive_order(root):
    """The order of the script: by recursion, parameters left out."""
    order, seen = [], set()

    def visit(node):
        if node in seen or isinstance(node, Parameter):
            return
        seen.add(node)
        visit(node.left)
        visit(node.right)
        order.append(node)

    visit(root)
    return order


OPERATIONS = [
    lambda a: a[0] + a[1],
    lambda a: a[0] * a[1],
    lambda a: a[0] + 0.5,
    lambda a: a[0] * -0.5,
    lambda a: a[0] ** 2,
    lambda a: a[0].relu(),
    lambda a: dot(a[:4], a[4:]) * 0.1,
]


def tangle(stream):
    """A loss whose numbers are used many times, at random, everywhere."""
    numbers = [Parameter(stream.uniform(-1, 1)) for _ in range(4)]
    for _ in range(stream.randrange(60)):
        picked = stream.choices(numbers[-12:], k=8)
        numbers.append(stream.choice(OPERATIONS)(picked))
    return dot(numbers[-9:], numbers[-9:])


def test_the_order_is_that_of_a_recursive_walk_however_tangled_the_graph():
    for seed in range(200):
        loss = tangle(random.Random(seed))
        wanted = recursive_order(loss)
        assert topological_order(loss, nothing) == wanted


def shape(root):
    """Every number of a graph, how it was made and its origins' places in the order."""
    order = topological_order(root, nothing)
    places = {node: i for i, node in enumerate(order)}
    return [
        (
            node.data,
            node.slope,
            places.get(node.left, node.left),
            places.get(node.right, node.right),
        )
        for node in order
    ]


@pytest.mark.parametrize("width", [1, 2, 7])
def test_dot_makes_the_nodes_of_the_operators(width):
    stream = random.Random(3)
    a, b = ([Parameter(stream.gauss()) for _ in range(width)] for _ in range(2))
    nodes = shape(dot(a, b))
    assert nodes == shape(reduce(add, map(mul, a, b)))
    slopes = [slope for _, slope, _, _ in nodes]
    assert slopes.count(PRODUCT) == width
    assert slopes.count(SUM) == width - 1


def test_dot_of_a_vector_with_itself_has_the_gradients_of_the_operators():
    numbers = 0.1, -0.7, 1 / 3
    one, other = ([Parameter(x) for x in numbers] for _ in range(2))
    gradients(dot(one, one) ** 0.5)
    gradients(reduce(add, map(mul, other, other)) ** 0.5)
    assert [p.grad for p in one] == [p.grad for p in other]


def test_dot_wants_vectors_of_one_length():
    with pytest.raises(ValueError, match="shorter"):
        dot([Parameter(1.0)] * 2, [Parameter(1.0)])


def test_what_stands_for_no_number_learns_nothing():
    gradients(tangle(random.Random(1)))
    assert NOTHING.grad == 0


def test_a_walk_back_frees_the_graph_a_few_nodes_at_a_time():
    def alive():
        return sum(type(thing) is Value for thing in gc.get_objects())

    gc.collect()
    before = alive()
    numbers = [Parameter(i / 1000) for i in range(1000)]
    order = topological_order(dot(numbers, numbers), nothing)
    counts = []
    backward(order, lambda: counts.append(alive() - before))
    counts.append(alive() - before)
    assert counts[0] == 1999
    assert counts[-1] == 0
    assert all(a - b <= SLICE for a, b in pairwise(counts))


@pytest.mark.parametrize(
    ("config", "n"),
    [
        (ModelConfig(27), 5),
        (ModelConfig(27), 16),
        (ModelConfig(27, n_layer=3, n_head=1), 4),
        (ModelConfig(2, n_embd=1, n_head=1, block_size=1), 1),
        (ModelConfig(90, n_embd=12, n_head=12, block_size=3), 7),
    ],
)
def test_the_size_of_a_graph_is_known_beforehand(config, n, make_engine):
    engine = make_engine("autograd", config)
    tokens = [i % config.vocab_size for i in range(n + 1)]
    tracemalloc.start()
    try:
        loss = engine.loss_graph(tokens)
        order = topological_order(loss, nothing)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(order) == graph_nodes(config, n)
    assert peak == pytest.approx(len(order) * BYTES_PER_NODE, rel=0.25)


def test_a_graph_that_cannot_fit_is_refused():
    largest = ModelConfig(1_114_112, n_layer=8, n_embd=128, n_head=1, block_size=256)
    with pytest.raises(MemoryError) as caught:
        check_graph_fits(largest, 300)
    gigabytes = graph_nodes(largest, 256) * BYTES_PER_NODE / 1e9
    assert f"about {gigabytes:.1f} GB" in str(caught.value)
    assert "The python engine computes the same numbers" in str(caught.value)
    check_graph_fits(ModelConfig(27), 300)
