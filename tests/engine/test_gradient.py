"""The gradient that an engine learns by, against the graph's own."""

from __future__ import annotations

import math

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.autograd import AutogradEngine
from microgpt_gui.engine.base import CancelToken, Diverged
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.value import backward, topological_order

SHAPES = {
    "small": ModelConfig(27, 1, 8, 2, 8),
    "two tokens, four layers, one head": ModelConfig(2, 4, 4, 1, 6),
    "hundreds of tokens, two layers, eight heads": ModelConfig(310, 2, 8, 8, 4),
    "block 1": ModelConfig(5, 1, 4, 2, 1),
}


def grads(engine, tokens):
    """Return every parameter's ``.grad``, once the graph is differentiated."""
    backward(topological_order(engine.loss_graph(tokens), lambda: None), lambda: None)
    return [p.grad for p in engine._params]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_gradient_is_the_graph_s(shape, engine_name, make_engine, draw_documents):
    config = SHAPES[shape]
    engine = make_engine(engine_name, config)
    for tokens in draw_documents(config, 2):
        before = engine.state()
        graph = AutogradEngine(config, engine.parameters(), AdamConfig(), CancelToken())
        found = engine.gradient(tokens)
        assert engine.state() == before
        wanted = grads(graph, tokens)
        if ENGINES[engine_name].identical:
            assert found.numbers.tolist() == wanted
        else:
            assert found.numbers.tolist() == pytest.approx(wanted, rel=1e-9, abs=1e-14)
        assert found == engine.gradient(tokens)
        assert engine.train_step(tokens, 0.01) == found.loss
        assert math.hypot(*found.numbers) == pytest.approx(engine.gradient_norm)


@pytest.mark.parametrize("engine_name", ENGINES)
def test_adam_moves_by_it(engine_name, make_engine, draw_documents):
    config, adam = SHAPES["small"], AdamConfig()
    engine = make_engine(engine_name, config, adam=adam)
    for t, tokens in enumerate(draw_documents(config, 3), 1):
        before, gradient = engine.state(), engine.gradient(tokens).numbers
        engine.train_step(tokens, 0.02)
        after = engine.state()
        for i, g in enumerate(gradient):
            m = adam.beta1 * before.m[i] + (1 - adam.beta1) * g
            v = adam.beta2 * before.v[i] + (1 - adam.beta2) * g**2
            m_hat, v_hat = m / (1 - adam.beta1**t), v / (1 - adam.beta2**t)
            p = before.parameters[i] - 0.02 * m_hat / (v_hat**0.5 + 1e-8)
            assert after.m[i] == pytest.approx(m, rel=1e-12, abs=0)
            assert after.v[i] == pytest.approx(v, rel=1e-12, abs=0)
            assert after.parameters[i] == pytest.approx(p, rel=1e-12, abs=1e-15)


def test_a_gradient_that_is_no_number_is_refused(engine_name, make_engine):
    engine = make_engine(engine_name, SHAPES["block 1"])
    state = engine.state()
    for i in range(len(state.parameters)):
        state.parameters[i] = 1e200 * (-1) ** (i % 3)
    engine.load_state(state)
    with pytest.raises(Diverged):
        engine.gradient([4, 1, 4])
    assert engine.state() == state
