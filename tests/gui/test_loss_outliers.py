"""A few losses far from all others do not press the curve into a line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint

from tests.gui.beside import shelf_of
from tests.gui.loss_panel import CONFIG, begin, give, point_at, settle, train

STEPS = 400


def usual_losses():
    """As of a small run: 3 at first, 2 at last, with the scatter of documents."""
    falling = 2 + np.exp(-np.arange(STEPS) / 60)
    return falling + 0.4 * np.sin(np.arange(STEPS) * 1.7)


def edge(panel, step, *, is_low=False):
    """Just inside the edge of the plot, above or below ``step``."""
    plot = panel._plot
    area, radius = plot.area, panel.appearance.px(4)
    x = step * plot.to_plot.x_scale + plot.to_plot.x_offset
    slot = (x // (2 * radius) + 0.5) * 2 * radius
    y = area.bottom() - radius if is_low else area.top() + radius + 2
    return QPoint(round(slot), round(y))


def is_marked(panel, step, colour, *, is_low=False):
    image = panel._plot.grab().toImage()
    at = edge(panel, step, is_low=is_low)
    return image.pixelColor(at).name() == colour


def test_they_are_marked_and_one_click_shows_them_and_back(qtbot, empty_loss_panel):
    panel = empty_loss_panel
    colour = panel.appearance.theme.series[0]
    begin(qtbot, panel, replace(CONFIG, steps=STEPS))
    losses = usual_losses()
    give(qtbot, panel, losses[:50].tolist())
    assert not panel.outliers_action.isEnabled()
    losses[[100, 101, 300]] = 80.0, 60.0, 41.25
    give(qtbot, panel, losses[50:150].tolist())
    assert is_marked(panel, 101, colour)
    give(qtbot, panel, losses[150:350].tolist())
    low, high = panel._plot.y_range
    assert high < 9
    assert (losses.min() - low) < 0.3 * (high - low)
    for step in (101, 102, 301):
        assert is_marked(panel, step, colour)
    assert not is_marked(panel, 200, colour)
    assert panel.outliers_action.iconText() == "▲ 3 outside"
    said = point_at(qtbot, panel, 301)
    assert said.splitlines()[1] == "loss 41.25 nats, above the plot"
    button = panel._controls._outliers
    assert not button.isHidden()
    button.click()
    settle(qtbot, panel)
    assert panel._plot.y_range[1] > 80
    assert not is_marked(panel, 101, colour)
    give(qtbot, panel, losses[350:380].tolist())
    assert panel._plot.y_range[1] > 80
    button.click()
    settle(qtbot, panel)
    assert panel._plot.y_range == (low, high)
    # A new run begins without; its outliers are found as they come.
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.reset()
    shelf_of(panel.run).clear_overlays()
    settle(qtbot, panel)
    assert not panel.outliers_action.isEnabled()
    assert button.isHidden()


def test_what_many_losses_do_is_no_outlier(qtbot, empty_loss_panel):
    """A beginning far above, one explosion of many steps, an end: all in view."""
    panel = empty_loss_panel
    begin(qtbot, panel, replace(CONFIG, steps=STEPS))
    losses = usual_losses()
    losses[200:] = np.linspace(5, 60, 200)
    give(qtbot, panel, losses.tolist())
    assert panel._plot.y_range[1] > 60
    assert not panel.outliers_action.isEnabled()


def test_an_earlier_runs_outliers_are_marked_in_its_colour(qtbot, loss_panel):
    panel = loss_panel
    train(qtbot, panel)
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(replace(CONFIG, steps=120))
    [kept] = shelf_of(panel.run).overlaid
    shelf_of(panel.run).set_overlaid(kept, False)
    kept.losses.extend([900.0, 900.0])  # as of a run that had them
    shelf_of(panel.run).set_overlaid(kept, True)
    settle(qtbot, panel)
    assert panel._plot.y_range[1] < 9
    assert is_marked(panel, 61, panel.appearance.theme.series[1])
    assert panel.outliers_action.iconText() == "▲ Outside"
    panel.outliers_action.trigger()
    settle(qtbot, panel)
    assert panel._plot.y_range[1] > 100


def test_a_run_that_exploded_does_not_press_the_next_one(qtbot, loss_panel):
    panel = loss_panel
    train(qtbot, panel)
    losses = panel.run.losses
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(replace(CONFIG, steps=120))
    [kept] = shelf_of(panel.run).overlaid
    shelf_of(panel.run).set_overlaid(kept, False)
    kept.losses.extend(np.linspace(10, 50, 60).tolist())
    shelf_of(panel.run).set_overlaid(kept, True)
    assert losses is not kept.losses
    settle(qtbot, panel)
    assert panel._plot.y_range[1] > 40  # nothing else is there to be seen
    give(qtbot, panel, usual_losses()[:60].tolist())
    assert panel._plot.y_range[1] < 20
    assert panel.outliers_action.iconText() == "▲ Outside"


def test_their_button_leaves_the_guessing_line_its_words(qtbot, empty_loss_panel):
    panel = empty_loss_panel
    begin(qtbot, panel, replace(CONFIG, steps=STEPS))
    losses = usual_losses() / 2
    losses[100] = 80.0
    give(qtbot, panel, losses.tolist())
    label, chip = panel._guessing._ground, panel._controls._outliers
    assert not chip.isHidden()
    assert label.sceneBoundingRect().top() < chip.geometry().bottom()
    assert not label.sceneBoundingRect().intersects(chip.geometry())
