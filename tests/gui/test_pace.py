"""The pace as a person chooses it: by key, list and dialog, and what it does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.run.training_pace import (
    FULL_SPEED,
    WATCHABLE,
    PaceInForce,
    exactly,
)
from microgpt_gui.gui.window.pace.dialog import PaceDialog
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.gui.window.progress import limit_words, pace_names


def press(qtbot, playground, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget() or playground.window, key, modifier)


def test_the_pace_is_chosen_by_key_and_by_list(playground, qtbot):
    bar, pace = playground.window.topbar, playground.run.pace
    press(qtbot, playground, Qt.Key.Key_Minus)
    assert pace.chosen == WATCHABLE
    assert bar.pace.currentText() == "Watchable"
    press(qtbot, playground, Qt.Key.Key_Minus)  # 60 steps: watchable at 12 steps/s
    assert pace.chosen == exactly(10)
    assert bar.pace.currentText() == "10 steps/s"
    bar.pace.setCurrentIndex(bar.pace.findText("1 step in 2 s"))
    assert pace.chosen == exactly(0.5)
    press(qtbot, playground, Qt.Key.Key_Plus)
    assert pace.chosen == exactly(1)
    bar.pace.setFocus()
    press(qtbot, playground, Qt.Key.Key_Down)
    press(qtbot, playground, Qt.Key.Key_Down)
    assert pace.chosen == exactly(0.5)  # not on to what asks for another
    press(qtbot, playground, Qt.Key.Key_Up)
    assert pace.chosen == exactly(1)
    press(qtbot, playground, Qt.Key.Key_E)  # names nothing by its first letter
    assert pace.chosen == exactly(1)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_any_pace_can_be_typed_and_is_remembered(playground, qtbot):
    window, bar, pace = playground.window, playground.window.topbar, playground.run.pace
    pace.choose(WATCHABLE)
    bar.pace.setFocus()
    press(qtbot, playground, Qt.Key.Key_F4)
    view = bar.pace.view()
    qtbot.waitUntil(view.isVisible)
    press(qtbot, playground, Qt.Key.Key_End)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(PaceDialog) is not None)
    dialog = window.findChild(PaceDialog)
    assert bar.pace.currentText() == "Watchable"
    assert dialog.box.text() == "12 steps/s"
    assert dialog.told.text() == "60 steps take 5 s then."
    dialog.box.setText("as fast as 5 horses")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert dialog.told.text() == (
        "A pace is a number of steps a second from 0.5, one step in 2 s, to 100,000, "
        "not “as fast as 5 horses”."
    )
    height = dialog.told.heightForWidth(dialog.told.width())
    assert dialog.told.height() >= height > 0
    assert (dialog.isVisible(), pace.chosen) == (True, WATCHABLE)
    dialog.box.setText("12,345.5 steps/s")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert pace.chosen == exactly(12_345.5)
    assert bar.pace.currentText() == "12,345.5 steps/s"
    assert exactly(12_345.5) in bar.pace.paces
    window.close()
    assert Preferences.read().pace == 12_345.5


def test_a_watchable_run_is_stretched_and_says_so(playground, qtbot):
    run, progress = playground.run, playground.window.topbar.progress
    run.pace.choose(WATCHABLE)
    run.train()
    told = "Kept to 12 steps/s by the pace."
    # A busy machine may not keep up at first.
    qtbot.waitUntil(lambda: told in progress.speed.toolTip())
    assert run.pace.in_force.limit == 12  # 60 steps in 5 s
    assert progress.speed.text == "watchable 12 steps/s"
    assert progress.left.text in [f"left {n} s" for n in range(6)]
    assert run.is_training
    run.pace.choose(FULL_SPEED)
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert progress.speed.text == ""


def test_of_a_pace_that_is_kept_to_as_much_is_told_as_there_is_room():
    force = PaceInForce(limit=200, full_speed=47_777)
    possible = "full speed over 47,000"
    watchable = [f"{possible} · watchable", possible, "watchable", ""]
    assert pace_names(WATCHABLE, force) == watchable
    assert pace_names(exactly(200), force) == [possible, possible, ""]
    assert limit_words(force).endswith(
        "Kept to 200 steps/s by the pace; at full speed it is over 47,000."
    )
    assert pace_names(exactly(200), force._replace(full_speed=None)) == [""]
    slow = force._replace(limit=12)  # single steps far apart are no measure
    assert pace_names(WATCHABLE, slow) == ["watchable", ""]
    assert force.rate(None) == 200  # a few steps are too few to measure it by
    assert force.rate(260) == 200
    assert force.is_kept_at(190)
    assert not force.is_kept_at(100)
    assert PaceInForce(limit=200, full_speed=90).rate(None) is None
