"""The weights panel, over real runs."""

import math
from array import array
from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor

from microgpt_gui.gui.panels.weights import WeightsPanel, words
from microgpt_gui.gui.panels.weights.colours import coloured, scale_of
from microgpt_gui.gui.panels.weights.maps.arrangement import Cell
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.roles import DARK, LIGHT
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.widgets.colour_map import colour_table
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.matrices import Matrix
from microgpt_gui.session.run import Run
from tests.gui.beside import timeline_of, workshop_of

SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2)
NAMES = [
    *("wte", "wpe", "lm_head"),
    *(f"layer0.attn_w{letter}" for letter in "qkvo"),
    *("layer0.mlp_fc1", "layer0.mlp_fc2"),
]


@pytest.fixture
def empty_panel(run, appearance, show_panel):
    return show_panel(WeightsPanel(workshop_of(run), appearance), 700, 330)


@pytest.fixture
def panel(empty_panel, run, qtbot):
    begin(run, qtbot, SMALL)
    qtbot.waitUntil(lambda: empty_panel.subject.startswith("step 0, "))
    return empty_panel


def begin(run, qtbot, config):
    with qtbot.waitSignal(run.prepared):
        run.start(config)


def train_to_the_end(run, qtbot, panel):
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    qtbot.waitUntil(lambda: panel.subject.startswith(f"step {run.config.steps}, "))


def weights_after(config, steps):
    run = Run(config)
    for _ in range(steps):
        run.step()
    return {
        name: [number for row in rows for number in row]
        for name, rows in run._engine.parameters().items()
    }


def point_of(panel, number, row, column):
    """Return where in the view the middle of a cell is."""
    shown = panel.weights_map
    a = shown.arrangement
    left, top = a.corner(Cell(number, row, column))
    whole = QPoint(left + a.cell_width // 2, top + a.cell // 2)
    return whole - shown.offset()


def point_at(qtbot, panel, number, row, column):
    at = point_of(panel, number, row, column)
    qtbot.mouseMove(panel.weights_map.viewport(), at)
    return at


def pixel(panel, at):
    return panel.weights_map.viewport().grab().toImage().pixelColor(at)


def test_without_a_run_it_says_so(empty_panel):
    assert empty_panel.empty_text == words.WORDS.loading


def test_a_run_that_cannot_be_prepared_leads_to_a_sentence(
    empty_panel, run, qtbot, tmp_path
):
    run.start(replace(SMALL, dataset=str(tmp_path / "none.txt")))
    qtbot.waitUntil(lambda: run.state is RunState.FAILED)
    qtbot.waitUntil(lambda: empty_panel.empty_text == words.WORDS.failed)


@pytest.mark.parametrize("engine", ["python", "autograd", "numpy"])
def test_the_numbers_are_those_of_the_model(panel, run, qtbot, engine):
    config = replace(SMALL, engine=engine)
    begin(run, qtbot, config)
    train_to_the_end(run, qtbot, panel)
    shown = {m.name: m.numbers.tolist() for m in panel.weights_map.matrices}
    assert list(shown) == NAMES
    assert shown == weights_after(config, 40)


def test_a_cell_under_the_pointer_is_read_out_to_the_digit(panel, qtbot):
    expected = weights_after(SMALL, 0)
    point_at(qtbot, panel, 0, 2, 5)
    value = expected["wte"][2 * 8 + 5]
    char = panel.run.info.chars[2]
    assert panel.reading.startswith(f'wte, row 2 ("{char}"), column 5: {value:+.4f}')
    assert repr(value) in panel.reading
    point_at(qtbot, panel, 3, 7, 0)
    assert panel.reading.startswith("layer0.attn_wq, row 7 (head 2), column 0: ")
    assert repr(expected["layer0.attn_wq"][7 * 8]) in panel.reading
    point_at(qtbot, panel, 1, 4, 1)
    assert "row 4 (position 4)" in panel.reading
    point_at(qtbot, panel, 2, len(panel.run.info.chars), 1)
    assert "(BOS, the beginning and the end)" in panel.reading
    qtbot.mouseMove(panel.weights_map.viewport(), QPoint(690, 1))
    assert panel.reading == words.POINT


def test_the_number_changes_under_the_resting_pointer(panel, run, qtbot):
    point_at(qtbot, panel, 0, 1, 1)
    before = panel.reading
    train_to_the_end(run, qtbot, panel)
    after = weights_after(SMALL, 40)["wte"][1 * 8 + 1]
    assert panel.reading != before
    assert repr(after) in panel.reading


def test_blue_is_below_zero_and_orange_above(panel):
    numbers = panel.weights_map.matrices[0].numbers.tolist()
    low, high = numbers.index(min(numbers)), numbers.index(max(numbers))
    blue = pixel(panel, point_of(panel, 0, *divmod(low, 8)))
    orange = pixel(panel, point_of(panel, 0, *divmod(high, 8)))
    assert blue.blue() > blue.red()
    assert orange.red() > orange.blue()


def test_an_earlier_moment_shows_the_weights_of_then(panel, run, qtbot):
    train_to_the_end(run, qtbot, panel)
    for step in (10, 0, 33):
        timeline_of(run).show(step)
        qtbot.waitUntil(lambda s=step: panel.subject.startswith(f"step {s}, "))
        shown = {m.name: m.numbers.tolist() for m in panel.weights_map.matrices}
        assert shown == weights_after(SMALL, step)
    timeline_of(run).go_live()
    qtbot.waitUntil(lambda: panel.subject.startswith("step 40, "))


def test_a_click_enlarges_a_matrix_and_another_goes_back(panel, qtbot):
    shown, left = panel.weights_map, Qt.MouseButton.LeftButton
    before = shown.arrangement.cell
    qtbot.mouseClick(shown.viewport(), left, pos=point_of(panel, 4, 3, 3))
    assert shown.enlarged == 4
    assert shown.arrangement.cell > before
    assert panel.frame.back.isVisible()
    at = point_at(qtbot, panel, 0, 2, 2)
    assert panel.reading.startswith("layer0.attn_wk, row 2 (head 1), column 2: ")
    qtbot.mouseClick(shown.viewport(), left, pos=at)
    assert shown.enlarged is None
    assert not panel.frame.back.isVisible()
    assert shown.arrangement.cell == before


def test_a_cell_can_be_chosen_where_something_is_to_be_done_with_it(panel, qtbot):
    view, left = panel.weights_map, Qt.MouseButton.LeftButton
    view.is_choosing = True
    qtbot.mouseClick(view.viewport(), left, pos=point_of(panel, 3, 0, 0))
    assert (view.enlarged, view.chosen) == (3, None)
    at = point_of(panel, 0, 2, 5)
    with qtbot.waitSignal(view.cell_chosen):
        qtbot.mouseClick(view.viewport(), left, pos=at)
    assert view.chosen == Cell(3, 2, 5)
    qtbot.mouseMove(view.viewport(), QPoint(1, 1))
    assert view.chosen == Cell(3, 2, 5)  # until another is
    qtbot.mouseClick(view.viewport(), left, pos=at)
    assert (view.enlarged, view.chosen) == (3, None)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
    assert view.chosen == Cell(3, *view.cursor_place)
    view.enlarge(4)
    assert view.chosen is None


def test_keys_choose_enlarge_and_go_back(panel, qtbot):
    shown = panel.weights_map
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(shown, key)
    assert shown.enlarged == 2
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert shown.enlarged == 1
    assert "16 positions × 8 numbers: " in panel.reading
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.enlarged is None
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    qtbot.keyClick(shown, Qt.Key.Key_Enter)
    assert shown.enlarged == len(NAMES) - 1


def test_the_button_goes_back(panel, qtbot):
    panel.weights_map.enlarge(0)
    qtbot.mouseClick(panel.frame.back, Qt.MouseButton.LeftButton)
    assert panel.weights_map.enlarged is None


def test_a_new_model_of_another_shape_shows_all_of_it(panel, run, qtbot):
    panel.weights_map.enlarge(5)
    begin(run, qtbot, replace(SMALL, n_layer=3, n_embd=32))
    qtbot.waitUntil(lambda: len(panel.weights_map.matrices) == 3 + 3 * 6)
    assert panel.weights_map.enlarged is None
    assert panel.weights_map._picture.titles[9] == "1.attn_wq"
    bar = panel.weights_map.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    last = panel.weights_map.matrices[-1]
    point_at(qtbot, panel, 20, last.rows - 1, last.columns - 1)
    assert panel.reading.startswith("layer2.mlp_fc2, row 31, column 127: ")


def test_keys_scroll_to_what_they_choose(panel, run, qtbot):
    begin(run, qtbot, replace(SMALL, n_layer=4, n_embd=32))
    shown = panel.weights_map
    qtbot.waitUntil(lambda: len(shown.matrices) == 3 + 4 * 6)
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    top = shown.arrangement.places[-1].top - shown.verticalScrollBar().value()
    assert 0 < top < shown.viewport().height()
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert shown.verticalScrollBar().value() == 0


def test_theme_and_zoom_are_taken_up(panel, appearance, qtbot):
    at = point_of(panel, 0, 0, 0)
    light = pixel(panel, at)
    appearance.set_mode("dark")
    assert pixel(panel, at) != light
    appearance.set_scale(Scale(250))
    qtbot.waitUntil(lambda: panel.weights_map.verticalScrollBar().maximum() > 0)
    assert panel.weights_map.arrangement.cell >= 2


def test_the_scale_is_round_and_follows_the_weights(panel):
    def matrix(*numbers):
        return Matrix("wte", 1, len(numbers), array("d", numbers))

    assert scale_of([matrix(0.3, -0.1)]) == 0.5
    assert scale_of([matrix(0.2), matrix(-0.6)]) == 1
    assert scale_of([matrix(1.0)]) == 1
    assert scale_of([matrix(-130.0)]) == 200
    assert scale_of([matrix(0.0, 0.0)]) == 1
    assert scale_of([matrix(math.nan, math.inf)]) == 1
    for extreme in (5e-324, 1e-310, 1.7e308):
        assert 0 < scale_of([matrix(extreme)]) < math.inf
    assert panel.legend.bar._ticks == ("-0.5", "0", "+0.5")


def _map_of(theme):
    tables = [colour_table(stops) for stops in (theme.map, theme.signed_map)]
    return [QColor.fromRgb(int(c)) for table in tables for c in table]


def _apart(one, other):
    pairs = zip(one.getRgb(), other.getRgb(), strict=True)
    return math.dist(*zip(*pairs, strict=True))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_tell_the_sign_and_the_size(theme):
    numbers = [-9.0, -0.5, 0.0, 0.5, 9.0, math.nan, math.inf, -math.inf]
    row = Matrix("wte", 1, 8, array("d", numbers))
    low, less, zero, more, high, broken, over, under = (
        QColor.fromRgb(int(c)) for c in coloured(row, 1.0, theme)[0]
    )
    assert (low, high) == (QColor(theme.signed_map[0]), QColor(theme.signed_map[-1]))
    assert {c.name() for c in (over, under, broken)} == {theme.map_odd}
    assert min(_apart(over, on_map) for on_map in _map_of(theme)) > 60

    def distance(colour):
        return abs(colour.lightness() - zero.lightness())

    assert distance(low) > distance(less) > 0
    assert distance(high) > distance(more) > 0


def inked(panel, left, top, width, height):
    """Say whether something is written in a part of the view."""
    image = panel.weights_map.viewport().grab(QRect(left, top, width, height)).toImage()
    pixels = {image.pixel(x, y) for x in range(width) for y in range(height)}
    return any(QColor(pixel).lightness() < 100 for pixel in pixels)


def test_rows_of_tokens_have_letters_and_those_of_positions_numbers(panel):
    view = panel.weights_map
    for number, is_named in ((0, True), (1, True), (2, True), (3, False)):
        view.enlarge(number)
        a = view.arrangement
        assert bool(a.margins[0]) is is_named
        for row in range(0, a.boxes[0].rows if is_named else 0):
            left, top = a.corner(Cell(0, row, 0))
            margin = a.margins[0]
            assert inked(panel, left - margin, top, margin - 1, a.cell)


def test_numbers_stand_in_large_cells_and_follow_the_training(panel, run, qtbot):
    panel.resize(1400, 800)
    view = panel.weights_map
    view.enlarge(3)
    qtbot.waitUntil(lambda: view._picture.has_numbers)
    left, top = view.arrangement.corner(Cell(0, 2, 3))
    wide, high = view.arrangement.cell_width, view.arrangement.cell
    box = QRect(left + 2, top + 2, wide - 4, high - 4)

    def colours():
        image = view.viewport().grab(box).toImage()
        size = product(range(image.width()), range(image.height()))
        return {image.pixel(*at) for at in size}

    before = colours()
    assert len(before) > 2  # the cell's own, and the number's
    train_to_the_end(run, qtbot, panel)
    qtbot.waitUntil(lambda: colours() != before)
    assert len(colours()) > 2
