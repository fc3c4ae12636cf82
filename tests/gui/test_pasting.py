"""Words pasted onto the window, and the run as a command, with the real clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit

from microgpt_gui.gui.window.paste_dialog import PasteDialog
from tests.gui.run_files import (
    choose,
    dialog_of,
    losses,
    open_file,
    question_of,
    save,
    say,
    train,
)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def clipboard(qapp):
    """Empty, whatever was copied before."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


def test_pasted_words_are_a_run_like_any_other(
    playground, qtbot, clipboard, tmp_path, monkeypatch
):
    run, window = playground.run, playground.window
    qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert "There is no text on the clipboard" in window.notice.text
    clipboard.setText("emma\r\nava\n\nzoë")
    box = next(
        b for b in window.findChildren(QLineEdit) if "rompt" in b.accessibleName()
    )
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_V, CTRL)
    assert box.text().startswith("emma")  # a box keeps its keys
    box.clear()
    window.centralWidget().setFocus()
    with qtbot.waitSignal(run.prepared):
        qtbot.keyClick(window, Qt.Key.Key_V, CTRL)
    assert set(run.info.docs) == {"emma", "ava", "zoë"}
    assert run.info.title == "Pasted text: emma …"
    assert "Pasted text" in window.notice.text
    train(qtbot, run)
    whole = losses(run)
    save(qtbot, window.document, tmp_path / "pasted.mgpt")
    with qtbot.waitSignal(run.prepared):
        run.reset()
    train(qtbot, run)
    assert losses(run) == whole
    # Another process knows nothing of the text but what the file holds.
    monkeypatch.setattr("microgpt_gui.data.pasted._texts", {})
    open_file(qtbot, playground, tmp_path / "pasted.mgpt")
    assert (losses(run), run.info.title) == (whole, "Pasted text: emma …")
    with qtbot.waitSignal(run.prepared):
        run.reset()
    assert run.info.title == "Pasted text: emma …"
    # A command needs a file: it is offered.
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL | SHIFT)
    question = question_of(qtbot, window)
    assert "in no file" in question.text()
    say(qtbot, question, "Save the text…")
    dialog = dialog_of(qtbot, window, QFileDialog)
    run_file = (tmp_path / "pasted.mgpt").read_bytes()
    dialog.fileSelected.emit(str(tmp_path / "pasted.mgpt"))
    assert "holds a run of this window" in window.notice.text
    assert (tmp_path / "pasted.mgpt").read_bytes() == run_file
    choose(dialog, tmp_path / "my words.txt")
    dialog.accept()
    saved = (tmp_path / "my words.txt").read_bytes()
    assert saved == "emma\r\nava\n\nzoë".encode()
    assert clipboard.text() == (
        f"microgpt-gui train --dataset '{tmp_path}/my words.txt' --steps 60 "
        "--n-embd 8 --n-head 2"
    )
    assert "my words.txt" in window.notice.text


def test_words_can_be_typed_into_a_dialog_and_a_run_be_copied(
    playground, qtbot, clipboard, tmp_path
):
    run, window = playground.run, playground.window
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL | SHIFT)
    command = "microgpt-gui train --dataset elements --steps 60 --n-embd 8 --n-head 2"
    assert clipboard.text() == command
    assert command in window.notice.text
    clipboard.setText("one\ntwo")
    window.menus.pasting.ask.trigger()
    window.menus.pasting.ask.trigger()
    dialog = dialog_of(qtbot, window, PasteDialog)
    assert dialog.text_box.toPlainText() == "one\ntwo"
    (learn,) = (
        b for b in dialog.findChild(QDialogButtonBox).buttons() if "Learn" in b.text()
    )
    dialog.text_box.setPlainText(" \n")
    qtbot.waitUntil(lambda: not learn.isEnabled())
    dialog.text_box.setPlainText("Ada\nGrace\nEmmy\nAda")
    qtbot.waitUntil(learn.isEnabled)
    with qtbot.waitSignal(run.prepared):
        learn.click()
    assert sorted(run.info.docs) == ["Ada", "Ada", "Emmy", "Grace"]
    copied = tmp_path / "copied.txt"
    copied.write_text("a\nb\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(copied))])
    clipboard.setMimeData(data)
    with qtbot.waitSignal(run.prepared):
        window.menus.pasting.paste.trigger()
    assert run.info.title == "copied.txt"
    clipboard.setText("x" * 3_000_000)
    window.menus.pasting.paste.trigger()
    assert "can be pasted: save it as a file" in window.notice.text
