"""The embeddings panel as a person meets it: what it shows, says, and lets one do."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.embeddings import EmbeddingsPanel
from microgpt_gui.session.config import RunConfig
from tests.gui.begun import begin
from tests.gui.beside import shelf_of, timeline_of, workshop_of

SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8)
KEY = Qt.Key


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    panel = show_panel(EmbeddingsPanel(workshop_of(run), appearance), 820, 370)
    begin(qtbot, panel, SMALL)
    return panel


def train(qtbot, run):
    run.train()
    qtbot.waitUntil(lambda: run.step == run.config.steps and not run.is_training)


def test_a_letter_is_read_locked_and_gone_through_by_pointer_and_keys(panel, qtbot):
    view, shown = panel.view, panel.view.shown
    chars = panel.run.info.chars
    assert panel.subject == f"step 0, {len(chars) + 1} × 8 numbers"
    QTest.mouseMove(view.viewport(), view.box(3).center())
    nearest = shown.neighbours(view.pointed)[0]
    sign = [*chars, "BOS"][nearest.row]
    assert f'"{chars[view.pointed]}"' in panel.reading
    assert f"most alike: {sign} {nearest.cosine:+.2f}" in panel.reading
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.box(3).center()
    )
    locked = view.enlarged
    assert locked is not None
    QTest.mouseMove(view.viewport(), QPoint(1, 1))
    assert f'"{chars[locked]}"' in panel.reading  # stays while nothing is pointed at
    # A number of the matrix, to the last digit.
    cells = view._arrangement.numbers.cells
    at = QPoint(cells.right() - 1, cells.top() + 1)
    QTest.mouseMove(view.viewport(), at)
    assert panel.reading.endswith(f"number 7: {shown.rows[0][7]!r}")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(view, KEY.Key_Home)
    QTest.keyClick(view, KEY.Key_Return)
    assert view.enlarged == 0
    QTest.keyClick(view, KEY.Key_Right)
    assert panel.reading.endswith(f"number 0: {shown.rows[0][0]!r}")
    QTest.keyClick(view, KEY.Key_Down)
    QTest.keyClick(view, KEY.Key_Return)
    for _ in range(9):
        QTest.keyClick(view, KEY.Key_Right)
    assert panel.reading.endswith(f"number 7: {shown.rows[1][7]!r}")
    QTest.keyClick(view, KEY.Key_Escape)
    assert view.enlarged is None


def test_moments_keep_their_direction_and_positions_can_be_chosen(panel, qtbot):
    run, view = panel.run, panel.view
    train(qtbot, run)
    qtbot.waitUntil(lambda: view.shown.step == 40)
    seen = {40: view.shown}
    for step in (30, 20, 30):
        timeline_of(run).show(step)
        qtbot.waitUntil(lambda s=step: view.shown.step == s)
        before = seen[step + 10 if step + 10 in seen else 20]
        overlap = (view.shown.places * before.places).sum(axis=0)
        assert (overlap >= 0).all()
        seen[step] = view.shown
    panel.tables.setFocus()
    QTest.keyClick(panel.tables, KEY.Key_Down)
    qtbot.waitUntil(lambda: view.shown.table == "wpe")
    assert panel.subject == "step 30, 8 × 8 numbers"
    view.enlarge(5)
    assert "position 5" in panel.reading
    assert np.isfinite(view.shown.rows).all()


def test_the_other_run_stands_beside_it(panel, qtbot):
    run, view = panel.run, panel.view
    train(qtbot, run)
    begin(qtbot, panel, RunConfig(dataset="elements", steps=40, n_embd=4, n_head=2))
    other = panel._figure.other
    shelf = shelf_of(run)
    shelf.compare(shelf.runs[0])
    qtbot.waitUntil(lambda: None not in (view.shown, other.shown))
    qtbot.waitUntil(lambda: view.shown.rows.shape[1] == 4)
    assert other.shown.rows.shape[1] == 8
    qtbot.waitUntil(lambda: view.shown.step == other.shown.step == 0)
