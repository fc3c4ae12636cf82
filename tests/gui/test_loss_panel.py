from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from microgpt_gui.gui.panels.loss.curves import BAR_STRENGTH
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.exports.mixing import mixed
from tests.gui.loss_panel import (
    CONFIG,
    begin,
    colours,
    give,
    place,
    point_at,
    settle,
    smooth_by,
    train,
)


def test_before_a_run_it_says_that_one_is_prepared(empty_loss_panel):
    assert "Preparing" in empty_loss_panel._plot.message


def test_the_empty_plot_says_what_to_press_and_shows_guessing(qtbot, loss_panel):
    assert "Press Train (Space)" in loss_panel._plot.message
    vocab_size = loss_panel.run.info.vocab_size
    value = f"ln {vocab_size} = {math.log(vocab_size):.3f} nats"
    assert loss_panel._guessing.text == f"guessing among {vocab_size} tokens: {value}"
    assert colours(loss_panel, place(loss_panel, 20, math.log(vocab_size)), 5) & {
        loss_panel.appearance.theme.reference
    }
    assert loss_panel._plot.x_range[0] == 0
    assert loss_panel._plot.x_range[1] == pytest.approx(60, rel=0.03)
    # Where the plot is low, the words make room for what it says; the line stays.
    for height in (140, 170, 250, 400):
        loss_panel.resize(440, height)
        settle(qtbot, loss_panel)
        label, plot = loss_panel._guessing._ground, loss_panel._plot
        stands = label.rect().translated(label.pos())
        assert not label.isVisible() or not stands.intersects(plot.said_at)
        assert label.isVisible() or height < 250
        assert loss_panel._guessing._line.isVisible()


def test_a_run_that_cannot_start_says_why_in_the_plot(qtbot, empty_loss_panel):
    with qtbot.waitSignal(empty_loss_panel.run.failed):
        empty_loss_panel.run.start(replace(CONFIG, dataset="/no/such/file.txt"))
    settle(qtbot, empty_loss_panel)
    assert "/no/such/file.txt" in empty_loss_panel._plot.message


def test_every_loss_of_a_run_is_drawn_where_it_belongs(qtbot, loss_panel):
    train(qtbot, loss_panel)
    assert loss_panel._plot.message == ""
    smooth_by(loss_panel, "off")
    settle(qtbot, loss_panel)
    series = loss_panel.appearance.theme.series[0]
    for step in (1, 2, 30, 60):
        loss = loss_panel.run.losses.values[step - 1]
        assert series in colours(loss_panel, place(loss_panel, step, loss))


def test_the_readout_under_the_mouse_gives_step_loss_and_document(qtbot, loss_panel):
    train(qtbot, loss_panel)
    text = point_at(qtbot, loss_panel, 17)
    info, losses = loss_panel.run.info, loss_panel.run.losses.values
    norm = loss_panel.run.recorder.figures.gradient_norms[16]
    smooth = float(loss_panel._series.smooth[16])
    assert text.splitlines() == [
        "step 17",
        f"loss {float(losses[16])!r} nats",
        f"smoothed {smooth:.6f} nats (perplexity {math.exp(smooth):.4g})",
        f"document: “{info.document_of(16)}”",
        f"gradient norm {norm:.4g}",
    ]
    smooth_by(loss_panel, "off")
    settle(qtbot, loss_panel)
    assert "smoothed" not in loss_panel._crosshair.text


def test_the_first_step_is_1_and_the_last_is_the_number_of_steps(qtbot, loss_panel):
    train(qtbot, loss_panel)
    assert point_at(qtbot, loss_panel, 0.2).startswith("step 1\n")
    assert point_at(qtbot, loss_panel, 60.4).startswith("step 60\n")


def test_the_readout_stays_right_while_the_mouse_rests_and_losses_come(
    qtbot, loss_panel
):
    give(qtbot, loss_panel, [3.0] * 10)
    assert point_at(qtbot, loss_panel, 20).startswith("step 20 is still to come")
    give(qtbot, loss_panel, [3.0] * 9 + [2.125])
    assert loss_panel._crosshair.text.splitlines()[:2] == ["step 20", "loss 2.125 nats"]
    # A loss far above moves the axis under the resting mouse, not the step.
    give(qtbot, loss_panel, [30.0])
    loss_panel.outliers_action.trigger()
    qtbot.waitUntil(lambda: loss_panel._plot.y_range[1] > 30)
    settle(qtbot, loss_panel)
    assert loss_panel._crosshair.text.splitlines()[:2] == ["step 20", "loss 2.125 nats"]
    line = loss_panel._crosshair._horizontal.line()
    assert line.y1() == pytest.approx(loss_panel._plot.to_pixels(20, 2.125).y())


def test_the_readout_goes_with_the_mouse(qtbot, loss_panel):
    train(qtbot, loss_panel)
    assert point_at(qtbot, loss_panel, 17)
    QApplication.sendEvent(loss_panel._plot, QEvent(QEvent.Type.Leave))
    settle(qtbot, loss_panel)
    assert loss_panel._crosshair.text == ""


def test_a_long_document_does_not_burst_the_plot(qtbot, empty_loss_panel, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("\n".join("ab" * 3000 for _ in range(20)), encoding="utf-8")
    begin(qtbot, empty_loss_panel, replace(CONFIG, dataset=str(path)))
    give(qtbot, empty_loss_panel, [1.0] * 5)
    text = point_at(qtbot, empty_loss_panel, 50)
    assert "abab" in text
    box = empty_loss_panel._crosshair._box
    assert empty_loss_panel._plot.view_rect.contains(box.rect().translated(box.pos()))


def test_the_large_number_is_the_newest_average_and_says_so(qtbot, loss_panel):
    train(qtbot, loss_panel)
    smooth, raw = loss_panel._series.smooth[-1], loss_panel.run.losses.values[-1]
    assert loss_panel._readout.text == (
        f"{smooth:.3f} nats on average over about 20 steps; step 60 alone: {raw:.3f}"
    )
    smooth_by(loss_panel, "off")
    settle(qtbot, loss_panel)
    assert loss_panel._readout.text.startswith(f"{raw:.3f} nats: the loss of step 60")


def test_smoothing_is_chosen_and_explained_in_the_header(qtbot, loss_panel):
    assert loss_panel.smoothing_box in loss_panel.header
    texts = [loss_panel.smoothing_box.itemText(i) for i in range(3)]
    assert texts == ["Smoothing: off", "Smoothing: light", "Smoothing: strong"]
    assert "20 steps" in loss_panel.smoothing_box.toolTip()
    smooth_by(loss_panel, "strong")
    assert "100 steps" in loss_panel.smoothing_box.toolTip()
    train(qtbot, loss_panel)
    strong = loss_panel._series.smooth.copy()
    smooth_by(loss_panel, "light")
    settle(qtbot, loss_panel)
    assert np.std(loss_panel._series.smooth[20:]) > np.std(strong[20:])
    at = place(
        loss_panel,
        50,
        (loss_panel._series.smooth[48] + loss_panel._series.smooth[50]) / 2,
    )
    assert loss_panel.appearance.theme.series[0] in colours(loss_panel, at, 4)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_a_run_that_diverges_is_told_and_does_not_break_the_plot(
    qtbot, loss_panel, odd
):
    give(qtbot, loss_panel, [3.0, 2.5, 2.75] + [odd] * 20)
    wording = "not a number" if math.isnan(odd) else "infinite"
    assert loss_panel._readout.text.startswith(f"{wording} since step 4")
    assert "learning rate" in loss_panel._readout.text
    assert all(np.isfinite((*loss_panel._plot.x_range, *loss_panel._plot.y_range)))
    assert f"{wording} ({odd!r})" in point_at(qtbot, loss_panel, 10)
    assert point_at(qtbot, loss_panel, 2).splitlines()[1] == "loss 2.5 nats"
    give(qtbot, loss_panel, [2.0])
    assert loss_panel._readout.text.startswith("2.")


def test_guessing_stays_when_the_run_begins_anew(qtbot, loss_panel):
    train(qtbot, loss_panel)
    said = loss_panel._guessing.text
    assert said
    for begin_anew in (loss_panel.run.reset, loss_panel.run.new_seed):
        with qtbot.waitSignal(loss_panel.run.prepared):
            begin_anew()
            settle(qtbot, loss_panel)  # a frame without a run: nobody knows its tokens
        settle(qtbot, loss_panel)
        assert loss_panel._guessing.text == said


def test_a_run_without_a_single_number_still_shows_guessing(qtbot, loss_panel):
    give(qtbot, loss_panel, [math.nan] * 30)
    assert loss_panel._guessing.text.startswith("guessing among")
    assert loss_panel._readout.text.startswith("not a number since step 1")


@pytest.mark.parametrize("count", [1, 3, 100_000, 1_000_000])
def test_runs_of_any_length_are_drawn_with_their_peaks(qtbot, empty_loss_panel, count):
    begin(qtbot, empty_loss_panel, replace(CONFIG, steps=count))
    losses = np.full(count, 2.0)
    losses[count // 2] = 4.0
    give(qtbot, empty_loss_panel, losses.tolist())
    smooth_by(empty_loss_panel, "off")
    settle(qtbot, empty_loss_panel)
    at = place(empty_loss_panel, count // 2 + 1, 4.0)
    assert empty_loss_panel.appearance.theme.series[0] in colours(empty_loss_panel, at)


def test_broken_steps_among_very_many_hide_nothing(qtbot, empty_loss_panel):
    begin(qtbot, empty_loss_panel, replace(CONFIG, steps=100_000))
    losses = np.full(100_000, 2.0)
    losses[50_000] = 4.0
    losses[50_001:50_003] = math.nan, math.inf
    losses[70_000:71_000] = math.nan
    give(qtbot, empty_loss_panel, losses.tolist())
    at = place(empty_loss_panel, 50_001, 4.0)
    assert empty_loss_panel.appearance.theme.faint in colours(empty_loss_panel, at)
    assert empty_loss_panel._plot.y_range[1] < 10


def test_very_many_losses_leave_no_stripes(qtbot, empty_loss_panel):
    panel = empty_loss_panel
    begin(qtbot, panel, replace(CONFIG, steps=300_000))
    give(qtbot, panel, [1.0, 3.0] * 150_000)
    settle(qtbot, panel)
    left, right = place(panel, 2000, 2.7), place(panel, 298_000, 2.7)
    image = panel._plot.grab().toImage()
    row = {
        image.pixelColor(x, round(left.y())).name()
        for x in range(round(left.x()), round(right.x()))
    }
    theme = panel.appearance.theme
    assert theme.surface not in row
    assert mixed(theme.faint, theme.surface, BAR_STRENGTH) in row


def test_nothing_is_cut_at_any_size_and_zoom(qtbot, loss_panel, appearance):
    train(qtbot, loss_panel)
    loss_panel.run.reset()
    qtbot.waitUntil(lambda: loss_panel.run.info is not None)
    give(qtbot, loss_panel, [3.25, 2.5, 2.75])
    for percent in (80, 100, 175, 250):
        appearance.set_scale(Scale(percent))
        for size in (480, 160), (720, 260), (1250, 440), (1920, 1000):
            loss_panel.resize(*size)
            settle(qtbot, loss_panel)
            check_that_nothing_is_cut(loss_panel)
            text = point_at(qtbot, loss_panel, 2)
            assert text.startswith("step 2"), (percent, size)
            if percent <= 175:
                assert "loss 2.5 nats" in text, (percent, size)
            assert is_in_view(loss_panel, loss_panel._crosshair._box), (percent, size)


def test_in_a_low_plot_the_words_on_guessing_leave_the_curve_to_be_seen(
    qtbot, loss_panel
):
    """It runs below them; under the line, they would stand on it."""
    guessing = math.log(loss_panel.run.info.vocab_size)
    give(qtbot, loss_panel, [guessing] + [guessing - 0.8] * 40)
    loss_panel.resize(440, 160)
    settle(qtbot, loss_panel)
    words = loss_panel._guessing._ground
    stands = words.rect().translated(words.pos())
    assert words.isVisible()
    y = loss_panel._plot.to_pixels(20, guessing).y()
    assert y < words.rect().height()  # there is no room over the line
    assert stands.contains(stands.center().x(), y)
    assert stands.bottom() < loss_panel._plot.to_pixels(20, guessing - 0.8).y()


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


def test_the_panel_takes_up_the_dark_theme(qtbot, loss_panel, appearance):
    train(qtbot, loss_panel)
    appearance.set_mode("dark")
    settle(qtbot, loss_panel)
    smooth = loss_panel._series.smooth
    at = place(loss_panel, 40, (smooth[38] + smooth[40]) / 2)
    assert appearance.theme.series[0] in colours(loss_panel, at, 4)


def test_every_control_has_a_name_and_explains_itself(loss_panel):
    controls = [*loss_panel.header, *loss_panel.findChildren(QToolButton)]
    for control in controls:
        assert control.accessibleName()
        assert control.toolTip()
        assert control.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert loss_panel._plot.accessibleName() == "Loss of every step"
    assert re.search("wheel.*drag", loss_panel.view_all_action.toolTip())


def test_screen_readers_are_told_the_loss(qtbot, loss_panel):
    train(qtbot, loss_panel)
    assert (
        f"{loss_panel._series.smooth[-1]:.3f} nats"
        in loss_panel._plot.accessibleDescription()
    )


def test_a_long_run_costs_little_a_frame(qtbot, empty_loss_panel, monkeypatch):
    """Only what is new is looked at: not the hundred thousand losses before it."""
    begin(qtbot, empty_loss_panel, replace(CONFIG, steps=200_000))
    give(qtbot, empty_loss_panel, np.full(100_000, 2.0).tolist())
    seen = []
    isfinite = np.isfinite

    def counting(values, *args, **kwargs):
        seen.append(np.size(values))
        return isfinite(values, *args, **kwargs)

    monkeypatch.setattr(np, "isfinite", counting)
    empty_loss_panel.run.losses.extend([2.0] * 100)
    empty_loss_panel.redraw()
    assert sum(seen) < 20_000


@pytest.mark.parametrize("steps", [300, 6000, 40_000])
def test_a_curve_that_grew_looks_as_if_it_had_come_at_once(
    qtbot, empty_loss_panel, steps
):
    """With axes that stay, whatever becomes of dots, bars and buckets on the way."""
    panel = empty_loss_panel
    begin(qtbot, panel, replace(CONFIG, steps=steps))
    losses = np.random.default_rng(4).normal(3, 0.4, steps)
    losses[:2] = 1, 5
    losses[[7, 150]] = math.nan
    give(qtbot, panel, losses[:2].tolist())
    settle(qtbot, panel)
    done = 2
    while done < steps:
        more = min(done + max(1, done // 7), steps)
        panel.run.losses.extend(losses[done:more].tolist())
        panel.redraw()
        panel._plot.viewport().repaint()
        done = more
    settle(qtbot, panel)
    grown = pixels(panel)
    panel._plot.discard()
    # Edges are mixed with the ground in another order: a shade of difference at most.
    assert np.abs(pixels(panel) - grown).max() <= 3


def pixels(panel):
    """All that the plot shows, [y][x][channel]."""
    image = panel._plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    shape = image.height(), image.width(), 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape).astype(int)
