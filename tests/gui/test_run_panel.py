from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QPushButton,
    QScrollArea,
)

from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.presets import PRESETS, matching_preset
from tests.gui.run_panel_reading import (
    box,
    button,
    choose,
    chosen,
    enter_number,
    is_offered,
    named,
    press,
    shown,
    type_number,
    words,
)


def apply(panel, qtbot):
    with qtbot.waitSignal(panel.run.prepared):
        press(panel, "Apply and reset")


def train_a_little(run, qtbot):
    run.step_once()
    qtbot.waitUntil(lambda: run.step == 1)


def test_the_panel_shows_the_run(run_panel):
    config = run_panel.run.config
    for name in ("n_layer", "n_embd", "n_head", "block_size", "steps", "seed"):
        assert shown(run_panel, name) == str(getattr(config, name))
    assert shown(run_panel, "learning_rate") == "0.01"
    assert shown(run_panel, "beta2") == "0.99"
    assert chosen(run_panel, "Dataset") == "Elements"
    assert chosen(run_panel, "Engine") == "Python"
    assert f"{run_panel.run.info.num_params:,} parameters" in words(run_panel)
    assert not is_offered(run_panel, "Apply and reset")
    assert not is_offered(run_panel, "Undo")


def test_the_engines_are_called_as_people_write_them(run_panel):
    combo = named(run_panel, QComboBox, "Engine")
    titles = [combo.itemText(i) for i in range(combo.count())]
    assert titles == ["Python", "Autograd", "Compiled", "NumPy"]


def test_a_new_width_waits_until_it_is_applied(run_panel, qtbot):
    before = run_panel.run.info
    enter_number(run_panel, "n_embd", "12")
    text = words(run_panel)
    assert "n_embd  8 → 12" in text
    assert "Needs a new model: embedding size (n_embd) 8 → 12." in text
    assert box(run_panel, "n_embd").property("state") == "changed"
    assert run_panel.run.info is before
    assert f"{before.num_params:,} → " in text
    apply(run_panel, qtbot)
    assert run_panel.run.info.config.n_embd == 12
    assert "→" not in words(run_panel)
    assert f"{run_panel.run.info.num_params:,} parameters" in words(run_panel)
    assert not box(run_panel, "n_embd").property("state")


def test_what_is_still_being_typed_counts_when_apply_is_clicked(run_panel, qtbot):
    enter_number(run_panel, "n_layer", "2")
    type_number(run_panel, "block_size", "5")
    type_number(run_panel, "learning_rate", "0.5")
    apply(run_panel, qtbot)
    config = run_panel.run.config
    assert (config.n_layer, config.block_size, config.learning_rate) == (2, 5, 0.5)


def test_undo_takes_all_back(run_panel):
    enter_number(run_panel, "n_embd", "12")
    choose(run_panel, "Engine", "Autograd")
    type_number(run_panel, "seed", "7")
    assert "engine Python → Autograd" in words(run_panel)
    press(run_panel, "Undo")
    assert shown(run_panel, "n_embd") == "8"
    assert shown(run_panel, "seed") == "42"
    assert chosen(run_panel, "Engine") == "Python"
    assert "→" not in words(run_panel)


def test_enter_commits_and_enter_again_applies(run_panel, qtbot):
    enter_number(run_panel, "block_size", "5")
    assert run_panel.run.config.block_size == 16
    with qtbot.waitSignal(run_panel.run.prepared):
        QTest.keyClick(box(run_panel, "block_size"), Qt.Key.Key_Return)
    assert run_panel.run.config.block_size == 5


def test_escape_brings_back_what_is_in_force(run_panel):
    type_number(run_panel, "n_embd", "12", Qt.Key.Key_Escape)
    assert shown(run_panel, "n_embd") == "8"
    assert "→" not in words(run_panel)


def test_all_wrong_values_are_told_at_once(run_panel):
    enter_number(run_panel, "n_layer", "99")
    enter_number(run_panel, "seed", "x")
    text = words(run_panel)
    assert "n_layer must be" in text
    assert "seed must be" in text


def test_learning_rate_and_steps_apply_at_once_but_not_half_typed(run_panel, qtbot):
    run = run_panel.run
    train_a_little(run, qtbot)
    info = run.info
    type_number(run_panel, "steps", "300")
    qtbot.waitUntil(lambda: "steps  200 → 300, Enter applies" in words(run_panel))
    assert run.config.steps == 200
    QTest.keyClick(box(run_panel, "steps"), Qt.Key.Key_Return)
    enter_number(run_panel, "learning_rate", "0,02")
    assert (run.config.steps, run.config.learning_rate) == (300, 0.02)
    assert run.info is info
    assert shown(run_panel, "learning_rate") == "0.02"
    assert not is_offered(run_panel, "Apply and reset")


def test_leaving_a_box_commits_it(run_panel):
    type_number(run_panel, "steps", "150", Qt.Key.Key_Tab)
    assert run_panel.run.config.steps == 150


def test_drafts_survive_what_happens_elsewhere(run_panel, qtbot):
    enter_number(run_panel, "n_embd", "12")
    enter_number(run_panel, "seed", "43")
    with qtbot.waitSignal(run_panel.run.prepared):
        run_panel.run.new_seed()
    assert shown(run_panel, "seed") == "43"
    assert "Needs a new model: embedding size (n_embd) 8 → 12." in words(run_panel)
    with qtbot.waitSignal(run_panel.run.prepared):
        run_panel.run.start(RunConfig(dataset="roman", n_embd=12, n_head=2))
    assert chosen(run_panel, "Dataset") == "Roman numerals"
    assert "→" not in words(run_panel)


def test_many_changes_are_counted_and_spelt_out_in_the_tooltip(run_panel):
    for name in ("n_layer", "n_embd", "block_size", "seed"):
        enter_number(run_panel, name, "4")
    assert (
        "Needs a new model: seed 42 → 4, layers (n_layer) 1 → 4, and 2 more."
        in words(run_panel)
    )
    description = button(run_panel, "Apply and reset").accessibleDescription()
    assert "(block_size)\u00a016" in description.replace(" ", "\u00a0")


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_can_be_applied(run_panel, qtbot, key):
    preset = PRESETS[key]
    with qtbot.waitSignal(run_panel.run.prepared):
        run_panel.run.start(RunConfig(dataset="elements", n_embd=4, n_head=1, steps=9))
    choose(run_panel, "Preset", preset.title)
    assert chosen(run_panel, "Preset") == preset.title
    assert preset.description in words(run_panel)
    apply(run_panel, qtbot)
    config = run_panel.run.config
    assert (
        matching_preset({name: getattr(config, name) for name in preset.settings()})
        is preset
    )
    assert (config.dataset, config.engine, config.seed) == ("elements", "python", 42)


def test_a_preset_that_needs_no_new_model_applies_at_once(run_panel, qtbot):
    choose(run_panel, "Preset", "microgpt")
    apply(run_panel, qtbot)
    info = run_panel.run.info
    choose(run_panel, "Preset", "Hasty")
    assert run_panel.run.config.learning_rate == 0.1
    assert run_panel.run.info is info
    assert "→" not in words(run_panel)


def test_a_preset_fills_the_boxes_until_one_is_changed(run_panel):
    choose(run_panel, "Preset", "Short memory")
    assert shown(run_panel, "block_size") == "4"
    assert shown(run_panel, "n_embd") == "16"
    assert "Comes with it: steps 200 → 1000." in words(run_panel)
    enter_number(run_panel, "block_size", "5")
    assert named(run_panel, QComboBox, "Preset").currentIndex() == -1


@pytest.mark.parametrize(
    ("name", "start", "up"),
    [
        ("n_head", "2", ["4", "8", "8"]),
        ("n_embd", "8", ["10", "12"]),
        ("n_layer", "7", ["8", "8"]),
        ("steps", "200", ["500", "1000"]),
        ("learning_rate", "0.5", ["1", "1"]),
        ("beta2", "0.99", ["0.995", "0.999", "0.999"]),
    ],
)
def test_arrows_give_values_that_make_sense(run_panel, name, start, up):
    enter_number(run_panel, name, start)
    seen = []
    for _ in up:
        QTest.keyClick(box(run_panel, name), Qt.Key.Key_Up)
        seen.append(shown(run_panel, name))
    assert seen == up
    QTest.keyClick(box(run_panel, name), Qt.Key.Key_Down)
    assert float(shown(run_panel, name)) < float(up[-1])
    assert "must" not in words(run_panel)


def turn_wheel(widget):
    window = widget.window()
    centre = widget.mapTo(window, widget.rect().center())
    QTest.wheelEvent(window.windowHandle(), QPointF(centre), QPoint(0, -120))


def test_scrolling_past_changes_nothing(run_panel, qtbot):
    run_panel.resize(250, 400)
    run_panel.focus_first()
    scroll_bar = run_panel.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: scroll_bar.maximum() > 0)
    before = run_panel.run.config
    for name in ("n_layer", "Engine", "Dataset"):
        scroll_bar.setValue(0)
        turn_wheel(box(run_panel, name))
        qtbot.waitUntil(lambda: scroll_bar.value() > 0)
    assert run_panel.run.config == before
    assert "→" not in words(run_panel)


def test_the_wheel_changes_what_has_the_keyboard(run_panel):
    enter_number(run_panel, "n_layer", "2")
    turn_wheel(box(run_panel, "n_layer"))
    assert shown(run_panel, "n_layer") == "1"


def test_everything_to_use_has_a_name_and_an_explanation(run_panel):
    for kind in (QAbstractSpinBox, QComboBox, QPushButton):
        for widget in run_panel.findChildren(kind):
            if widget.isVisible():
                assert widget.accessibleName()
                assert widget.toolTip()


def test_a_click_on_a_button_or_a_list_does_not_take_the_keyboard(run_panel):
    for kind in (QPushButton, QComboBox):
        for widget in run_panel.findChildren(kind):
            assert not widget.focusPolicy() & Qt.FocusPolicy.ClickFocus


def test_nothing_is_cut_off_that_cannot_be_scrolled_to(run_panel, appearance, qtbot):
    enter_number(run_panel, "n_embd", "12")
    enter_number(run_panel, "n_head", "5")
    area = run_panel.findChild(QScrollArea)
    undo, apply = button(run_panel, "Undo"), button(run_panel, "Apply and reset")
    bar = apply.parentWidget()

    def everything_fits():
        shown = [b for b in run_panel.findChildren(QPushButton) if b.isVisible()]
        return (
            run_panel.width() >= width
            and all(b.width() >= b.minimumSizeHint().width() for b in shown)
            and all(bar.rect().contains(b.geometry()) for b in (undo, apply))
        )

    try:
        for percent, width in product((100, 175, 250), (220, 300)):
            appearance.set_scale(Scale(percent))
            run_panel.resize(width, 700)
            qtbot.waitUntil(everything_fits)
            if percent == 100:
                assert area.horizontalScrollBar().maximum() == 0
    finally:
        appearance.set_scale(Scale())


def test_a_low_panel_leaves_the_settings_their_room(run_panel, appearance, qtbot):
    appearance.set_scale(Scale(250))
    try:
        run_panel.resize(560, 800)
        enter_number(run_panel, "n_embd", "12")
        enter_number(run_panel, "n_head", "5")
        assert "Heads (n_head) needs another value first." in words(run_panel)
        bar = button(run_panel, "Apply and reset").parentWidget()
        qtbot.waitUntil(lambda: bar.height() < 800 / 3)
        press(run_panel, "Undo")
        assert not bar.isVisible()
    finally:
        appearance.set_scale(Scale())
    assert "all else needs a new model" in words(run_panel)


def seen_in(area, widget):
    corner = widget.mapTo(area.viewport(), QPoint())
    return area.viewport().rect().contains(QRect(corner, widget.size()))


def test_every_setting_is_in_sight_at_the_usual_size(run_panel, qtbot):
    run_panel.resize(250, 660)
    area = run_panel.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.viewport().height() == 660)
    assert area.verticalScrollBar().maximum() == 0
    assert "all else needs a new model" in words(run_panel)


def test_every_setting_is_in_sight_on_a_projector_of_720_lines(run_panel, qtbot):
    choose(run_panel, "Preset", "microgpt")
    press(run_panel, "Apply and reset")
    qtbot.waitUntil(lambda: not is_offered(run_panel, "Apply and reset"))
    run_panel.resize(250, 580)
    area = run_panel.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.viewport().height() == 580)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    engine = named(run_panel, QComboBox, "Engine")
    assert "Pure Python" not in words(run_panel)
    assert "Pure Python" in engine.toolTip()


def test_the_buttons_come_with_a_change_and_do_not_hide_what_is_typed(run_panel, qtbot):
    run_panel.resize(250, 660)
    area = run_panel.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.viewport().height() == 660)
    enter_number(run_panel, "beta2", "0.9")
    assert is_offered(run_panel, "Apply and reset")
    qtbot.waitUntil(lambda: area.viewport().height() < 600)
    assert seen_in(area, box(run_panel, "beta2"))
    press(run_panel, "Undo")
    assert not is_offered(run_panel, "Undo")


def test_a_wrong_number_that_needs_no_new_model_can_be_undone(run_panel):
    enter_number(run_panel, "steps", "many")
    press(run_panel, "Undo")
    assert shown(run_panel, "steps") == "200"
    assert not is_offered(run_panel, "Undo")


def test_a_model_that_will_be_slow_is_said_to_be(run_panel):
    assert "Slow" not in words(run_panel)
    for name, value in (("n_layer", "8"), ("n_embd", "128"), ("block_size", "64")):
        enter_number(run_panel, name, value)
    assert "Slow: each step may take about" in words(run_panel)
    press(run_panel, "Undo")
    assert "Slow" not in words(run_panel)
