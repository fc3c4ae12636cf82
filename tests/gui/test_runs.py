"""The runs that gave way to another: kept whole, through the real threads."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget

from microgpt_gui.gui.shelf import run_words
from microgpt_gui.gui.shelf.run_words import loss
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.questions import SamplesQuestion, TextQuestion
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import comparison_of, shelf_of, timeline_of, workshop_of
from tests.gui.trained_runs import at_step, go_to_the_end, train

SMALL = RunConfig(
    dataset="elements", steps=40, n_layer=1, n_embd=8, n_head=2, block_size=8
)


@pytest.fixture
def view(qtbot):
    """Whoever wants to know."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def two_runs(run, qtbot):
    """One run on the shelf, and one with another learning rate that is current."""
    train(run, qtbot, SMALL)
    train(run, qtbot, replace(SMALL, learning_rate=0.05))
    return run


def test_a_run_that_gives_way_stays_with_all_that_is_known_of_it(two_runs):
    (kept,) = shelf_of(two_runs).runs
    expected = at_step(SMALL, 0)
    losses = [expected.step() for _ in range(40)]
    assert list(kept.losses.values) == losses
    assert kept.steps == 40
    assert min(losses) < kept.loss < max(losses)
    assert kept.trained_s > 0
    assert kept.config == SMALL
    assert kept.changes == ""
    shelf = shelf_of(two_runs)
    assert shelf.current_changes == "learning rate 0.01 to 0.05"
    assert kept.name == "elements, n_embd 8, n_head 2, block_size 8, …"
    assert shelf.current_name.startswith("elements, learning rate 0.05, n_embd 8")


def test_untrained_runs_are_not_kept(run, qtbot):
    for seed in (1, 2):
        with qtbot.waitSignal(run.prepared):
            run.start(replace(SMALL, seed=seed))
    assert shelf_of(run).runs == []


def test_names_are_suggested_and_told_apart(run, qtbot):
    base = RunConfig(dataset="elements")
    for config in (base, base, replace(base, learning_rate=0.05)):
        with qtbot.waitSignal(run.prepared):
            run.start(config)
        with qtbot.waitSignal(run.updated):
            run.step_once()
        qtbot.waitUntil(lambda: run.step == 1)
    shelf_of(run).rename_current("  lights; 'out' \N{SNOWMAN} <b>\n ")
    run.reset()
    names = [kept.name for kept in shelf_of(run).runs]
    assert names == ["lights; 'out' \N{SNOWMAN} <b>", "elements (2)", "elements"]
    assert shelf_of(run).current_name == "elements, learning rate 0.05"
    shelf_of(run).rename(shelf_of(run).runs[2], "first")
    shelf_of(run).rename(shelf_of(run).runs[2], "   ")
    assert shelf_of(run).runs[2].name == "first"


def test_the_run_before_is_overlaid_unless_the_person_chose(two_runs, qtbot):
    shelf = shelf_of(two_runs)
    (first,) = shelf.runs
    assert shelf.overlaid == [first]
    train(two_runs, qtbot, replace(SMALL, seed=7))
    second = shelf.runs[0]
    assert shelf.overlaid == [second]
    shelf.set_overlaid(first, True)
    assert {kept.overlay for kept in shelf.overlaid} == {0, 1}
    train(two_runs, qtbot, replace(SMALL, seed=8))
    assert {kept.name for kept in shelf.overlaid} == {shelf.runs[0].name, first.name}
    shelf.clear_overlays()
    assert shelf.overlaid == []


def test_a_deleted_run_comes_back_where_it_was(two_runs, qtbot):
    train(two_runs, qtbot, replace(SMALL, seed=7))
    shelf = shelf_of(two_runs)
    newer, older = shelf.runs
    shelf.delete(newer)
    assert shelf.runs == [older]
    assert shelf.overlaid == []
    assert shelf.undoable == newer.name
    shelf.delete(older)
    shelf.undo()
    shelf.undo()
    assert shelf.runs == [newer, older]
    assert shelf.overlaid == [newer]
    assert shelf.undoable == ""


def test_a_hidden_run_is_kept_but_not_listed(two_runs):
    shelf = shelf_of(two_runs)
    (kept,) = shelf.runs
    shelf.set_hidden(kept, True)
    assert shelf.listed == []
    assert shelf.overlaid == []
    shelf.set_hidden(kept, False)
    assert shelf.listed == [kept]


def test_a_run_taken_up_again_goes_on_as_if_it_had_never_stopped(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(SMALL)
    for _ in range(15):
        run.step_once()
    qtbot.waitUntil(lambda: run.step == 15)
    shelf_of(run).rename_current("mine")
    train(run, qtbot, replace(SMALL, seed=7))
    kept = shelf_of(run).runs[0]
    with qtbot.waitSignals([run.started, run.prepared]):
        shelf_of(run).take_up(kept)
    assert shelf_of(run).current_name == "mine"
    assert [other.config.seed for other in shelf_of(run).runs] == [7]
    assert run.step == 15
    go_to_the_end(run, qtbot)
    alone = at_step(SMALL, 0)
    assert list(run.losses.values) == [alone.step() for _ in range(40)]


def test_a_run_that_gives_way_before_it_is_there_again_is_not_lost(two_runs, qtbot):
    (kept,) = shelf_of(two_runs).runs

    def leave_at_once():
        two_runs.started.disconnect(leave_at_once)
        two_runs.start(replace(SMALL, seed=9))

    with qtbot.waitSignal(two_runs.prepared):
        two_runs.started.connect(leave_at_once)
        shelf_of(two_runs).take_up(kept)
    assert two_runs.config.seed == 9
    assert kept in shelf_of(two_runs).runs
    assert len(shelf_of(two_runs).runs) == 2


def test_a_fork_is_named_after_its_parent(two_runs, qtbot):
    run = two_runs
    shelf_of(run).rename_current("parent")
    timeline_of(run).show(25)
    with qtbot.waitSignals([timeline_of(run).forked, run.prepared]):
        timeline_of(run).fork(replace(run.config, learning_rate=0.001))
    assert shelf_of(run).current_name == "Fork of parent at step 25"
    assert shelf_of(run).current_changes == "learning rate 0.05 to 0.001 from step 25"
    assert shelf_of(run).runs[0].name == "parent"
    name = run_words.fork_name(shelf_of(run).current_name, 1_200)
    assert name == "Fork of parent at steps 25 and 1,200"
    assert run_words.fork_name(name, 30) == "Fork of parent at steps 25 and 30"
    assert run_words.fork_name(name, 25) == "Fork of parent at step 25"


def test_all_runs_together_keep_within_the_budget(run, qtbot):
    run.keyframe_bytes = 100_000
    for seed in range(5):
        train(run, qtbot, replace(SMALL, seed=seed))
    run.reset()
    shelf = shelf_of(run)
    assert len(shelf.runs) == 5
    least = 2 * 24 * shelf.runs[0].info.num_params  # the first and the newest state
    assert shelf.held_bytes <= max(100_000, 5 * least)


def test_the_moments_of_a_compared_run_are_its_own(two_runs, view, qtbot):
    shelf = shelf_of(two_runs)
    (kept,) = shelf.runs
    shelf.compare(kept)
    comparison = comparison_of(two_runs)
    wish = workshop_of(two_runs).wish_beside(view)
    for step, expected in ((12, 12), (99, 40)):
        with qtbot.waitSignal(wish.answered):
            wish.want(comparison.place_at(step), TextQuestion("gold"))
        assert wish.answer == at_step(SMALL, expected).look("gold")
    request = SampleRequest(count=3, seed=5)
    with qtbot.waitSignal(
        wish.answered, check_params_cb=lambda: wish.answer.is_complete
    ):
        wish.want(comparison.place_at(12), SamplesQuestion(request))
    *_, batch = at_step(SMALL, 12).samples(request)
    assert wish.answer.samples == batch.samples
    shelf.compare(None)
    assert wish.answer is None
    assert comparison.place_at(12) is None


def test_many_wishes_in_a_row_end_at_the_last(two_runs, view, qtbot):
    shelf = shelf_of(two_runs)
    shelf.compare(shelf.runs[0])
    wish = workshop_of(two_runs).wish_beside(view)
    for step in range(40):
        wish.want(comparison_of(two_runs).place_at(step), TextQuestion("gold"))
    qtbot.waitUntil(lambda: wish.answer is not None and wish.answer.step == 39)


def test_runs_of_one_text_share_it(run, view, qtbot):
    for seed in (1, 2, 3):
        train(run, qtbot, replace(SMALL, seed=seed))
    newer, older = (kept.info.segments[-1] for kept in shelf_of(run).runs)
    assert newer.dataset.corpus is older.dataset.corpus
    assert newer.docs != older.docs
    assert newer.docs.documents is older.docs.documents
    shelf_of(run).compare(shelf_of(run).runs[0])
    wish = workshop_of(run).wish_beside(view)
    with qtbot.waitSignal(wish.answered):
        wish.want(comparison_of(run).place_at(25), TextQuestion(""))
    assert wish.answer == at_step(replace(SMALL, seed=2), 25).look("")


def test_a_loss_beyond_all_reason_has_no_more_digits_than_others():
    assert loss(3.29583) == "3.2958"
    assert loss(1.5e300) == "1.500e+300"
