"""What the loss is held against in its panel: unseen documents, other models."""

from __future__ import annotations

import csv
import io
from itertools import combinations

import pytest

from microgpt_gui.gui.panels.loss.lines import line_words
from microgpt_gui.gui.theme.roles import LIGHT
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.recorded import moment_at
from microgpt_gui.session.reading.document_losses import document_losses
from microgpt_gui.session.reading.unseen_losses import points
from tests.gui.loss_panel import begin, point_at, settle, train


def action(panel, text):
    (found,) = (a for a in panel._lines.actions if a.text() == text)
    return found


def wait_for_all(qtbot, panel):
    def is_whole():
        settle(qtbot, panel)
        return len(panel._lines._curve.losses) == len(panel._lines._curve.points)

    qtbot.waitUntil(is_whole)


def test_held_out_documents_have_a_curve_of_their_own(qtbot, loss_panel):
    panel, run = loss_panel, loss_panel.run
    assert panel._lines.text == ""
    settings = {"dataset": "roman", "engine": "numpy", "steps": 60, "held_out": 0.1}
    begin(qtbot, panel, RunConfig(**settings))
    assert action(panel, line_words.UNSEEN).isChecked()  # who holds out wants to see it
    train(qtbot, panel)
    wait_for_all(qtbot, panel)
    assert panel._lines.text == (
        "200 of 400 held-out documents: "
        f"{panel._lines._curve.losses[60]:.3f} nats at step 60"
    )
    # Every point is that of the moment that replay brings back.
    held_out = list(run.info.docs)[-400:][:200]
    assert tuple(sorted(panel._lines._curve.losses)) == points(60)
    for step in (0, 30, 60):
        moment = moment_at(run.info, run.recorder, step)
        wanted = sum(document_losses(moment, held_out)) / 200
        found = panel._lines._curve.losses[step]
        assert found == pytest.approx(wanted, rel=1e-15)
    told = point_at(qtbot, panel, 30)
    assert f"held out (200 documents): {panel._lines._curve.losses[30]!r}" in told
    # Other models, if they are wanted.
    for text in (line_words.BIGRAM, line_words.BEST):
        assert not action(panel, text).isChecked()
        action(panel, text).trigger()
    qtbot.waitUntil(lambda: "best possible: 1.052 nats" in panel._lines.text)
    settle(qtbot, panel)
    assert "bigram model: 1.33" in panel._lines.text
    for size in ((360, 170), (500, 260), (900, 500)):
        panel.resize(*size)
        settle(qtbot, panel)
        marks = (panel._guessing, *panel._lines.marks)
        boxes = [mark.box for mark in marks if not mark.box.isEmpty()]
        assert boxes  # and no words stand on others
        assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    low, high = panel._plot.y_range
    assert low < 1.052 < high
    told = point_at(qtbot, panel, 30)
    assert "bigram model 1.33" in told
    assert "best possible 1.0523478" in told
    # What a picture shows, and the table.
    beside = panel.exported_view(LIGHT).beside
    assert beside.losses == tuple(sorted(panel._lines._curve.losses.items()))
    assert beside.name == "200 of 400 held-out documents"
    assert [level.label for level in beside.levels] == [
        f"bigram model: {beside.levels[0].loss:.3f} nats",
        "best possible: 1.052 nats (with the true odds 1.059)",
    ]
    offer = panel.export_offers()[-1]
    assert offer.problem() == ""
    text = "".join(offer.begin(LIGHT).pieces(lambda: None))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(int(r["step"]), float(r["unseen_loss"])) for r in rows] == sorted(
        panel._lines._curve.losses.items()
    )
    assert {float(r["bigram_loss"]) for r in rows} == {beside.levels[0].loss}
    action(panel, line_words.UNSEEN).trigger()
    settle(qtbot, panel)
    assert "held-out" not in panel._lines.text


def test_without_documents_for_it_the_plot_says_why(qtbot, loss_panel):
    panel = loss_panel
    begin(qtbot, panel, RunConfig(dataset="elements", steps=117, n_embd=4, n_head=1))
    assert not action(panel, line_words.UNSEEN).isChecked()
    assert not action(panel, line_words.BEST).isEnabled()
    action(panel, line_words.UNSEEN).trigger()
    with qtbot.waitSignal(panel.proposed) as asked:
        panel._lines.button.menu().actions()[-1].trigger()
    assert asked.args == ["held_out", 0.1]
    train(qtbot, panel)
    wait_for_all(qtbot, panel)
    assert panel._lines.text.startswith("1 document not trained on up to step 117: ")
    # A longer run comes to that document, too.
    panel.run.change(steps=118)
    settle(qtbot, panel)
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.step == 118)
    qtbot.waitUntil(
        lambda: settle(qtbot, panel) or "None are left" in panel._lines.text
    )
    assert panel._lines._curve.losses == {}
    assert "every one of the 118 documents" in panel._lines.text
    assert "None are left" in panel.export_offers()[-1].problem()
