"""A walk through one step of training, as a person takes it in the panel Inside."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.inside.walk import words
from microgpt_gui.gui.panels.inside.walk.board import board_of
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.reading.learning.walk import Phase, Stop

SMALL = RunConfig(
    dataset="elements", steps=20, n_layer=2, n_embd=8, n_head=2, block_size=8
)

#: So many of them are done.
STEPS = 4


@pytest.fixture
def panel(playground, qtbot):
    """The panel in the whole window, behind another, after some steps."""
    window, run = playground.window, playground.run
    with qtbot.waitSignal(run.prepared):
        run.start(SMALL)
    for step in range(STEPS):
        run.step_once()
        qtbot.waitUntil(lambda step=step: run.step == step + 1)
    qtbot.waitUntil(lambda: run.moment is not None and run.moment.step == STEPS)
    window.docks.bring_back("Next letter")
    return window.docks.panels.named("Inside")


def press(panel, key, modifier=Qt.KeyboardModifier.NoModifier, times=1):
    for _ in range(times):
        QTest.keyClick(panel.window(), key, modifier)


def begin(qtbot, panel):
    press(panel, Qt.Key.Key_W)
    walk = panel.walking.walk
    qtbot.waitUntil(lambda: walk.learning is not None and walk.way is not None)
    qtbot.waitUntil(lambda: bool(walk.learning.stage_gradients))
    return walk


def lit(panel):
    view = panel.beside.view
    return [view.line_text(line).strip() for line in sorted(view.lit)]


def number_at(panel, row, column):
    """What is read of a number on the board, with the pointer over it."""
    table = panel.walking.board.table
    cell = row * len(table.board.columns) + column
    table.reveal(cell)
    QTest.mouseMove(table.viewport(), table.box(cell).center() + QPoint(1, 0))
    QTest.mouseMove(table.viewport(), table.box(cell).center())
    return panel.reading


def test_a_step_is_walked_through_by_keyboard_alone(panel, qtbot):
    timeline = panel.workshop.timeline
    assert not panel.isVisible()
    walk = begin(qtbot, panel)
    assert panel.isVisible() and walk.learning.step == STEPS
    press(panel, Qt.Key.Key_C)
    if not panel.beside.is_shown:
        press(panel, Qt.Key.Key_C)
    bar, stages = panel.walking.bar, 6 + 2 * 15
    assert bar.isVisible() and bar.phases[Phase.FORWARD].isChecked()
    assert f"step {STEPS - 1}," in panel.subject
    assert lit(panel) == ['tok_emb = state_dict["wte"][token_id]']
    press(panel, Qt.Key.Key_W, times=5)
    assert panel.figure.selected == "l0.q"
    assert lit(panel) == ['q = self._linear(x, f"layer{li}.attn_wq")']
    press(panel, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    assert panel.figure.selected == "l0.norm1"
    press(panel, Qt.Key.Key_W, times=stages - 4)
    qtbot.waitUntil(lambda: panel.drawn.position == 1)
    assert panel.figure.selected == "tok_emb"
    assert panel.drawn.step == STEPS - 1  # the weights as the step found them
    count = walk.learning.positions
    walk.go_to(stages * count - 1)  # the last piece of the way forward
    press(panel, Qt.Key.Key_W)
    assert walk.stop.phase is Phase.LOSS and panel.walking.is_learning
    told = panel.walking.board.told.text()
    assert f"{walk.learning.losses[0]:.4f} nats" in told
    assert lit(panel) == ["losses.append(-probs[tokens[pos_id + 1]].log())"]
    assert number_at(panel, 0, 1).endswith(repr(walk.learning.losses[0]))
    press(panel, Qt.Key.Key_W, times=count)
    loss = panel.run.recorder.figures.losses[-1]
    assert f"{loss:.4f} nats" in panel.walking.board.told.text()
    press(panel, Qt.Key.Key_W)
    assert walk.stop.stage == "logits" and f"step {STEPS} learns from" in panel.subject
    panel.run.step_once()  # the walk stays with its step while the run goes on
    qtbot.waitUntil(lambda: panel.run.step == STEPS + 1)
    assert walk.learning.step == STEPS and walk.stop.stage == "logits"
    panel.workshop.what_if.alter(UNALTERED.with_head(0, 1, 0))
    assert "in the other views" in panel.bar.accessibleName()  # it is the run's own
    panel.workshop.what_if.put_back()
    panel.beside.view.setFocus()
    QTest.keyClick(panel.beside.view, Qt.Key.Key_Escape)
    assert not walk.is_on and not bar.isVisible() and not panel.walking.is_learning
    qtbot.waitUntil(lambda: panel.drawn is not None and panel.drawn.step == STEPS + 1)
    assert timeline.is_live


def test_gradients_and_adam_are_those_of_the_step(panel, qtbot):
    walk = begin(qtbot, panel)
    bar, learning, seen = panel.walking.bar, walk.learning, set()
    bar.phases[Phase.GRADIENTS].click()
    assert bar.phases[Phase.GRADIENTS].isChecked()
    token = learning.tokens[1]
    p = learning.probabilities[0][token]
    read = number_at(panel, token, 0).rsplit(" ", 1)[-1]
    assert float(read) == pytest.approx((p - 1) / learning.positions)
    while walk.stop.phase is Phase.GRADIENTS:
        board = panel.walking.board.board
        seen.add(walk.stop.stage)
        if walk.stop.stage == "l1.k":
            rows = learning.stage_gradients["l1.k"]
            assert board.cells[5][2] == rows[2][1][1]  # head 2, its second number
            assert board.rows[5] == "head 2, 1"
            assert "attn_wk gets its gradient" in panel.walking.board.told.text()
        walk.on()
    assert {"l0.scores", "l1.weights", "embedded", "gradients"} <= seen
    for name, stage in (("m", "adam.m"), ("v̂", "adam.v_hat")):
        walk.go_to_stage(stage)
        board, move = panel.walking.board.board, learning.moves[0]
        value = move.m if name == "m" else move.v_hat
        assert board.columns[-1] == name and board.cells[0][-1] == value
    bar.phases[Phase.ADAM].click()
    for _ in range(4):
        walk.on()
    board, move = panel.walking.board.board, learning.moves[0]
    assert board.cells[0][2:] == (move.before, move.change, move.after)
    rate = f"{learning.learnt.learning_rate:.4g}"
    assert rate in panel.walking.board.told.text()
    walk.on()  # there is nothing more
    assert walk.stop.stage == "adam.data"
    (copy,) = panel.copy_offers()  # of what is seen, not of the way behind it
    text = "".join(copy.begin(panel.appearance.theme).pieces(lambda: None))
    assert repr(learning.moves[-1].v_hat) in text.splitlines()[-1]
    table = panel.walking.board.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert panel.reading.endswith(f"v̂: {learning.moves[1].v_hat!r}")
    early, key = replace(learning, stage_gradients={}), Stop(Phase.GRADIENTS, "l1.k")
    panel.walking.board.show_board(words.told(early, key), board_of(early, key))
    assert panel.walking.board.told.text() == words.STAGES_TO_COME
    assert panel.walking.board.table.part_count() == 0


def test_a_line_leads_to_its_piece_and_a_moment_to_its_step(panel, qtbot):
    panel.beside.action.trigger()
    if not panel.beside.is_shown:
        panel.beside.action.trigger()
    qtbot.waitUntil(lambda: panel.drawn is not None)
    panel.beside.stage_chosen.emit("l1.mlp_in")  # as a click on its line does
    assert panel.figure.selected == "l1.mlp_in"
    assert lit(panel) == ['x = self._linear(x, f"layer{li}.mlp_fc1")']
    walk = panel.walking.walk
    panel.walking.button.click()
    qtbot.waitUntil(lambda: walk.way is not None)
    panel.walking.button.click()
    assert not walk.is_on
    panel.beside.stage_chosen.emit("adam")
    qtbot.waitUntil(lambda: walk.learning is not None)
    assert walk.stop.stage == "adam.m"
    panel.workshop.timeline.show(2)
    qtbot.waitUntil(lambda: walk.learning is not None and walk.learning.step == 2)
    assert walk.stop.stage == "adam.m"
    losses = panel.run.recorder.figures.losses
    walk.go_to_phase(Phase.LOSS)
    assert math.isclose(walk.learning.learnt.loss, losses[1])
    troubles = []
    panel.troubled.connect(troubles.append)
    panel.workshop.timeline.show(0)
    assert not walk.is_on and "No step has made this model" in troubles[-1]
    press(panel, Qt.Key.Key_W)
    assert not walk.is_on and len(troubles) == 2
