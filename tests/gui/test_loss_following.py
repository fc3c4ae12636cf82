"""The loss panel over time: zoomed or following, and from one run to the next."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QToolButton

from microgpt_gui.gui.run.run_state import RunState
from tests.gui.beside import shelf_of
from tests.gui.loss_panel import (
    CONFIG,
    begin,
    colours,
    give,
    is_near,
    place,
    point_at,
    settle,
    smooth_by,
    train,
    turn_wheel,
)


def test_the_whole_run_is_followed_until_the_person_zooms(qtbot, loss_panel):
    give(qtbot, loss_panel, [3.0, 2.0])
    assert not loss_panel.view_all_action.isEnabled()
    turn_wheel(qtbot, loss_panel, place(loss_panel, 20, 2.5), notches=4)
    assert loss_panel.view_all_action.isEnabled()
    view = loss_panel._plot.x_range, loss_panel._plot.y_range
    give(qtbot, loss_panel, [9.0] * 30)
    assert (loss_panel._plot.x_range, loss_panel._plot.y_range) == view
    loss_panel.view_all_action.trigger()
    settle(qtbot, loss_panel)
    assert loss_panel._plot.x_range[0] == 0
    assert loss_panel._plot.x_range[1] > 60
    assert loss_panel._plot.y_range[1] > 9
    assert not loss_panel.view_all_action.isEnabled()


def test_zooming_out_to_the_end_follows_again(qtbot, loss_panel):
    give(qtbot, loss_panel, [3.0, 2.0])
    turn_wheel(qtbot, loss_panel, place(loss_panel, 20, 2.5), notches=4)
    turn_wheel(qtbot, loss_panel, place(loss_panel, 20, 2.5), notches=-40)
    assert not loss_panel.view_all_action.isEnabled()
    give(qtbot, loss_panel, [9.0])
    qtbot.waitUntil(lambda: loss_panel._plot.y_range[1] > 9)


def test_a_double_click_shows_all(qtbot, loss_panel):
    give(qtbot, loss_panel, [3.0, 2.0])
    turn_wheel(qtbot, loss_panel, place(loss_panel, 20, 2.5), notches=4)
    qtbot.mouseDClick(
        loss_panel._plot.viewport(),
        Qt.MouseButton.LeftButton,
        pos=loss_panel._plot.rect().center(),
    )
    settle(qtbot, loss_panel)
    assert loss_panel._plot.x_range[1] > 60
    assert not loss_panel.view_all_action.isEnabled()


def test_zoomed_in_single_steps_of_a_long_run_are_seen(qtbot, empty_loss_panel):
    begin(qtbot, empty_loss_panel, replace(CONFIG, steps=100_000))
    give(qtbot, empty_loss_panel, np.tile([2.0, 3.0], 50_000).tolist())
    smooth_by(empty_loss_panel, "off")
    below = place(
        empty_loss_panel, 50_000, empty_loss_panel._plot.y_range[0]
    ) + QPointF(0, 10)
    turn_wheel(qtbot, empty_loss_panel, below, notches=25)
    left, right = empty_loss_panel._plot.x_range
    step = round((left + right) / 2) // 2 * 2 + 1
    at = place(empty_loss_panel, step, 2.0)
    assert empty_loss_panel.appearance.theme.series[0] in colours(empty_loss_panel, at)
    at = place(empty_loss_panel, step + 1, 2.0)
    assert empty_loss_panel.appearance.theme.series[0] not in colours(
        empty_loss_panel, at
    )
    assert point_at(qtbot, empty_loss_panel, step).startswith(f"step {step:,}\n")


def test_axes_move_at_most_twice_a_second(qtbot, loss_panel):
    start_s = time.monotonic()
    ranges = {loss_panel._plot.y_range}
    for top in range(10, 50):
        loss_panel.run.losses.extend([float(top)])
        loss_panel.redraw()
        ranges.add(loss_panel._plot.y_range)
    assert len(ranges) <= 2 + 2 * (time.monotonic() - start_s)
    qtbot.waitUntil(lambda: loss_panel._plot.y_range[1] > 49)


def test_the_run_before_stays_with_what_was_different(qtbot, loss_panel):
    train(qtbot, loss_panel)
    before = loss_panel._series.smooth.copy()
    begin(qtbot, loss_panel, replace(CONFIG, n_embd=16, learning_rate=0.02))
    assert loss_panel._readout.overlay_text == (
        "previous run: n_embd 8 instead of 16, learning rate 0.01 instead of 0.02"
    )
    at = place(loss_panel, 8, (before[6] + before[8]) / 2)
    thin = loss_panel.appearance.theme.series[1]
    assert any(is_near(seen, thin) for seen in colours(loss_panel, at, 6))
    assert "Press Train" in loss_panel._plot.message


def test_the_same_settings_again_are_told_so(qtbot, loss_panel):
    train(qtbot, loss_panel)
    loss_panel.run.reset()
    settle(qtbot, loss_panel)
    assert loss_panel._readout.overlay_text == "previous run, same settings"


def test_a_live_change_is_taken_into_the_comparison(qtbot, loss_panel):
    train(qtbot, loss_panel)
    loss_panel.run.reset()
    qtbot.waitUntil(lambda: loss_panel.run.info is not None)
    loss_panel.run.change(steps=80)
    settle(qtbot, loss_panel)
    assert loss_panel._readout.overlay_text == "previous run: steps 60 instead of 80"
    assert loss_panel._plot.x_range[1] == pytest.approx(80, rel=0.03)


def test_a_file_is_compared_by_its_name(qtbot, loss_panel, tmp_path):
    path = tmp_path / "poems.txt"
    path.write_text("rose\nviolet\n" * 10, encoding="utf-8")
    train(qtbot, loss_panel)
    begin(qtbot, loss_panel, replace(CONFIG, dataset=str(path)))
    text = loss_panel._readout.overlay_text
    assert text == "previous run: dataset elements instead of poems.txt"


def test_the_previous_run_can_be_cleared(qtbot, loss_panel):
    train(qtbot, loss_panel)
    loss_panel.run.reset()
    settle(qtbot, loss_panel)
    button = next(
        b
        for b in loss_panel.findChildren(QToolButton)
        if b.accessibleName() == "Clear the earlier runs"
    )
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, loss_panel)
    assert loss_panel._readout.overlay_text == ""
    assert not button.isVisible()


def test_a_run_that_hardly_began_does_not_displace_the_one_before(qtbot, loss_panel):
    train(qtbot, loss_panel)
    begin(qtbot, loss_panel, replace(CONFIG, seed=7))
    begin(qtbot, loss_panel, replace(CONFIG, seed=8))
    assert loss_panel._readout.overlay_text == "previous run: seed 42 instead of 8"


def test_what_happened_while_hidden_is_there_when_shown(qtbot, loss_panel):
    loss_panel.hide()
    loss_panel.run.train()
    qtbot.waitUntil(lambda: loss_panel.run.state is RunState.FINISHED)
    loss_panel.run.reset()
    qtbot.waitUntil(lambda: loss_panel.run.info is not None)
    loss_panel.show()
    settle(qtbot, loss_panel)
    assert loss_panel._readout.overlay_text == "previous run, same settings"
    assert len(shelf_of(loss_panel.run).overlaid[0].losses) == 60


def test_a_run_that_is_over_at_once_is_drawn_whole_by_itself(qtbot, empty_loss_panel):
    panel = empty_loss_panel
    begin(qtbot, panel, replace(CONFIG, steps=1500, engine="numpy"))
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.state is RunState.FINISHED)
    last = f"step 1,500 alone: {panel.run.losses.values[-1]:.3f}"
    qtbot.waitUntil(lambda: last in panel._readout.text)
    assert panel._drawn_steps == len(panel.run.losses) == 1500
    low, high = panel._plot.y_range
    assert low <= panel._series.usual[0] < panel._series.usual[1] <= high
    for step in (1, 500, 1000, 1500):
        at = place(panel, step, panel.run.losses.values[step - 1])
        assert panel.appearance.theme.surface not in colours(panel, at, 0)
