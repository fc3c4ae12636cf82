from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.sampling.shading import STRONGEST, ground_of
from microgpt_gui.gui.panels.sampling.table_model import (
    LOG_PROBABILITY,
    ORIGIN,
    TEXT,
    VALIDITY,
)
from microgpt_gui.gui.panels.sampling.wording import detail, heading
from microgpt_gui.gui.theme.roles import DARK, LIGHT
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import Sample, SampleBatch, SampleRequest
from tests.gui.sample_batches import batch

MINUS = "\N{MINUS SIGN}"


def sample(text, *, known=False, valid=None, chance=0.5):
    return Sample(text, (chance,) * len(text), -3.25, known, valid)


def texts(table, row):
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_rows_say_everything_in_words(table):
    table.show_batch(
        batch(sample("emma", known=True, valid=True), sample("", valid=False))
    )
    assert texts(table, 0) == ["emma", "in data", "valid", f"{MINUS}3.2"]
    assert texts(table, 1) == ["(empty)", "new", "not valid", f"{MINUS}3.2"]


def test_the_rule_has_a_column_only_where_there_is_a_rule(table):
    table.show_batch(batch(sample("1+1=2", valid=True)))
    assert not table.isColumnHidden(VALIDITY)
    table.show_batch(batch(sample("emma")))
    assert table.isColumnHidden(VALIDITY)


def test_a_narrow_table_drops_the_number_and_then_words_become_signs(table):
    table.show_batch(batch(sample("emmanuelle")))
    assert not table.isColumnHidden(LOG_PROBABILITY)
    wide = table.columnWidth(ORIGIN)
    table.resize(170, 300)
    assert table.isColumnHidden(LOG_PROBABILITY)
    assert table.columnWidth(ORIGIN) == wide
    table.resize(120, 300)
    assert table.columnWidth(ORIGIN) < wide
    assert table.columnWidth(TEXT) >= 80


def test_a_long_sample_goes_on_in_further_lines(table, qtbot):
    table.show_batch(batch(sample("short"), sample("x" * 120)))
    qtbot.waitUntil(lambda: table.is_drawn)
    assert table.rowHeight(1) > 3 * table.rowHeight(0)
    table.resize(900, 300)
    assert table.rowHeight(1) < 3 * table.rowHeight(0)


def test_sure_letters_stand_on_a_stronger_ground(table, qtbot):
    unsure, sure = sample("....", chance=0.01), sample("....", chance=1.0)
    table.show_batch(batch(unsure, sure))
    qtbot.waitUntil(lambda: table.is_drawn)
    picture = table.viewport().grab().toImage()

    def strength(row):
        rect = table.visualRect(table.model().index(row, TEXT))
        seen = picture.pixelColor(rect.left() + 12, rect.center().y() - 3)
        return contrast(seen, QColor(LIGHT.surface))

    assert strength(0) < 1.1
    assert strength(1) > 1.8


def contrast(one, other):
    def luminance(colour):
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        ]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_letters_stay_legible_on_the_strongest_ground(theme):
    alpha = ground_of(1.0, theme.accent).alphaF()
    assert alpha == pytest.approx(STRONGEST, abs=0.01)
    accent, surface = QColor(theme.accent), QColor(theme.surface)
    ground = QColor.fromRgbF(
        *(
            alpha * getattr(accent, part)() + (1 - alpha) * getattr(surface, part)()
            for part in ("redF", "greenF", "blueF")
        )
    )
    assert contrast(ground, QColor(theme.text)) > 4.5


def test_copy_takes_the_chosen_rows_and_copy_all_takes_all(table):
    table.show_batch(batch(sample("emma"), sample("liam"), sample("noah")))
    table.selectRow(0)
    index = table.model().index(2, TEXT)
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ControlModifier,
        table.visualRect(index).center(),
    )
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "emma\nnoah"
    table.copy_all_action.trigger()
    assert QGuiApplication.clipboard().text() == "emma\nliam\nnoah"


def test_rows_that_stay_keep_their_selection(table):
    table.show_batch(batch(sample("aaa"), sample("bbb"), step=200))
    table.selectRow(1)
    table.show_batch(batch(sample("anna"), sample("bob"), sample("carl"), step=400))
    assert [i.row() for i in table.selectionModel().selectedRows()] == [1]
    assert texts(table, 2)[TEXT] == "carl"


def test_a_tool_tip_tells_all_of_a_row(table):
    table.show_batch(
        batch(
            Sample("a <", (0.25, 0.004, 1.0), -3.25, True, False),
            prompt="a",
            temperature=0.8,
        )
    )
    tip = table.model().index(0, TEXT).data(Qt.ItemDataRole.ToolTipRole)
    assert "“a &lt;”" in tip
    assert "stands in the training set" in tip
    assert "breaks the dataset's rule" in tip.replace("&#x27;", "'")
    assert f"{MINUS}3.25 nats" in tip
    assert "the prompt not" in tip
    assert "at temperature 0.8: a 25\xa0%, space under 1\xa0%, &lt; 100\xa0%." in tip


def test_headings():
    whole = batch(
        sample("a", known=True, valid=True),
        sample("b", valid=False),
        seed=7,
        prompt="x",
    )
    assert heading(whole) == "2 samples after step 400"
    assert detail(whole) == (
        "temperature 0.5 · seed 7 · prompt “x” · 1 new, 1 in the training set · "
        "valid: 1 of 2"
    )
    growing = SampleBatch(1, SampleRequest(), 0, (sample("a"),), is_complete=False)
    assert heading(growing) == "1 of 20 samples before any training"
    assert heading(batch(sample("a"))) == "1 sample after step 400"


def test_keys_go_through_the_letters_of_a_row_and_open_one(table, qtbot):
    table.show_batch(batch(sample("emma"), sample("anna")))
    qtbot.waitUntil(lambda: table.is_drawn)
    opened = []
    table.letter_clicked.connect(lambda *letter: opened.append(letter))
    table.setFocus()
    table.selectRow(1)
    table.setCurrentIndex(table.model().index(1, 0))
    before = table.grab().toImage()
    for _ in range(3):
        QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.grab().toImage() != before  # there is a ring
    assert "letter" in table.accessibleDescription()
    QTest.keyClick(table, Qt.Key.Key_Left)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [(1, 1)]
    for _ in range(9):
        QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened[-1] == (1, 3)
    QTest.keyClick(table, Qt.Key.Key_Up)  # another row: on none of its letters
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert len(opened) == 2
    assert not table.accessibleDescription()
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Escape)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert len(opened) == 2


def test_what_is_held_out_is_not_said_to_be_of_the_training_set(table):
    run = Run(RunConfig(dataset="elements", n_embd=4, n_head=1, held_out=0.5))
    *_, drawn = run.samples(SampleRequest(count=2))
    assert detail(drawn).endswith("2 new, 0 in the text, trained on or not")
    table.show_batch(drawn)
    tip = table.model().index(0, TEXT).data(Qt.ItemDataRole.ToolTipRole)
    assert "New: it is not in the text." in tip
