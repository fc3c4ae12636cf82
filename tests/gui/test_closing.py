"""The question before training is lost, in the whole window."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from microgpt_gui.gui.window.closing import WORTH_STEPS
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.run_files.reading import describe
from tests.gui.beside import shelf_of
from tests.gui.run_files import (
    LONG,
    begin,
    choose,
    dialog_of,
    question_of,
    save,
    say,
    train,
)


@pytest.fixture
def window(playground):
    """A window that asks, as it does unless a person has told it not to."""
    playground.window.closing.asks.setChecked(True)
    return playground.window


@pytest.fixture
def trained(playground, window, qtbot):
    """With more training than is lost without a question."""
    begin(qtbot, playground.run, LONG)
    train(qtbot, playground.run, steps=WORTH_STEPS)
    return playground.run


def test_an_untouched_window_just_closes(window):
    assert window.close()
    assert not window.isVisible()


def test_a_few_steps_are_no_reason_to_ask(playground, window, qtbot):
    train(qtbot, playground.run, steps=5)
    assert window.close()


def test_cancel_keeps_the_window_and_the_run(trained, window, qtbot):
    assert not window.close()
    question = question_of(qtbot, window)
    assert f"{trained.step:,} steps are in no file" in question.informativeText()
    say(qtbot, question, "Cancel")
    assert window.isVisible()
    train(qtbot, trained, steps=trained.step + 5)
    assert not window.close()  # asks anew
    say(qtbot, question_of(qtbot, window), "Cancel")


def test_closing_without_saving_is_possible(trained, window, qtbot):
    window.close()
    say(qtbot, question_of(qtbot, window), "Close without saving")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_saving_closes_when_the_file_is_whole(trained, window, qtbot, tmp_path):
    trained.train()
    window.close()
    say(qtbot, question_of(qtbot, window), "Save")
    dialog = dialog_of(qtbot, window)
    choose(dialog, tmp_path / "kept.mgpt")
    dialog.accept()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert describe(tmp_path / "kept.mgpt").steps_done == trained.step


def test_giving_up_the_file_dialog_keeps_the_window(trained, window, qtbot):
    window.close()
    say(qtbot, question_of(qtbot, window), "Save")
    dialog_of(qtbot, window).reject()
    trained.step_once()
    qtbot.waitUntil(lambda: trained.state.value == "paused")
    assert window.isVisible()


def test_a_save_that_fails_keeps_the_window(trained, window, qtbot, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    save(qtbot, window.document, folder / "a.mgpt")
    (folder / "a.mgpt").unlink()
    folder.rmdir()
    train(qtbot, trained, steps=trained.step + 1)
    window.close()
    question = question_of(qtbot, window)
    assert "a.mgpt" in question.text()
    with qtbot.waitSignal(window.document.failed):
        say(qtbot, question, "Save")
    assert window.isVisible()
    assert "a.mgpt" in window.notice.text


def test_what_a_file_holds_is_not_asked_about(trained, window, qtbot, tmp_path):
    save(qtbot, window.document, tmp_path / "a.mgpt")
    assert window.close()


def test_earlier_runs_in_no_file_are_asked_about(trained, window, qtbot):
    begin(qtbot, trained, LONG)
    assert not window.close()
    question = question_of(qtbot, window)
    assert shelf_of(trained).runs[0].name in question.informativeText()
    say(qtbot, question, "Close without saving")
    qtbot.waitUntil(lambda: not window.isVisible())


def test_the_question_can_be_switched_off(trained, window, qtbot):
    window.close()
    question = question_of(qtbot, window)
    question.checkBox().setChecked(True)
    say(qtbot, question, "Close without saving")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not Preferences.read().asks_before_closing


def test_closing_while_a_file_is_written_waits_for_it(
    trained, window, qtbot, tmp_path, monkeypatch
):
    begun, released = threading.Event(), threading.Event()

    def slowly(_handle):
        begun.set()
        released.wait(20)

    monkeypatch.setattr("microgpt_gui.atomic_file.os.fsync", slowly)
    window.document.save(tmp_path / "a.mgpt")
    qtbot.waitUntil(begun.is_set)
    assert not window.close()
    assert window.isVisible()
    assert not window.close()
    say(qtbot, question_of(qtbot, window), "Wait")
    released.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert describe(tmp_path / "a.mgpt").steps_done == trained.step


def test_a_signal_closes_without_a_question(trained, window, qtbot):
    QTimer.singleShot(0, window.close_unasked)
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.findChildren(QMessageBox) == []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_the_thread_ends_even_where_another_part_cannot_be_shut_down(
    playground, window, qtbot, monkeypatch
):
    playground.run.train()

    def fail():
        raise OSError("no room")

    monkeypatch.setattr(window.docks.panels, "shut_down", fail)
    with pytest.raises(OSError, match="no room"), qtbot.capture_exceptions():
        window.close_without_remembering()
    assert not window.isVisible()
    assert playground.run._link.is_over


def test_a_terminal_that_is_closed_closes_the_window_as_it_should():
    code = (
        "import os, signal\n"
        "from PySide6.QtCore import QTimer\n"
        "from microgpt_gui import app\n"
        "application = app.make_app()\n"
        "QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGHUP))\n"
        "raise SystemExit(app.open_window())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == 0
