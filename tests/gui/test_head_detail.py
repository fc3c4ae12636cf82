"""What stands beside a head that is enlarged: a row, a score, its measures."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
from tests.gui.attention_panel import begin, click, point, press, type_text
from tests.gui.beside import shelf_of, subject_of
from tests.gui.trained_runs import train


def numbers(table):
    """Return all numbers of a table as they are told, to the last digit."""
    sheet = table.shown.sheet
    return [[cell.value for cell in row.cells] for row in sheet.rows]


def computed(config, text, steps, layer, head, query, key):
    """Return query, key, scores and attention of a row, by NumPy, from the weights."""
    run = Run(config)
    for _ in range(steps):
        run.step()
    moment = run.moment()
    sizes = {"wte": len(moment.chars) + 1, "wpe": config.block_size}
    flat, wide, at = np.array(moment.weights), config.n_embd, 0

    def taken(rows, columns):
        nonlocal at
        at += rows * columns
        return flat[at - rows * columns : at].reshape(rows, columns)

    wte, wpe, _ = (taken(n, wide) for n in (*sizes.values(), sizes["wte"]))
    layers = [
        [taken(wide, wide) for _ in range(4)]
        + [taken(4 * wide, wide), taken(wide, 4 * wide)]
        for _ in range(config.n_layer)
    ]

    def norm(x):
        return x * ((x**2).mean(1, keepdims=True) + 1e-5) ** -0.5

    tokens = [len(moment.chars), *(moment.chars.index(c) for c in text)]
    x, n, size = (
        norm(wte[tokens] + wpe[: len(tokens)]),
        len(tokens),
        wide // config.n_head,
    )
    for number, (wq, wk, wv, wo, fc1, fc2) in enumerate(layers):
        h = norm(x)
        q, k, v = ((h @ w.T).reshape(n, -1, size).swapaxes(0, 1) for w in (wq, wk, wv))
        scores = q @ k.swapaxes(1, 2) / size**0.5
        seen = np.where(np.tril(np.ones((n, n))) > 0, scores, -np.inf)
        exps = np.exp(seen - seen.max(2, keepdims=True))
        shares = exps / exps.sum(2, keepdims=True)
        if number == layer:
            row = slice(None, query + 1)
            return (
                q[head, query],
                k[head, key],
                scores[head, query, row],
                shares[head, query, row],
            )
        x = x + (shares @ v).swapaxes(0, 1).reshape(n, wide) @ wo.T
        x = x + np.maximum(norm(x) @ fc1.T, 0) @ fc2.T
    raise AssertionError


def test_a_row_and_a_score_are_those_of_the_model(qtbot, attention_panel):
    panel = attention_panel
    config = RunConfig(dataset="elements", n_layer=2, n_embd=16, n_head=8, steps=9)
    panel.resize(900, 700)
    begin(qtbot, panel, config)
    panel.run.train()
    qtbot.waitUntil(lambda: panel.wish.answer.step == 9)
    type_text(qtbot, panel, "xenon")
    detail = panel._heads.ours.detail
    assert not detail.isVisible()
    click(panel, 13)
    assert panel.heat_map.enlarged == 13
    qtbot.waitUntil(lambda: panel.heat_map.look.trace is not None)
    assert detail.isVisible()
    point(panel, 0, 4, 1)
    q, k, scores, shares = computed(config, "xenon", 9, 1, 5, 4, 1)
    row = numbers(detail.row)
    assert [line[0] for line in row[:-1]] == pytest.approx(scores, abs=1e-12)
    assert [line[2] for line in row[:-1]] == pytest.approx(shares, abs=1e-12)
    exps = np.exp(scores - scores.max())
    assert [line[1] for line in row] == pytest.approx([*exps, exps.sum()], abs=1e-12)
    assert detail.row.shown.sheet.chosen == 1
    told = [line[2] for line in row[:-1]]
    assert told == list(panel.heat_map.look.attention[1][5][4])  # to the last digit
    score = numbers(detail.score)
    wanted = np.stack([q, k, q * k], 1)
    assert np.array(score[:2]) == pytest.approx(wanted, abs=1e-12)
    ends = [line[2] for line in score[2:]]
    assert ends == pytest.approx([q @ k, scores[1], exps[1], shares[1]], abs=1e-12)
    # The pointer may leave: the cell stays, and another key of its row is chosen.
    QTest.mouseMove(panel.heat_map.viewport(), QPoint(1, 1))
    assert panel.heat_map.pointed is None
    assert detail.row.shown.sheet.chosen == 1
    place = detail.row.visualRect(detail.row.shown.index(3, 1)).center()
    QTest.mouseClick(detail.row.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert detail.row.shown.sheet.chosen == 3
    assert '"e"' in detail.row.shown.sheet.told(2, 1)
    _, k, _, _ = computed(config, "xenon", 9, 1, 5, 4, 3)
    assert [line[1] for line in numbers(detail.score)[:2]] == pytest.approx(
        k, abs=1e-12
    )


def test_keys_read_every_number_and_a_role_is_told_with_its_measures(
    qtbot, attention_panel
):
    panel = attention_panel
    panel.resize(900, 700)
    type_text(qtbot, panel, "xenon")
    panel.heat_map.setFocus()
    press(panel, Qt.Key.Key_Right)
    press(panel, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.heat_map.look.trace is not None)
    detail = panel._heads.ours.detail
    for key in (Qt.Key.Key_Down,) * 4:
        press(panel, key)
    assert panel.heat_map.held.row == 3
    detail.row.setFocus()
    QTest.keyClick(detail.row, Qt.Key.Key_Up)
    QTest.keyClick(detail.row, Qt.Key.Key_Right)
    at = detail.row.currentIndex()
    assert repr(numbers(detail.row)[at.row()][at.column() - 1]) in panel.reading
    QTest.keyClick(detail.row, Qt.Key.Key_Return)
    assert detail.row.shown.sheet.chosen == panel.heat_map.held.column == at.row()
    # What it does, once it is measured.
    roles = panel._heads.roles
    qtbot.waitUntil(lambda: roles.ours is not None and roles.ours.is_whole)
    detail.tabs.setCurrentIndex(2)
    assert detail.measures.isVisible()
    measures = roles.ours.roles[0][1].measures
    assert [line[0] for line in numbers(detail.measures)] == [
        m.mean if m.rows else None for m in measures
    ]
    assert "Measured on" in detail.note.text()
    # A longer text, and one with fewer tokens than the cell that is looked at has.
    for text in ("phosphorus", "tin", "?"):
        type_text(qtbot, panel, text)
        assert len(numbers(detail.row)) == panel.heat_map.held.row + 2
    detail.measures.setFocus()
    QTest.keyClick(detail.measures, Qt.Key.Key_Down)
    assert detail.told in panel.reading
    QTest.keyClick(detail.measures, Qt.Key.Key_Escape)
    assert panel.heat_map.enlarged is None
    assert panel.heat_map.hasFocus()
    assert not detail.told
    assert not detail.isVisible()
    qtbot.waitUntil(lambda: panel.heat_map.look.trace is None)


def test_two_runs_show_the_same_cell(run, attention_panel, qtbot):
    panel, config = attention_panel, RunConfig(dataset="elements", n_embd=8, n_head=2)
    panel.resize(1200, 500)
    for seed in (1, 2):
        train(run, qtbot, RunConfig(**{**SMALL, "seed": seed}))
    assert config.n_head == 2
    subject_of(run).watch("zinc")
    shelf_of(run).compare(shelf_of(run).runs[-1])
    heads = panel._heads
    qtbot.waitUntil(lambda: heads.other.look is not None)
    qtbot.waitUntil(lambda: heads.other.look.text == "zinc")
    panel.heat_map.setFocus()
    press(panel, Qt.Key.Key_Return)
    assert heads.other.held == heads.heat_map.held
    for figure in (heads.ours, heads.theirs):
        qtbot.waitUntil(lambda f=figure: f.view.look.trace is not None)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        press(panel, key)
    assert heads.other.held == heads.heat_map.held
    for figure in (heads.ours, heads.theirs):
        query = figure.view.held.row
        row = figure.view.look.attention[0][0][query]
        assert [line[2] for line in numbers(figure.detail.row)[:-1]] == list(row)
    assert numbers(heads.ours.detail.row) != numbers(heads.theirs.detail.row)


SMALL = {"dataset": "elements", "steps": 12, "n_embd": 8, "n_head": 2}
