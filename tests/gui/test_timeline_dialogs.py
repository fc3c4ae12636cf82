"""Forking at an earlier moment, and training on after the end, in the real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.window.timeline import MarkKind
from microgpt_gui.gui.window.timeline.extend_dialog import ExtendDialog
from microgpt_gui.gui.window.timeline.fork_dialog import ForkDialog
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run_files.reading import read_run
from tests.gui.beside import shelf_of, timeline_of
from tests.gui.timeline_bar import LONG, begin, press, train_to_the_end

LEFT = Qt.MouseButton.LeftButton
SMALL = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2)


@pytest.fixture
def finished(playground, qtbot):
    train_to_the_end(qtbot, playground)
    return playground


def opened(qtbot, playground, kind):
    qtbot.waitUntil(lambda: playground.window.findChild(kind) is not None)
    dialog = playground.window.findChild(kind)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def fork_dialog(qtbot, playground, step):
    timeline_of(playground.run).show(step)
    press(qtbot, playground, Qt.Key.Key_F)
    return opened(qtbot, playground, ForkDialog)


def extend_dialog(qtbot, playground):
    press(qtbot, playground, Qt.Key.Key_Space)
    return opened(qtbot, playground, ExtendDialog)


def type_into(qtbot, field, text):
    field.selectAll()
    qtbot.keyClicks(field, text)


def gone(playground, kind):
    dialog = playground.window.findChild(kind)
    return dialog is None or not dialog.isVisible()


def test_a_fork_goes_its_own_way_and_leaves_a_mark(finished, qtbot, tmp_path):
    run, bar = finished.run, finished.window.timeline
    parent = list(run.losses.values)
    dialog = fork_dialog(qtbot, finished, 25)
    assert dialog.windowTitle() == "Fork at step 25"
    assert "as in the run" in dialog.outcome
    # Buttons stand in the system's order, as in every other dialog.
    assert isinstance(dialog.ok.parent(), QDialogButtonBox)
    # With every letter typed, and not when the field is left, the picture follows.
    type_into(qtbot, dialog.rate, "0.05")
    assert dialog.outcome == (
        "At step 25 the learning rate is 0.05; in the run it is 0.005833."
    )
    assert dialog.preview.chosen[0] == (25, 0.05)
    type_into(qtbot, dialog.steps, "5")
    assert "Steps: a number from 26 to 1,000,000 is wanted." in dialog.message
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.steps, "0")
    assert dialog.message == ""
    drawn = dialog.preview.chosen
    assert [step for step, _ in drawn] == [25, 49, 50]
    with qtbot.waitSignal(run.prepared):
        qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: gone(finished, ForkDialog))
    assert run.step == 25
    assert run.config == replace(SMALL, learning_rate=0.05, steps=50, decay_start=25)
    assert [(m.step, m.kind) for m in bar.marks] == [(25, MarkKind.FORK)]
    assert "learning rate 0.01 to 0.05" in bar.marks[0].text
    train_to_the_end(qtbot, finished)
    assert list(run.losses.values[:25]) == parent[:25]
    assert list(run.losses.values[26:]) != parent[26:50]
    # What was typed and drawn is what was done, to the last bit, files included.
    rates = run.recorder.figures.learning_rates
    assert rates[25] == 0.05
    assert all(rates[step] == rate for step, rate in drawn[:2])
    path = tmp_path / "fork.mgpt"
    with qtbot.waitSignal(finished.window.document.saved):
        finished.window.document.save(path)
    again = read_run(path).record
    assert again.config == run.config
    assert [again.config.learning_rate_at(step) for step in range(25, 50)] == list(
        rates[25:]
    )
    # A fork from before it cannot fall from a step that is still to come.
    with qtbot.waitSignals([timeline_of(run).forked, run.prepared]):
        timeline_of(run).fork(replace(run.config, learning_rate=0.02), 20)
    assert run.config.decay_start == 20
    run.step_once()
    qtbot.waitUntil(lambda: run.step == 21)
    assert run.recorder.figures.learning_rates[20] == 0.02
    with qtbot.waitSignals([run.started, run.prepared]):
        shelf_of(run).take_up(shelf_of(run).runs[0])
    # Before the fork the rates were the parent's, whatever the child's settings say.
    dialog = fork_dialog(qtbot, finished, 10)
    assert dict(dialog.preview.past)[10] == SMALL.learning_rate_at(10)
    assert "is 0.008333, as in the run" in dialog.outcome


def test_a_fork_that_changes_nothing_repeats_the_run(finished, qtbot):
    parent = list(finished.run.losses.values)
    dialog = fork_dialog(qtbot, finished, 25)
    with qtbot.waitSignal(finished.run.prepared):
        qtbot.mouseClick(dialog.ok, LEFT)
    train_to_the_end(qtbot, finished)
    assert list(finished.run.losses.values) == parent


def test_a_text_with_other_letters_is_refused_in_the_dialog(finished, qtbot):
    dialog = fork_dialog(qtbot, finished, 25)
    dialog.dataset.setCurrentIndex(dialog.dataset.findData("dinosaurs"))
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: "no tokens for" in dialog.message)
    assert dialog.isVisible()
    assert not dialog.ok.isEnabled()
    assert finished.window.notice.text == ""
    dialog.dataset.setCurrentIndex(dialog.dataset.findData("elements"))
    assert dialog.message == ""
    assert dialog.ok.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert finished.run.step == 60
    assert timeline_of(finished.run).step == 25


def test_a_fork_while_it_trains_holds_the_moment(playground, qtbot):
    begin(qtbot, playground, LONG)
    run = playground.run
    run.train()
    qtbot.waitUntil(lambda: run.step > 20)
    qtbot.mouseClick(playground.window.timeline.fork, LEFT)
    dialog = opened(qtbot, playground, ForkDialog)
    step = timeline_of(run).step
    assert dialog.windowTitle() == f"Fork at step {step}"
    qtbot.waitUntil(lambda: run.step > step)
    assert timeline_of(run).step == step
    qtbot.mouseClick(dialog.cancel, LEFT)
    assert timeline_of(run).is_live


def test_space_at_the_end_asks_and_changes_nothing_by_itself(finished, qtbot):
    run = finished.run
    assert finished.window.topbar.train.accessibleName() == "Train more…"
    before = run.config
    dialog = extend_dialog(qtbot, finished)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: gone(finished, ExtendDialog))
    assert run.state is RunState.FINISHED
    assert run.config == before
    assert run.step == 60


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        ("stretch", 0.005, 0.01 / 120),
        ("stay", 0.01 / 60, 0.01 / 60),
        ("anew", 0.01, 0.02 / 120),
    ],
)
def test_more_steps_with_the_learning_rate_that_was_chosen(
    finished, qtbot, choice, first, last
):
    run = finished.run
    qtbot.mouseClick(finished.window.topbar.train, LEFT)
    dialog = opened(qtbot, finished, ExtendDialog)
    assert dialog.further.value() == 60
    assert "it jumps from 0.000167 to 0.005 now" in dialog._jump.text()
    getattr(dialog, choice).setChecked(True)
    assert dialog.preview.chosen[0] == (60, pytest.approx(first))
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED and run.step == 120)
    rates = run.recorder.figures.learning_rates
    assert rates[59] == pytest.approx(0.01 / 60)
    assert rates[60] == pytest.approx(first)
    assert rates[119] == pytest.approx(last)
    notice = finished.window.notice.text
    assert ("The learning rate jumps" in notice) == (choice != "stay")


def test_the_highest_rate_may_fall_over_a_single_step(finished, qtbot):
    dialog = extend_dialog(qtbot, finished)
    type_into(qtbot, dialog.further, "1")
    type_into(qtbot, dialog.rate, "0.7")
    assert dialog.anew.isChecked()
    assert dialog.preview.chosen[0] == (60, 0.7)
    qtbot.mouseClick(dialog.ok, LEFT)
    run = finished.run
    qtbot.waitUntil(lambda: run.step == 61)
    assert run.recorder.figures.learning_rates[60] == 0.7
    # Begun anew, it falls from step 0 like every new run.
    with qtbot.waitSignal(run.prepared):
        run.reset()
    assert run.config.decay_start == run.info.config.decay_start == 0


def test_more_steps_in_the_middle_tell_of_the_jump(playground, qtbot):
    run = playground.run
    for _ in range(30):
        run.step_once()
    qtbot.waitUntil(lambda: run.step == 30)
    run.change(steps=600)
    assert playground.window.notice.text == (
        "The learning rate jumps: it is 0.0095 from step 30 on (it was 0.005) and "
        "falls to 0 at step 600."
    )
    bar = playground.window.timeline
    qtbot.waitUntil(lambda: bar.track.maximum() == 600)
    qtbot.waitUntil(lambda: "steps 60 to 600" in bar.track.marks_at(30))


@pytest.mark.parametrize("is_fork", [True, False], ids=["fork", "train more"])
def test_a_dialog_closes_when_another_run_takes_the_place_of_its_own(
    finished, qtbot, tmp_path, is_fork
):
    document, run = finished.window.document, finished.run
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "elements")
    begin(qtbot, finished, RunConfig(dataset="roman", steps=5, n_embd=4, n_head=2))
    train_to_the_end(qtbot, finished)
    if is_fork:
        dialog = fork_dialog(qtbot, finished, 2)
    else:
        dialog = extend_dialog(qtbot, finished)
    with qtbot.waitSignal(document.opened):
        document.open(tmp_path / "elements.mgpt")
    assert not dialog.isVisible()
    assert (run.step, run.config) == (60, SMALL)


def test_a_run_that_diverged_can_go_another_way_from_before(playground, qtbot):
    run = playground.run
    wild = RunConfig(
        dataset="elements", n_layer=3, n_embd=4, n_head=1, block_size=4, learning_rate=1
    )
    begin(qtbot, playground, wild)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.DIVERGED)
    parent = list(run.losses.values)
    dialog = fork_dialog(qtbot, playground, 3)
    dialog.rate.setValue(0.01)
    with qtbot.waitSignal(run.prepared):
        qtbot.mouseClick(dialog.ok, LEFT)
    assert run.state is RunState.PAUSED
    assert list(run.losses.values) == parent[:3]
    assert run.config == replace(wild, learning_rate=0.01, decay_start=3)


def test_a_fork_onto_another_text_reads_that_as_usual(playground, qtbot, tmp_path):
    run = playground.run
    text = tmp_path / "pairs.txt"
    text.write_text("\n".join(f"{name}\n{name}\n" for name in run.info.docs))
    begin(qtbot, playground, replace(SMALL, dataset=str(text), documents="paragraphs"))
    run.step_once()
    qtbot.waitUntil(lambda: run.step == 1)
    dialog = fork_dialog(qtbot, playground, 1)
    dialog.dataset.setCurrentIndex(dialog.dataset.findData("elements"))
    with qtbot.waitSignal(run.prepared):
        qtbot.mouseClick(dialog.ok, LEFT)
    assert run.config == replace(SMALL, dataset="elements")
    assert run.info.chars[0] == "\n"  # the model keeps its tokens
    assert "\n" not in "".join(run.info.docs)
