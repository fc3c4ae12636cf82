"""The list of runs, in the window, as a person uses it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from microgpt_gui.gui.panels.runs import RunsPanel
from microgpt_gui.gui.run.history import LossHistory
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.isolation import isolated
from microgpt_gui.session.config import RunConfig
from tests.gui.beside import shelf_of, workshop_of

WORDED = ("Side by side", "Continue this run", "Undo")

BASE = RunConfig(dataset="elements", steps=6, n_embd=8, n_head=2)


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    """The panel at its usual size, over a small untrained run."""
    with qtbot.waitSignal(run.prepared):
        run.start(BASE)
    panel = show_panel(RunsPanel(workshop_of(run), appearance), 250, 560)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


@pytest.fixture
def window_panel(playground):
    """The panel in the whole window, in front."""
    docks = playground.window.docks
    index = next(i for i, p in enumerate(docks.panels) if p.title == "Runs")
    docks.docks[index].raise_()
    QApplication.processEvents()
    assert docks.panels[index].isVisible()
    return docks.panels[index]


@pytest.fixture
def three_runs(panel, qtbot):
    """Two runs that are over, and a current one."""
    for rate in (0.01, 0.05, 0.02):
        train(panel.run, qtbot, replace(BASE, learning_rate=rate))
    return panel


def train(run, qtbot, config):
    with qtbot.waitSignal(run.prepared):
        run.start(config)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)


def rect_of(panel, row):
    return panel.list.visualRect(panel.list.runs.index(row, 0))


def click_eye(qtbot, panel, row):
    at = rect_of(panel, row).topLeft() + QPoint(18, 16)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)


def choose(qtbot, panel, row):
    at = rect_of(panel, row).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)


def button(panel, name):
    return next(
        b for b in panel.findChildren(QAbstractButton) if b.accessibleName() == name
    )


def click(qtbot, panel, name):
    qtbot.mouseClick(button(panel, name), Qt.MouseButton.LeftButton)


def said(panel):
    runs = panel.list.runs
    return [runs.said(row) for row in range(runs.rowCount())]


def test_before_any_run_is_over_it_says_what_to_do(panel):
    assert [row.name for row in said(panel)] == [
        "elements, n_embd 8, n_head 2, steps 6"
    ]
    assert panel._empty.isVisible()
    assert "Reset (R)" in panel._empty.text()
    assert not button(panel, "Side by side").isEnabled()


def test_every_run_is_there_with_what_was_changed(three_runs):
    current, newer, older = said(three_runs)
    assert not three_runs._empty.isVisible()
    assert current.changes == "learning rate 0.05 to 0.02"
    assert newer.changes == "learning rate 0.01 to 0.05"
    assert newer.name.startswith("elements, learning rate 0.05")
    assert older.changes == "first run"
    assert newer.figures.startswith("6 steps · ")
    assert newer.figures.endswith(" · python")
    assert float(newer.loss) == pytest.approx(
        shelf_of(three_runs.run).runs[0].loss, abs=1e-3
    )


def test_the_current_run_is_live(three_runs, qtbot):
    run = three_runs.run
    run.reset()
    qtbot.waitUntil(lambda: run.state is RunState.READY)
    assert said(three_runs)[0].loss == "–"
    run.step_once()
    qtbot.waitUntil(lambda: said(three_runs)[0].figures.startswith("1 / 6 steps"))
    assert said(three_runs)[0].loss == f"{run.losses.values[0]:.3f}"


def test_the_eye_draws_a_run_in_the_loss_plot(three_runs, qtbot):
    shelf = shelf_of(three_runs.run)
    newer, older = shelf.runs
    assert shelf.overlaid == [newer]
    click_eye(qtbot, three_runs, 2)
    assert shelf.overlaid == [newer, older]
    click_eye(qtbot, three_runs, 1)
    assert shelf.overlaid == [older]
    choose(qtbot, three_runs, 1)
    qtbot.keyClick(three_runs.list, Qt.Key.Key_Return)
    assert set(shelf.overlaid) == {newer, older}


@pytest.mark.parametrize("by", ["F2", "double click"])
@pytest.mark.parametrize("row", [0, 2])
def test_runs_are_renamed_in_place(three_runs, qtbot, by, row):
    name = "A <b>name</b> & \N{SNOWMAN} \N{ARABIC LETTER ALEF}"
    choose(qtbot, three_runs, row)
    if by == "F2":
        three_runs.list.setFocus()
        qtbot.keyClick(three_runs.list, Qt.Key.Key_F2)
    else:
        at = rect_of(three_runs, row).center()
        qtbot.mouseDClick(three_runs.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    three_runs.actions_of_run.rename.trigger()  # once more: Qt would complain of it
    (editor,) = three_runs.list.findChildren(QLineEdit)
    editor.setText(name)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(three_runs)[row].name == isolated(name))
    shelf = shelf_of(three_runs.run)
    assert name == (shelf.runs[row - 1].name if row else shelf.current_name)


def test_a_deleted_run_comes_back_with_a_click(three_runs, qtbot):
    shelf = shelf_of(three_runs.run)
    runs = list(shelf.runs)
    choose(qtbot, three_runs, 2)
    three_runs.list.setFocus()
    qtbot.keyClick(three_runs.list, Qt.Key.Key_Delete)
    assert shelf.runs == runs[:1]
    assert runs[1].name in three_runs.undo_text
    click(qtbot, three_runs, "Undo deleting the run")
    assert shelf.runs == runs
    assert three_runs.undo_text == ""


def test_hidden_runs_can_be_seen_again(three_runs, qtbot):
    choose(qtbot, three_runs, 2)
    name = said(three_runs)[2].name
    click(qtbot, three_runs, "Hide")
    assert name not in [row.name for row in said(three_runs)]
    click(qtbot, three_runs, "Show 1 hidden")
    assert said(three_runs)[2].name == name
    choose(qtbot, three_runs, 2)
    click(qtbot, three_runs, "Show again")
    assert not button(three_runs, "Show 0 hidden").isVisible()
    assert said(three_runs)[2].name == name


def test_taking_up_makes_a_run_current_and_keeps_the_present_one(three_runs, qtbot):
    run = three_runs.run
    choose(qtbot, three_runs, 2)
    with qtbot.waitSignals([run.started, run.prepared]):
        click(qtbot, three_runs, "Continue this run")
    assert run.config.learning_rate == 0.01
    assert run.step == 6
    rates = [kept.config.learning_rate for kept in shelf_of(run).runs]
    assert rates == [0.02, 0.05]


def test_what_is_held_is_told(three_runs):
    assert three_runs._held.text().startswith("2 runs kept, in 0.")
    assert three_runs._held.text().endswith(" of 256 MB")


def test_a_run_is_read_aloud_whole(three_runs):
    index = three_runs.list.runs.index(1, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "drawn in the loss plot" in spoken
    assert "learning rate 0.01 to 0.05" in spoken
    interface = QAccessible.queryAccessibleInterface(three_runs.list)
    assert interface.text(QAccessible.Text.Name) == "Runs"


def test_in_the_window_keys_reach_the_run_and_the_list(playground, window_panel, qtbot):
    run, shelf = playground.run, shelf_of(playground.run)
    for seed in (1, 2):
        train(run, qtbot, replace(BASE, seed=seed))
    (kept,) = shelf.runs
    choose(qtbot, window_panel, 1)
    qtbot.keyClick(window_panel.list, Qt.Key.Key_Return)
    assert shelf.overlaid == []
    qtbot.keyClick(window_panel.list, Qt.Key.Key_Delete)
    assert shelf.runs == []
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(playground.window, Qt.Key.Key_Z, control)
    assert shelf.runs == [kept]
    run.reset()
    qtbot.waitUntil(lambda: run.state is RunState.READY)
    choose(qtbot, window_panel, 1)
    qtbot.keyClick(window_panel.list, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: run.step > 0)


def test_a_click_on_a_button_leaves_the_keys_with_the_list(
    playground, window_panel, qtbot
):
    run = playground.run
    for _ in range(4):
        train(run, qtbot, BASE)
    names = "Side by side", "End side by side", "Hide", "Delete"
    for name in (*names, "Undo deleting the run"):
        choose(qtbot, window_panel, 1)
        playground.window.docks.panels[0].setFocus()
        click(qtbot, window_panel, name)
        assert QApplication.focusWidget() is window_panel.list, name
        row = window_panel.list.currentIndex().row()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
        assert window_panel.list.currentIndex().row() == row - 1


def test_fifty_runs_stay_quick(three_runs, qtbot):
    """Only what is seen is drawn: a step of the current run touches one row."""
    shelf = shelf_of(three_runs.run)
    of = shelf.runs[0]
    for number in range(50):
        losses = LossHistory()
        losses.extend(of.losses.values)
        shelf.runs.append(
            ShelvedRun(
                f"run {number}", True, of.recipe, None, of.info, of.recorder, losses, 1
            )
        )
    shelf.changed.emit()
    assert three_runs.list.runs.rowCount() == 53
    for _ in range(3):
        QApplication.processEvents()
    read = []
    words = type(three_runs.list.runs).said
    runs = three_runs.list.runs
    runs.said = lambda row: read.append(row) or words(runs, row)
    three_runs._texts_at_s = float("-inf")
    three_runs.redraw()
    QApplication.processEvents()
    assert set(read) <= {0}


@pytest.mark.parametrize("percent", [80, 100, 250])
def test_nothing_is_cut_that_cannot_be_scrolled_to(
    three_runs, appearance, qtbot, percent
):
    appearance.set_scale(Scale(percent))
    three_runs.resize(appearance.px(250), 560)
    choose(qtbot, three_runs, 1)
    click(qtbot, three_runs, "Delete")
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QApplication.processEvents()
    for b in three_runs.findChildren(QAbstractButton):
        if b.isVisible() and b.text() in WORDED:
            assert b.width() >= b.fontMetrics().horizontalAdvance(b.text()), b.text()
    assert three_runs.list.height() >= three_runs.list.row_height
