"""The File menu in the whole window: open, save, recent files, title and marks."""

import os
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListView

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.window.export_menu import ExportMenu
from microgpt_gui.session.run_files.reading import describe
from tests.gui.beside import look_of, shelf_of, timeline_of
from tests.gui.run_files import (
    SMALL,
    begin,
    choose,
    dialog_of,
    losses,
    open_file,
    save,
    train,
)

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def saved(playground, qtbot, tmp_path):
    """A file of the window's run, trained to its end."""
    path = tmp_path / "first.mgpt"
    train(qtbot, playground.run)
    save(qtbot, playground.window.document, path)
    return path


def test_a_run_that_is_opened_again_is_whole(playground, qtbot, saved):
    run, window = playground.run, playground.window
    before = losses(run)
    begin(qtbot, run, SMALL)
    assert run.step == 0
    open_file(qtbot, playground, saved)
    assert (run.step, run.state) == (60, RunState.FINISHED)
    assert losses(run) == before
    assert run.info.title == "Elements"
    assert window.windowTitle() == "[*]first.mgpt - microgpt playground"
    assert not window.isWindowModified()
    timeline_of(run).show(7)
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).step == 7)


def test_the_title_tells_of_training_that_no_file_holds(playground, qtbot, tmp_path):
    run, window = playground.run, playground.window
    assert not window.isWindowModified()
    run.step_once()
    qtbot.waitUntil(window.isWindowModified)
    save(qtbot, window.document, tmp_path / "a.mgpt")
    assert not window.isWindowModified()
    run.step_once()
    qtbot.waitUntil(window.isWindowModified)
    run.reset()
    assert not window.isWindowModified()
    assert "a.mgpt" not in window.windowTitle()


def test_save_asks_for_a_place_once(playground, qtbot, tmp_path):
    run, window = playground.run, playground.window
    train(qtbot, run, steps=5)
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    dialog = dialog_of(qtbot, window)
    assert dialog.selectedFiles()[0].endswith(".mgpt")
    choose(dialog, tmp_path / "my run")
    with qtbot.waitSignal(window.document.saved):
        dialog.accept()
    assert window.document.path == tmp_path / "my run.mgpt"
    train(qtbot, run)
    window.activateWindow()  # as the window system does when a dialog goes
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.document.saved):
        qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    assert describe(tmp_path / "my run.mgpt").steps_done == 60


def test_a_proposed_name_is_one_that_any_system_allows(playground, qtbot):
    shelf_of(playground.run).rename_current('a/b: "why?" <1|2> ')
    playground.window.files.save_as()
    dialog = dialog_of(qtbot, playground.window)
    assert os.path.basename(dialog.selectedFiles()[0]) == "a b why 1 2.mgpt"
    dialog.reject()


def test_open_takes_runs_and_texts(playground, qtbot, saved, tmp_path):
    run, window = playground.run, playground.window
    begin(qtbot, run, SMALL)
    qtbot.keyClick(window, Qt.Key.Key_O, CTRL)
    dialog = dialog_of(qtbot, window)
    for name in ("words", "words.csv", "words.tsv"):
        (saved.parent / name).write_text("ab\n")
    dialog.setDirectory(str(saved.parent))
    shown = dialog.findChild(QListView, "listView")
    qtbot.waitUntil(lambda: shown.model().rowCount(shown.rootIndex()) == 4)
    choose(dialog, saved)
    with qtbot.waitSignal(run.prepared):
        dialog.accept()
    assert run.step == 60
    begin(qtbot, run, SMALL)
    poem = tmp_path / "poem.txt"
    poem.write_text("so much\ndepends\nupon\n", encoding="utf-8")
    open_file(qtbot, playground, poem)
    assert run.info.title == "poem.txt"


def test_what_was_saved_and_opened_is_listed(playground, qtbot, saved, tmp_path):
    window = playground.window
    other = tmp_path / "other.mgpt"
    save(qtbot, window.document, other)
    menu = window.files.recent
    menu.aboutToShow.emit()
    tips = [action.toolTip() for action in menu.actions()[:2]]
    assert tips == [f"<p>{other}</p>", f"<p>{saved}</p>"]
    other.unlink()
    menu.aboutToShow.emit()
    gone, first = menu.actions()[:2]
    assert not gone.isEnabled()
    assert "not there" in gone.text()
    begin(qtbot, playground.run, SMALL)
    with qtbot.waitSignal(playground.run.prepared):
        first.trigger()
    assert playground.run.step == 60
    menu.aboutToShow.emit()
    assert menu.actions()[0].toolTip() == f"<p>{saved}</p>"
    menu.actions()[-1].trigger()
    menu.aboutToShow.emit()
    (empty,) = menu.actions()
    assert not empty.isEnabled()


def test_the_timeline_shows_where_a_run_was_saved(playground, qtbot, tmp_path):
    run, window = playground.run, playground.window
    train(qtbot, run, steps=10)
    step = run.step
    save(qtbot, window.document, tmp_path / "a.mgpt")
    assert [m.text for m in window.timeline.marks] == ["saved"]
    begin(qtbot, run, SMALL)
    assert window.timeline.marks == ()
    open_file(qtbot, playground, tmp_path / "a.mgpt")
    qtbot.waitUntil(lambda: [m.step for m in window.timeline.marks] == [step])


def test_a_text_that_was_moved_is_asked_for(playground, qtbot, tmp_path):
    run, window = playground.run, playground.window
    text, moved = tmp_path / "large.txt", tmp_path / "moved.txt"
    text.write_text("so much depends upon\n" * 110_000, encoding="utf-8")
    begin(qtbot, run, replace(SMALL, dataset=str(text)))
    train(qtbot, run, steps=3)
    before = losses(run)
    save(qtbot, window.document, tmp_path / "a.mgpt")
    begin(qtbot, run, SMALL)
    text.rename(moved)
    window.files.take_file(tmp_path / "a.mgpt")
    dialog = dialog_of(qtbot, window)
    assert "large.txt" in window.notice.text
    assert run.info.title == "Elements"
    choose(dialog, moved)
    with qtbot.waitSignal(run.prepared):
        dialog.accept()
    assert losses(run) == before
    assert "large.txt" not in window.notice.text


def test_nothing_is_written_over_what_the_runs_need(playground, qtbot, tmp_path):
    run, window = playground.run, playground.window
    text, run_file = tmp_path / "poem.txt", tmp_path / "a.mgpt"
    text.write_text("so much\ndepends\nupon\n", encoding="utf-8")
    open_file(qtbot, playground, text)
    train(qtbot, run, steps=5)
    save(qtbot, window.document, run_file)
    before = run_file.read_bytes()
    begin(qtbot, run, SMALL)
    link = tmp_path / "link.json"
    link.symlink_to(run_file)
    exporter = window.findChild(ExportMenu).exporter
    for place, words in (
        (link, "holds a run of this window"),
        (text, "is the text that a run of this window learns from"),
    ):
        exporter.export_script()
        dialog = dialog_of(qtbot, window)
        dialog.fileSelected.emit(str(place))
        assert words in window.notice.text
        dialog.close()
        qtbot.waitUntil(lambda: not dialog_is_open(window))
    other = tmp_path / "text.mgpt"
    other.symlink_to(text)
    window.document.save(other)
    assert "learns from" in window.notice.text
    other.unlink()
    other.write_text("kept")
    other.chmod(0o444)
    with qtbot.waitSignal(window.document.failed):
        window.document.save(other)
    assert "this file is read-only" in window.notice.text
    assert other.read_text() == "kept"
    assert run_file.read_bytes() == before
    assert text.read_text() == "so much\ndepends\nupon\n"


def dialog_is_open(window):
    return any(dialog.isVisible() for dialog in window.findChildren(QFileDialog))


def test_a_run_whose_file_another_one_took_is_in_no_file(playground, qtbot, tmp_path):
    run, document = playground.run, playground.window.document
    train(qtbot, run)
    save(qtbot, document, tmp_path / "a.mgpt")
    begin(qtbot, run, SMALL)
    (first,) = shelf_of(run).runs
    assert document.unsaved_steps_of(first) == 0
    train(qtbot, run, steps=5)
    save(qtbot, document, tmp_path / "a.mgpt")
    assert document.unsaved_steps_of(first) == 60
