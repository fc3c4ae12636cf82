from __future__ import annotations

import math
import re
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from microgpt_gui.gui.controller import RunState
from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.config import RunConfig

CONFIG = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2)


@pytest.fixture
def empty_panel(qtbot, appearance, run):
    panel = LossPanel(run, appearance)
    qtbot.addWidget(panel)
    panel.resize(720, 260)
    with qtbot.waitExposed(panel):
        panel.show()
    yield panel
    appearance.set_mode("light")
    appearance.set_scale(Scale())


@pytest.fixture
def panel(qtbot, empty_panel):
    begin(qtbot, empty_panel, CONFIG)
    return empty_panel


def begin(qtbot, panel, config):
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(config)
    settle(qtbot, panel)


def train(qtbot, panel):
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.state is RunState.FINISHED)
    settle(qtbot, panel)


def give(qtbot, panel, losses):
    """Let losses come as from a run that had them."""
    panel.run.losses.extend(losses)
    panel.run.step = len(panel.run.losses)
    panel.run.updated.emit()
    settle(qtbot, panel)


def settle(qtbot, panel):
    """Draw all that is due, axes and texts too, as if half a second had passed."""
    for _ in range(2):  # the first time may change the size of an axis
        panel._ranges_at_s = panel._texts_at_s = -math.inf
        panel.redraw()
        panel.grab()
        QApplication.processEvents()


def place(panel, step, loss):
    plot = panel._plot
    return plot.view.mapToScene(plot.to_pixels(step, loss))


def point_at(qtbot, panel, step):
    """Point at a step, half-way up the plot, and return what is said of it."""
    plot = panel._plot
    at = place(panel, step, sum(plot.y_range) / 2)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        QPointF(plot.viewport().mapToGlobal(at.toPoint())),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(plot.viewport(), event)
    settle(qtbot, panel)
    return panel._crosshair.text


def turn_wheel(qtbot, panel, at, notches):
    event = QWheelEvent(
        at,
        QPointF(panel._plot.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(panel._plot.viewport(), event)
    settle(qtbot, panel)


def smooth_by(panel, name):
    panel.smoothing_box.setCurrentText(f"Smoothing: {name}")


def colours(panel, at, radius=2):
    """The colours around a point of the plot."""
    image = panel._plot.grab().toImage()
    centre = at.toPoint()
    return {
        QColor(image.pixel(centre.x() + dx, centre.y() + dy)).name()
        for dx in range(-radius, radius + 1)
        for dy in range(-radius, radius + 1)
    }


def test_before_a_run_it_says_that_one_is_prepared(empty_panel):
    assert "Preparing" in empty_panel._plot.message


def test_the_empty_plot_says_what_to_press_and_shows_guessing(panel):
    assert "Press Train (Space)" in panel._plot.message
    vocab_size = panel.run.info.vocab_size
    value = f"ln {vocab_size} = {math.log(vocab_size):.3f} nats"
    assert panel._guessing.text == f"guessing among {vocab_size} tokens: {value}"
    assert colours(panel, place(panel, 20, math.log(vocab_size)), 5) & {
        panel.appearance.theme.reference
    }
    assert panel._plot.x_range[0] == 0
    assert panel._plot.x_range[1] == pytest.approx(60, rel=0.03)


def test_a_run_that_cannot_start_says_why_in_the_plot(qtbot, empty_panel):
    with qtbot.waitSignal(empty_panel.run.failed):
        empty_panel.run.start(replace(CONFIG, dataset="/no/such/file.txt"))
    settle(qtbot, empty_panel)
    assert "/no/such/file.txt" in empty_panel._plot.message


def test_every_loss_of_a_run_is_drawn_where_it_belongs(qtbot, panel):
    train(qtbot, panel)
    assert panel._plot.message == ""
    smooth_by(panel, "off")
    settle(qtbot, panel)
    series = panel.appearance.theme.series[0]
    for step in (1, 2, 30, 60):
        loss = panel.run.losses.values[step - 1]
        assert series in colours(panel, place(panel, step, loss))


def test_the_readout_under_the_mouse_gives_step_loss_and_document(qtbot, panel):
    train(qtbot, panel)
    text = point_at(qtbot, panel, 17)
    info, losses = panel.run.info, panel.run.losses.values
    assert text.splitlines() == [
        "step 17",
        f"loss {float(losses[16])!r} nats",
        f"smoothed {float(panel._series.smooth[16]):.6f} nats",
        f"document: “{info.document_of(16)}”",
    ]
    smooth_by(panel, "off")
    settle(qtbot, panel)
    assert "smoothed" not in panel._crosshair.text


def test_the_first_step_is_1_and_the_last_is_the_number_of_steps(qtbot, panel):
    train(qtbot, panel)
    assert point_at(qtbot, panel, 0.2).startswith("step 1\n")
    assert point_at(qtbot, panel, 60.4).startswith("step 60\n")


def test_the_readout_stays_right_while_the_mouse_rests_and_losses_come(qtbot, panel):
    give(qtbot, panel, [3.0] * 10)
    assert point_at(qtbot, panel, 20).startswith("step 20 is still to come")
    give(qtbot, panel, [3.0] * 9 + [2.125])
    assert panel._crosshair.text.splitlines()[:2] == ["step 20", "loss 2.125 nats"]
    # A loss far above moves the axis under the resting mouse, not the step.
    give(qtbot, panel, [30.0])
    qtbot.waitUntil(lambda: panel._plot.y_range[1] > 30)
    settle(qtbot, panel)
    assert panel._crosshair.text.splitlines()[:2] == ["step 20", "loss 2.125 nats"]
    line = panel._crosshair._horizontal.line()
    assert line.y1() == pytest.approx(panel._plot.to_pixels(20, 2.125).y())


def test_the_readout_goes_with_the_mouse(qtbot, panel):
    train(qtbot, panel)
    assert point_at(qtbot, panel, 17)
    QApplication.sendEvent(panel._plot, QEvent(QEvent.Type.Leave))
    settle(qtbot, panel)
    assert panel._crosshair.text == ""


def test_a_long_document_does_not_burst_the_plot(qtbot, empty_panel, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("\n".join("ab" * 3000 for _ in range(20)), encoding="utf-8")
    begin(qtbot, empty_panel, replace(CONFIG, dataset=str(path)))
    give(qtbot, empty_panel, [1.0] * 5)
    text = point_at(qtbot, empty_panel, 50)
    assert "abab" in text
    box = empty_panel._crosshair._box
    assert empty_panel._plot.view_rect.contains(box.rect().translated(box.pos()))


def test_the_large_number_is_the_newest_average_and_says_so(qtbot, panel):
    train(qtbot, panel)
    smooth, raw = panel._series.smooth[-1], panel.run.losses.values[-1]
    assert panel._readout.text == (
        f"{smooth:.3f} nats on average over about 20 steps; step 60 alone: {raw:.3f}"
    )
    smooth_by(panel, "off")
    settle(qtbot, panel)
    assert panel._readout.text.startswith(f"{raw:.3f} nats: the loss of step 60")


def test_smoothing_is_chosen_and_explained_in_the_header(qtbot, panel):
    assert panel.smoothing_box in panel.header
    texts = [panel.smoothing_box.itemText(i) for i in range(3)]
    assert texts == ["Smoothing: off", "Smoothing: light", "Smoothing: strong"]
    assert "20 steps" in panel.smoothing_box.toolTip()
    smooth_by(panel, "strong")
    assert "100 steps" in panel.smoothing_box.toolTip()
    train(qtbot, panel)
    strong = panel._series.smooth.copy()
    smooth_by(panel, "light")
    settle(qtbot, panel)
    assert np.std(panel._series.smooth[20:]) > np.std(strong[20:])
    at = place(panel, 50, (panel._series.smooth[48] + panel._series.smooth[50]) / 2)
    assert panel.appearance.theme.series[0] in colours(panel, at, 4)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_a_run_that_diverges_is_told_and_does_not_break_the_plot(qtbot, panel, odd):
    give(qtbot, panel, [3.0, 2.5, 2.75] + [odd] * 20)
    wording = "not a number" if math.isnan(odd) else "infinite"
    assert panel._readout.text.startswith(f"{wording} since step 4")
    assert "learning rate" in panel._readout.text
    assert all(np.isfinite((*panel._plot.x_range, *panel._plot.y_range)))
    assert f"{wording} ({odd!r})" in point_at(qtbot, panel, 10)
    assert point_at(qtbot, panel, 2).splitlines()[1] == "loss 2.5 nats"
    give(qtbot, panel, [2.0])
    assert panel._readout.text.startswith("2.")


def test_a_run_without_a_single_number_still_shows_guessing(qtbot, panel):
    give(qtbot, panel, [math.nan] * 30)
    assert panel._guessing.text.startswith("guessing among")
    assert panel._readout.text.startswith("not a number since step 1")


@pytest.mark.parametrize("count", [1, 3, 100_000, 1_000_000])
def test_runs_of_any_length_are_drawn_with_their_peaks(qtbot, empty_panel, count):
    begin(qtbot, empty_panel, replace(CONFIG, steps=count))
    losses = np.full(count, 2.0)
    losses[count // 2] = 6.0
    give(qtbot, empty_panel, losses.tolist())
    smooth_by(empty_panel, "off")
    settle(qtbot, empty_panel)
    at = place(empty_panel, count // 2 + 1, 6.0)
    assert empty_panel.appearance.theme.series[0] in colours(empty_panel, at)


def test_broken_steps_among_very_many_hide_nothing(qtbot, empty_panel):
    begin(qtbot, empty_panel, replace(CONFIG, steps=100_000))
    losses = np.full(100_000, 2.0)
    losses[50_000] = 6.0
    losses[50_001:50_003] = math.nan, math.inf
    losses[70_000:71_000] = math.nan
    give(qtbot, empty_panel, losses.tolist())
    at = place(empty_panel, 50_001, 6.0)
    assert empty_panel.appearance.theme.faint in colours(empty_panel, at)
    assert empty_panel._plot.y_range[1] < 10


def test_the_whole_run_is_followed_until_the_person_zooms(qtbot, panel):
    give(qtbot, panel, [3.0, 2.0])
    assert not panel.view_all_action.isEnabled()
    turn_wheel(qtbot, panel, place(panel, 20, 2.5), notches=4)
    assert panel.view_all_action.isEnabled()
    view = panel._plot.x_range, panel._plot.y_range
    give(qtbot, panel, [9.0] * 30)
    assert (panel._plot.x_range, panel._plot.y_range) == view
    panel.view_all_action.trigger()
    settle(qtbot, panel)
    assert panel._plot.x_range[0] == 0
    assert panel._plot.x_range[1] > 60
    assert panel._plot.y_range[1] > 9
    assert not panel.view_all_action.isEnabled()


def test_zooming_out_to_the_end_follows_again(qtbot, panel):
    give(qtbot, panel, [3.0, 2.0])
    turn_wheel(qtbot, panel, place(panel, 20, 2.5), notches=4)
    turn_wheel(qtbot, panel, place(panel, 20, 2.5), notches=-40)
    assert not panel.view_all_action.isEnabled()
    give(qtbot, panel, [9.0])
    qtbot.waitUntil(lambda: panel._plot.y_range[1] > 9)


def test_a_double_click_shows_all(qtbot, panel):
    give(qtbot, panel, [3.0, 2.0])
    turn_wheel(qtbot, panel, place(panel, 20, 2.5), notches=4)
    qtbot.mouseDClick(
        panel._plot.viewport(),
        Qt.MouseButton.LeftButton,
        pos=panel._plot.rect().center(),
    )
    settle(qtbot, panel)
    assert panel._plot.x_range[1] > 60
    assert not panel.view_all_action.isEnabled()


def test_zoomed_in_single_steps_of_a_long_run_are_seen(qtbot, empty_panel):
    begin(qtbot, empty_panel, replace(CONFIG, steps=100_000))
    give(qtbot, empty_panel, np.tile([2.0, 3.0], 50_000).tolist())
    smooth_by(empty_panel, "off")
    below = place(empty_panel, 50_000, empty_panel._plot.y_range[0]) + QPointF(0, 10)
    turn_wheel(qtbot, empty_panel, below, notches=25)
    left, right = empty_panel._plot.x_range
    step = round((left + right) / 2) // 2 * 2 + 1
    at = place(empty_panel, step, 2.0)
    assert empty_panel.appearance.theme.series[0] in colours(empty_panel, at)
    at = place(empty_panel, step + 1, 2.0)
    assert empty_panel.appearance.theme.series[0] not in colours(empty_panel, at)
    assert point_at(qtbot, empty_panel, step).startswith(f"step {step:,}\n")


def test_axes_move_at_most_twice_a_second(qtbot, panel):
    start_s = time.monotonic()
    ranges = {panel._plot.y_range}
    for top in range(10, 50):
        panel.run.losses.extend([float(top)])
        panel.redraw()
        ranges.add(panel._plot.y_range)
    assert len(ranges) <= 2 + 2 * (time.monotonic() - start_s)
    qtbot.waitUntil(lambda: panel._plot.y_range[1] > 49)


def test_the_run_before_stays_with_what_was_different(qtbot, panel):
    train(qtbot, panel)
    before = panel._series.smooth.copy()
    begin(qtbot, panel, replace(CONFIG, n_embd=16, learning_rate=0.02))
    assert panel._readout.previous_text == (
        "previous run: n_embd 8 instead of 16, learning_rate 0.01 instead of 0.02"
    )
    at = place(panel, 8, (before[6] + before[8]) / 2)
    assert panel.appearance.theme.muted in colours(panel, at, 6)
    assert "Press Train" in panel._plot.message


def test_the_same_settings_again_are_told_so(qtbot, panel):
    train(qtbot, panel)
    panel.run.reset()
    settle(qtbot, panel)
    assert panel._readout.previous_text == "previous run, same settings"


def test_a_live_change_is_taken_into_the_comparison(qtbot, panel):
    train(qtbot, panel)
    panel.run.reset()
    qtbot.waitUntil(lambda: panel.run.info is not None)
    panel.run.change(steps=80)
    settle(qtbot, panel)
    assert panel._readout.previous_text == "previous run: steps 60 instead of 80"
    assert panel._plot.x_range[1] == pytest.approx(80, rel=0.03)


def test_a_file_is_compared_by_its_name(qtbot, panel, tmp_path):
    path = tmp_path / "poems.txt"
    path.write_text("rose\nviolet\n" * 10, encoding="utf-8")
    train(qtbot, panel)
    begin(qtbot, panel, replace(CONFIG, dataset=str(path)))
    text = panel._readout.previous_text
    assert text == "previous run: dataset elements instead of poems.txt"


def test_the_previous_run_can_be_cleared(qtbot, panel):
    train(qtbot, panel)
    panel.run.reset()
    settle(qtbot, panel)
    button = next(
        b
        for b in panel.findChildren(QToolButton)
        if b.accessibleName() == "Clear the previous run"
    )
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, panel)
    assert panel._readout.previous_text == ""
    assert not button.isVisible()


def test_a_run_that_hardly_began_does_not_displace_the_one_before(qtbot, panel):
    train(qtbot, panel)
    begin(qtbot, panel, replace(CONFIG, seed=7))
    begin(qtbot, panel, replace(CONFIG, seed=8))
    assert panel._readout.previous_text == "previous run: seed 42 instead of 8"


def test_what_happened_while_hidden_is_there_when_shown(qtbot, panel):
    panel.hide()
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.state is RunState.FINISHED)
    panel.run.reset()
    qtbot.waitUntil(lambda: panel.run.info is not None)
    panel.show()
    settle(qtbot, panel)
    assert panel._readout.previous_text == "previous run, same settings"
    assert len(panel._previous[1]) == 60


def test_nothing_is_cut_at_any_size_and_zoom(qtbot, panel, appearance):
    train(qtbot, panel)
    panel.run.reset()
    qtbot.waitUntil(lambda: panel.run.info is not None)
    give(qtbot, panel, [3.25, 2.5, 2.75])
    for percent in (80, 100, 175, 250):
        appearance.set_scale(Scale(percent))
        for size in (480, 160), (720, 260), (1250, 440), (1920, 1000):
            panel.resize(*size)
            settle(qtbot, panel)
            check_that_nothing_is_cut(panel)
            text = point_at(qtbot, panel, 2)
            assert text.startswith("step 2"), (percent, size)
            if percent <= 175:
                assert "loss 2.5 nats" in text, (percent, size)
            assert is_in_view(panel, panel._crosshair._box), (percent, size)


def check_that_nothing_is_cut(panel):
    labels = [x for x in panel._readout.findChildren(QLabel) if x.isVisible()]
    for label in labels:
        needed = label.fontMetrics().horizontalAdvance(label.text())
        assert label.width() >= needed, label.text()
        assert label.height() >= label.fontMetrics().height(), label.text()
    labels.sort(key=lambda label: label.x())
    for left, right in pairwise(labels):
        assert left.geometry().right() <= right.geometry().left()
    assert is_in_view(panel, panel._guessing._ground)


def is_in_view(panel, item):
    return panel._plot.view_rect.contains(item.rect().translated(item.pos()))


def test_the_panel_takes_up_the_dark_theme(qtbot, panel, appearance):
    train(qtbot, panel)
    appearance.set_mode("dark")
    settle(qtbot, panel)
    smooth = panel._series.smooth
    at = place(panel, 40, (smooth[38] + smooth[40]) / 2)
    assert appearance.theme.series[0] in colours(panel, at, 4)


def test_every_control_has_a_name_and_explains_itself(panel):
    controls = [*panel.header, *panel.findChildren(QToolButton)]
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert panel._plot.accessibleName() == "Loss of every step"
    assert re.search("wheel.*drag", panel.view_all_action.toolTip())


def test_screen_readers_are_told_the_loss(qtbot, panel):
    train(qtbot, panel)
    assert f"{panel._series.smooth[-1]:.3f} nats" in panel._plot.accessibleDescription()


def test_a_long_run_costs_little_a_frame(qtbot, empty_panel, monkeypatch):
    """Only what is new is looked at: not the hundred thousand losses before it."""
    begin(qtbot, empty_panel, replace(CONFIG, steps=200_000))
    give(qtbot, empty_panel, np.full(100_000, 2.0).tolist())
    seen = []
    isfinite = np.isfinite

    def counting(values, *args, **kwargs):
        seen.append(np.size(values))
        return isfinite(values, *args, **kwargs)

    monkeypatch.setattr(np, "isfinite", counting)
    empty_panel.run.losses.extend([2.0] * 100)
    empty_panel.redraw()
    assert sum(seen) < 20_000
