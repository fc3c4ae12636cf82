"""The panel of the next letter as a person meets it: in the real window."""

from __future__ import annotations

import csv
import math
import xml.etree.ElementTree as ET
from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.next_letter import NextLetterPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.next_letter import next_letter
from microgpt_gui.session.run import Run
from tests.gui.begun import begin
from tests.gui.beside import shelf_of, subject_of, timeline_of, workshop_of
from tests.gui.exporting import export
from tests.gui.next_letter_panel import (
    SMALL,
    click,
    saved,
    type_text,
)
from tests.gui.trained_runs import train
from tests.session.reading.test_next_letter import logits_after, soft


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    panel = show_panel(NextLetterPanel(workshop_of(run), appearance), 720, 370)
    begin(qtbot, panel, SMALL)
    return panel


def test_odds_of_the_window_are_those_of_the_saved_parameters(
    playground, qtbot, tmp_path
):
    """Trained, at an earlier moment, after the text of all views; and as a table."""
    window, run = playground.window, playground.run
    panel = window.docks.panels.named("Next letter")
    sampling = window.findChild(SamplingPanel)
    window.docks.bring_forward(panel)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    timeline_of(run).show(20)
    subject_of(run).watch("ir")
    sampling.settings.temperature.set_value(0.8)  # the same of both

    def is_there():
        drawn = panel.drawn
        return drawn is not None and (
            (drawn.step, drawn.text, drawn.odds.temperature) == (20, "ir", 0.8)
        )

    qtbot.waitUntil(is_there)
    logits = logits_after(saved(run, 20), "ir")
    chances = soft([logit / 0.8 for logit in logits])
    assert panel.subject == 'step 20, after "ir"'
    token = run.info.chars.index("o")
    QTest.mouseMove(panel.bars.viewport(), panel.bars.box(token).center())
    rank = 1 + sum(p > chances[token] for p in chances)
    assert panel.reading == (
        f'"o", token {token}: probability {chances[token]:.4g} (at temperature 1: '
        f"{soft(logits)[token]:.4g}), logit {logits[token]:.5g}, rank {rank} of "
        f"{len(chances)}"
    )
    entropy = -math.fsum(p * math.log(p) for p in chances)
    choices = panel.figure.choices
    assert choices.entropy.text == f"entropy {entropy:.3f} nats"
    assert choices.perplexity.text == f"perplexity {math.exp(entropy):.2f}"
    path = export(playground, qtbot, tmp_path, "Next letter", "CSV…")
    rows = [*csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    assert [row["token"] for row in rows] == [*run.info.chars, "BOS"]
    for name, wanted in (
        ("logit", logits),
        ("probability", chances),
        ("probability_at_1", soft(logits)),
    ):
        got = [float(row[name]) for row in rows]
        assert got == pytest.approx(wanted, abs=1e-12)
    assert float(rows[-1]["cumulative"]) == pytest.approx(1.0)
    path = export(playground, qtbot, tmp_path, "Next letter", "SVG…")
    texts = [e.text for e in ET.parse(path).iter("{http://www.w3.org/2000/svg}text")]
    assert f"{max(chances):.4f}" in texts

    choices.temperature.set_value(1.5)
    assert sampling.settings.temperature.value() == 1.5
    qtbot.waitUntil(lambda: panel.drawn.odds.temperature == 1.5)


def test_sorted_bars_logits_and_a_text_that_cannot_be_read(panel, qtbot):
    letter = type_text(qtbot, panel, "iron")
    bars, choices = panel.bars, panel.figure.choices
    assert bars.tokens == tuple(range(25))
    choices.is_sorted.setChecked(True)
    odds = letter.odds.logits
    assert [odds[token] for token in bars.tokens] == sorted(odds, reverse=True)
    before = bars.grab().toImage()
    choices.is_of_logits.setChecked(True)
    assert bars.grab().toImage() != before
    type_text(qtbot, panel, "irön")
    assert "'ö' is not one of this vocabulary's" in panel.problem
    assert panel.drawn.text == ""  # what can be shown is
    letter = type_text(qtbot, panel, "protoactinium")
    assert "the last 6 are not read" in panel.problem
    assert letter.is_last


def test_odds_stay_covered_until_one_is_guessed(panel, qtbot):
    letter = type_text(qtbot, panel, "ir")
    bars, row, strip = panel.bars, panel.figure.row, panel.figure.strip
    chars, chances = letter.chars, letter.odds.probabilities
    panel.figure.choices.is_sorted.setChecked(True)
    in_order = bars.tokens
    assert in_order != tuple(range(25))
    open_bars = bars.grab().toImage()
    panel.figure.row.is_guessing.setChecked(True)
    assert bars.tokens == tuple(range(25))  # the order would tell
    assert bars.grab().toImage() != open_bars
    assert row.told.startswith("guess: click the bar")
    assert not strip.accessibleDescription()
    token = chars.index("o")
    QTest.mouseMove(bars.viewport(), bars.box(token).center())
    assert panel.reading == '"o": its odds are covered until you have guessed'
    assert bars.part_name(token) == panel.reading
    click(bars, token)
    assert subject_of(panel.run).text == "ir"  # a guess writes nothing
    rank = 1 + sum(p > chances[token] for p in chances)
    said = f'your guess, "o": rank {rank} of 25 ({chances[token]:.4g})'
    assert row.told == said
    assert bars.tokens == in_order
    click(bars, token)  # now it is written, and what follows is covered again
    qtbot.waitUntil(lambda: panel.drawn.text == "iro")
    assert row.told.startswith("guess: click the bar")
    panel.figure.row.is_guessing.setChecked(False)
    assert bars.tokens != tuple(range(25))
    assert row.told.startswith("falls on")


def own_text(tmp_path, text):
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    return RunConfig(dataset=str(path), steps=40, n_embd=8, n_head=2, block_size=8)


def test_two_tokens_and_two_thousand_use_the_width(panel, qtbot, tmp_path):
    begin(qtbot, panel, own_text(tmp_path, "1\n11\n"))
    bars = panel.bars
    assert bars.part_count() == 2
    assert bars.horizontalScrollBar().maximum() == 0
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + 1999)))
    begin(qtbot, panel, own_text(tmp_path, "\n".join(letters)))
    assert bars.part_count() == 2000
    assert bars.horizontalScrollBar().maximum() > 2000 * 10
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bars, Qt.Key.Key_End)
    assert bars.viewport().rect().contains(bars.box(1999))
    assert panel.reading.startswith("BOS (the end), token 1999")


def test_while_it_trains_the_bars_keep_their_places(panel, qtbot):
    run, bars = panel.run, panel.bars
    type_text(qtbot, panel, "ir")
    steps, places = set(), set()

    def note():
        steps.add(panel.drawn.step)
        places.add((bars.tokens, bars.box(7).left(), bars.height()))
        return run.state is RunState.FINISHED and panel.drawn.step == run.step

    run.train()
    qtbot.waitUntil(note)
    assert len(places) == 1
    assert len(steps) > 1


def test_two_runs_side_by_side_after_the_same_text(run, appearance, show_panel, qtbot):
    """At the same step and temperature; a bar that is pointed at is read in both."""
    train(run, qtbot, replace(SMALL, seed=7))
    shelf_of(run).rename_current("the other")
    train(run, qtbot, SMALL)
    panel = show_panel(NextLetterPanel(workshop_of(run), appearance), 720, 370)
    sides = panel.figure.sides
    qtbot.waitUntil(lambda: panel.drawn is not None)
    type_text(qtbot, panel, "ir")
    shelf_of(run).compare(shelf_of(run).runs[0])
    timeline_of(run).show(12)
    run_beside = Run(replace(SMALL, seed=7))
    for _ in range(12):
        run_beside.step()
    logits = logits_after(run_beside.moment(), "ir")
    chances = soft([logit / 0.5 for logit in logits])
    other = sides.other
    qtbot.waitUntil(lambda: other.letter is not None and other.letter.step == 12)
    assert other.letter.odds.probabilities == pytest.approx(chances, abs=1e-12)
    assert sides.captions[1] == "step 12: the other"
    QTest.mouseMove(panel.bars.viewport(), panel.bars.box(3).center())
    assert sides.captions[1] == f'"d": {chances[3]:.4g}'


def test_weights_that_predict_nothing_leave_nothing_to_draw(panel, qtbot):
    """As of a run that has diverged: what is missing is said, all else stands."""
    letter = type_text(qtbot, panel, "ir")
    moment = Run(SMALL).moment()
    runaway = replace(moment, weights=array("d", [math.inf]) * len(moment.weights))
    nothing = next_letter(runaway, panel.run.info, "ir", 0.5, None)
    assert "predicts nothing here" in nothing.problem
    panel.draw(nothing)
    assert panel.problem == nothing.problem
    assert panel.bars.part_count() == 0
    row = panel.figure.row
    assert not row.draw.isEnabled() and not row.told
    assert row.back.isEnabled()
    assert not panel.figure.choices.entropy.isVisible()
    panel.grab()
    panel.draw(letter)
    assert panel.bars.part_count() == 25
    assert panel.figure.choices.entropy.isVisible()
