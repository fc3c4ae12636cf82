"""Steps in batches are those that one gets one by one, and so is what is noted."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken, Diverged
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.session import text_ahead
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.recorded import moment_at
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run

SMALL = RunConfig(dataset="elements", steps=90, n_embd=4, n_head=2, block_size=5)

#: Settings that decide which documents a step learns from, and at which rate.
VARIETIES = [
    {},
    {"held_out": 0.3},
    {"train_documents": 1},
    {"train_documents": 7, "decay_steps": 60},
    {"train_documents": 40, "decay_steps": 500},
]

#: A live change in the course of a run: before which step, and what.
CHANGE_AT, CHANGE = 37, {"learning_rate": 0.02, "decay_steps": 70, "decay_start": 37}


def one_by_one(config: RunConfig) -> list[tuple[float, float, float]]:
    """Figures of a run as its definition gives them, with `CHANGE`."""
    run = Run(config)
    vocabulary = Vocabulary(run.info.chars)
    stream = random.Random()
    stream.seed(config.seed)
    order = list(range(len(run.info.docs)))
    stream.shuffle(order)
    model = config.model(vocabulary.size)
    parameters = initial_parameters(model, stream, CancelToken())
    engine = ENGINES[config.engine](model, parameters, config.adam(), CancelToken())
    segment = run.info.segments[0]
    figures = []
    for step in range(config.steps):
        if step == CHANGE_AT:
            config = replace(config, **CHANGE)
        document = segment.docs[step % segment.num_trained]
        rate = config.learning_rate_at(step)
        loss = engine.train_step(vocabulary.tokens_of(document), rate)
        figures.append((loss, rate, engine.gradient_norm))
    return figures


@pytest.mark.parametrize("engine", [n for n in ENGINES if n != "autograd"])
@pytest.mark.parametrize("block_documents", [1, 16, 1024])
def test_batches_note_what_steps_one_by_one_give(engine, block_documents, monkeypatch):
    """Whatever their size, wherever they are cut, with a live change in their midst."""
    monkeypatch.setattr(text_ahead, "BLOCK_DOCUMENTS", block_documents)
    sizes = random.Random(block_documents)
    for variety in VARIETIES:
        config = replace(SMALL, engine=engine, **variety)
        recorder = Recorder()
        run = Run(config, recorder=recorder)
        while not run.is_finished:
            end = CHANGE_AT if run.steps_done < CHANGE_AT else config.steps
            most = min(sizes.randint(1, 60), end - run.steps_done)
            assert 1 <= len(run.train(most)) <= most
            if run.steps_done == CHANGE_AT:
                run.change(**CHANGE)
        found = recorder.figures
        assert len(found) == 90
        noted = zip(
            found.losses, found.learning_rates, found.gradient_norms, strict=True
        )
        assert list(noted) == one_by_one(config), variety


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=40, deadline=None)
@given(drawn=st.data())
def test_any_run_is_the_same_in_batches(engine, drawn):
    heads = drawn.draw(st.sampled_from([1, 2, 4]))
    config = RunConfig(
        dataset=drawn.draw(st.sampled_from(["elements", "sums", "names"])),
        engine=engine,
        seed=drawn.draw(st.integers(0, 99)),
        steps=drawn.draw(st.integers(CHANGE_AT + 1, 70)),
        n_layer=drawn.draw(st.integers(1, 3)),
        n_embd=heads * drawn.draw(st.integers(1, 3)),
        n_head=heads,
        block_size=drawn.draw(st.integers(1, 12)),
        train_documents=drawn.draw(st.integers(0, 60)),
        held_out=drawn.draw(st.sampled_from([0.0, 0.1])),
    )
    # Not drawn one by one: how many there are depends on the computer's speed.
    sizes = random.Random(drawn.draw(st.integers(0, 99)))
    recorder = Recorder()
    run = Run(config, recorder=recorder)
    while not run.is_finished:
        end = CHANGE_AT if run.steps_done < CHANGE_AT else config.steps
        run.train(min(sizes.randint(1, 40), end - run.steps_done))
        if run.steps_done == CHANGE_AT:
            run.change(**CHANGE)
    found = recorder.figures
    noted = zip(found.losses, found.learning_rates, found.gradient_norms, strict=True)
    assert list(noted) == one_by_one(config)


def test_moments_between_are_those_of_steps_one_by_one(monkeypatch):
    """Keyframes lie between batches; what is between those is brought back."""
    monkeypatch.setattr("microgpt_gui.session.recorder.REPLAY_S", 0.0)
    monkeypatch.setattr("microgpt_gui.session.recorder.KEYFRAME_SHARE", 1e9)
    recorder = Recorder()
    at_once, alone = Run(SMALL, recorder=recorder), Run(SMALL)
    weights = [alone.moment().weights]
    while not at_once.is_finished:
        at_once.train(13)
    for _ in range(SMALL.steps):
        alone.step()
        weights.append(alone.moment().weights)
    assert recorder.holdings().keyframes > 3
    for step in (0, 12, 13, 14, 50, 90):
        assert moment_at(at_once.info, recorder, step).weights == weights[step]


def test_what_came_before_a_step_that_runs_away_is_noted():
    wild = replace(SMALL, learning_rate=1.0, n_layer=3)
    losses = []
    alone = Run(wild)
    with pytest.raises(Diverged):
        while True:
            losses.append(alone.step())
    assert len(losses) > 1
    recorder = Recorder()
    run = Run(wild, recorder=recorder)
    with pytest.raises(Diverged):
        while True:
            run.train(60)
    assert list(recorder.figures.losses) == losses
    assert run.steps_done == len(losses) == len(recorder.figures)


def test_a_batch_ends_when_its_time_is_up():
    run = Run(SMALL)
    assert 1 <= len(run.train(60, time.monotonic() - 1)) < 60


@settings(max_examples=60)
@given(
    rate=st.floats(1e-9, 1),
    steps=st.integers(1, 60),
    decay_steps=st.integers(0, 80),
    decay_start=st.integers(0, 80),
    start=st.integers(0, 90),
    count=st.integers(1, 30),
)
def test_learning_rates_are_those_of_each_step(
    rate, steps, decay_steps, decay_start, start, count
):
    config = RunConfig(
        steps=steps,
        learning_rate=rate,
        decay_steps=decay_steps,
        decay_start=decay_start,
    )
    expected = [config.learning_rate_at(s) for s in range(start, start + count)]
    assert list(config.learning_rates(start, start + count)) == expected
