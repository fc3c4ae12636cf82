"""Where the numbers end: found at once, in every engine, and nothing is lost by it."""

from __future__ import annotations

import itertools
import math
import random
from array import array
from dataclasses import replace

import pytest

from microgpt_gui.engine.base import Diverged
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.memory_words import DoesNotFit

CONFIG = ModelConfig(9, n_layer=2, n_embd=8, n_head=2, block_size=6)
BOS = 8

#: Runs that all run away, some by a NaN, some by a probability of 0.
WILD = [
    (
        ModelConfig(27, n_embd=width, n_head=heads, block_size=block, n_layer=layers),
        rate,
    )
    for (width, heads), block, layers, rate in itertools.product(
        [(1, 1), (4, 2), (16, 4)], [1, 8], [1, 3], [0.1, 0.3, 1.0]
    )
]


def everything(engine):
    """All numbers of an engine, told apart to the last bit."""
    state = engine.state()
    numbers = state.parameters + state.m + state.v
    return state.steps_done, repr(engine.gradient_norm), numbers.tobytes()


def are_finite(numbers):
    return all(map(math.isfinite, numbers))


def run_away(engine, documents, rate):
    """Train until a step is refused, looking at every number after every step.

    Returns:
        That step's document, or None if it never came to that.
    """
    for tokens in documents:
        before = everything(engine)
        try:
            loss = engine.train_step(tokens, rate)
        except Diverged as error:
            assert everything(engine) == before
            assert error.step == engine.steps_done
            assert f"at step {error.step + 1}:" in str(error)
            return tokens
        state = engine.state()
        assert are_finite((loss, engine.gradient_norm))
        assert are_finite(state.parameters + state.m + state.v), (engine.config, rate)
    return None


def test_every_number_of_every_step_done_is_finite(
    engine_name, make_engine, draw_documents
):
    ended = 0
    for seed, (config, rate) in enumerate(WILD):
        if engine_name == "autograd" and config.n_embd * config.n_layer > 12:
            continue  # it takes too long; the numbers are those of python
        adam = random.Random(seed).choice([AdamConfig(), AdamConfig(0.0, 0.0)])
        engine = make_engine(engine_name, config, seed=seed, adam=adam)
        documents = draw_documents(config, 40, seed)
        refused = run_away(engine, documents, rate * 3)
        if refused is None:
            continue
        ended += 1
        before = everything(engine)
        with pytest.raises(Diverged):
            engine.train_step(refused, 1e-9)
        assert everything(engine) == before
    assert ended >= 5


def test_engines_of_equal_numbers_end_at_the_same_step(make_engine, draw_documents):
    config = ModelConfig(27, n_embd=4, n_head=2, block_size=8, n_layer=3)
    documents = draw_documents(config, 60)
    ends = []
    for name in ("python", "autograd"):
        engine = make_engine(name, config)
        assert run_away(engine, documents, 1.0) is not None
        ends.append(everything(engine)[2])
        assert engine.steps_done > 1
    assert ends[0] == ends[1]


@pytest.mark.parametrize(
    ("kind", "number", "ends"),
    [
        ("m", 1.7e308, True),  # divided by its correction it is infinite
        ("m", -1e150, False),
        ("v", 1.7e308, False),  # infinite, too; but only as what is divided by
        ("parameters", 1.7e308, False),  # of a letter that nobody reads
        ("parameters", math.nan, True),
    ],
)
def test_an_update_that_leaves_the_numbers_is_taken_back(
    engine_name, make_engine, kind, number, ends
):
    engine = make_engine(engine_name, CONFIG)
    start = engine.state()
    numbers = array("d", getattr(start, kind))
    numbers[0] = number  # of letter 0, which the document lacks
    engine.load_state(replace(start, **{kind: numbers}))
    before = everything(engine)
    if not ends:
        engine.train_step([BOS, 3, BOS], 0.01)
        state = engine.state()
        assert are_finite(state.parameters + state.m + state.v)
        assert state.steps_done == 1
        return
    with pytest.raises(Diverged):
        engine.train_step([BOS, 3, BOS], 0.01)
    assert everything(engine) == before


@pytest.mark.parametrize("size", [1e70, 1e80])
def test_gradients_whose_squares_overflow_end_the_run(engine_name, make_engine, size):
    """They are finite, but Adam's mean of their squares would not be."""
    engine = make_engine(engine_name, ModelConfig(9, n_embd=8, n_head=2, block_size=6))
    parameters = engine.parameters()
    # The last vectors are of size^2; logits of 0 make that the size of the gradient.
    parameters["lm_head"] = [[0.0] * 8 for _ in range(9)]
    parameters["layer0.mlp_fc1"] = [[size] * 8 for _ in range(32)]
    parameters["layer0.mlp_fc2"] = [[size] * 32 for _ in range(8)]
    engine.load_parameters(parameters)
    before = everything(engine)
    if size**2 < 1e154:
        assert engine.train_step([BOS, 1, 2, BOS], 0.01) == pytest.approx(math.log(9))
        assert 1e138 < engine.gradient_norm < math.inf
        state = engine.state()
        assert are_finite(state.parameters + state.m + state.v)
    else:
        with pytest.raises(Diverged):
            engine.train_step([BOS, 1, 2, BOS], 0.01)
        assert everything(engine) == before


class Endless(list[int]):
    """A document that there is no memory to read."""

    def __len__(self) -> int:
        raise MemoryError


def test_a_step_that_memory_ends_leaves_all_as_it_was(engine_name, make_engine):
    engine = make_engine(engine_name, CONFIG)
    engine.train_step([BOS, 3, BOS], 0.01)
    before = everything(engine)
    with pytest.raises(DoesNotFit, match="not enough memory"):
        engine.train_step(Endless([BOS, 3, BOS]), 0.01)
    assert everything(engine) == before
