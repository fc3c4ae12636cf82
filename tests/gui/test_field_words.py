"""The field's terms, the script's names beside them, explained where they stand."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.gui.panels.run_settings import RunPanel
from microgpt_gui.gui.panels.run_settings.inputs import NumberBox
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.shelf.run_words import changes
from microgpt_gui.gui.widgets.plot import Plot
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.recipe import Recipe
from tests.gui.attention_panel import point
from tests.gui.loss_panel import settle


def panel_of(playground, kind):
    return next(p for p in playground.window.docks.panels if isinstance(p, kind))


def test_the_windows_words_are_those_of_the_field(playground, qtbot):
    run, window = playground.run, playground.window
    # Settings: the term, and the script's name beside it.
    labels = [x.text() for x in panel_of(playground, RunPanel).findChildren(QLabel)]
    for term, name in (
        ("Embedding size", "n_embd"),
        ("Context length", "block_size"),
        ("Adam beta1", "beta1"),
        ("Adam beta2", "beta2"),
    ):
        assert labels[labels.index(term) + 1] == name
    assert not {"Width", "Memory", "Momentum", "Scale memory"} & set(labels)
    buttons = window.findChildren(QPushButton) + window.findChildren(QToolButton)
    assert any(b.text() == "Continue this run" for b in buttons)
    sampling = panel_of(playground, SamplingPanel)
    assert sampling.settings.seed.text() == "default seed"
    # Surprise: the unit and the perplexity, where the number stands.
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    loss = panel_of(playground, LossPanel)
    loss.settle()
    average = float(loss._series.smooth[-1])
    for tip in (
        loss._readout._meaning.toolTip(),
        window.topbar.progress.loss.toolTip(),
    ):
        assert "A nat measures surprise" in tip
    assert f"{math.exp(average):,.4g}" in loss._readout._meaning.toolTip()
    header = sampling.findChild(type(sampling.table)).samples
    tip = header.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "natural logarithm of the probability" in tip
    # BOS: at the labels, and in what is said of them.
    attention = panel_of(playground, AttentionPanel)
    qtbot.waitUntil(lambda: attention.heat_map.look is not None)
    assert "BOS (beginning of sequence)" in attention.heat_map.toolTip()
    point(attention, 0, 1, 0)
    assert "BOS (the beginning, position 0)" in attention.reading
    attention.heat_map._mouse = QPoint(-1, -1)


def test_the_end_of_the_rates_fall_is_said_in_words():
    before, after = RunConfig(), RunConfig(decay_steps=800)
    assert changes(Recipe.planned(before), Recipe.planned(after)) == (
        "learning rate reaches 0 at the last step to step 800"
    )


def test_a_million_steps_are_seen_whole(playground, qtbot):
    run, window = playground.run, playground.window
    window.resize(1024, 720)
    with qtbot.waitSignal(run.config_changed):
        run.change(steps=1_000_000)
    loss = panel_of(playground, LossPanel)
    settle(qtbot, loss)
    image = loss._plot.grab().toImage()
    ground = QColor(playground.appearance.theme.surface).rgb()
    for x in range(image.width() - 2, image.width()):
        column = {image.pixel(x, y) for y in range(image.height())}
        assert column == {ground}
    box = next(
        box
        for box in panel_of(playground, RunPanel).findChildren(NumberBox)
        if box.field.name == "steps"
    )
    qtbot.waitUntil(lambda: box.lineEdit().text() == "1000000")
    edit = box.lineEdit()
    assert edit.fontMetrics().horizontalAdvance(edit.text()) + 4 <= edit.width()


def test_a_message_in_a_low_plot_keeps_to_what_matters(appearance, show_panel):
    plot = Plot(appearance, "Plot", "x", "y")
    show_panel(plot, 300, 160)
    plot.say("A long introduction that goes on and on. " * 12 + "\n\nPress Start.")
    assert plot.message == "Press Start."
    plot.resize(900, 500)
    assert plot.message.endswith("on. \n\nPress Start.")
