"""Many steps in one call are the same steps: same numbers, same ends."""

from __future__ import annotations

import time

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled, CancelToken, Diverged
from microgpt_gui.engine.config import ModelConfig
from microgpt_gui.engine.steps import StepsAhead

CONFIG = ModelConfig(9, n_layer=2, n_embd=8, n_head=2, block_size=6)
BOS = 8
RATES = [0.01, 0.009, 0.008, 0.007, 0.006, 0.005]


def everything(engine):
    """All numbers of an engine, told apart to the last bit."""
    state = engine.state()
    numbers = state.parameters + state.m + state.v
    return state.steps_done, repr(engine.gradient_norm), numbers.tobytes()


def ahead_of(documents, rates=RATES):
    return StepsAhead.of(documents, rates[: len(documents)])


@pytest.fixture
def documents(draw_documents):
    return draw_documents(CONFIG, 6)


@pytest.fixture
def twins(engine_name, make_engine):
    """Two engines that start from the same weights."""
    return [make_engine(engine_name, CONFIG) for _ in range(2)]


def test_they_are_the_steps_done_one_by_one(twins, documents):
    one_by_one, at_once = twins
    figures = [
        (one_by_one.train_step(tokens, rate), one_by_one.gradient_norm)
        for tokens, rate in zip(documents, RATES, strict=True)
    ]
    done = at_once.train_steps(ahead_of(documents))
    assert list(zip(done.losses, done.gradient_norms, strict=True)) == figures
    assert (done.losses.typecode, done.gradient_norms.typecode) == ("d", "d")
    assert everything(at_once) == everything(one_by_one)
    assert at_once.steps_done == len(done) == 6


def test_when_time_is_up_at_least_one_is_done(twins, documents):
    one_by_one, at_once = twins
    tokens, rates = list(documents), list(RATES)
    losses = []
    while tokens:
        done = at_once.train_steps(ahead_of(tokens, rates), time.monotonic() - 1)
        assert 1 <= len(done) <= len(tokens)
        losses += done.losses
        del tokens[: len(done)], rates[: len(done)]
    alone = [
        one_by_one.train_step(*step) for step in zip(documents, RATES, strict=True)
    ]
    assert losses == alone
    assert everything(at_once) == everything(one_by_one)
    assert not len(at_once.train_steps(ahead_of([]), time.monotonic() - 1))


def test_steps_before_one_that_cannot_be_done_are_kept(
    engine_name, make_engine, draw_documents
):
    config = ModelConfig(9, n_embd=4, n_head=2, block_size=4)
    documents = draw_documents(config, 60)
    rates = [3.0] * 60
    alone, at_once = (make_engine(engine_name, config) for _ in range(2))
    losses = []
    with pytest.raises(Diverged) as alone_error:
        for tokens in documents:
            losses.append(alone.train_step(tokens, 3.0))
    assert len(losses) > 1
    done = at_once.train_steps(ahead_of(documents, rates))
    assert list(done.losses) == losses
    assert everything(at_once) == everything(alone)
    with pytest.raises(Diverged) as error:
        at_once.train_steps(ahead_of(documents[len(done) :], rates))
    assert (error.value.step, str(error.value)) == (len(losses), str(alone_error.value))
    assert everything(at_once) == everything(alone)


class CancelledAtLook(CancelToken):
    """Is cancelled once it has been looked at so many times; never, if 0."""

    __slots__ = ("left",)

    def __init__(self):
        super().__init__()
        self.left = 0

    def check(self):
        if self.left:
            self.left -= 1
            if not self.left:
                self.cancel()
        super().check()


# Not in interpreters of their own: there, a function is asked by time, not by looks.
@pytest.mark.parametrize("engine_name", ENGINES)
def test_a_cancelled_engine_stops_on_the_way(engine_name, make_engine, documents):
    cancel = CancelledAtLook()
    engine, alone = (
        make_engine(engine_name, CONFIG, cancel=cancel),
        make_engine(engine_name, CONFIG),
    )
    cancel.left = 5
    with pytest.raises(Cancelled):
        while True:
            engine.train_steps(ahead_of(documents * 20, RATES * 20))
    for step in range(engine.steps_done):
        alone.train_step(documents[step % 6], RATES[step % 6])
    assert engine.state() == alone.state()
    with pytest.raises(Cancelled):
        engine.train_steps(ahead_of(documents))
    assert engine.state() == alone.state()


def test_documents_and_learning_rates_must_be_equally_many():
    with pytest.raises(ValueError, match=r"2 documents need as many .* not 1"):
        StepsAhead.of([[8, 1, 8], [8, 2, 8]], [0.1])
