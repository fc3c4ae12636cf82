"""The heads of the attention panel: enlarged, many, of any size, and quick to draw."""

from __future__ import annotations

import gc
import time
from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.config import RunConfig
from tests.gui.attention_panel import (
    begin,
    click,
    colour_at,
    middle,
    point,
    press,
    train,
    type_text,
)
from tests.gui.beside import subject_of


@pytest.fixture
def panel(attention_panel):
    return attention_panel


def test_a_click_enlarges_a_head_and_another_returns(qtbot, panel):
    begin(qtbot, panel, RunConfig(dataset="elements", n_embd=8, n_head=4))
    type_text(qtbot, panel, "iron")
    small = panel.heat_map.arrangement.cell
    click(panel, 1)
    assert panel.heat_map.enlarged == 1
    assert panel.heat_map.arrangement.count == 1
    assert panel.heat_map.arrangement.cell > small
    point(panel, 0, 4, 2)
    assert panel.reading.startswith('head 2: "n"')
    click(panel, 0, 1, 1)
    assert panel.heat_map.enlarged is None
    assert panel.heat_map.arrangement.count == 4


def test_keys_move_among_the_heads(qtbot, panel):
    begin(qtbot, panel, RunConfig(dataset="elements", n_layer=2, n_embd=8, n_head=2))
    panel.heat_map.setFocus()
    press(panel, Qt.Key.Key_Right)
    press(panel, Qt.Key.Key_Return)
    assert panel.heat_map.enlarged == 1
    press(panel, Qt.Key.Key_Right)
    assert panel.heat_map.enlarged == 2
    press(panel, Qt.Key.Key_Left)
    press(panel, Qt.Key.Key_Left)
    press(panel, Qt.Key.Key_Left)
    assert panel.heat_map.enlarged == 3
    press(panel, Qt.Key.Key_Escape)
    assert panel.heat_map.enlarged is None


def test_escape_in_the_text_box_and_the_button_return_too(qtbot, panel):
    back = next(b for b in panel.findChildren(QPushButton) if b.text() == "All heads")
    assert not back.isVisible()
    click(panel, 0)
    assert back.isVisible()
    QTest.keyClick(panel.text_box, Qt.Key.Key_Escape)
    assert panel.heat_map.enlarged is None
    click(panel, 0)
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert panel.heat_map.enlarged is None
    assert not back.isVisible()


def test_numbers_stand_in_large_cells_and_follow_the_training(qtbot, panel):
    panel.resize(1000, 700)
    type_text(qtbot, panel, "iron")
    press(panel, Qt.Key.Key_Return)

    def is_written():
        image = panel.heat_map.viewport().grab().toImage()
        shown = panel.heat_map.arrangement
        corner = middle(panel, 0, 1, 0) - QPoint(shown.cell // 4, shown.cell // 4)
        return {
            image.pixel(corner + QPoint(x, y))
            for x in range(shown.cell // 2)
            for y in range(shown.cell // 2)
        }

    assert len(is_written()) > 2
    train(qtbot, panel)
    assert len(is_written()) > 2


def test_fewer_heads_after_a_new_run_bring_all_back(qtbot, panel):
    press(panel, Qt.Key.Key_Right)
    press(panel, Qt.Key.Key_Return)
    begin(qtbot, panel, RunConfig(dataset="elements", n_embd=8, n_head=1))
    assert panel.heat_map.enlarged is None
    assert panel.heat_map.arrangement.count == 1


def test_a_thousand_heads_scroll_and_are_all_in_reach(qtbot, panel):
    config = RunConfig(dataset="elements", n_layer=8, n_embd=32, n_head=32)
    begin(qtbot, panel, config)
    bar = panel.heat_map.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = panel.heat_map.arrangement.count - 1
    at = middle(panel, last, 1, 0) - QPoint(0, bar.value())
    QTest.mouseMove(panel.heat_map.viewport(), at)
    assert panel.reading.startswith("layer 8, head 32:")
    QTest.mouseClick(panel.heat_map.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert panel.heat_map.enlarged == last
    press(panel, Qt.Key.Key_Escape)
    assert bar.value() == bar.maximum()


@pytest.mark.parametrize(
    ("layers", "heads", "block"), [(1, 1, 1), (1, 1, 256), (3, 2, 4), (6, 16, 16)]
)
def test_it_shows_models_of_any_shape(qtbot, panel, layers, heads, block):
    config = RunConfig(
        dataset="elements", n_layer=layers, n_embd=heads, n_head=heads, block_size=block
    )
    begin(qtbot, panel, config)
    subject_of(panel.run).watch("on" * 127)
    qtbot.waitUntil(lambda: panel.heat_map.look.text == "on" * 127)
    assert panel.heat_map.arrangement.tokens == min(block, 255)
    assert panel.heat_map.arrangement.count == layers * heads
    assert not panel.grab().isNull()


def test_it_fits_or_scrolls_at_every_size_and_zoom(qtbot, panel):
    type_text(qtbot, panel, "iron")
    parts = [
        panel.frame.note,
        panel.frame.subject,
        panel.frame.legend,
        panel.frame.stack,
        panel.frame.reading,
    ]

    def fits(size):
        view, shown = panel.heat_map, [part for part in parts if part.isVisible()]
        boxes = [part.geometry() for part in shown]
        is_high = view.height() >= panel.appearance.px(120)
        is_whole = view.arrangement.width <= view.width()
        apart = not any(a.intersects(b) for a, b in combinations(boxes, 2))
        is_sized = (panel.width(), panel.height()) == size
        return is_high and is_whole and apart and is_sized

    sizes = ((420, 260), (720, 400), (1920, 1000))
    for zoom, size in product((80, 100, 175, 250), sizes):
        panel.appearance.set_scale(Scale(zoom))
        panel.resize(*size)
        qtbot.waitUntil(lambda size=size: fits(size))


def letter_height(panel):
    """Return how high the letter is that stands on the left of the second row."""
    shown = panel.heat_map.arrangement
    x, y = shown.corner(0)
    image = panel.heat_map.viewport().grab().toImage()
    rows = range(y + shown.cell + 1, y + 2 * shown.cell - 1)
    inked = [
        row
        for row in rows
        if any(QColor(image.pixel(x - i, row)).lightness() < 128 for i in range(2, 24))
    ]
    return inked[-1] - inked[0] + 1


def test_letters_grow_with_the_cells(qtbot, panel):
    heights = []
    for size in ((680, 330), (1900, 900)):
        panel.resize(*size)
        type_text(qtbot, panel, "moon" if heights else "mono")
        heights.append(letter_height(panel))
    assert heights[1] >= 1.5 * heights[0]


def test_it_takes_up_another_theme(qtbot, panel):
    light = colour_at(panel, 0, 0, 0)
    panel.appearance.set_mode("dark")
    dark = panel.appearance.theme
    qtbot.waitUntil(lambda: colour_at(panel, 0, 0, 0) == QColor(dark.map[-1]))
    assert colour_at(panel, 0, 0, 0) != light


def test_a_hidden_panel_does_not_draw(qtbot, panel):
    type_text(qtbot, panel, "iron")
    panel.hide()
    drawn = panel.heat_map.look
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.state is RunState.FINISHED)
    assert panel.heat_map.look is drawn
    panel.show()
    assert panel.heat_map.look is panel.wish.answer


def test_a_frame_costs_little(qtbot, panel):
    """Processor time of redrawing and painting the default model's picture."""
    begin(qtbot, panel, RunConfig(dataset="elements", steps=10))
    type_text(qtbot, panel, "ironironironiro")
    looks = []
    for _ in range(10):
        before = panel.wish.answer
        panel.run.step_once()
        qtbot.waitUntil(lambda before=before: panel.wish.answer is not before)
        looks.append(panel.wish.answer)
    qtbot.waitUntil(lambda: panel.run.state is RunState.FINISHED)
    costs_s = []
    gc.disable()
    for look in looks:
        start_s = time.thread_time()
        panel.heat_map.show_look(look)
        panel.heat_map.viewport().repaint()
        costs_s.append(time.thread_time() - start_s)
    gc.enable()
    assert sorted(costs_s)[len(costs_s) // 2] < 0.004


def test_everything_has_a_name_and_an_explanation(panel):
    for widget in (panel.text_box, panel.heat_map):
        assert widget.accessibleName()
        assert widget.toolTip()
    assert panel.text_box.placeholderText()


def test_the_keyboards_ring_covers_no_letter(qtbot, panel):
    begin(qtbot, panel, RunConfig(dataset="elements", n_embd=8, n_head=4))
    type_text(qtbot, panel, "iron")
    heat_map = panel.heat_map
    for _ in range(4):
        heat_map.clearFocus()
        before = heat_map.grab().toImage()
        panel.activateWindow()
        heat_map.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(lambda: heat_map.has_ring)
        after = heat_map.grab().toImage()
        covered = {
            before.pixel(x, y)
            for x in range(before.width())
            for y in range(before.height())
            if before.pixel(x, y) != after.pixel(x, y)
        }
        assert covered == {before.pixel(0, before.height() - 1)}  # the bare ground
        press(panel, Qt.Key.Key_Right)


def test_what_a_token_cannot_see_is_pointed_at_all_the_same(qtbot, panel):
    type_text(qtbot, panel, "iron")
    for is_large in (False, True):
        if is_large:
            click(panel, 1)
        point(panel, 0, 0, 0)  # wherever the click has left the pointer
        before = panel.heat_map.viewport().grab().toImage()
        point(panel, 0, 1, 3)
        assert panel.reading.endswith(
            '"i" (position 1) cannot see "o" (position 3), which comes later: no weight'
        )
        corner = middle(panel, 0, 1, 3)
        half = panel.heat_map.arrangement.cell // 2
        edge = QPoint(corner.x(), corner.y() - half - 1)
        after = panel.heat_map.viewport().grab().toImage()
        assert after.pixel(edge) != before.pixel(edge)
        assert after.pixel(corner) == before.pixel(corner)
