"""Files that are opened or dropped anywhere: what is seen of it, and what is said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QToolButton

from microgpt_gui.gui.widgets import notice as notice_module
from tests.gui.dragging import drop
from tests.gui.run_files import SMALL, begin, open_file, save, train


@pytest.fixture
def poem(tmp_path):
    path = tmp_path / "poem.txt"
    path.write_text("so much\ndepends\nupon\n", encoding="utf-8")
    return path


def panel(window, title):
    return next(p for p in window.docks.panels if p.title == title)


def places(window):
    seen = [p for p in window.docks.panels if p.isVisible()]
    return [(p.title, p.mapTo(window, QPoint()), p.size()) for p in seen]


def test_a_text_that_is_opened_is_seen(playground, qtbot, poem):
    run, window = playground.run, playground.window
    docks = window.docks
    settings, runs = panel(window, "Run"), panel(window, "Runs")
    train(qtbot, run, steps=5)
    docks.bring_forward(runs)
    qtbot.waitUntil(lambda: not settings.isVisible())
    before = places(window)
    window.files.take_file(poem)
    qtbot.waitUntil(lambda: "waits in the Run panel" in window.notice.text)
    assert settings.isVisible()
    docks.bring_forward(runs)
    assert places(window) == before  # what is said moves nothing

    docks.toggle_filling(docks.docks[docks.panels.index(panel(window, "Loss"))])
    window.files.take_file(poem)
    qtbot.waitUntil(lambda: settings.isVisible() and not docks.is_filled)
    docks.docks[docks.panels.index(settings)].close()
    window.files.take_file(poem.with_name("none.txt"))
    qtbot.waitUntil(lambda: "there is no such file" in window.notice.text)
    assert settings.isVisible()

    run.reset()
    qtbot.waitUntil(lambda: run.info is not None and run.step == 0)
    with qtbot.waitSignal(run.prepared):
        window.files.take_file(poem)
    assert ": 3 documents of " in window.notice.text


def test_a_file_can_be_dropped_anywhere(playground, qtbot, poem, tmp_path):
    run, window = playground.run, playground.window
    train(qtbot, run)
    save(qtbot, window.document, tmp_path / "first.mgpt")
    floating = window.docks.docks[1]
    floating.setFloating(True)
    boxes = [box for box in window.findChildren(QLineEdit) if box.isVisible()]
    assert not any(box.acceptDrops() for box in window.findChildren(QLineEdit))
    for target in (window, boxes[0], boxes[-1], floating, panel(window, "Attention")):
        begin(qtbot, run, SMALL)
        with qtbot.waitSignal(run.prepared):
            drop(playground.app, target, tmp_path / "first.mgpt")
        assert run.step == 60
        assert "60 of 60 steps are done" in window.notice.text
        assert [box.text() for box in boxes if "file:" in box.text()] == []


def test_what_is_said_goes_by_itself_unless_it_is_long(
    playground, qtbot, monkeypatch, tmp_path
):
    window, notice = playground.window, playground.window.notice
    qtbot.mouseMove(window.topbar)  # what a pointer rests on stays, wherever it was
    monkeypatch.setattr(notice_module, "NEWS_MS", 50)
    monkeypatch.setattr(notice_module, "TROUBLE_MS", 50)
    for say in (notice.show_news, notice.show_message):
        say("A short word.")
        assert notice.isVisible()
        qtbot.waitUntil(lambda: notice.text == "")
    notice.show_message("A long word of trouble. " * 20)
    assert notice.is_lasting
    area = notice.parentWidget()
    for width, height in ((1280, 800), (700, 450)):
        window.resize(width, height)
        qtbot.waitUntil(lambda w=width: window.width() == w)
        qtbot.waitUntil(lambda: area.rect().contains(notice.geometry()))
        (label,) = (c for c in notice.children() if getattr(c, "wordWrap", bool)())
        assert label.height() >= label.heightForWidth(label.width())
    # The name of a file without a place to break at is read to its end all the same.
    said = f"A long word of trouble: {'m' * 120}.txt"
    notice.show_message(said)
    assert notice.text == said
    drawn = label.fontMetrics().boundingRect(
        label.contentsRect(), Qt.TextFlag.TextWordWrap, label.text()
    )
    assert label.contentsRect().contains(drawn)
    (close,) = notice.findChildren(QToolButton)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert notice.text == ""
    open_file(qtbot, playground, _poem_in(tmp_path))
    assert not notice.is_lasting


def _poem_in(folder):
    path = folder / "short.txt"
    path.write_text("ab\nba\n", encoding="utf-8")
    return path
