"""The autograd engine: depth without recursion, memory, and what it refuses."""

from __future__ import annotations

import tracemalloc

import pytest

from microgpt_gui.engine.config import ModelConfig
from microgpt_gui.engine.graph_size import BYTES_PER_NODE, check_graph_fits, graph_nodes
from microgpt_gui.engine.value import Parameter, backward, topological_order


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
        loss = engine._loss(tokens)
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
