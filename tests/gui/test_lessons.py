"""All runs of the window are saved in a folder, and come back from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from microgpt_gui.session.lesson import LIST
from microgpt_gui.session.run_files.reading import read_run
from tests.gui.beside import shelf_of
from tests.gui.run_files import (
    SMALL,
    begin,
    choose,
    dialog_of,
    losses,
    question_of,
    say,
    train,
)

RATES = (0.01, 0.02, 0.05, 0.08)


@pytest.fixture
def lesson(playground, qtbot):
    """Four runs: the newest is the current one; names, overlays and one hidden."""
    run, shelf = playground.run, shelf_of(playground.run)
    for rate in RATES:
        begin(qtbot, run, replace(SMALL, learning_rate=rate))
        train(qtbot, run)
    newest, middle, oldest = shelf.runs
    shelf.rename(oldest, "Too slow: 1/2")
    shelf.set_hidden(middle, True)
    shelf.set_overlaid(oldest, True)
    shelf.set_overlaid(newest, False)
    shelf.rename_current("Too fast")
    return playground


def told(playground):
    """Return all that makes the lesson, as it is told."""
    shelf = shelf_of(playground.run)
    others = [
        (k.name, k.is_named, k.is_hidden, k.overlay, list(k.losses.values), k.recipe)
        for k in shelf.runs
    ]
    current = shelf.current_name, shelf.current_changes, losses(playground.run)
    return *current, others


def fresh(playground, qtbot):
    """Make the window as it is at the start: one untrained run."""
    run = playground.run
    begin(qtbot, run, SMALL)
    for kept in list(shelf_of(run).runs):
        shelf_of(run).delete(kept)


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(9, 9), *how, Qt.KeyboardModifier.NoModifier))


def save_one_alone(lesson, qtbot, tmp_path):
    run, window = lesson.run, lesson.window
    runs = next(p for p in window.docks.panels if p.title == "Runs")
    oldest = shelf_of(run).runs[-1]
    runs.list.setCurrentIndex(runs.list.runs.index(len(shelf_of(run).listed), 0))
    runs.actions_of_run.save.trigger()
    dialog = dialog_of(qtbot, window)
    assert dialog.selectedFiles()[0].endswith("Too slow 1 2.mgpt")
    choose(dialog, tmp_path / "slow")
    with qtbot.waitSignal(window.document.saved):
        dialog.accept()
    assert window.document.unsaved_steps_of(oldest) == 0
    assert window.document.is_modified  # the current one is in no file
    saved = read_run(tmp_path / "slow.mgpt")
    assert (saved.name, saved.record.steps_done) == ("Too slow: 1/2", 60)
    assert list(saved.record.figures.losses) == list(oldest.losses.values)


def test_a_lesson_comes_back_from_its_folder(lesson, qtbot, tmp_path):
    run, window, document = lesson.run, lesson.window, lesson.window.document
    alone = tmp_path / "alone"
    alone.mkdir()
    save_one_alone(lesson, qtbot, alone)
    before = told(lesson)
    window.files.save_all()
    dialog = dialog_of(qtbot, window)
    choose(dialog, tmp_path)
    with qtbot.waitSignal(window.files.lessons.saved):
        dialog.accept()
    assert "Saved 4 runs" in window.notice.text
    files = sorted(path.name for path in tmp_path.glob("*.mgpt"))
    assert len(files) == 4
    assert {"Too fast.mgpt", "Too slow 1 2.mgpt"} < set(files)
    assert not document.is_modified
    assert [document.unsaved_steps_of(kept) for kept in shelf_of(run).runs] == [0, 0, 0]

    # Saved again, each goes into its own file.
    with qtbot.waitSignal(window.files.lessons.saved):
        window.files.lessons.save(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.mgpt")) == files

    fresh(lesson, qtbot)
    with qtbot.waitSignals([window.files.lessons.opened, run.prepared]):
        drop(window, tmp_path)
    assert told(lesson) == before
    assert [kept.name for kept in shelf_of(run).overlaid] == ["Too slow: 1/2"]
    assert document.path == tmp_path / "Too fast.mgpt"
    assert not document.is_modified
    kept = shelf_of(run).runs[-1]
    assert document.unsaved_steps_of(kept) == 0
    with qtbot.waitSignal(run.prepared):
        shelf_of(run).take_up(kept)
    assert document.path == tmp_path / "Too slow 1 2.mgpt"
    assert shelf_of(run).current_name == "Too slow: 1/2"
    menu = window.files.recent
    menu.aboutToShow.emit()
    assert menu.actions()[0].toolTip() == f"<p>{tmp_path}</p>"
    assert menu.actions()[0].isEnabled()
    fresh(lesson, qtbot)
    with qtbot.waitSignals([window.files.lessons.opened, run.prepared]):
        window.files.take_file(tmp_path / LIST)
    assert told(lesson) == before


def test_what_cannot_be_read_or_written_is_told_of(lesson, qtbot, tmp_path):
    run, window = lesson.run, lesson.window
    lessons = window.files.lessons
    nowhere = tmp_path / "nowhere"
    with qtbot.waitSignal(lessons.failed):
        lessons.save(nowhere)
    assert "no such folder" in window.notice.text
    assert not nowhere.exists()
    assert window.document.is_modified
    with qtbot.waitSignal(lessons.failed):
        window.files.take_file(tmp_path)
    assert "there are no runs in this folder" in window.notice.text

    with qtbot.waitSignal(lessons.saved):
        lessons.save(tmp_path)
    damaged = tmp_path / "Too fast.mgpt"  # the current one
    damaged.write_bytes(damaged.read_bytes()[:-1])
    (tmp_path / LIST).unlink()
    fresh(lesson, qtbot)
    with qtbot.waitSignals([lessons.opened, run.prepared]):
        window.files.take_file(tmp_path)
    assert "Too fast.mgpt" in window.notice.text
    assert "cut short" in window.notice.text
    assert {shelf_of(run).current_name, *(k.name for k in shelf_of(run).runs)} >= {
        "Too slow: 1/2"
    }
    assert len(shelf_of(run).runs) == 2


def test_the_question_at_the_end_offers_to_save_all(lesson, qtbot, tmp_path):
    window = lesson.window
    window.closing.asks.setChecked(True)
    for kept in shelf_of(lesson.run).runs:
        kept.trained_s = 60.0  # as if it had taken long
    shelf_of(lesson.run).clock.set(60.0)
    assert not window.close()
    say(qtbot, question_of(qtbot, window), "Save all runs…")
    dialog = dialog_of(qtbot, window)
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert window.isVisible()
    assert not window.close()
    say(qtbot, question_of(qtbot, window), "Save all runs…")
    dialog = dialog_of(qtbot, window)
    choose(dialog, tmp_path)
    dialog.accept()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert len(list(tmp_path.glob("*.mgpt"))) == 4
    assert (tmp_path / LIST).exists()
