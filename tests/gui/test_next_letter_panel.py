"""The panel of the next letter as a person meets it: in the real window."""

from __future__ import annotations

import csv
import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.next_letter import NextLetterPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.recorded import moment_at
from microgpt_gui.session.reading.next_letter import next_letter, token_at
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import shelf_of, subject_of, timeline_of, workshop_of
from tests.gui.exporting import export
from tests.gui.trained_runs import train
from tests.session.reading.test_next_letter import logits_after, soft

SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8)


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    panel = show_panel(NextLetterPanel(workshop_of(run), appearance), 720, 370)
    begin(qtbot, panel, SMALL)
    return panel


def begin(qtbot, panel, config):
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(config)
    chars = panel.run.info.chars
    qtbot.waitUntil(lambda: panel.drawn is not None and panel.drawn.chars == chars)


def type_text(qtbot, panel, text):
    panel.text_box.setText(text)
    qtbot.waitUntil(lambda: panel.drawn.asked == text)
    return panel.drawn


def click(view, token):
    box = view.box(view.tokens.index(token))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def saved(run, step):
    return moment_at(run.info, run.recorder, step, lambda: None)


def press_draw(panel):
    QTest.mouseClick(panel.figure.row.draw, Qt.MouseButton.LeftButton)


def test_odds_of_the_window_are_those_of_the_saved_parameters(
    playground, qtbot, tmp_path
):
    """Trained, at an earlier moment, after the text of all views; and as a table."""
    window, run = playground.window, playground.run
    panel = window.findChild(NextLetterPanel)
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


@pytest.mark.parametrize("engine", ["python", "numpy"])
@pytest.mark.parametrize("seed", [None, 3])
def test_draw_spells_what_sampling_draws_and_back_unspells_it(
    panel, qtbot, engine, seed
):
    config = replace(SMALL, engine=engine)
    begin(qtbot, panel, config)
    workshop_of(panel.run).chance.choose(1.2, seed)
    same = Run(config)
    request = SampleRequest(temperature=1.2, seed=seed, count=1)
    *_, batch = samples(same.moment(), same.info, request)
    wanted = batch.samples[0].text
    for _ in range(9):
        press_draw(panel)  # without waiting for the odds in between
    qtbot.waitUntil(lambda: not panel.figure.row.draw.isEnabled())
    assert subject_of(panel.run).text == wanted[:7]  # the eighth fills the context
    assert "the document ends here" in panel.figure.row.told
    for _ in range(1 + len(wanted[:7])):
        QTest.mouseClick(panel.figure.row.back, Qt.MouseButton.LeftButton)
    assert subject_of(panel.run).text == ""
    qtbot.waitUntil(lambda: panel.drawn.asked == "")
    assert "(number 1 of " in panel.figure.row.told
    assert panel.subject == "step 0, after BOS (the beginning)"


def test_a_letter_is_written_by_click_and_enter_and_bos_ends(panel, qtbot):
    bars, chars = panel.bars, panel.run.info.chars
    click(bars, chars.index("i"))
    qtbot.waitUntil(lambda: panel.drawn.text == "i")
    assert subject_of(panel.run).text == panel.text_box.text() == "i"
    bars.setFocus(Qt.FocusReason.TabFocusReason)
    while bars.spoken_token != chars.index("r"):
        QTest.keyClick(bars, Qt.Key.Key_Right)
    QTest.keyClick(bars, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.drawn.text == "ir")
    QTest.keyClick(bars, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: panel.drawn.text == "i")
    click(bars, len(chars))
    assert panel.figure.row.told.startswith("BOS: the document ends here")
    assert not panel.figure.row.draw.isEnabled()
    QTest.keyClick(bars, Qt.Key.Key_Backspace)
    assert panel.figure.row.draw.isEnabled()
    assert panel.drawn.text == "i"
    QTest.keyClick(bars, Qt.Key.Key_Backspace)
    QTest.keyClick(bars, Qt.Key.Key_Backspace)  # there is no more
    qtbot.waitUntil(lambda: panel.drawn.text == "")
    assert bars.accessibleDescription() == panel.reading


def test_another_die_draws_another_letter_and_is_put_back(panel, qtbot):
    letter = type_text(qtbot, panel, "ir")
    strip, row = panel.figure.strip, panel.figure.row
    true = letter.die
    ends = [math.fsum(letter.odds.probabilities[: n + 1]) for n in range(25)]
    die = 0.83
    at = QPoint(round(strip.x_of(die)), strip.height() - 4)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at)
    token = next(n for n, end in enumerate(ends) if panel.figure.die < end)
    assert panel.figure.die == pytest.approx(die, abs=0.01)
    assert panel.bars.hit == token
    assert "what if" in row.told
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Home)
    assert panel.bars.hit == 0
    assert strip.accessibleDescription().startswith("the die, 0.0000, falls on")
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert panel.figure.die == true
    row.field.setFocus()
    row.field.selectAll()
    QTest.keyClicks(row.field, "0.9999")
    QTest.keyClick(row.field, Qt.Key.Key_Return)
    last = panel.bars.hit
    assert panel.figure.die == 0.9999
    press_draw(panel)
    label = letter.label_of(last)
    if last == len(letter.chars):
        assert "the document ends here" in row.told
    else:
        qtbot.waitUntil(lambda: panel.drawn.text == "ir" + label)


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


def test_any_letter_of_a_sample_opens_with_its_odds_and_its_true_die(playground, qtbot):
    """In the window, by a click in the table; and where an earlier batch is shown."""
    window, run = playground.window, playground.run
    panel, sampling = window.findChild(NextLetterPanel), window.findChild(SamplingPanel)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    sampling.settings.seed.set_number(5)
    sampling.settings.prompt.setText("i")
    sampling.settings.sample_action.trigger()
    table = sampling.table

    def is_there():
        batch = table.samples.batch
        is_whole = batch is not None and batch.is_complete and table.is_drawn
        return is_whole and batch.request.seed == 5

    qtbot.waitUntil(is_there)
    batch = table.samples.batch
    assert batch.step == run.step
    for row in (0, 3):
        place = len(batch.samples[row].text) - 1
        cluster = next(c for c in table._picture.clusters[row] if c.start == place)
        at = cluster.box.center().toPoint() - QPoint(0, table.verticalOffset())
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        prefix, letter = batch.samples[row].text[:place], batch.samples[row].text[place]
        qtbot.waitUntil(
            lambda p=prefix: panel.drawn is not None and panel.drawn.asked == p
        )
        assert panel.isVisible()
        assert panel.drawn.step == batch.step
        assert panel.drawn.label_of(panel.bars.hit) == letter
        chance = panel.drawn.odds.probabilities[panel.bars.hit]
        assert chance == batch.samples[row].probabilities[place]
    earlier = replace(batch, step=12).letter(0, 1, 8)
    sampling.letter_opened.emit(earlier)
    qtbot.waitUntil(lambda: panel.drawn.step == 12)
    assert timeline_of(run).at == 12
    # Every other one, by the numbers.
    for row, sample in enumerate(batch.samples):
        for place in range(1, len(sample.text)):
            opened = batch.letter(row, place, run.config.block_size)
            letter = next_letter(
                saved(run, opened.step),
                run.info,
                opened.prefix,
                opened.temperature,
                opened.seed,
                opened.before + opened.drawn,
            )
            token = token_at(letter.odds.probabilities, letter.die)
            assert letter.label_of(token) == sample.text[place]
