"""Train never goes on silently with a model that changed settings are to replace."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from microgpt_gui.gui.run.run_state import RunState
from tests.gui.beside import shelf_of
from tests.gui.run_panel_reading import enter_number, is_offered, type_number
from tests.gui.timeline_bar import panel, press

LEFT = Qt.MouseButton.LeftButton


def rest(playground):
    """Leave all fields, as a click beside them does."""
    playground.window.centralWidget().setFocus()


def asked(qtbot, playground):
    question = playground.window.train_question
    qtbot.waitUntil(question.isVisible)
    assert question.isAncestorOf(QApplication.focusWidget())
    return question


def test_train_asks_where_it_is_pressed_whatever_hides_the_settings(playground, qtbot):
    run, window = playground.run, playground.window
    settings = panel(playground, "Run")
    enter_number(settings, "n_embd", "12")
    rest(playground)
    loss = next(d for d in window.docks.docks if d.windowTitle() == "Loss")
    window.docks.toggle_filling(loss)
    qtbot.waitUntil(lambda: not settings.isVisible())

    # Escape leaves everything as it is, and Space asks again.
    for _ in range(2):
        press(qtbot, playground, Qt.Key.Key_Space)
        question = asked(qtbot, playground)
        told = question.text.replace("\N{NO-BREAK SPACE}", " ")
        assert "embedding size (n_embd) 8 → 12" in told
        press(qtbot, playground, Qt.Key.Key_Escape)
        assert question.isHidden()
        assert window.docks.is_filled
        assert (run.state, run.step) == (RunState.READY, 0)

    # The step key asks likewise; the other answer is a Tab away, and Enter takes it.
    press(qtbot, playground, Qt.Key.Key_Period)
    assert asked(qtbot, playground).apply.text() == "Apply and step"
    press(qtbot, playground, Qt.Key.Key_Tab)
    press(qtbot, playground, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: run.step == 1)
    assert run.config.n_embd == 8
    assert question.isHidden()

    # So does the button. What cannot be applied says why, and the rest stays possible.
    window.docks.leave_filling()
    enter_number(settings, "n_head", "5")
    qtbot.mouseClick(window.topbar.train, LEFT)
    question = asked(qtbot, playground)
    assert "Heads (n_head) needs another value first." in question.text
    assert not question.apply.isEnabled()
    qtbot.mouseClick(question.keep, LEFT)
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert (run.config.n_embd, run.step) == (8, 60)
    assert is_offered(settings, "Undo")

    # At the end, Train is about more steps of this model, or about the new one.
    enter_number(settings, "n_head", "4")
    rest(playground)
    press(qtbot, playground, Qt.Key.Key_Space)
    asked(qtbot, playground)
    press(qtbot, playground, Qt.Key.Key_Space)  # the answer that has the focus
    qtbot.waitUntil(lambda: run.step == 60 and run.info is not None)
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert (run.config.n_embd, run.config.n_head) == (12, 4)
    assert run.info.config.n_embd == 12
    assert question.isHidden()
    assert len(shelf_of(run).runs) == 1


def test_what_is_being_typed_counts_when_a_button_is_clicked(playground, qtbot):
    run, window = playground.run, playground.window
    settings = panel(playground, "Run")
    type_number(settings, "learning_rate", "0.05")
    qtbot.mouseClick(window.topbar.step, LEFT)
    qtbot.waitUntil(lambda: run.step == 1)
    assert run.recorder.figures.learning_rates[0] == 0.05
    type_number(settings, "block_size", "9")
    qtbot.mouseClick(window.topbar.step, LEFT)
    question = asked(qtbot, playground)
    # Whoever takes the change back has answered as well.
    settings.undo()
    qtbot.waitUntil(question.isHidden)
    qtbot.mouseClick(window.topbar.step, LEFT)
    qtbot.waitUntil(lambda: run.step == 2)
    assert run.config.block_size == 16

    # It does not matter where the focus was, and whether that is still there.
    enter_number(settings, "block_size", "9")
    field = QLineEdit(window.centralWidget())
    field.show()
    field.setFocus()
    window.actions_of_run.train.trigger()
    question = asked(qtbot, playground)
    shiboken6.delete(field)
    press(qtbot, playground, Qt.Key.Key_Escape)
    assert question.isHidden()
    assert QApplication.focusWidget() is window.centralWidget()
