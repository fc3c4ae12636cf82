"""Samples counted, as a person sees it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from microgpt_gui.data import load
from microgpt_gui.gui.panels.data import DataPanel
from microgpt_gui.gui.panels.data.samples import words
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.sample_tally import Kind
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import workshop_of
from tests.gui.data_exports import exported, offer_of, rows_of

LEFT = Qt.MouseButton.LeftButton
ROMAN = RunConfig(dataset="roman", steps=60, n_embd=8, n_head=2)


def wait_for(qtbot, page, step, count, seed=None):
    def is_there():
        tally = page.kinds.tally
        return tally and (tally.step, len(tally.samples), tally.seed) == (
            step,
            count,
            seed,
        )

    qtbot.waitUntil(is_there)


def test_samples_are_counted_at_every_moment_listed_by_kind_and_exported(
    run, appearance, show_panel, qtbot
):
    workshop = workshop_of(run)
    panel = show_panel(DataPanel(workshop, appearance), 690, 290)
    assert (
        "No samples are counted" in offer_of(panel, "Data, samples", "CSV…").problem()
    )
    panel.switch.buttons[3].click()
    page = panel.samples
    with qtbot.waitSignal(run.prepared):
        run.start(ROMAN)
    wait_for(qtbot, page, 0, 200)
    page.count.setValue(50)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    wait_for(qtbot, page, 60, 50)
    assert "50 samples after step 60, temperature 0.5, default seed" in panel.summary
    workshop.chance.choose(0.9, 11)
    wait_for(qtbot, page, 60, 50, 11)

    request = SampleRequest(temperature=0.9, seed=11, count=50)
    *_, batch = samples(run.moment, run.info, request)
    texts = [sample.text for sample in batch.samples]
    docs = set(load("roman").corpus.docs)
    met = set(list(run.info.docs)[:60])
    wanted = {
        "new": [t for t in texts if t not in docs],
        "in the data": [t for t in texts if t in docs],
        "in the data, learnt": [t for t in texts if t in met],
        "valid": [t for t in texts if t in docs],
        "valid, not learnt": [t for t in texts if t in docs - met],
        "cut at 16": [t for t in texts if len(t) == 16],
        "drawn before": [t for n, t in enumerate(texts) if t in texts[:n]],
    }
    kinds, rows = page.kinds, page.rows
    titles = [kinds.text_of(row, 0) for row in range(kinds.part_count())]
    for title, some in wanted.items():
        row = titles.index(title)
        assert kinds.text_of(row, 1) == f"{len(some)}"
        assert kinds.text_of(row, 2) == words.percent(len(some), 50)
    row = titles.index("new")
    QTest.mouseClick(kinds.viewport(), LEFT, pos=kinds.box(row).center())
    assert kinds.marked == row
    assert [rows.sample(n).text for n in range(rows.part_count())] == wanted["new"]
    kinds.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(kinds, Qt.Key.Key_Home)
    assert "they stand in no document" in page.reading.text()
    QTest.keyClick(kinds, Qt.Key.Key_Return)  # all again
    assert rows.part_count() == 50 and kinds.marked is None
    first = next(n for n in range(50) if texts[n])
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.box(first).center())
    assert workshop.subject.text == texts[first]
    page.grab()

    export_both(panel, texts, wanted["new"])
    workshop.timeline.show(0)
    wait_for(qtbot, page, 0, 50, 11)
    assert not page.kinds.tally.of_kind(Kind.LEARNT)
    assert "before any training" in panel.summary


def export_both(panel, texts, new):
    written = {row["kind"]: row for row in rows_of(panel, "Data, samples")}
    assert int(written["new"]["count"]) == len(new)
    assert written["new"]["seed"] == "11" and written["new"]["of"] == "50"
    svg = exported(panel, "Data, samples", "SVG…")
    assert f">{len(new)}, {2 * len(new)}.0 %<" in svg and "seed 11" in svg
    read = rows_of(panel, "Data, samples", "Each sample as CSV…")
    assert [row["sample"] for row in read] == texts
    assert [row["sample"] for row in read if row["new"] == "yes"] == new
