"""The text in numbers, as a person reads it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from microgpt_gui.data import load
from microgpt_gui.gui.panels.data import DataPanel
from microgpt_gui.gui.panels.data.statistics.shown import LENGTHS, PAIRS, POSITIONS
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.widgets.cell_cursor import CellPlace
from microgpt_gui.session.config import RunConfig
from tests.gui.beside import workshop_of
from tests.gui.data_exports import exported, rows_of

LEFT = Qt.MouseButton.LeftButton


def statistics_of(panel, qtbot):
    panel.switch.buttons[1].click()
    view = panel.statistics.view
    qtbot.waitUntil(lambda: view.shown is not None and view.shown.counts is not None)
    return view


def point(view, part, row, column):
    box = view._cell_box(view._parts[part], CellPlace(row, column))
    QTest.mouseMove(view.viewport(), box.center())


def test_lengths_positions_and_pairs_are_read_enlarged_and_exported(
    started_run, appearance, show_panel, qtbot
):
    panel = show_panel(DataPanel(workshop_of(started_run), appearance), 690, 290)
    view = statistics_of(panel, qtbot)
    page = panel.statistics
    docs = list(load("elements").corpus.docs)
    mean = sum(map(len, docs)) / 118
    extent = f"3 to 13 letters, {mean:.1f} on average"
    assert panel.summary == f"118 documents of Elements, {extent}"

    lengths = Counter(map(len, docs))
    bar = next(i for i, b in enumerate(view.shown.lengths.bars) if b.least == 7)
    point(view, LENGTHS, 0, bar)
    assert f"{lengths[7]} of 118 documents are of 7 letters" in page.reading.text()
    shown = view.map_of(POSITIONS)
    second = [doc[1] if len(doc) > 1 else "BOS" for doc in docs]
    row = shown.rows.index("e")
    point(view, POSITIONS, row, 1)
    assert 'Letter 2 is "e"' in page.reading.text()
    assert f"({second.count('e')} of {len(second)})" in page.reading.text()

    QTest.mouseClick(view.viewport(), LEFT, pos=view._parts[PAIRS].cells.center())
    assert view.enlarged == PAIRS
    view.setFocus(Qt.FocusReason.TabFocusReason)
    shown = view.map_of(PAIRS)
    assert shown.rows[-1] == "BOS" and shown.is_all
    QTest.keyClick(view, Qt.Key.Key_Up)  # into the cells, at the last row: BOS
    pairs = Counter(p for doc in docs for p in pairwise(["BOS", *doc, "BOS"]))
    first = shown.columns[0]
    assert "At the start (BOS)" in page.reading.text()
    assert f"({pairs['BOS', first]} of 118)" in page.reading.text()
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.enlarged is None

    page.is_log.setChecked(False)
    export_all(panel, docs)


def export_all(panel, docs):
    lengths = Counter(map(len, docs))
    pairs = Counter(p for doc in docs for p in pairwise(["BOS", *doc, "BOS"]))
    written = rows_of(panel, "Data, pairs of letters")
    assert {(r["given"], r["next"]): int(r["count"]) for r in written} == pairs
    for r in written:
        of = sum(n for (given, _), n in pairs.items() if given == r["given"])
        assert float(r["chance"]) == int(r["count"]) / of
    written = rows_of(panel, "Data, letters by position")
    places = Counter(x for doc in docs for x in enumerate([*doc, "BOS"], start=1))
    read = {(int(r["position"]), r["token"]): int(r["count"]) for r in written}
    assert read == places
    rows = rows_of(panel, "Data, lengths")
    written = {int(r["letters"]): int(r["documents"]) for r in rows}
    assert written == lengths
    for group in (
        "Data, lengths",
        "Data, letters by position",
        "Data, pairs of letters",
    ):
        assert "Elements" in exported(panel, group, "SVG…")
        assert "Elements" in exported(panel, group, "PNG…")


def test_odd_texts_are_counted(run, appearance, show_panel, qtbot, tmp_path):
    panel = show_panel(DataPanel(workshop_of(run), appearance), 690, 290)
    letters = "".join(map(chr, range(0x4E00, 0x55D0)))
    file = tmp_path / "odd.txt"
    for text, told in (
        ("a\n", "1 document of odd.txt, 1 letter, 1.0 on average"),
        ("\u05e9\u05dc\u05dd\n\u05d0\u0301\n", "2 documents of odd.txt, 2 to 3"),
        (letters, "1 document of odd.txt, 2,000 letters"),
    ):
        file.write_text(text, encoding="utf-8")
        with qtbot.waitSignal(run.prepared):
            run.start(RunConfig(dataset=str(file), steps=5, n_embd=4, n_head=1))
        view = statistics_of(panel, qtbot)
        qtbot.waitUntil(lambda t=told: t in panel.summary)
        qtbot.waitUntil(lambda v=view: v.shown.counts is not None)
        for part in (LENGTHS, POSITIONS, PAIRS):
            view.enlarge(part)
            view.grab()
        view.enlarge(None)
    assert view.map_of(PAIRS).letters == 2_000
    assert "most frequent of 2,000" in view.part_name(PAIRS)
    view.enlarge(PAIRS)
    assert len(view.map_of(PAIRS).rows) == 201
    assert "block_size 16: 1 are cut" in view.part_name(LENGTHS)
    with qtbot.waitSignal(run.failed):
        run.start(RunConfig(dataset=str(tmp_path / "none.txt")))
    assert run.state is RunState.FAILED
    qtbot.waitUntil(lambda: "could not be prepared" in panel.statistics.stack.words)
    assert view.shown is None
