"""The attention panel as a person meets it: its text, its words, its liveness."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from microgpt_gui.gui.panel.text_panel import HOLD_S
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.run.training_pace import exactly
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
from tests.gui.attention_panel import (
    CONFIG,
    colour_at,
    middle,
    point,
    train,
    type_text,
    wait_for_roles,
)
from tests.gui.beside import subject_of


@pytest.fixture
def panel(attention_panel):
    return attention_panel


def test_while_there_is_no_run_it_says_so(qtbot, empty_attention_panel):
    empty_attention_panel.redraw()
    assert "being prepared" in empty_attention_panel.empty_text


def test_a_run_that_cannot_be_prepared_leads_to_a_sentence(
    qtbot, empty_attention_panel, run
):
    with qtbot.waitSignal(run.failed):
        run.start(RunConfig(dataset="/there/is/no/such/file.txt"))
    qtbot.waitUntil(lambda: "no model" in empty_attention_panel.empty_text)


def test_the_untrained_model_shows_its_attention_at_once(panel):
    assert panel.empty_text == ""
    document = panel.run.info.document_of(0)
    assert panel.subject == f'step 0, document "{document}"'
    assert panel.heat_map.arrangement.count == 2
    # BOS has nothing but itself to look at: the strongest colour.
    strongest = QColor(panel.appearance.theme.map[-1])
    assert colour_at(panel, 0, 0, 0) == strongest
    assert colour_at(panel, 1, 0, 0) == strongest
    assert colour_at(panel, 0, 2, 1) != strongest


def test_what_lies_ahead_is_empty(panel):
    empty = QColor(panel.appearance.theme.map_empty)
    assert colour_at(panel, 0, 1, 2) == empty
    assert colour_at(panel, 0, 2, 1) != empty


def test_a_typed_text_is_looked_at_as_it_is_typed(qtbot, panel):
    QTest.keyClicks(panel.text_box, "iron")
    qtbot.waitUntil(lambda: panel.heat_map.look.text == "iron")
    assert panel.subject == "step 0, your text"
    assert panel.heat_map.look.labels == ("BOS", "i", "r", "o", "n")
    assert panel.heat_map.arrangement.tokens == 5
    panel.text_box.clear()
    qtbot.waitUntil(lambda: panel.subject.startswith("step 0, document"))


def test_an_unknown_letter_is_named_and_nothing_moves(qtbot, panel):
    type_text(qtbot, panel, "iron")
    places = [child.geometry() for child in panel.findChildren(QPushButton)]
    top = panel.heat_map.mapTo(panel, QPoint())
    type_text(qtbot, panel, "irön")
    assert "'ö'" in panel.problem
    assert panel.run.info.chars in panel.problem
    assert "document" in panel.subject
    assert panel.heat_map.mapTo(panel, QPoint()) == top
    assert [child.geometry() for child in panel.findChildren(QPushButton)] == places
    assert panel.text_box.accessibleDescription() == panel.problem
    type_text(qtbot, panel, "iron")
    assert panel.problem == ""


def test_a_letter_of_the_other_case_is_taken_and_the_person_told(qtbot, panel):
    type_text(qtbot, panel, "Iron")
    assert panel.heat_map.look.labels == ("BOS", "i", "r", "o", "n")
    assert panel.problem == ""
    assert panel.frame.note.text() == "“I” is not in the alphabet: “i” is taken instead"
    type_text(qtbot, panel, "iron")
    assert panel.frame.note.text() == words.HOW_TO_READ


def test_a_text_that_is_too_long_is_cut_and_the_person_told(qtbot, panel):
    type_text(qtbot, panel, "ironironironironiron")
    assert "the last 5 are not read" in panel.problem
    assert len(panel.heat_map.look.labels) == 16


def test_someone_elses_wish_shows_in_the_text_box(qtbot, panel):
    subject_of(panel.run).watch("zinc")
    qtbot.waitUntil(lambda: panel.text_box.text() == "zinc")
    qtbot.waitUntil(lambda: panel.subject.endswith("your text"))


def test_the_cell_under_the_pointer_is_read_out(qtbot, panel):
    type_text(qtbot, panel, "iron")
    point(panel, 1, 4, 2)
    value = panel.wish.answer.attention[0][1][4][2]
    said = (
        f'head 2: "n" (position 4) gives {value:.3f} of its attention to '
        f'"r" (position 2) · {value:.8f}'
    )
    assert panel.reading == said
    assert panel.heat_map.accessibleDescription() == said
    QTest.mouseMove(panel.heat_map.viewport(), QPoint(1, 1))
    assert "Point at a cell" in panel.reading


def test_the_values_are_those_of_the_model(qtbot, panel):
    type_text(qtbot, panel, "iron")
    train(qtbot, panel)
    alone = Run(CONFIG)
    for _ in range(CONFIG.steps):
        alone.step()
    assert panel.heat_map.look.attention == alone.look("iron").attention


def test_the_sentence_changes_under_the_resting_pointer(qtbot, panel):
    type_text(qtbot, panel, "iron")
    point(panel, 0, 4, 1)
    before, seen = panel.reading, set()
    panel.run.pace.choose(exactly(50))
    panel.run.train()
    qtbot.waitUntil(lambda: seen.add(panel.reading) or len(seen) > 3)
    panel.run.pause()
    qtbot.waitUntil(lambda: panel.heat_map.look is panel.wish.answer)
    value = panel.wish.answer.attention[0][0][4][1]
    qtbot.waitUntil(lambda: panel.reading.endswith(f"{value:.8f}"))
    assert panel.reading != before


def test_the_pointed_cell_is_marked_in_every_head(qtbot, panel):
    type_text(qtbot, panel, "iron")
    plain = panel.heat_map.viewport().grab().toImage()
    point(panel, 1, 4, 2)
    marked = panel.heat_map.viewport().grab().toImage()
    half = panel.heat_map.arrangement.cell // 2

    def changed(slot, query, key):
        edge = middle(panel, slot, query, key) - QPoint(half + 1, 0)
        return plain.pixel(edge) != marked.pixel(edge)

    assert changed(1, 4, 2)
    assert changed(0, 4, 2)
    assert not changed(1, 3, 1)
    assert not changed(0, 3, 1)


def test_a_document_stays_long_enough_to_be_seen(qtbot, panel):
    panel.run.change(steps=100_000)
    shown, shown_s = [panel.heat_map.look], [time.monotonic()]
    panel.run.train()

    def is_enough():
        if panel.heat_map.look is not shown[-1]:
            shown.append(panel.heat_map.look)
            shown_s.append(time.monotonic())
        return len(shown) == 4

    qtbot.waitUntil(is_enough)
    pauses = [b - a for a, b in pairwise(shown_s[1:])]
    assert min(pauses) > HOLD_S * 0.8
    panel.run.pause()
    qtbot.waitUntil(lambda: panel.subject.startswith(f"step {panel.run.step:,},"))


def test_a_typed_text_is_followed_without_holding(qtbot, panel):
    type_text(qtbot, panel, "iron")
    panel.run.change(steps=100_000)
    seen = set()
    start_s = time.monotonic()
    panel.run.train()
    qtbot.waitUntil(lambda: seen.add(panel.heat_map.look.step) or len(seen) > 6)
    assert time.monotonic() - start_s < 6 * HOLD_S
    panel.run.pause()


def test_after_reset_the_same_first_picture_returns(qtbot, panel):
    first = panel.heat_map.viewport().grab().toImage()
    train(qtbot, panel)
    assert panel.heat_map.viewport().grab().toImage() != first
    panel.run.reset()
    qtbot.waitUntil(lambda: panel.subject.startswith("step 0,"))
    wait_for_roles(qtbot, panel)
    assert panel.heat_map.viewport().grab().toImage() == first
