"""Earlier moments of a run, through the real replay thread."""

from dataclasses import replace

import pytest

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.questions import SamplesQuestion
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import (
    look_of,
    looks_of,
    subject_of,
    timeline_of,
    workshop_of,
)
from tests.gui.trained_runs import at_step

SMALL = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2, block_size=8)
REQUEST = SampleRequest(count=3, seed=5)


def shown(run, qtbot, step):
    timeline_of(run).show(step)
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).step == step)
    return look_of(run)


@pytest.fixture
def finished(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(SMALL)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    return run


def test_an_earlier_moment_shows_the_attention_and_the_samples_of_then(finished, qtbot):
    run = finished
    looks_of(run)
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).step == 60)
    live = look_of(run)
    for step in (20, 0, 59):
        assert shown(run, qtbot, step) == at_step(SMALL, step).look("")
        drawn = workshop_of(run).wish(run)
        drawn.want(timeline_of(run).place, SamplesQuestion(REQUEST))
        qtbot.waitUntil(
            lambda wish=drawn: wish.answer is not None and wish.answer.is_complete
        )
        *_, expected = at_step(SMALL, step).samples(REQUEST)
        assert drawn.answer.samples == expected.samples
        assert drawn.answer.step == step
    assert run.step == 60
    subject_of(run).watch("gold")
    qtbot.waitUntil(lambda: look_of(run).text == "gold" and look_of(run).step == 59)
    subject_of(run).watch("")
    timeline_of(run).go_live()
    assert timeline_of(run).step is None
    qtbot.waitUntil(lambda: look_of(run).step == live.step)


def test_the_newest_moment_of_a_run_at_rest_is_live(finished):
    timeline = timeline_of(finished)
    timeline.show(59)
    assert not timeline.is_live
    timeline.move_by(1)
    assert timeline.is_live
    timeline.move_by(-100)
    assert timeline.step == 0
    timeline.show(1_000_000)
    assert timeline.is_live


def test_moments_are_shown_while_the_run_trains_on(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(replace(SMALL, steps=1_000_000))
    run.train()
    qtbot.waitUntil(lambda: run.step > 30)
    look = shown(run, qtbot, 12)
    assert look == at_step(replace(SMALL, steps=1_000_000), 12).look("")
    before = run.step
    qtbot.waitUntil(lambda: run.step > before)
    assert timeline_of(run).step == 12


def test_many_moves_in_a_row_end_at_the_last(finished, qtbot):
    looks = []
    looks_of(finished).answered.connect(lambda: looks.append(look_of(finished).step))
    for step in range(59):
        timeline_of(finished).show(step)
    qtbot.waitUntil(lambda: bool(looks) and looks[-1] == 58)
    assert len(looks) < 58  # those in between were passed over


def test_playing_goes_through_the_run_and_ends_live(finished, qtbot):
    seen = []
    timeline_of(finished).moved.connect(lambda: seen.append(timeline_of(finished).step))
    timeline_of(finished).play(300)
    assert timeline_of(finished).speed == 300
    qtbot.waitUntil(lambda: timeline_of(finished).is_live)
    assert timeline_of(finished).speed == 0
    assert seen[0] == 0
    assert seen[-1] is None
    assert seen[:-1] == sorted(seen[:-1])


def test_a_fork_goes_on_from_the_moment_shown_with_other_settings(finished, qtbot):
    run = finished
    parent = list(run.losses.values)
    timeline_of(run).show(25)
    with qtbot.waitSignals([timeline_of(run).forked, run.prepared]):
        timeline_of(run).fork(replace(SMALL, learning_rate=0.05, steps=50))
    assert timeline_of(run).is_live
    assert run.step == 25
    assert run.state is RunState.PAUSED
    assert list(run.losses.values) == parent[:25]
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    alone = at_step(SMALL, 25)
    alone.change(learning_rate=0.05, steps=50)
    expected = parent[:25] + [alone.step() for _ in range(25)]
    assert list(run.losses.values) == expected
    assert shown(run, qtbot, 40).step == 40
    assert shown(run, qtbot, 10) == at_step(SMALL, 10).look("")


def test_a_fork_onto_a_text_with_other_letters_says_why_not(finished, qtbot):
    timeline_of(finished).show(25)
    with qtbot.waitSignal(timeline_of(finished).refused) as refused:
        timeline_of(finished).fork(replace(SMALL, dataset="dinosaurs"))
    assert "no tokens for" in refused.args[0]
    assert finished.step == 60
    assert timeline_of(finished).step == 25


def test_a_live_change_is_replayed_as_it_was(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(replace(SMALL, steps=30))
    for _ in range(10):
        run.step_once()
    qtbot.waitUntil(lambda: run.step == 10)
    run.change(learning_rate=0.09)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    alone = at_step(replace(SMALL, steps=30), 10)
    alone.change(learning_rate=0.09)
    for _ in range(15):
        alone.step()
    assert shown(run, qtbot, 25) == alone.look("")


def test_all_of_a_run_can_be_asked_for_while_it_trains(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(replace(SMALL, steps=1_000_000))
    run.train()
    qtbot.waitUntil(lambda: run.step > 30)
    with qtbot.waitSignal(run.recorded) as recorded:
        run.request_record()
    record = recorded.args[0]
    again = Run(record)
    assert len(record.figures) == record.steps_done > 30
    alone = at_step(replace(SMALL, steps=1_000_000), record.steps_done)
    assert again.parameters_sha256() == alone.parameters_sha256()


def test_a_wish_that_comes_after_the_end_begins_nothing(finished):
    looks_of(finished)
    workshop_of(finished).shut_down()
    timeline_of(finished).show(20)  # by a timer, between the last event and the exit
    assert workshop_of(finished).reading.isFinished()
