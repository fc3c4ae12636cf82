"""The state of a training: any engine goes on from it as if it had never stopped."""

from __future__ import annotations

import math
import random
from array import array
from dataclasses import replace
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.config import AdamConfig, ModelConfig, divisors
from microgpt_gui.engine.sampling import sample_tokens

CONFIG = ModelConfig(9, n_layer=2, n_embd=8, n_head=2, block_size=6)
IDENTICAL = [name for name, entry in ENGINES.items() if entry.identical]

#: Engines of which the second must go on from the first's state to the last bit.
EXACT = [(a, b) for a in IDENTICAL for b in IDENTICAL] + [("numpy", "numpy")]
#: Those whose engines are installed.
AT_HAND = [pair for pair in EXACT if "compiled" not in pair or find_spec("numba")]

SHAPES = {
    "the smallest": ModelConfig(2, n_embd=1, n_head=1, block_size=1),
    "three layers": ModelConfig(7, n_layer=3, n_embd=6, n_head=3, block_size=4),
    "block 1": ModelConfig(5, n_embd=4, n_head=2, block_size=1),
    "a large alphabet": ModelConfig(400, n_embd=3, n_head=1, block_size=2),
    "wide": ModelConfig(6, n_embd=34, n_head=2, block_size=2),
}


def train(engine, documents, start, stop):
    """Train on ``documents[start:stop]``; return losses and lengths of gradients."""
    losses, norms = [], []
    for step in range(start, stop):
        rate = 0.01 * (1 - step / len(documents))
        losses.append(engine.train_step(documents[step], rate))
        norms.append(engine.gradient_norm)
    return losses, norms


def bits(state):
    arrays = state.parameters, state.m, state.v
    return state.steps_done, *(numbers.tobytes() for numbers in arrays)


def check_splits(make, names, documents, splits):
    """Compare runs that change engines after some steps with one that never does.

    ``make`` is called with the name of an engine and a seed.
    """
    first, second = names
    whole = make(first, 1)
    end = len(documents)
    losses, norms = train(whole, documents, 0, end)
    for split in splits:
        saved, going_on = make(first, 1), make(second, 2)
        train(saved, documents, 0, split)
        going_on.train_step(documents[0], 0.1)  # nothing of it may be left
        going_on.load_state(saved.state())
        assert going_on.steps_done == split
        assert math.isnan(going_on.gradient_norm)
        got = train(going_on, documents, split, end)
        assert got[0] == losses[split:]
        assert going_on.state() == whole.state()
        assert going_on.parameters() == whole.parameters()
        if first == second:
            assert got[1] == norms[split:]
            assert bits(going_on.state()) == bits(whole.state())
        else:
            assert got[1] == pytest.approx(norms[split:], rel=1e-13)


@pytest.mark.parametrize("names", EXACT, ids=" to ".join)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_run_goes_on_exactly_from_any_split(
    shape, names, make_engine, draw_documents
):
    config = SHAPES[shape]

    def make(name, seed):
        return make_engine(name, config, seed=seed)

    check_splits(make, names, draw_documents(config, 4), [0, 1, 3, 4])


def test_more_than_a_slice_of_numpys_adam_goes_on_exactly(make_engine, draw_documents):
    config = ModelConfig(600, n_embd=16, block_size=3)

    def make(name, seed):
        return make_engine(name, config, seed=seed)

    check_splits(make, ("numpy", "numpy"), draw_documents(config, 8), range(9))


@st.composite
def models(draw):
    n_embd = draw(st.integers(1, 10))
    return ModelConfig(
        draw(st.integers(2, 30)),
        n_layer=draw(st.integers(1, 3)),
        n_embd=n_embd,
        n_head=draw(st.sampled_from(divisors(n_embd))),
        block_size=draw(st.integers(1, 7)),
    )


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    config=models(),
    adam=st.builds(
        AdamConfig, st.sampled_from([0.0, 0.9]), st.sampled_from([0.9, 0.99])
    ),
    names=st.sampled_from(AT_HAND),
    seed=st.integers(0, 99),
    split=st.integers(0, 4),
)
def test_any_model_goes_on_exactly(
    config, adam, names, seed, split, make_engine, draw_documents, machine_code_if_any
):
    def make(name, engine_seed):
        return make_engine(name, config, seed=seed + engine_seed, adam=adam)

    check_splits(make, names, draw_documents(config, 4, seed=seed), [split])


@pytest.mark.parametrize("names", [("numpy", "python"), ("python", "numpy")])
def test_numpy_and_the_others_go_on_from_each_other(names, make_engine, draw_documents):
    documents = draw_documents(CONFIG, 12)
    whole, saved = (make_engine(names[0], CONFIG) for _ in range(2))
    going_on = make_engine(names[1], CONFIG, seed=2)
    wanted = [train(whole, documents, *part) for part in ((0, 5), (5, 12))][1]
    train(saved, documents, 0, 5)
    going_on.load_state(saved.state())
    got = train(going_on, documents, 5, 12)
    assert got[0] == pytest.approx(wanted[0], rel=1e-12)
    assert got[1] == pytest.approx(wanted[1], rel=1e-10)
    one, other = going_on.state(), whole.state()
    for name in ("parameters", "m", "v"):
        assert getattr(one, name).tolist() == pytest.approx(
            getattr(other, name).tolist(), rel=1e-9, abs=1e-14
        )


def test_a_mean_that_has_faded_has_the_sign_that_autograd_gives_it(make_engine):
    """It is left of a letter that was read once; the sum with 0.0 is never -0.0."""
    engines = [
        make_engine(name, CONFIG, adam=AdamConfig(0.0, 0.0))
        for name in ("python", "autograd")
    ]
    for tokens in ([8, 3, 8], [8, 1, 8], [8, 1, 8]):
        for engine in engines:
            engine.train_step(tokens, 0.01)
    state = engines[0].state()
    assert bits(state) == bits(engines[1].state())
    # One that was saved as -0.0 turns a weight of -0.0 into 0.0, or not, in both alike.
    row = slice(3 * 8, 4 * 8)  # of letter 3 in wte
    parameters, m = array("d", state.parameters), array("d", state.m)
    parameters[row] = m[row] = array("d", [-0.0] * 8)
    for engine in engines:
        engine.load_state(replace(state, parameters=parameters, m=m))
        engine.train_step([8, 1, 8], 0.01)
    assert bits(engines[0].state()) == bits(engines[1].state())


def test_a_state_and_the_engines_that_use_it_do_not_disturb_each_other(
    engine_name, make_engine, draw_documents
):
    documents = draw_documents(CONFIG, 6)
    one, other = (make_engine(engine_name, CONFIG) for _ in range(2))
    train(one, documents, 0, 3)
    state = one.state()
    kept = bits(state)
    other.load_state(state)
    train(one, documents, 3, 6)
    assert bits(state) == kept == bits(other.state())
    train(other, documents, 3, 6)
    assert bits(state) == kept
    assert bits(other.state()) == bits(one.state())


def test_samples_after_loading_are_the_same(engine_name, make_engine, draw_documents):
    one, other = (make_engine(engine_name, CONFIG, seed=seed) for seed in (1, 2))
    train(one, draw_documents(CONFIG, 6), 0, 6)
    other.load_state(one.state())
    samples = [
        [sample_tokens(engine, random.Random(seed), 0.5) for seed in range(5)]
        for engine in (one, other)
    ]
    assert samples[0] == samples[1]
    assert one.forward([8, 1, 2]) == other.forward([8, 1, 2])


def test_a_state_is_in_the_scripts_creation_order(engine_name, make_engine):
    engine = make_engine(engine_name, CONFIG)
    fresh = engine.state()
    matrices = engine.parameters().values()
    assert list(fresh.parameters) == [
        p for matrix in matrices for row in matrix for p in row
    ]
    assert bits(fresh)[2:] == (bytes(8 * CONFIG.num_params),) * 2
    engine.train_step([8, 3, 8], 0.01)
    state = engine.state()
    learnt = {i // 8 for i in range(9 * 8) if state.m[i]}
    assert learnt == {3, 8}  # the rows of wte that were read
    for m, v in zip(state.m, state.v, strict=True):
        # After one step they are 0.15 g and 0.01 g^2.
        assert v == pytest.approx(0.01 * (m / 0.15) ** 2, rel=1e-9)


def test_the_gradients_length_is_that_of_its_moments(engine_name, make_engine):
    engine = make_engine(engine_name, CONFIG)
    assert math.isnan(engine.gradient_norm)
    engine.train_step([8, 3, 1, 8], 0.01)
    wanted = math.hypot(*(m / 0.15 for m in engine.state().m))
    assert engine.gradient_norm == pytest.approx(wanted, rel=1e-12)
    engine.load_parameters(engine.parameters())
    assert math.isnan(engine.gradient_norm)


def test_a_state_of_another_model_is_refused(engine_name, make_engine):
    engine = make_engine(engine_name, CONFIG)
    engine.train_step([8, 3, 8], 0.01)
    state = engine.state()
    count = CONFIG.num_params
    for name in ("parameters", "m", "v"):
        with pytest.raises(
            ValueError, match=f"{name} must have {count} numbers, not 5"
        ):
            engine.load_state(replace(state, **{name: array("d", [0.0] * 5)}))
        with pytest.raises(ValueError, match=f"{name} must be an array of doubles"):
            engine.load_state(replace(state, **{name: array("f", [0.0] * count)}))
    with pytest.raises(ValueError, match="steps_done must be at least 0, not -1"):
        engine.load_state(replace(state, steps_done=-1))
    assert bits(engine.state()) == bits(state)
