"""What is left of a window that was killed, and what the next one makes of it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from microgpt_gui.gui.files.autosaver import Autosaver
from microgpt_gui.gui.files.documents import Document
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.window.dismissed_menu import DismissedMenu
from microgpt_gui.session.autosave import leftovers, recovery_folder
from microgpt_gui.session.run_files.reading import describe
from tests.gui.beside import workshop_of
from tests.gui.run_files import (
    LONG,
    begin,
    losses,
    question_of,
    save,
    say,
    train,
)
from tests.gui.test_docks import geometries, wait_for_the_layout

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("window_to_crash.py")


@pytest.fixture(scope="module")
def left_behind():
    """What a killed window leaves, by dataset: name and bytes of each file."""
    return {}


@pytest.fixture
def crash(left_behind):
    """A function that leaves behind what a window does that is killed as it trains."""

    def crash_on(dataset="elements"):
        folder = recovery_folder()
        if dataset not in left_behind:
            before = set(folder.glob("*"))
            kill_window(dataset)
            files = set(folder.glob("*")) - before
            left_behind[dataset] = {file.name: file.read_bytes() for file in files}
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in left_behind[dataset].items():
            (folder / name).write_bytes(content)

    return crash_on


def kill_window(dataset):
    """Let a window train until its run is kept, and kill it."""
    child = subprocess.Popen(
        [sys.executable, str(CHILD), dataset],
        env=os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        line = child.stdout.readline()
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate()
    assert line.startswith("kept "), line


def look(qtbot, window):
    with qtbot.waitSignal(window.recovery.changed):
        window.recovery.look()


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def recover(qtbot, playground):
    with qtbot.waitSignal(playground.run.prepared):
        click(qtbot, playground.window.recovery_bar.recover)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_windows_run_is_offered_and_goes_on(playground, qtbot, crash):
    run, window = playground.run, playground.window
    crash()
    wait_for_the_layout(window.docks, qtbot)
    before = geometries(window.docks)
    look(qtbot, window)
    bar = window.recovery_bar
    assert bar.isVisible()
    assert "elements" in bar.text
    window.notice.show_message("A word of trouble, beside it.")
    wait_for_the_layout(window.docks, qtbot)
    assert geometries(window.docks) == before  # it has its own place, as a notice has
    assert window.notice.isVisible()
    assert window.notice.geometry().bottom() < bar.geometry().top()
    assert bar.parentWidget().rect().contains(bar.geometry())
    recover(qtbot, playground)
    assert run.state is RunState.PAUSED
    assert run.step > 0
    assert not bar.isVisible()
    assert "(recovered)" in window.windowTitle()
    assert window.isWindowModified()
    step = run.step
    train(qtbot, run, steps=step + 20)
    resumed = losses(run)
    begin(qtbot, run, LONG)
    train(qtbot, run, steps=len(resumed))
    assert losses(run)[: len(resumed)] == resumed
    assert leftovers() == ()  # this window has it


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_it_is_kept_until_it_is_saved_or_dismissed(playground, qtbot, tmp_path, crash):
    window = playground.window
    crash()
    text = tmp_path / "\u05e9\u05dc\u05d5\u05dd.txt"
    text.write_text("red\ngreen\nblue\n", encoding="utf-8")
    crash(str(text))
    look(qtbot, window)
    name = f"\u2068{text.stem}\u2069, "  # keeps its direction to itself
    assert name in window.recovery_bar.text
    assert "1 more" in window.recovery_bar.text
    click(qtbot, window.recovery_bar.dismiss)
    assert "Dismissed runs" in window.notice.text
    (offer,) = leftovers()
    said: list[str] = []
    window.recovery.changed.connect(lambda: said.append(window.recovery_bar.text))
    recover(qtbot, playground)
    assert any(text.endswith("Reading …") for text in said)
    assert offer.path.exists()
    save(qtbot, window.document, tmp_path / "kept.mgpt")
    qtbot.waitUntil(lambda: not offer.path.exists())
    assert "(recovered)" not in window.windowTitle()
    menu = window.findChild(DismissedMenu)
    menu.aboutToShow.emit()
    (taken_back,) = menu.actions()
    assert name in taken_back.text()
    assert taken_back.text().startswith("\u2068\u2068")
    with qtbot.waitSignal(playground.run.prepared):
        taken_back.trigger()
    assert playground.run.config.dataset == str(text)
    assert "(recovered)" in window.windowTitle()
    assert playground.run.step > 0
    menu.aboutToShow.emit()
    (none,) = menu.actions()
    assert not none.isEnabled()


def test_what_is_damaged_is_told_of_once(playground, qtbot):
    folder = recovery_folder()
    folder.mkdir(parents=True)
    (folder / "1-a.mgpt").write_bytes(bytes(100))
    look(qtbot, playground.window)
    aside = folder / "1-a.mgpt.damaged"
    assert str(aside) in playground.window.notice.text
    assert aside.read_bytes() == bytes(100)
    playground.window.notice.dismiss()
    look(qtbot, playground.window)
    assert playground.window.notice.text == ""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_closing_asks_about_a_recovered_run(playground, qtbot, crash):
    window = playground.window
    window.closing.asks.setChecked(True)
    crash()
    look(qtbot, window)
    recover(qtbot, playground)
    assert not window.close()
    say(qtbot, question_of(qtbot, window), "Close without saving")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert list(recovery_folder().iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_an_offer_that_nobody_answers_stays(playground, qtbot, crash):
    crash()
    look(qtbot, playground.window)
    assert playground.window.close()
    assert len(leftovers()) == 1


@pytest.fixture
def kept_safe(run, qtbot):
    """A document and what keeps its run safe, ten times a second."""
    begin(qtbot, run, LONG)
    document = Document(workshop_of(run))
    autosaver = Autosaver(workshop_of(run), document)
    autosaver.start(every_ms=100)
    yield document, autosaver
    document.shut_down()
    autosaver.shut_down()


def test_a_look_that_comes_due_after_the_end_begins_nothing(playground):
    window = playground.window
    window.close_without_remembering()
    window.recovery.look()  # by a timer, between the last event and the exit
    assert not window.recovery._search.is_active
    assert not window.recovery._search._threads


def test_a_clean_end_leaves_nothing(run, kept_safe, qtbot):
    _, autosaver = kept_safe
    with qtbot.waitSignal(autosaver.kept):
        run.train()
    assert list(recovery_folder().glob("*.mgpt"))
    autosaver.shut_down()
    assert list(recovery_folder().iterdir()) == []


def test_what_is_saved_needs_no_second_copy(run, kept_safe, qtbot, tmp_path):
    document, autosaver = kept_safe
    with qtbot.waitSignal(autosaver.kept):
        run.train()
    run.pause()
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "a.mgpt")
    qtbot.waitUntil(lambda: not list(recovery_folder().glob("*.mgpt")))


def test_an_untrained_run_is_not_kept(run, kept_safe, qtbot):
    _, autosaver = kept_safe
    autosaver.save()
    assert not recovery_folder().exists()


def test_a_run_that_gave_way_is_kept_too(run, kept_safe, qtbot):
    _, autosaver = kept_safe
    for _ in range(2):
        begin(qtbot, run, LONG)
        with qtbot.waitSignal(autosaver.kept):
            run.train()
    assert len(list(recovery_folder().glob("*.mgpt"))) == 2


def test_a_folder_that_cannot_be_used_is_told_of_once(run, kept_safe, qtbot):
    _, autosaver = kept_safe
    folder = recovery_folder()
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    said = []
    autosaver.failed.connect(said.append)
    run.train()
    qtbot.waitUntil(lambda: bool(said))
    at = run.step
    for _ in range(3):
        qtbot.waitUntil(lambda at=at: run.step > at)
        autosaver.save()
        at = run.step
    assert len(said) == 1
    assert str(folder) in said[0]


def test_a_window_that_is_told_to_end_leaves_its_run(playground, qtbot):
    run, window = playground.run, playground.window
    begin(qtbot, run, LONG)
    window.autosaver.start(every_ms=100)
    train(qtbot, run, steps=150)
    with qtbot.waitSignal(window.autosaver.kept):
        run.train()
    window.close_unasked()
    assert not window.isVisible()
    (kept,) = recovery_folder().glob("*.mgpt")
    assert describe(kept).steps_done >= 150
