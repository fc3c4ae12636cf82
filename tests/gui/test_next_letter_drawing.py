"""How a document goes on in the panel of the next letter: chosen, drawn, taken back."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.next_letter import NextLetterPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.reading.next_letter import next_letter, token_at
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.begun import begin
from tests.gui.beside import subject_of, timeline_of, workshop_of
from tests.gui.next_letter_panel import (
    SMALL,
    click,
    press_draw,
    saved,
    type_text,
)


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    panel = show_panel(NextLetterPanel(workshop_of(run), appearance), 720, 370)
    begin(qtbot, panel, SMALL)
    return panel


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
    assert panel.figure.row.told.endswith(
        "seed, number 1)" if seed is None else "3, number 1)"
    )
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


def test_letter_by_letter_until_the_end_and_once_more(panel, qtbot):
    slow, row = panel.figure.row.slow, panel.figure.row
    workshop_of(panel.run).chance.choose(1.2, 3)
    same = Run(SMALL)
    request = SampleRequest(temperature=1.2, seed=3, count=1, prompt="i")
    *_, batch = samples(same.moment(), same.info, request)
    type_text(qtbot, panel, "i")
    (fast,) = (a for a in slow.menu().actions() if a.text().startswith("Five"))
    fast.trigger()
    assert slow.interval_ms == 200
    wanted = batch.samples[0].text[:7]
    for _ in range(2):
        seen = []
        QTest.mouseClick(slow, Qt.MouseButton.LeftButton)
        assert slow.isChecked()

        def has_ended(seen=seen):
            text = subject_of(panel.run).text
            if not seen or seen[-1] != text:
                seen.append(text)
            return not slow.isChecked() and "the document ends" in row.told

        qtbot.waitUntil(has_ended)
        assert seen[-1] == wanted
        letters = [wanted[: n + 1] for n in range(len(wanted))]
        assert [text for text in seen if text in letters][-len(letters) + 1 :] == (
            letters[1:]
        )
    QTest.mouseClick(slow, Qt.MouseButton.LeftButton)
    QTest.mouseClick(row.back, Qt.MouseButton.LeftButton)
    assert not slow.isChecked()


def test_any_letter_of_a_sample_opens_with_its_odds_and_its_true_die(playground, qtbot):
    """In the window, by a click in the table; and where an earlier batch is shown."""
    window, run = playground.window, playground.run
    panel = window.docks.panels.named("Next letter")
    sampling = window.findChild(SamplingPanel)
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
        if row:
            table.setFocus()
            table.setCurrentIndex(table.model().index(row, 0))
            for _ in range(place + 1):
                QTest.keyClick(table, Qt.Key.Key_Right)
            QTest.keyClick(table, Qt.Key.Key_Return)
        else:
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
