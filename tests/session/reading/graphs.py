"""Graphs of models of many shapes, with random weights."""

from __future__ import annotations

import random
from array import array
from functools import cache

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.session.reading.graph.build import build_graph

SMALL = ModelConfig(vocab_size=5, n_layer=1, n_embd=4, n_head=2, block_size=4)

SHAPES = [
    SMALL,
    ModelConfig(vocab_size=2, n_layer=1, n_embd=1, n_head=1, block_size=1),
    ModelConfig(vocab_size=3, n_layer=2, n_embd=6, n_head=1, block_size=3),
    ModelConfig(vocab_size=9, n_layer=4, n_embd=8, n_head=8, block_size=2),
    ModelConfig(vocab_size=150, n_layer=1, n_embd=2, n_head=2, block_size=2),
]

LARGE = [
    pytest.param(ModelConfig(vocab_size=vocab, **sizes), marks=pytest.mark.long)
    for vocab, sizes in (
        (27, {"n_layer": 1, "n_embd": 16, "n_head": 4, "block_size": 16}),
        (27, {"n_layer": 4, "n_embd": 8, "n_head": 8, "block_size": 8}),
        (2000, {"n_layer": 2, "n_embd": 4, "n_head": 1, "block_size": 4}),
        (6000, {"n_layer": 1, "n_embd": 2, "n_head": 2, "block_size": 2}),
    )
]


def chars_of(model):
    return "".join(chr(ord("a") + i) for i in range(model.vocab_size - 1))


def inputs(model):
    chance = random.Random(7)
    weights = array("d", [chance.gauss(0, 0.5) for _ in range(model.num_params)])
    bos = model.vocab_size - 1
    letters = [chance.randrange(bos) for _ in range(model.block_size + 1)]
    return weights, [bos, *letters, bos]


def engine_of(name, model):
    parameters = unflattened(model, inputs(model)[0])
    return ENGINES[name](model, parameters, AdamConfig(), CancelToken())


@cache
def graph_of(model):
    weights, tokens = inputs(model)
    return build_graph(model, weights, tokens, chars_of(model), lambda: None)
