"""The documents of a run, as a person looks through them."""

from __future__ import annotations

import csv
import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from microgpt_gui.data import load
from microgpt_gui.gui.panels.data import DataPanel
from microgpt_gui.gui.panels.data.documents import exports
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.roles import LIGHT
from microgpt_gui.gui.window.everything import Everything
from microgpt_gui.session.config import RunConfig
from tests.gui.exporting import export

LEFT = Qt.MouseButton.LeftButton


def own_shuffle(dataset, seed=42):
    """The documents as the script has them, and where each is in the file."""
    docs = list(load(dataset).corpus.docs)
    numbers = list(range(len(docs)))
    random.seed(seed)
    random.shuffle(numbers)
    return docs, numbers


def documents_of(playground, qtbot):
    window = playground.window
    panel = next(p for p in window.docks.panels if isinstance(p, DataPanel))
    window.docks.bring_forward(panel)
    qtbot.waitUntil(lambda: panel.documents.rows.listing is not None)
    return panel, panel.documents


def cells(rows, row):
    return [rows.text_of(row, column) for column in range(5)]


def point(rows, row, x=None):
    centre = rows.box(row).center()
    return QPoint(centre.x() if x is None else x, centre.y())


def search(qtbot, page, text):
    page.search_box.setText(text)
    qtbot.waitUntil(lambda: page.rows.listing.asked.text == text)
    qtbot.waitUntil(lambda: page.rows.listing.is_complete)


def test_documents_are_listed_found_looked_at_and_gone_back_to(
    playground, qtbot, tmp_path, monkeypatch
):
    panel, page = documents_of(playground, qtbot)
    rows, run = page.rows, playground.run
    docs, numbers = own_shuffle("elements")
    assert "118 documents of Elements, none learnt" in panel.summary
    shuffled = [docs[n] for n in numbers]
    assert [rows.listing.document(row) for row in range(118)] == shuffled
    first = shuffled[0]
    assert cells(rows, 0)[:3] == ["1", f"{numbers[0] + 1}", first]
    assert cells(rows, 0)[3:] == [f"{len(first)}", "step 1"]
    assert cells(rows, 100)[-1] == "not in this run"  # it has 60 steps

    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    qtbot.waitUntil(lambda: "60 learnt by step 60" in panel.summary)
    assert cells(rows, 0)[-1] == "✓ step 1"
    assert rows.marked == 59
    page.follow.click()
    assert 59 in rows.rows_in_view()
    go_by_mouse(playground, panel, shuffled)
    go_by_keyboard(playground, panel, shuffled)
    find(playground, qtbot, panel, docs, numbers, tmp_path)
    monkeypatch.setattr(exports, "MOST_BY_THE_WAY", 100)
    offers = panel.export_offers()
    whole = Everything(playground.workshop, offers, LIGHT, lambda _check: None)
    assert "118 documents are written when" in whole.left_out

    page.search_box.clear()
    with qtbot.waitSignal(run.prepared):
        run.start(
            RunConfig(
                dataset="roman",
                steps=9000,
                n_embd=8,
                n_head=2,
                held_out=0.1,
                train_documents=3000,
            )
        )
    counts = (
        "3,999 documents of Roman numerals, none learnt yet, 400 held out, 599 left"
    )
    qtbot.waitUntil(lambda: counts in panel.summary)
    qtbot.waitUntil(lambda: rows.part_count() == 3999)
    assert rows.listing.document(3) == "IV"  # as in the file, still
    told = [rows.text_of(row, 4) for row in range(3999)]
    assert told.count("held out") == 400 and told.count("left out") == 599
    assert sum(text.startswith("step ") for text in told) == 3000
    with qtbot.waitSignal(run.failed):
        run.start(RunConfig(dataset=str(tmp_path / "none.txt")))
    qtbot.waitUntil(lambda: "could not be prepared" in page.stack.words)


def go_by_mouse(playground, panel, shuffled):
    """A click looks at a document; a click on its step goes there."""
    rows, workshop = panel.documents.rows, playground.workshop
    row = rows.rows_in_view()[1]
    QTest.mouseClick(rows.viewport(), LEFT, pos=point(rows, row))
    assert workshop.subject.text == shuffled[row]
    link = next(c for c in rows._placed if rows.columns[c.number].is_link)
    QTest.mouseClick(rows.viewport(), LEFT, pos=point(rows, row, link.left + 3))
    assert workshop.timeline.step == row + 1
    assert workshop.subject.text == ""
    assert rows.marked == row
    assert f"{row + 1} learnt by step {row + 1}" in panel.summary
    assert rows.learning(row + 1).times == 0
    workshop.timeline.go_live()


def go_by_keyboard(playground, panel, shuffled):
    page, workshop = panel.documents, playground.workshop
    rows = page.rows
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_Home)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert shuffled[1] in page.reading.text()
    assert "learnt in step 2" in page.reading.text()
    told = QAccessible.queryAccessibleInterface(rows)
    assert told.childCount() == 118
    row = told.childAt(*rows.viewport().mapToGlobal(point(rows, 1)).toTuple())
    assert shuffled[1] in row.text(QAccessible.Text.Name)
    assert told.focusChild().text(QAccessible.Text.Name) == page.reading.text()
    assert page.reading.text() == rows.accessibleDescription()
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert workshop.subject.text == shuffled[1]
    QTest.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert workshop.timeline.step == 2
    QTest.keyClick(rows, Qt.Key.Key_End)
    assert rows.rows_in_view()[-1] == 117
    QTest.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert "No step of this run" in playground.window.notice.text
    workshop.timeline.go_live()


def find(playground, qtbot, panel, docs, numbers, tmp_path):
    page = panel.documents
    rows = page.rows
    search(qtbot, page, "on")
    wanted = [n for n in numbers if "on" in docs[n]]
    assert [rows.listing.number(row) for row in range(len(rows.listing))] == wanted
    assert f"{len(wanted)} of 118 documents contain “on”" in panel.summary
    page.where.setCurrentIndex(page.where.findData("ends"))
    page.order.setCurrentIndex(page.order.findData(False))
    wanted = [n for n, doc in enumerate(docs) if doc.endswith("on")]
    qtbot.waitUntil(lambda: len(rows.listing) == len(wanted))
    assert [rows.listing.number(row) for row in range(len(wanted))] == wanted
    table = export(playground, qtbot, tmp_path, "Data", "Documents as CSV…")
    with table.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [r["document"] for r in written] == [docs[n] for n in wanted]
    for row in written:
        place = numbers.index(int(row["file"]) - 1)
        assert int(row["training"]) == place + 1
        assert row["step"] == (str(place + 1) if place < 60 else "")
        assert row["times"] == ("1" if place < 60 else "0")
    search(qtbot, page, "é")
    assert "“é” is in no document" in panel.summary
    search(qtbot, page, "onon")
    assert "No document ends with “onon”" in panel.summary


@pytest.mark.parametrize(
    "text",
    [
        "a\n",
        "😀\u0301\u05e9\u05dc\u05dd\n" * 3,
        "".join(map(chr, range(0x4E00, 0x55D0))),
    ],
    ids=["one letter", "right to left", "two thousand letters"],
)
def test_odd_texts_are_listed(text, run, appearance, show_panel, qtbot, tmp_path):
    from tests.gui.beside import workshop_of

    file = tmp_path / "odd.txt"
    file.write_text(text, encoding="utf-8")
    panel = show_panel(DataPanel(workshop_of(run), appearance), 690, 290)
    assert "being prepared" in panel.documents.stack.words
    with qtbot.waitSignal(run.prepared):
        run.start(RunConfig(dataset=str(file), steps=5, n_embd=4, n_head=1))
    rows = panel.documents.rows
    qtbot.waitUntil(lambda: rows.listing is not None)
    assert len(rows.listing) == len(text.splitlines())
    letter = text[0]
    search(qtbot, panel.documents, letter)
    assert len(rows.listing) == len(text.splitlines())
    panel.documents.rows.grab()
    assert letter in rows.part_name(0)
