"""Files whose names are not UTF-8 open by every way that names them at all."""

from __future__ import annotations

import os
from urllib.parse import quote_from_bytes

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox

from tests.gui.run_files import save
from tests.gui.run_panel_reading import choose, named, words
from tests.gui.timeline_bar import panel

ODD = os.fsdecode(b"na\xefve n\xe4men")


@pytest.fixture
def text(tmp_path):
    path = tmp_path / f"{ODD}.txt"
    try:
        path.write_text("anna\nmia\nlea\nemma\n" * 5)
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    return path


def dropped(window, path, *, is_encoded=True):
    name = os.fsencode(path)
    data = QMimeData()
    address = quote_from_bytes(name).encode() if is_encoded else name
    data.setData("text/uri-list", b"file://" + address + b"\r\n")
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(9, 9), *how, Qt.KeyboardModifier.NoModifier))


def by_dialog(window, path):
    window.files.take_file(os.fsencode(path).decode("utf-8", "replace"))


def pasted(window, path):
    data = QMimeData()
    address = quote_from_bytes(os.fsencode(path)).encode()
    data.setData("text/uri-list", b"file://" + address + b"\r\n")
    QGuiApplication.clipboard().setMimeData(data)
    window.menus.pasting.paste.trigger()


@pytest.mark.parametrize(
    "open_it",
    [
        dropped,
        lambda window, path: dropped(window, path, is_encoded=False),
        by_dialog,
        pasted,
    ],
    ids=["dropped", "dropped raw", "by dialog", "pasted"],
)
def test_a_text_opens_whatever_bytes_its_name_has(playground, text, qtbot, open_it):
    run, settings = playground.run, panel(playground, "Run")
    with qtbot.waitSignal(run.prepared):
        open_it(playground.window, text)
    assert run.config.dataset == str(text)
    assert len(run.info.docs) == 20
    assert "20 documents" in words(settings)
    title = named(settings, QComboBox, "Dataset").currentText()
    run.train()
    qtbot.waitUntil(lambda: run.step >= 5)
    choose(settings, "Dataset", "Elements")
    choose(settings, "Dataset", title)  # the list knows the file to the last byte
    qtbot.waitUntil(lambda: "Needs a new model" not in words(settings))
    assert "no such file" not in words(settings)


def test_a_run_file_opens_whatever_bytes_its_name_has(playground, text, qtbot):
    path = text.with_suffix(".mgpt")
    playground.run.step_once()
    save(qtbot, playground.window.document, path)
    assert path.exists()
    with qtbot.waitSignal(playground.window.document.opened):
        dropped(playground.window, path)
    assert playground.window.document.path == path
    qtbot.waitUntil(lambda: playground.run.info is not None)
    assert playground.run.step == 1


def test_where_two_files_could_be_meant_none_is_opened(playground, text, qtbot):
    text.with_name(os.fsdecode(b"na\xf0ve n\xe5men.txt")).write_text("tom\n")
    before = playground.run.info
    by_dialog(playground.window, text)
    notice = playground.window.notice
    qtbot.waitUntil(lambda: "no such file" in notice.text)
    assert playground.run.info is before
