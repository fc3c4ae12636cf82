"""Drawing samples of the run that trains: what waits for it, and what does not."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import pytest

from microgpt_gui.gui.moments import draws
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.run.training_pace import FULL_SPEED, exactly
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading import questions
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import draws_of, look_of, looks_of, subject_of, workshop_of

SMALL = RunConfig(dataset="elements", steps=60)
SLOW = RunConfig(dataset="elements", n_layer=2, n_embd=64, block_size=32)
LARGEST = RunConfig(dataset="elements", n_layer=8, n_embd=128, n_head=8, block_size=256)
MANY = SampleRequest(count=200, temperature=1.0)


@pytest.fixture
def batches(run):
    """Every batch that comes, in its order."""
    came = []
    draws_of(run).sampled.connect(came.append)
    return came


def begin(run, qtbot, config):
    with qtbot.waitSignal(run.prepared):  # a large model takes long
        run.start(config)


def test_commands_are_obeyed_while_a_long_draw_goes_on(run, batches, qtbot):
    begin(run, qtbot, SLOW)
    draws_of(run).sample(MANY)
    qtbot.waitUntil(lambda: len(batches) > 0)
    subject_of(run).watch("gold")
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).text == "gold")
    assert not batches[-1].is_complete
    with qtbot.waitSignal(run.prepared):
        run.reset()
    assert not batches[-1].is_complete


def test_all_of_a_draw_is_of_one_moment_though_training_goes_on(run, batches, qtbot):
    begin(run, qtbot, SMALL)
    draws_of(run).sample(MANY)
    run.train()
    run.pause()
    run.pace.choose(exactly(3))
    run.pace.choose(FULL_SPEED)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    qtbot.waitUntil(lambda: batches[-1].is_complete)
    assert {batch.step for batch in batches} == {0}
    *_, alone = Run(SMALL).samples(MANY)
    assert batches[-1].samples == alone.samples
    trained = Run(SMALL)
    assert list(run.losses.values) == [trained.step() for _ in range(60)]


def test_a_draw_nobody_asked_for_gives_way_to_training(
    run, batches, qtbot, monkeypatch
):
    monkeypatch.setattr(draws, "UNASKED_S", 0.2)
    begin(run, qtbot, SLOW)
    draws_of(run).sample(MANY, is_asked_for=False)
    qtbot.waitUntil(lambda: len(batches) > 0)
    run.train()
    qtbot.waitUntil(lambda: run.step > 0)
    qtbot.waitUntil(lambda: batches[-1].is_complete)
    assert 0 < len(batches[-1].samples) < 200


def test_a_new_wish_cuts_a_long_draw_short(run, batches, qtbot):
    begin(run, qtbot, SLOW)
    draws_of(run).sample(MANY)
    qtbot.waitUntil(lambda: len(batches) > 0)
    wish = replace(MANY, count=1)
    draws_of(run).sample(wish)
    qtbot.waitUntil(lambda: batches[-1].request == wish and batches[-1].is_complete)
    cut = [batch for batch in batches if batch.request == MANY][-1]
    assert cut.is_complete
    assert 0 < len(cut.samples) < 200


def test_samples_wished_for_after_a_step_come_after_it(run, batches, qtbot):
    begin(run, qtbot, SLOW)
    draws_of(run).sample(MANY)
    run.step_once()
    draws_of(run).sample(replace(MANY, count=1))
    qtbot.waitUntil(lambda: len(batches) > 0 and batches[-1].request.count == 1)
    assert batches[-1].step == 1
    assert {batch.step for batch in batches if batch.request == MANY} == {0}


def test_a_run_is_finished_before_its_last_samples_are_drawn(run, batches, qtbot):
    begin(run, qtbot, replace(SLOW, steps=1))
    draws_of(run).sample_every(5, MANY)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert not any(batch.is_complete for batch in batches)
    qtbot.waitUntil(lambda: len(batches) > 0)
    assert batches[-1].step == 1


def test_closing_in_the_middle_of_the_longest_sample_takes_half_a_second(run, qtbot):
    begin(run, qtbot, LARGEST)
    draws_of(run).sample(replace(MANY, temperature=2.0))
    with qtbot.waitSignal(draws_of(run).sampled, raising=False, timeout=300):
        pass
    began_s = time.perf_counter()
    workshop_of(run).shut_down()
    assert time.perf_counter() - began_s < 0.5


def test_draws_at_every_step_leave_the_time_to_training(run, batches, qtbot):
    begin(run, qtbot, replace(SMALL, steps=300))
    draws_of(run).sample_every(1, replace(MANY, count=20))
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    qtbot.waitUntil(lambda: batches and batches[-1].step == 300)
    assert batches[0].step == 1
    assert len({batch.step for batch in batches}) < 150


def test_one_slow_look_or_draw_does_not_keep_the_next_away(
    run, batches, qtbot, monkeypatch
):
    looks, drawn = [], []
    look, samples = questions.read_text, questions.samples

    def slow_look(moment, *args, **options):
        if not looks:
            time.sleep(0.4)  # a first one has much to prepare
        looks.append(moment.step)
        return look(moment, *args, **options)

    def slow_samples(moment, *args):
        if not drawn:
            time.sleep(0.8)
        drawn.append(moment.step)
        return samples(moment, *args)

    monkeypatch.setattr(questions, "read_text", slow_look)
    monkeypatch.setattr(questions, "samples", slow_samples)
    run.pace.choose(exactly(100))
    begin(run, qtbot, replace(SMALL, steps=250))
    looks_of(run)
    draws_of(run).sample_every(50, replace(MANY, count=1))
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert max(b - a for a, b in pairwise([0, *looks])) <= 180
    assert drawn[:3] == [50, 100, 150]
