"""Lines of the person's own, ranked by surprise, as the person sees them."""

from __future__ import annotations

import csv
import math

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.data import DataPanel
from microgpt_gui.gui.panels.data.own_words import words
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.reading.document_losses import document_losses
from tests.gui.beside import workshop_of
from tests.gui.exporting import export

LEFT = Qt.MouseButton.LeftButton
TEXT = "iron\nNeon\n\nprotactinium\nx9\u05d0y\nxxzz"


def own_words_of(panel):
    panel.switch.buttons[2].click()
    return panel.own_words


def wait_for(qtbot, page, step, count):
    def is_there():
        scored = page.rows.scored
        is_of = scored and scored.is_complete and scored.step == step
        return is_of and page.rows.part_count() == count

    qtbot.waitUntil(is_there)


def test_lines_are_ranked_at_every_moment_and_exported(playground, qtbot, tmp_path):
    window, run = playground.window, playground.run
    timeline = playground.workshop.timeline
    panel = next(p for p in window.docks.panels if isinstance(p, DataPanel))
    window.docks.bring_forward(panel)
    page = own_words_of(panel)
    assert "Type or paste lines" in page.empty_text
    page.box.setFocus()
    QTest.keyClicks(page.box, "iron")
    QTest.keyClick(page.box, Qt.Key.Key_Return)
    wait_for(qtbot, page, 0, 1)
    assert run.state is RunState.READY  # no letter was a shortcut
    QTest.keyClick(page.box, Qt.Key.Key_Escape)
    assert not page.box.hasFocus()
    page.box.setPlainText(TEXT)
    wait_for(qtbot, page, 0, 5)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    wait_for(qtbot, page, 60, 5)
    assert "5 lines after step 60, against 58 documents" in panel.summary
    assert "1 empty line left out" in panel.summary
    rows, able = page.rows, ["iron", "neon", "protactinium", "xxzz"]
    losses = dict(zip(able, document_losses(run.moment, able), strict=True))
    ranked = sorted(able, key=losses.get, reverse=True)
    assert [rows.line(row).taken for row in range(4)] == ranked
    assert "are not in the alphabet" in rows.line(4).problem
    for row, line in enumerate(ranked):
        assert rows.text_of(row, 1) == f"{losses[line]:.2f}"
    page.order.setCurrentIndex(words.EXPECTED)
    assert [rows.line(row).taken for row in range(4)] == ranked[::-1]
    assert rows.line(4).problem

    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.box(0).center())
    assert playground.workshop.subject.text == ranked[-1]
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows, Qt.Key.Key_Home)
    assert f"“{ranked[-1]}”: {losses[ranked[-1]]:.3f} nats a token" in (
        page.reading.text()
    )
    rows.grab()
    check_table(export(playground, qtbot, tmp_path, "Data, your words", "CSV…"), losses)

    before = run.moment
    timeline.show(3)
    wait_for(qtbot, page, 3, 5)
    assert "115 documents not trained on yet" in panel.summary
    assert before is run.moment
    timeline.go_live()
    wait_for(qtbot, page, 60, 5)
    what_if = playground.workshop.what_if
    what_if.alter(UNALTERED.with_head(0, 0, 0.0))
    qtbot.waitUntil(lambda: rows.scored.lines[0].mean != losses["iron"])
    assert page.bar.isVisible()
    what_if.put_back()


def check_table(path, losses):
    with path.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file))
    assert [row["rank"] for row in written] == ["1", "2", "3", "4", "5"]
    for row in written[:4]:
        mean, total, tokens = (float(row[k]) for k in ("mean", "total", "tokens"))
        assert math.isclose(mean, losses[row["read"]], abs_tol=1e-9)
        assert math.isclose(total, mean * tokens)
        assert row["measured"] == "58"
        assert tokens == min(16, len(row["read"]) + 1)
    assert written[4]["mean"] == written[4]["percentile"] == ""
    assert written[4]["problem"]


def test_little_room_and_no_run_cut_nothing_off(run, appearance, show_panel, qtbot):
    panel = show_panel(DataPanel(workshop_of(run), appearance), 433, 220)
    page = own_words_of(panel)
    assert "being prepared" in page.empty_text
    page.box.setPlainText(TEXT)
    with qtbot.waitSignal(run.prepared):
        run.start(RunConfig(dataset="elements", steps=5, n_embd=4, n_head=1))
    wait_for(qtbot, page, 0, 5)
    for number in range(4):
        panel.switch.choose(number)
        other = panel.page
        qtbot.waitUntil(other.isVisible)
        assert other.horizontalScrollBar().maximum() == 0
        assert other.verticalScrollBar().maximum() == 0
        other.grab()
    rows = panel.own_words.rows
    panel.switch.choose(2)
    qtbot.waitUntil(lambda: rows.height() < panel.height())
    usual = rows.pitch
    panel.resize(1200, 900)
    qtbot.waitUntil(lambda: rows.pitch > 1.4 * usual)  # for the back row
    rows.grab()

    page.box.setPlainText("9" * 200)  # longer than its row: why it has no score is seen
    wait_for(qtbot, page, 0, 1)
    row = rows.grab(rows.box(0)).toImage()
    dots = {row.pixel(x, y) for x in range(row.width()) for y in range(row.height())}
    assert QColor(appearance.theme.warning).rgb() in dots
