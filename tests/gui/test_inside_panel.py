"""The inside panel as a person meets it: stages, numbers, and how one came about."""

from __future__ import annotations

import math
from array import array
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.inside import InsidePanel
from microgpt_gui.gui.panels.inside.sheet.sheet_map import SheetSpot
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.inside.way import token_way
from tests.gui.begun import begin
from tests.gui.beside import workshop_of

SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8)


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    panel = show_panel(InsidePanel(workshop_of(run), appearance), 900, 480)
    begin(qtbot, panel, SMALL)
    return panel


def type_text(qtbot, panel, text):
    before = panel.drawn
    panel.text_box.setText(text)
    qtbot.waitUntil(lambda: panel.drawn is not before)
    return panel.drawn


def number_of(way, id):
    return [stage.id for stage in way.stages].index(id)


def cell(panel, id, index):
    """Where a number of a stage is in the flow."""
    view = panel.figure.flow
    left, top, wide, high = view._picture.layout.strips[
        number_of(panel.drawn, id)
    ].cell(index)
    return QPoint(left + wide // 2, top + high // 2) - view.offset()


def point(view, at):
    QTest.mouseMove(view.viewport(), at)


def click(view, at):
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def weights_of(moment, name):
    start = 0
    for other, (rows, columns) in moment.model.shapes().items():
        if other == name:
            found = moment.weights[start : start + rows * columns]
            return np.array(found).reshape(rows, columns)
        start += rows * columns
    raise KeyError(name)


def test_every_stage_is_there_and_each_number_reads_out_to_its_last_digit(panel, qtbot):
    way = type_text(qtbot, panel, "iron")
    flow = panel.figure.flow
    assert panel.subject == 'step 0, your text, position 4 ("n")'
    assert set(flow._picture.layout.strips) == set(range(len(way.stages)))
    image = flow.viewport().grab().toImage()
    for stage in way.stages[:-1]:
        values = way.flat(stage.id)
        index = max(range(len(values)), key=lambda i: values[i])
        point(flow, cell(panel, stage.id, index))
        assert repr(values[index]) in panel.reading, stage.id
        if stage.id != "l0.weights" and values[index] > 0:
            strip = flow._picture.layout.strips[number_of(way, stage.id)]
            left, top, _, high = strip.cell(index)
            colour = QColor(image.pixel(left + 1, top + high - 1))
            assert colour.red() > colour.blue(), stage.id  # orange: above 0
    point(flow, cell(panel, "probs", 0))
    likeliest = max(way.numbers["probs"][0])
    assert repr(likeliest) in panel.reading and "probabilities" in panel.reading
    hidden = way.flat("l0.hidden")
    point(flow, cell(panel, "l0.hidden", hidden.index(0.0)))
    assert "zeroed, it was -" in panel.reading
    point(flow, QPoint(cell(panel, "l0.after", 0).x(), 3))  # the title: all of it
    assert f"Length {np.linalg.norm(way.flat('l0.after')):.4f}" in panel.reading
    assert "The model's prediction" in panel.reading
    point(flow, QPoint(cell(panel, "l0.middle", 0).x(), 3))
    readout = np.exp(weights_of(way.moment, "lm_head") @ way.flat("l0.middle"))
    chance = readout.max() / readout.sum()
    assert "logit lens (lm_head here, where the model has none)" in panel.reading
    assert f"{100 * chance:.1f} %" in panel.reading


def test_a_stage_opens_to_its_matrix_and_a_number_to_its_products(panel, qtbot):
    way = type_text(qtbot, panel, "iron")
    figure = panel.figure
    click(figure.flow, cell(panel, "l0.attn_out", 0))
    assert figure.selected == "l0.attn_out"
    assert "w = layer0.attn_wo · c" in figure.head.text
    assert "[8] = [8 × 8] · [8]" in figure.head.text
    matrix = weights_of(way.moment, "layer0.attn_wo")
    sheet = figure.sheet
    assert np.array_equal(sheet.sheet.values, matrix)
    assert np.array_equal(sheet.sheet.entering, way.flat("l0.joined"))
    assert np.array_equal(sheet.sheet.out, way.flat("l0.attn_out"))
    click(sheet, sheet.spot_box(SheetSpot(5, None)).center())
    value = matrix[5] @ way.flat("l0.joined")
    point(sheet, QPoint(1, 1))
    listed = figure.listing.listing  # what was clicked stays
    assert listed.title == f"w[5] = {value:+.4f}"
    assert listed.note == "sum of 8 products"
    products = sorted(matrix[5] * way.flat("l0.joined"), key=abs, reverse=True)
    np.testing.assert_allclose([line.value for line in listed.lines], products)
    assert sum(line.value for line in listed.lines) == pytest.approx(value)
    point(sheet, sheet.spot_box(SheetSpot(2, 3)).center())
    assert f"layer0.attn_wo[2][3]: {matrix[2, 3]:+.4f} · {matrix[2, 3]!s}" in (
        panel.reading
    )
    assert figure.listing.listing.title.startswith("w[2] = ")
    figure.select_stage("l0.weights")
    scores, exponentials, shares = sheet.sheet.values
    np.testing.assert_allclose(exponentials, np.exp(scores - scores.max()))
    np.testing.assert_allclose(shares, exponentials / exponentials.sum())
    assert f"a = exp(s - max s) / {exponentials.sum():.4f}" in figure.head.text
    point(sheet, sheet.spot_box(SheetSpot(1, 2)).center())
    assert panel.reading.startswith("exp(s - max), head 1, on position 2 (")
    for stage in way.stages:
        figure.select_stage(stage.id)
        assert figure.selected == stage.id
        assert figure.head.text.startswith(stage.name)
    figure.select_stage("loss")  # none of a token's way
    assert figure.selected == "probs"
    panel.resize(440, 230)  # there a letter stands above a stage, and nothing is lost
    figure.select_stage("l0.q")
    qtbot.waitUntil(lambda: sheet.height() > 80)
    assert figure.flow.horizontalScrollBar().maximum() == 0
    figure.select_stage("")
    assert figure.selected == "" and not figure.sheet.isVisible()


def test_all_of_it_is_worked_by_keyboard(panel, qtbot):
    type_text(qtbot, panel, "iron")
    figure = panel.figure
    flow, sheet, letters = figure.flow, figure.sheet, figure.letters
    flow.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(5):
        QTest.keyClick(flow, Qt.Key.Key_Right)
    assert "query" in panel.reading
    QTest.keyClick(flow, Qt.Key.Key_Return)
    assert figure.selected == "l0.q"
    QTest.keyClick(flow, Qt.Key.Key_Down)
    assert sheet.hasFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(sheet, key)
    assert panel.reading.startswith("layer0.attn_wq[1][1]")
    assert figure.listing.listing.title.startswith("q[1] = ")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert figure.selected == "l0.q"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert figure.selected == "" and flow.hasFocus()
    figure.select_stage("l0.v")
    click(sheet, sheet.spot_box(SheetSpot(3, 4)).center())
    QTest.keyClick(sheet, Qt.Key.Key_Right)  # the arrows go on from there
    assert panel.reading.startswith("layer0.attn_wv[3][5]")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert figure.selected == "l0.scores"
    flow.setFocus()
    QTest.keyClick(flow, Qt.Key.Key_Down)
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert figure.head.head.currentText() == "head 2"
    letters.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(letters, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: panel.drawn.position == 3)
    assert sheet.sheet.values.shape == (4, 4)
    QTest.keyClick(letters, Qt.Key.Key_Escape)
    assert letters.chosen == 3 and figure.selected == ""
    click(letters, letters.box(1).center())
    qtbot.waitUntil(lambda: panel.drawn.position == 1)
    assert 'position 1 ("i")' in panel.subject
    type_text(qtbot, panel, "irons")
    assert panel.drawn.position == 1
    click(letters, letters.box(5).center())
    qtbot.waitUntil(lambda: panel.drawn.position == 5)
    type_text(qtbot, panel, "iro")
    assert panel.drawn.position == 3  # the last, as before


def test_what_cannot_be_read_is_said_and_what_can_is_shown(panel, qtbot):
    way = type_text(qtbot, panel, "irön")
    assert "ö" in panel.problem
    assert way.is_document and panel.drawn is way
    type_text(qtbot, panel, "protactinium")
    assert "not read" in panel.problem
    assert panel.drawn.position == 7
    begin(qtbot, panel, RunConfig(dataset="elements", n_layer=4, n_embd=8, n_head=8))
    qtbot.waitUntil(lambda: panel.drawn.moment.config.n_layer == 4)
    flow = panel.figure.flow
    left, _ = flow._picture.layout.slots["logits"]
    lens = QColor(panel.appearance.theme.faint).rgb()
    strip = flow._picture.layout.rows[0]
    image = flow.viewport().grab().toImage()
    bars = [
        y
        for y in range(strip.strip_top, strip.strip_bottom)
        if any(image.pixel(x, y) == lens for x in range(left, image.width()))
    ]
    assert len(bars) > 20  # what the lens reads after the first layer
    point(flow, QPoint(left + 30, bars[5]))
    assert panel.reading.startswith("layer 1, stream after MLP: ")
    middle = flow._picture.layout.slots["middle"][0]
    point(flow, QPoint(middle + 20, strip.strip_bottom + 12))
    assert panel.reading.startswith("layer 1, stream after attention: ")
    panel.resize(700, 200)
    qtbot.waitUntil(lambda: flow.verticalScrollBar().maximum() > 0)
    assert len(flow._picture.layout.rows) == 4
    flow.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(flow, Qt.Key.Key_Left)  # the last stage of all
    box = flow.part_box(number_of(panel.drawn, "probs")).translated(-flow.offset())
    assert box.top() >= flow._picture.layout.title - 1
    assert flow.viewport().rect().contains(box.adjusted(0, 0, -3, -3))
    panel.figure.select_stage("l2.q")
    assert panel.figure.head.layer.currentText() == "layer 3"
    QTest.keyClick(flow, Qt.Key.Key_PageDown)
    assert panel.figure.selected == "l3.q"
    QTest.keyClick(panel.figure.head.layer, Qt.Key.Key_Up)
    assert panel.figure.selected == "l2.q"


def test_one_letter_and_two_thousand(panel, qtbot, tmp_path):
    figure = panel.figure
    for letters in (1, 2000):
        chars = "".join(chr(0x4E00 + i) for i in range(letters))
        path = tmp_path / f"{letters}.txt"
        path.write_text("\n".join(chars) + "\n", encoding="utf-8")
        begin(qtbot, panel, RunConfig(dataset=str(path), n_embd=8, n_head=2, steps=3))
        figure.select_stage("logits")
        sheet = figure.sheet
        assert sheet.grid() == (letters + 1, 8)
        sheet.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(sheet, Qt.Key.Key_Up)  # the last row
        assert panel.reading.startswith(f"lm_head[{letters}][0] (BOS)")
        box = sheet.cell_box(sheet.cursor_place).translated(-sheet.offset())
        assert sheet.viewport().rect().contains(box)
        figure.select_stage("probs")
        assert len(figure.listing.listing.lines) == min(200, letters + 1)
        figure.select_stage("")


def test_weights_beyond_help_are_told_of_and_every_stage_can_be_opened(panel, qtbot):
    way = type_text(qtbot, panel, "iron")
    weights = array("d", [math.nan]) * len(way.moment.weights)
    lost = token_way(replace(way.moment, weights=weights), "iron")
    panel.hold_way(lost)
    assert "predicts nothing" in panel.problem
    figure = panel.figure
    one_of_each = {stage.kind: stage for stage in lost.stages}
    assert len(one_of_each) == 9
    for stage in one_of_each.values():
        point(figure.flow, cell(panel, stage.id, 0))
        assert panel.reading
        figure.select_stage(stage.id)
        panel.grab()
        figure.select_stage("")
    panel.hold_way(None)
    assert panel.problem == "" and panel.drawn == way
