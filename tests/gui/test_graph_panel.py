"""The graph panel as a person meets it: opened, read, walked, held while it trains."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from microgpt_gui.gui.panels.graph import GraphPanel
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.graph import question as graph_question
from microgpt_gui.session.reading.graph.names import whole_name
from tests.gui.begun import begin
from tests.gui.beside import timeline_of, workshop_of

SMALL = RunConfig(dataset="elements", steps=30, n_embd=8, n_head=2, block_size=8)


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    panel = show_panel(GraphPanel(workshop_of(run), appearance), 900, 460)
    begin(qtbot, panel, SMALL)
    return panel


def click(panel, index):
    viewport, at = panel.view.viewport(), panel.view.box(index).center()
    QTest.mouseMove(viewport, at)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)


def box_named(panel, *kinds):
    """Where the group with that way to it is among the boxes."""
    groups = panel.drawn.graph.groups
    for index, box in enumerate(panel.view.shown.boxes):
        if not box.is_number:
            address = groups.address(box.key)
            if tuple(name for name, _ in address) == kinds:
                return index
    raise LookupError(kinds)


def press(panel, *keys):
    for key in keys:
        QTest.keyClick(panel.view, key)


def key_on(panel):
    return panel.view.shown.boxes[panel.view.told_by_keyboard()]


def test_groups_open_down_to_numbers_and_close_again(panel):
    view, graph = panel.view, panel.drawn.graph
    assert panel.subject.startswith(f"before step 1, {len(graph):,} numbers")
    assert "that the first step learns from" in panel.frame.note.text()
    positions = len(graph.tokens) - 1
    assert view.part_count() == positions + 2  # the weights, and the mean
    QTest.mouseMove(view.viewport(), view.box(1).center())
    assert panel.reading.startswith("position 0: BOS: ")
    assert "Enter opens it" in panel.reading
    for kind in (("position",), ("position", "l0.q"), ("position", "l0.q", "row")):
        click(panel, box_named(panel, *kind))
        assert "numbers, size of gradient" in panel.chain.title
    assert 'q = self._linear(x, f"layer{li}.attn_wq")' in panel.chain.lines
    numbers = [box for box in view.shown.boxes if box.is_number]
    assert len(numbers) == 2 * SMALL.n_embd - 1
    first = view.shown.boxes.index(numbers[0])
    click(panel, first)
    product = numbers[0].start
    link_w, link_x = graph.links_into(product)
    assert graph.data[link_w.source] * graph.data[link_x.source] == graph.data[product]
    assert panel.reading == (
        f"position 0: BOS, q, row 0, product 0 = {graph.data[product]!r}, "
        f"gradient {graph.grad[product]!r}"
    )
    assert view.accessibleDescription() == panel.reading
    said = "\n".join(panel.chain.lines)
    assert "layer0.attn_wq[0][0]" in said
    assert 'q = self._linear(x, f"layer{li}.attn_wq")' in said
    slope, grad = f"{link_w.slope:.3g}", f"{graph.grad[product]:.3g}"
    assert f"{slope} × {grad} = {link_w.contribution:.3g}" in said
    image = view.viewport().grab().toImage()
    corners = [view.box(i).topLeft() + QPoint(2, 4) for i in range(view.part_count())]
    seen = [at for at in corners if view.viewport().rect().contains(at)]
    assert len({image.pixel(at) for at in seen}) > 1
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for left in (("position", "l0.q"), ("position",), ()):
        press(panel, Qt.Key.Key_Escape)
        opened = [b for b in view.shown.boxes if b.is_open]
        assert len(opened) == len(left)
    assert view.part_count() == positions + 2
    assert not panel.frame.back.isVisible()
    click(panel, 1)
    panel.frame.back.click()
    assert view.part_count() == positions + 2


def test_the_walk_goes_back_to_a_weight_whose_uses_add_up(panel):
    view, graph = panel.view, panel.drawn.graph
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert not panel.walk_buttons.forth.isEnabled()
    press(panel, Qt.Key.Key_B)
    assert panel.reading == f"the loss = {graph.data[graph.loss]!r}, gradient 1.0"
    while view.chosen.start >= graph.weights:
        before = view.chosen.start
        press(panel, Qt.Key.Key_B)
        now = view.chosen.start
        assert now in range(before)
        assert len([b for b in view.shown.boxes if b.is_open]) <= 10
    trail = view.walk.trail
    assert (trail[0], trail[-1]) == (graph.loss, now)
    product = 1.0
    for target, source in pairwise(trail):
        links = [ln for ln in graph.links_into(target) if ln.source == source]
        assert links
        product *= sum(link.slope for link in links)
    assert view.walk.derivatives(graph)[-1] == product
    name = whole_name(graph, now)
    assert (
        panel.reading == f"{name} = {graph.data[now]!r}, gradient {graph.grad[now]!r}"
    )
    lines = panel.chain.lines
    uses = graph.links_out_of(now)
    assert sum(link.contribution for link in uses) == pytest.approx(graph.grad[now])
    if len(uses) > 1:
        assert f"{len(uses)} together: {graph.grad[now]:.3g}, its gradient" in lines
    assert any(f"multiply to {product:.3g}" in line for line in lines)
    QTest.keyClick(view, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert view.chosen.start > now
    press(panel, Qt.Key.Key_B, Qt.Key.Key_B)  # to the weight, and past it
    assert view.chosen.start >= graph.weights
    assert graph.data[view.chosen.start] * graph.data[now] == graph.data[trail[-2]]
    while panel.walk_buttons.back.isEnabled():
        press(panel, Qt.Key.Key_B)
    assert whole_name(graph, view.chosen.start)[:3] in ("wte", "wpe")
    item = panel.chain.list.item(1)  # the first of its uses
    place, viewport = panel.chain.list.visualItemRect(item), panel.chain.list.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place.center())
    assert view.walk.trail[-1] == view.chosen.start
    panel.walk_buttons.forth.click()
    panel.chain.list.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_B, Qt.Key.Key_Return):  # from the list as well
        before = view.chosen.start
        QTest.keyClick(panel.chain.list, key)
        assert view.chosen.is_number and view.chosen.start != before


def test_the_keyboard_moves_among_boxes_and_screen_readers_are_told(panel):
    view = panel.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(panel, Qt.Key.Key_Home, Qt.Key.Key_Right)
    assert view.part_name(view.told_by_keyboard()).startswith("position 0: BOS, ")
    assert view.part_name(view.told_by_keyboard()).endswith("closed")
    press(panel, Qt.Key.Key_Return)
    assert key_on(panel).is_open
    press(panel, Qt.Key.Key_Down)
    inside = key_on(panel)
    assert inside.inside == view.shown.boxes[1].key
    press(panel, Qt.Key.Key_Right)
    assert view.box(view.told_by_keyboard()).left() > view.box(2).left()
    press(panel, Qt.Key.Key_Escape)
    assert view.enlarged is None
    assert view.told_by_keyboard() == 1  # on the group that was closed
    wide = view.box(1).width()
    press(panel, Qt.Key.Key_Plus)
    assert view.box(1).width() > wide
    press(panel, Qt.Key.Key_Minus)
    assert view.box(1).width() == wide
    turn_wheel(view, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.box(1).width() > wide


def turn_wheel(view, by, modifiers):
    at = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def drag(view, start, stop):
    """Press, move in two steps, and let go."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    middle = (start + stop) / 2
    for kind, at, button, held in (
        (QEvent.Type.MouseButtonPress, start, left, left),
        (QEvent.Type.MouseMove, middle, none, left),
        (QEvent.Type.MouseMove, stop, none, left),
        (QEvent.Type.MouseButtonRelease, stop, left, none),
    ):
        place = view.viewport().mapToGlobal(QPointF(at))
        event = QMouseEvent(
            kind, QPointF(at), place, button, held, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(view.viewport(), event)


def test_the_graph_is_pulled_about_and_nothing_opens_then(panel):
    view, bar = panel.view, panel.view.verticalScrollBar()
    click(panel, 1)
    click(panel, box_named(panel, "position", "l0.q"))
    bar.setValue(bar.maximum())
    count, before, place = view.part_count(), bar.value(), view.box(5)
    drag(view, QPoint(100, 60), QPoint(100, 160))
    assert bar.value() == before - 100
    assert view.box(5) == place.translated(0, 100)
    assert view.part_count() == count


def test_it_holds_a_step_while_it_trains_and_follows_the_timeline(panel, qtbot):
    run = panel.run
    click(panel, 1)
    click(panel, box_named(panel, "position", "logits"))
    begin(qtbot, panel, replace(SMALL, steps=100_000))
    qtbot.waitUntil(lambda: panel.drawn is panel.wish.answer is not None)
    run.train()
    assert panel.drawn.step == 0
    qtbot.waitUntil(lambda: timeline_of(run).place.step > 7)
    assert panel.drawn.step == 0
    qtbot.waitUntil(panel.update_button.isVisible)
    assert "It stays while the run trains" in panel.frame.note.text()
    panel.update_button.click()
    qtbot.waitUntil(lambda: panel.drawn.step > 0)
    run.pause()
    qtbot.waitUntil(lambda: run.state is RunState.PAUSED)
    qtbot.waitUntil(lambda: panel.drawn.step == run.step)
    assert not panel.update_button.isVisible()
    timeline_of(run).show(7)
    qtbot.waitUntil(lambda: panel.drawn.step == 7)
    assert panel.subject.startswith("step 7, ")
    graph = panel.drawn.graph
    assert graph.data[graph.loss] == run.recorder.figures.losses[6]
    box_named(panel, "position", "logits", "row")  # it stays open


def test_it_says_what_stands_in_the_way(panel, qtbot, monkeypatch):
    monkeypatch.setattr(graph_question, "MOST_NUMBERS", 10)
    panel.run.start(replace(SMALL, seed=5))
    qtbot.waitUntil(lambda: "10 is the most that is shown" in panel.empty_text)
    panel.redraw()
    assert "A smaller model" in panel.empty_text
    for offer in panel.export_offers():
        assert "10 is the most that is shown" in offer.problem()
    monkeypatch.setattr(graph_question, "MOST_NUMBERS", 6000)
    panel.run.start(replace(SMALL, seed=6))
    said = "6,000 is the most that is shown: this is the graph of the first"
    qtbot.waitUntil(lambda: said in panel.frame.problem)
    assert panel.empty_text == ""
