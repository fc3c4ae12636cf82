"""Earlier moments of a run, through the real replay thread."""

from dataclasses import replace

import pytest

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
from microgpt_gui.session.snapshot import SampleRequest
from tests.gui.trained_runs import at_step

SMALL = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2, block_size=8)
REQUEST = SampleRequest(count=3, seed=5)


def is_complete(batch):
    return batch.is_complete


def shown(run, qtbot, step):
    run.timeline.show(step)
    qtbot.waitUntil(lambda: run.shown_look.step == step)
    return run.shown_look


@pytest.fixture
def finished(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(SMALL)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    return run


def test_an_earlier_moment_shows_the_attention_and_the_samples_of_then(finished, qtbot):
    run = finished
    live = run.shown_look
    for step in (20, 0, 59):
        assert shown(run, qtbot, step) == at_step(SMALL, step).look("")
        with qtbot.waitSignal(
            run.sampled, check_params_cb=lambda b: b.is_complete
        ) as w:
            run.sample(REQUEST)
        *_, expected = at_step(SMALL, step).samples(REQUEST)
        assert w.args[0].samples == expected.samples
        assert w.args[0].step == step
    assert run.step == 60
    run.watch("gold")
    qtbot.waitUntil(lambda: run.shown_look.text == "gold" and run.shown_look.step == 59)
    run.watch("")
    run.timeline.go_live()
    assert run.timeline.step is None
    assert run.shown_look.step == live.step


def test_the_newest_moment_of_a_run_at_rest_is_live(finished):
    timeline = finished.timeline
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
    assert run.timeline.step == 12


def test_many_moves_in_a_row_end_at_the_last(finished, qtbot):
    looks = []
    finished.timeline.looked.connect(lambda: looks.append(finished.shown_look.step))
    for step in range(59):
        finished.timeline.show(step)
    qtbot.waitUntil(lambda: bool(looks) and looks[-1] == 58)
    assert len(looks) < 58  # those in between were passed over


def test_playing_goes_through_the_run_and_ends_live(finished, qtbot):
    seen = []
    finished.timeline.moved.connect(lambda: seen.append(finished.timeline.step))
    finished.timeline.play(300)
    assert finished.timeline.speed == 300
    qtbot.waitUntil(lambda: finished.timeline.is_live)
    assert finished.timeline.speed == 0
    assert seen[0] == 0
    assert seen[-1] is None
    assert seen[:-1] == sorted(seen[:-1])


def test_a_fork_goes_on_from_the_moment_shown_with_other_settings(finished, qtbot):
    run = finished
    parent = list(run.losses.values)
    run.timeline.show(25)
    with qtbot.waitSignals([run.timeline.forked, run.prepared]):
        run.timeline.fork(replace(SMALL, learning_rate=0.05, steps=50))
    assert run.timeline.is_live
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
    finished.timeline.show(25)
    with qtbot.waitSignal(finished.timeline.refused) as refused:
        finished.timeline.fork(replace(SMALL, dataset="dinosaurs"))
    assert "no tokens for" in refused.args[0]
    assert finished.step == 60
    assert finished.timeline.step == 25


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
    finished.shut_down()
    finished.timeline.show(20)  # by a timer, between the last event and the exit
    assert finished.timeline._job._thread is None
