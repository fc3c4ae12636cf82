"""Earlier runs in the loss plot, chosen by the person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from microgpt_gui.gui.panels.loss.legend import Legend
from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
from microgpt_gui.gui.theme.overlay_look import overlay_look
from microgpt_gui.gui.theme.roles import DARK, LIGHT
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
)


@pytest.fixture
def overlaid(qtbot, loss_panel):
    """Two earlier runs overlaid on a current one, all trained."""
    for rate in (0.01, 0.05, 0.02):
        begin(qtbot, loss_panel, replace(CONFIG, learning_rate=rate))
        train(qtbot, loss_panel)
    shelf = shelf_of(loss_panel.run)
    shelf.set_overlaid(shelf.runs[1], True)
    settle(qtbot, loss_panel)
    return loss_panel


def test_overlaid_runs_are_named_with_their_lines(qtbot, overlaid):
    shelf = shelf_of(overlaid.run)
    names = [kept.name for kept in shelf.overlaid]
    legend = overlaid.findChild(Legend)
    assert legend.isVisible()
    assert all(name in legend.accessibleName() for name in names)
    pens = [stroke.pen for stroke in overlaid._overlays.strokes]
    assert pens[0].color() != pens[1].color()
    assert pens[0].dashPattern() != pens[1].dashPattern()
    overlaid.resize(1600, 300)
    settle(qtbot, overlaid)
    assert overlaid._readout.overlay_text == " · ".join(names)


def test_each_line_is_where_its_losses_are(qtbot, overlaid):
    smooth_by(overlaid, "strong")
    settle(qtbot, overlaid)
    for kept, series in overlaid._overlays._series.items():
        colour = QColor(overlay_look(LIGHT, kept.overlay).colour)
        found = sum(
            any(
                is_near(seen, colour)
                for seen in colours(overlaid, place(overlaid, step, loss))
            )
            for step, loss in enumerate(series.smooth[:50], start=1)
        )
        assert found > 20  # dashes have gaps, and lines cross


def test_the_cursor_reads_every_run_at_its_step(qtbot, overlaid):
    text = point_at(qtbot, overlaid, 17)
    for kept in shelf_of(overlaid.run).overlaid:
        series = overlaid._overlays._series[kept]
        line = next(x for x in text.splitlines() if x.startswith(kept.name[:30]))
        assert line.endswith(f": {series.smooth[16]:.6f} nats")
    discs = [d for d in overlaid._overlays._discs if d.isVisible()]
    assert len(discs) == 2
    x = overlaid._plot.to_pixels(17, 2.0).x()
    assert all(disc.pos().x() == pytest.approx(x) for disc in discs)


def test_a_shorter_run_is_read_only_as_far_as_it_goes(qtbot, loss_panel):
    begin(qtbot, loss_panel, replace(CONFIG, steps=20))
    train(qtbot, loss_panel)
    shelf_of(loss_panel.run).rename_current("short")
    begin(qtbot, loss_panel, CONFIG)
    train(qtbot, loss_panel)
    assert "short: " in point_at(qtbot, loss_panel, 20)
    assert "short: " not in point_at(qtbot, loss_panel, 21)


def test_a_longer_run_widens_the_plot_only_when_it_was_chosen(qtbot, loss_panel):
    train(qtbot, loss_panel)
    begin(qtbot, loss_panel, replace(CONFIG, steps=20))
    assert loss_panel._plot.x_range[1] < 25
    shelf = shelf_of(loss_panel.run)
    (kept,) = shelf.runs
    shelf.set_overlaid(kept, False)
    shelf.set_overlaid(kept, True)
    settle(qtbot, loss_panel)
    assert loss_panel._plot.x_range[1] > 60
    assert point_at(qtbot, loss_panel, 40).startswith("step 40 is still to come\n")


def test_gaps_and_strange_names_break_nothing(qtbot, loss_panel):
    give(qtbot, loss_panel, [3.0, np.nan, np.inf] + [2.0] * 30)
    loss_panel.run.recorder.figures.losses.extend(loss_panel.run.losses.values)
    loss_panel.run.recorder.figures.gradient_norms.extend([1.0] * 33)
    shelf_of(loss_panel.run).rename_current("<b>\n&\N{SNOWMAN}" * 100)
    loss_panel.run.step = 33  # whatever the trainer has said of its own steps meanwhile
    loss_panel.run.reset()
    settle(qtbot, loss_panel)
    qtbot.waitUntil(lambda: len(shelf_of(loss_panel.run).runs) == 1)
    shelf_of(loss_panel.run).set_overlaid(shelf_of(loss_panel.run).runs[0], False)
    shelf_of(loss_panel.run).set_overlaid(shelf_of(loss_panel.run).runs[0], True)
    settle(qtbot, loss_panel)
    assert loss_panel._readout.overlay_text.startswith("<b> &\N{SNOWMAN}<b>")
    assert ": not a number" in point_at(qtbot, loss_panel, 2)


def test_six_lines_differ_for_everyone():
    """In colour, in dashes and in markers, each alone enough."""
    for theme in (LIGHT, DARK):
        looks = [overlay_look(theme, number) for number in range(36)]
        for part in ("colour", "dashes", "marker"):
            assert len({getattr(look, part) for look in looks[:6]}) == 6
        assert len(set(looks)) == 36
        assert theme.series[0] not in [look.colour for look in looks]


def test_a_wild_step_of_a_chosen_run_does_not_flatten_the_others(qtbot, loss_panel):
    give(qtbot, loss_panel, [3.0] * 30 + [60.0] + [3.0] * 29)
    figures = loss_panel.run.recorder.figures
    figures.losses.extend(loss_panel.run.losses.values)
    figures.gradient_norms.extend([1.0] * 60)
    loss_panel.run.reset()
    qtbot.waitUntil(lambda: loss_panel.run.info is not None)
    (kept,) = shelf_of(loss_panel.run).runs
    for is_overlaid in (False, True):
        shelf_of(loss_panel.run).set_overlaid(kept, is_overlaid)
    settle(qtbot, loss_panel)
    assert loss_panel._plot.y_range[1] < 10


def test_where_room_is_short_names_keep_what_tells_them_apart(qtbot, overlaid):
    overlaid.resize(700, 260)
    settle(qtbot, overlaid)
    shown = overlaid._readout.overlay_text.split(" · ")
    assert shown[1].startswith("lr 0.01") or shown[0].startswith("lr 0.05")


def test_where_there_is_no_room_for_names_they_are_counted(qtbot, overlaid):
    shelf = shelf_of(overlaid.run)
    of = shelf.runs[0]
    for number in range(6):
        kept = ShelvedRun(
            name=f"another run {number}",
            is_named=True,
            recipe=of.recipe,
            before=None,
            info=of.info,
            recorder=of.recorder,
            losses=of.losses,
            trained_s=1.0,
        )
        shelf.runs.append(kept)
        shelf.set_overlaid(kept, True)
    overlaid.resize(330, 260)
    settle(qtbot, overlaid)
    assert overlaid._readout.overlay_text == "8 earlier runs"
