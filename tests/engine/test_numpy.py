"""The numpy engine against the python engine, whose numbers are the script's."""

from __future__ import annotations

import copy
import random
import tracemalloc

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken, Diverged
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.initial import initial_parameters

CONFIG = ModelConfig(9, n_layer=2, n_embd=8, n_head=2, block_size=6)


def parameters_of(config, seed=1):
    return initial_parameters(config, random.Random(seed), CancelToken())


def make_both(config, parameters, adam=None):
    return [
        ENGINES[name](config, parameters, adam or AdamConfig(), CancelToken())
        for name in ("numpy", "python")
    ]


SHAPES = {
    "n_embd 1, block 1": ModelConfig(4, n_embd=1, n_head=1, block_size=1),
    "head_dim 1": ModelConfig(12, n_layer=2, n_embd=12, n_head=12, block_size=9),
    "wider than a square mean": ModelConfig(20, n_embd=48, n_head=3, block_size=8),
    "longer than a square sum": ModelConfig(20, n_embd=8, n_head=2, block_size=40),
    "more letters than a square sum": ModelConfig(300, n_embd=8, block_size=5),
    "more than a slice of Adam's": ModelConfig(700, n_embd=16, block_size=4),
    "256 tokens": ModelConfig(30, n_embd=4, n_head=2, block_size=256),
    "eight layers": ModelConfig(10, n_layer=8, n_embd=16, n_head=8, block_size=6),
    "128 wide": ModelConfig(30, n_embd=128, n_head=8, block_size=5),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_on_both_sides_of_every_threshold(shape, draw_documents):
    config = SHAPES[shape]
    fast, exact = make_both(config, parameters_of(config))
    documents = draw_documents(config, 5)
    for step, tokens in enumerate(documents):
        rate = 0.01 * (1 - step / 10)
        wanted = exact.train_step(tokens, rate)
        assert fast.train_step(tokens, rate) == pytest.approx(wanted, rel=1e-12)
    tokens = documents[-1][: config.block_size]
    for got, row in zip(
        fast.forward(tokens).logits, exact.forward(tokens).logits, strict=True
    ):
        assert got == pytest.approx(row, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("adam", [AdamConfig(0.0, 0.0), AdamConfig(0.0, 0.99)])
def test_a_decay_of_zero_divides_by_nothing(adam, draw_documents):
    fast, exact = make_both(CONFIG, parameters_of(CONFIG), adam)
    for tokens in draw_documents(CONFIG, 8):
        wanted = exact.train_step(tokens, 1e-4)
        assert fast.train_step(tokens, 1e-4) == pytest.approx(wanted, rel=1e-11)


@pytest.mark.parametrize(
    ("matrices", "factor"),
    [
        (("layer0.attn_wq", "layer0.attn_wk"), 300.0),
        (("lm_head",), 2000.0),
        (("layer1.attn_wq", "lm_head"), 3000.0),
    ],
    ids=["attention", "logits", "both"],
)
def test_scores_too_large_for_exp_are_shifted_first(matrices, factor):
    parameters = parameters_of(CONFIG)
    for name in matrices:
        parameters[name] = [[p * factor for p in row] for row in parameters[name]]
    fast, exact = make_both(CONFIG, parameters)
    tokens = [8, 1, 2, 3, 0, 4]
    # What comes next is what the model thinks likeliest, or its probability may be 0.
    likeliest = [
        max(range(9), key=row.__getitem__) for row in exact.forward(tokens).logits
    ]
    for end in (likeliest[0], likeliest[0]):
        wanted = exact.train_step([8, end], 0.001)
        assert fast.train_step([8, end], 0.001) == pytest.approx(wanted, rel=1e-9)
    a, b = fast.forward(tokens), exact.forward(tokens)
    for got, row in zip(a.logits, b.logits, strict=True):
        assert got == pytest.approx(row, rel=1e-9)
    for layer, heads in zip(a.attention, b.attention, strict=True):
        for head, rows in zip(layer, heads, strict=True):
            for got, row in zip(head, rows, strict=True):
                assert got == pytest.approx(row, rel=1e-9, abs=1e-300)
    read = fast.start_sequence()
    for token, row in zip(tokens, b.logits, strict=True):
        assert read(token) == pytest.approx(list(row), rel=1e-9)


def test_what_it_gave_out_never_changes(make_engine, draw_documents):
    engine = make_engine("numpy", CONFIG)
    tokens = [8, 1, 2, 3]
    engine.train_step(tokens, 0.01)
    given = engine.forward(tokens), engine.parameters(), engine.start_sequence()(8)
    kept = copy.deepcopy(given)
    for document in draw_documents(CONFIG, 6):
        engine.train_step(document, 0.01)
        engine.forward(document[:4])
    assert given == kept
    assert engine.forward(tokens) != kept[0]


def test_memory_is_that_of_the_longest_document():
    config = ModelConfig(40, n_layer=2, n_embd=32, n_head=4, block_size=128)
    parameters = parameters_of(config)
    tracemalloc.start()
    try:
        engine = ENGINES["numpy"](config, parameters, AdamConfig(), CancelToken())
        engine.train_step([39, *[1] * 127, 39], 0.01)
        longest = tracemalloc.get_traced_memory()[0]
        for n in range(1, 127):
            engine.train_step([39, *[1] * n, 39], 0.01)
        every = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert longest < 10e6
    # What every length has of its own: views, and a few small constants.
    assert every - longest < 126 * 50e3


@pytest.mark.parametrize("value", [1e200, float("inf"), float("nan")])
def test_parameters_out_of_range_are_explained_without_warnings(value):
    parameters = parameters_of(CONFIG)
    parameters["layer0.mlp_fc1"][0][0] = value
    parameters["wte"][8] = [value] * 8
    engine = ENGINES["numpy"](CONFIG, parameters, AdamConfig(), CancelToken())
    engine.forward([8, 1])
    engine.start_sequence()(8)
    with pytest.raises(Diverged, match="step 1: its numbers left the range"):
        engine.train_step([8, 1, 8], 0.01)


def test_an_overflow_of_the_update_is_explained_without_warnings(make_engine):
    engine = make_engine("numpy", CONFIG)
    engine.train_step([8, 1, 8], 1e300)
    with pytest.raises(Diverged, match="step 2"):
        engine.train_step([8, 1, 8], 1e300)


def test_moments_of_what_is_no_longer_learnt_end_at_zero():
    import numpy as np

    from microgpt_gui.engine.arrays.adam import Adam

    weights, gradient = np.ones(20), np.zeros(20)
    adam = Adam(AdamConfig(0.5, 0.6), weights, gradient)
    gradient[:10] = 1e-3
    for t in range(1, 3001):
        adam.update(0.01, t)
        gradient.fill(0.0)
    assert not adam.m.any()
    assert not adam.v.any()
    assert (weights[:10] < 1).all()
    assert (weights[10:] == 1).all()
