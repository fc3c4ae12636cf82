"""Where a run has left the numbers: a sign in the plot, its pictures and the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from tests.gui.beside import shelf_of
from tests.gui.exporting import export
from tests.gui.loss_panel import point_at, settle
from tests.gui.timeline_bar import begin, panel, press

#: After 40 steps the gradient is no number, though every loss was one.
CONFIG = RunConfig(
    dataset="elements", steps=60, seed=723, learning_rate=0.25, beta2=0.9999
)


def count(panel, colour):
    """Return how many pixels of the loss plot have this colour."""
    image = panel._plot.grab().toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y) == QColor(colour) for x, y in places)


def test_a_run_that_diverged_has_a_sign_where_it_ended(playground, qtbot, tmp_path):
    run, shelf = playground.run, shelf_of(playground.run)
    loss, runs = panel(playground, "Loss"), panel(playground, "Runs")
    begin(qtbot, playground, CONFIG)
    odd = loss.appearance.theme.map_odd
    assert count(loss, odd) == 0
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.DIVERGED)
    settle(qtbot, loss)
    assert count(loss, odd) > 15
    assert "diverged at step 41" in point_at(qtbot, loss, 45)
    assert runs.list.runs.said(0).figures.startswith("40 / 60 steps · diverged · ")
    svg = export(playground, qtbot, tmp_path, "Loss", "SVG…").read_text()
    assert "diverged at step 41" in svg
    assert odd in svg

    # Beside another run it keeps the sign, in its line's colour.
    with qtbot.waitSignal(run.prepared):
        run.start(RunConfig(dataset="elements", steps=60, seed=1))
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    settle(qtbot, loss)
    assert count(loss, odd) == 0
    assert loss._readout._legend.toolTip().count("diverged at step 41") == 1
    assert ": diverged" in point_at(qtbot, loss, 41)
    assert ": diverged" not in point_at(qtbot, loss, 42)
    assert runs.list.runs.said(1).figures.startswith("40 steps · diverged · ")
    svg = export(playground, qtbot, tmp_path, "Loss", "SVG…").read_text()
    assert "diverged at step 41" in svg

    # Taken up again, it is known at once that it leads no further.
    with qtbot.waitSignal(run.prepared):
        shelf.take_up(shelf.runs[0])
    assert run.state is RunState.DIVERGED
    settle(qtbot, loss)
    assert count(loss, odd) > 15
    press(qtbot, playground, Qt.Key.Key_Space)
    assert "step 41" in playground.window.divergence_bar.text
