"""Two runs side by side, in the panels that show them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.config import RunConfig
from tests.gui.beside import shelf_of, subject_of, timeline_of, workshop_of
from tests.gui.trained_runs import at_step, train

LONG = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8)
SHORT = replace(LONG, steps=20, seed=7)


@pytest.fixture
def two(run, qtbot):
    """A long run that is current, and a shorter one before it."""
    train(run, qtbot, SHORT)
    shelf_of(run).rename_current("the <short> one")
    train(run, qtbot, LONG)
    return run


@pytest.fixture
def attention(two, appearance, show_panel):
    return show_panel(AttentionPanel(workshop_of(two), appearance), 720, 370)


@pytest.fixture
def sampling(two, appearance, show_panel):
    return show_panel(SamplingPanel(workshop_of(two), appearance), 320, 900)


def heads(panel):
    return panel._heads


def close(qtbot, panel):
    (button,) = (
        b
        for b in panel.findChildren(QToolButton)
        if b.accessibleName() == "End side by side"
    )
    qtbot.waitUntil(button.isVisible)
    assert button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def waits_for(qtbot, panel, look):
    qtbot.waitUntil(lambda: heads(panel).other.look == look)


def test_attention_of_both_runs_is_of_the_same_text_and_step(attention, two, qtbot):
    subject_of(two).watch("gold")
    shelf_of(two).compare(shelf_of(two).runs[0])
    # The shorter run has no step 40: its last one is shown, and said to be.
    waits_for(qtbot, attention, at_step(SHORT, 20).look("gold"))
    assert heads(attention).other.isVisible()
    assert heads(attention).captions[1].startswith("its last step 20: the <short> one")
    timeline_of(two).show(12)
    waits_for(qtbot, attention, at_step(SHORT, 12).look("gold"))
    ours, theirs = heads(attention).captions
    assert ours.startswith("step 12: this run, ")
    assert theirs == "step 12: the <short> one"
    timeline_of(two).go_live()
    subject_of(two).watch("")
    document = two.info.document_of(two.step - 1)
    qtbot.waitUntil(lambda: heads(attention).other.look.text == document)


def test_the_same_cell_is_read_in_both(attention, two, qtbot):
    subject_of(two).watch("gold")
    shelf_of(two).compare(shelf_of(two).runs[0])
    waits_for(qtbot, attention, at_step(SHORT, 20).look("gold"))
    qtbot.waitUntil(lambda: attention.heat_map.look.text == "gold")
    shown = attention.heat_map.arrangement
    x, y = shown.corner(0)
    at = QPoint(x + shown.cell // 2, y + 2 * shown.cell + shown.cell // 2)
    qtbot.mouseMove(attention.heat_map.viewport(), QPoint(0, 0))
    qtbot.mouseMove(attention.heat_map.viewport(), at)
    qtbot.waitUntil(lambda: attention.heat_map.pointed is not None)
    for caption, heat_map in zip(
        heads(attention).captions,
        (attention.heat_map, heads(attention).other),
        strict=True,
    ):
        pointed = attention.heat_map.pointed
        value = heat_map.look.attention[0][pointed.head][pointed.query][pointed.key]
        assert f"{value:.3f}" in caption


def test_a_head_is_enlarged_in_both(attention, two, qtbot):
    shelf_of(two).compare(shelf_of(two).runs[0])
    qtbot.waitUntil(lambda: heads(attention).other.look is not None)
    attention.heat_map.enlarge(1)
    assert heads(attention).other.enlarged == 1
    heads(attention).other.enlarge(None)
    assert attention.heat_map.enlarged is None


def are_as_wide(heads):
    return heads.other.width() == heads.heat_map.width()


def test_both_pictures_have_cells_of_one_size(attention, two, qtbot, appearance):
    subject_of(two).watch("gold")
    shelf_of(two).compare(shelf_of(two).runs[0])
    waits_for(qtbot, attention, at_step(SHORT, 20).look("gold"))
    for percent in (100, 250):
        appearance.set_scale(Scale(percent))
        for width in (701, 702, 1280):
            attention.resize(width, 400)
            qtbot.waitUntil(lambda: are_as_wide(heads(attention)))
            shown = heads(attention).other.arrangement
            assert shown.cell == attention.heat_map.arrangement.cell


def test_both_have_every_letter_and_scroll_as_one(run, qtbot, appearance, show_panel):
    """At the size that the panel has in the window as it comes up."""
    wide = replace(SHORT, n_head=4, block_size=16)
    train(run, qtbot, wide)
    train(run, qtbot, replace(wide, seed=8))
    panel = show_panel(AttentionPanel(workshop_of(run), appearance), 720, 290)
    subject_of(run).watch("protactiniumox")
    shelf_of(run).compare(shelf_of(run).runs[0])
    maps = heads(panel).heat_map, heads(panel).other
    qtbot.waitUntil(lambda: all(m.look and len(m.look.labels) == 15 for m in maps))
    for heat_map in maps:
        assert list(heat_map.arrangement.labelled()) == list(range(15))
    bars = [heat_map.verticalScrollBar() for heat_map in maps]
    qtbot.waitUntil(lambda: bars[0].maximum() == bars[1].maximum() > 0)
    bars[0].setValue(bars[0].maximum())
    assert bars[1].value() == bars[1].maximum()
    bars[1].setValue(0)
    assert bars[0].value() == 0


def test_samples_of_both_runs_are_of_the_same_request_and_step(sampling, two, qtbot):
    sampling.settings.seed.set_number(5)
    sampling.settings.count.setValue(3)
    sampling.sample_action.trigger()
    qtbot.waitUntil(lambda: sampling.table.samples.rowCount() == 3)
    shelf_of(two).compare(shelf_of(two).runs[0])
    other = sampling._tables.other
    qtbot.waitUntil(lambda: other.samples.rowCount() == 3)
    request = sampling.request()
    *_, expected = at_step(SHORT, 20).samples(request)
    assert other.samples.batch.samples == expected.samples
    assert sampling._tables.captions[1] == "After step 20: the <short> one"
    timeline_of(two).show(8)
    qtbot.waitUntil(lambda: other.samples.batch.step == 8)
    *_, expected = at_step(SHORT, 8).samples(request)
    assert other.samples.batch.samples == expected.samples
    assert sampling.table.samples.batch.step == 8


def top(widget):
    return widget.mapToGlobal(QPoint(0, 0)).y()


def test_one_run_alone_has_all_the_room(attention, sampling, two, qtbot):
    for parts, alone in (
        (heads(attention), attention.heat_map),
        (sampling._tables, sampling.table),
    ):
        qtbot.waitUntil(lambda shown=alone: shown.isVisible())
        qtbot.waitUntil(lambda p=parts, shown=alone: shown.size() == p.size())
        shelf_of(two).compare(shelf_of(two).runs[0])
        qtbot.waitUntil(lambda p=parts, shown=alone: shown.size() != p.size())
        shelf_of(two).compare(None)
        qtbot.waitUntil(lambda p=parts, shown=alone: shown.size() == p.size())


def test_tables_stand_side_by_side_where_there_is_room(sampling, two, qtbot):
    shelf_of(two).compare(shelf_of(two).runs[0])
    qtbot.waitUntil(lambda: sampling._tables.other.samples.rowCount() > 0)
    sampling.grab()
    assert top(sampling._tables.other) > top(sampling.table)
    sampling.resize(700, 900)
    qtbot.waitUntil(lambda: top(sampling._tables.other) == top(sampling.table))


@pytest.mark.parametrize("name", ["attention", "sampling"])
def test_a_button_ends_it(name, two, qtbot, request):
    panel = request.getfixturevalue(name)
    shelf_of(two).compare(shelf_of(two).runs[0])
    close(qtbot, panel)
    assert shelf_of(two).compared is None
    parts = panel._heads if name == "attention" else panel._tables
    assert not parts.other.isVisible()
    assert parts.captions == ("", "")


def test_it_ends_when_the_run_is_deleted(attention, two):
    shelf_of(two).compare(shelf_of(two).runs[0])
    shelf_of(two).delete(shelf_of(two).runs[0])
    assert not heads(attention).other.isVisible()


def test_a_text_that_the_other_model_cannot_read_is_told(
    run, qtbot, appearance, show_panel
):
    train(run, qtbot, replace(SHORT, dataset="roman"))
    train(run, qtbot, LONG)
    panel = show_panel(AttentionPanel(workshop_of(run), appearance), 720, 370)
    subject_of(run).watch("gold")
    shelf_of(run).compare(shelf_of(run).runs[0])
    qtbot.waitUntil(lambda: heads(panel).other.look is not None)
    assert heads(panel).other.look.problem in heads(panel).captions[1]
    assert heads(panel).other.look.problem


def test_it_follows_while_the_run_trains(attention, two, qtbot):
    kept = shelf_of(two).runs[0]
    with qtbot.waitSignal(two.prepared):
        two.start(replace(LONG, steps=100_000))
    subject_of(two).watch("gold")
    shelf_of(two).compare(kept)
    two.train()
    waits_for(qtbot, attention, at_step(SHORT, 20).look("gold"))
    before = two.step
    qtbot.waitUntil(lambda: two.step > before)
