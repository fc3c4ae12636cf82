"""The film of the weights and their sizes over the run, over real runs."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize, Qt

from microgpt_gui.gui.panels.weights import WeightsPanel
from microgpt_gui.gui.panels.weights.choices import Aspect
from microgpt_gui.gui.panels.weights.film.layout import Part, frames_that_fit, laid_out
from microgpt_gui.gui.panels.weights.maps.arrangement import Cell
from microgpt_gui.gui.panels.weights.norms.axes import norm_ticks, spread, top_of
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.reading.matrices import Matrix
from tests.gui.beside import shelf_of, timeline_of, workshop_of
from tests.gui.trained_runs import at_step, train

LONG = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8)
SHORT = replace(LONG, steps=12, n_layer=2, seed=7)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    """The panel, of a long run, beside which a shorter one can be."""
    train(run, qtbot, SHORT)
    train(run, qtbot, LONG)
    return show_panel(WeightsPanel(workshop_of(run), appearance), 900, 420)


def matrix_at(config, step, name):
    return at_step(config, step)._engine.parameters()[name]


def show_film(qtbot, panel, matrix=None):
    panel.choices.choose(Aspect.FILM)
    panel.details.matrix_chosen.emit(matrix)
    view = panel.film.view

    def is_whole():
        film = view.film
        is_there = film is not None and len(film.moments) == len(film.steps)
        return is_there and panel.film.question.most == view.most

    qtbot.waitUntil(is_whole)
    return view


def point_at(qtbot, view, part, cell):
    """Point at a cell of a part of the film, and return where."""
    layout = view._layout
    a = layout.arrangement
    at = layout.origin(part) + QPoint(*a.corner(cell))
    at += QPoint(a.cell_width // 2, a.cell // 2)
    qtbot.mouseMove(view.viewport(), at)
    return at


def exported(panel, group):
    """Return the table and the picture."""
    offers = {o.suffix: o for o in panel.export_offers() if o.group == group}
    assert all(offer.problem() == "" for offer in offers.values())
    return [
        "".join(offers[suffix].begin(panel.appearance.theme).pieces(lambda: None))
        for suffix in (".csv", ".svg")
    ]


def test_the_film_shows_moments_and_what_has_changed_between_them(panel, run, qtbot):
    view = show_film(qtbot, panel, 3)
    steps = view.film.steps
    assert steps[0] == 0 and steps[-1] == 40 and len(steps) >= 4
    assert f"{len(steps)} moments, step 0 to 40" == panel.subject
    name = "layer0.attn_wq"
    point_at(qtbot, view, Part(1, False), Cell(0, 5, 2))
    assert view.reading() == panel.reading
    value = matrix_at(LONG, steps[1], name)[5][2]
    place = f"{name}, row 5 (head 2), column 2"
    assert panel.reading == f"step {steps[1]}, {place}: {value:+.4f} · {value!r}"
    at = point_at(qtbot, view, Part(1, True), Cell(0, 5, 2))
    change = matrix_at(LONG, steps[2], name)[5][2] - value
    told = f"step {steps[1]} to {steps[2]}, {place}: change {change!r}"
    assert panel.reading == told
    csv, svg = exported(panel, "Weights, film")
    head, *rows = csv.splitlines()
    assert head == "step,matrix,row,column,weight,change"
    assert len(rows) == len(steps) * 64
    assert f"{steps[1]},{name},5,2,{value!r}," in csv
    later = matrix_at(LONG, steps[2], name)[5][2]
    assert f"{steps[2]},{name},5,2,{later!r},{change!r}" in csv
    assert svg.count(f">+{steps[1]}<") >= 1 and f">{name} over the run<" in svg
    # A click goes to the later of the two; the film stays, and marks where one is.
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)
    assert timeline_of(run).step == steps[2]
    qtbot.waitUntil(lambda: view._shown_step == steps[2])
    assert view.film.steps == steps

    # By keyboard alone.
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    assert timeline_of(run).step == steps[1]
    assert panel.reading.startswith(f"step {steps[1]}: ")
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert panel.reading.startswith(f"step {steps[1]} to {steps[2]}: ")
    assert view.told(view.told_by_keyboard()) == f"step {steps[1]} to {steps[2]}"
    qtbot.keyClick(view, Qt.Key.Key_Escape)  # to all matrices
    assert view.matrix is None and panel.weights_map.enlarged is None
    assert panel.details.matrix.currentText() == "All matrices"


def test_other_models_have_a_film_too_and_two_stand_side_by_side(panel, run, qtbot):
    view = show_film(qtbot, panel)
    shelf_of(run).compare(shelf_of(run).runs[0])
    other = panel.film.other
    qtbot.waitUntil(lambda: other.film is not None and other.film.step == 12)
    assert panel.film.captions[1].startswith("up to step 12: ")
    assert other.isVisible() and len(other._ends[0]) == 3 + 2 * 6
    ends = [{float(x) for rows in v._ends[0] for x in rows} for v in (view, other)]
    assert ends[0] == ends[1] == {panel.film.scale()}
    for shown in (view, other):
        image = shown.viewport().grab().toImage()
        colours = {
            image.pixel(x, y)
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
        }
        assert len(colours) > 30
    # A new run has one moment: nothing of the one before is left.
    with qtbot.waitSignal(run.prepared):
        run.start(replace(LONG, n_embd=4))
    qtbot.waitUntil(lambda: view.film is not None and view.film.steps == (0,))
    assert view.film.moments[0].config.n_embd == 4
    view.grab()
    assert panel.subject == "step 0"


def test_what_the_run_did_is_not_altered_by_a_what_if(panel, run, qtbot):
    workshop_of(run).what_if.alter(UNALTERED.with_head(0, 1, 0.0))
    qtbot.waitUntil(lambda: "scratch copy" in panel.bar.text)
    for aspect in (Aspect.NORMS, Aspect.GRADIENT):
        panel.choices.choose(aspect)
        qtbot.waitUntil(lambda: "changes nothing here" in panel.bar.text)
    film = show_film(qtbot, panel).film
    assert film.moments[-1].weights == at_step(LONG, 40)._engine.weights()
    assert "changes nothing here" in panel.bar.text
    panel.choices.choose(Aspect.START)
    qtbot.waitUntil(lambda: "scratch copy" in panel.bar.text)


def test_the_sizes_of_all_matrices_are_curves(panel, run, qtbot):
    panel.choices.choose(Aspect.NORMS)
    view = panel.norms.view
    qtbot.waitUntil(lambda: view.norms is not None and view.norms.is_complete)
    norms = view.norms
    assert norms.steps[0] == 0 and norms.steps[-1] == 40
    place = len(norms.steps) // 2
    step = norms.steps[place]
    axes = view.axes()
    heights = [float(axes.y(curve)[place]) for curve in norms.norms]

    def away(one):
        return min(abs(heights[one] - h) for i, h in enumerate(heights) if i != one)

    number = max(range(len(heights)), key=away)  # by chance, others may meet
    name = norms.names[number]
    at = QPoint(round(axes.x(norms.steps)[place]), round(heights[number]))
    qtbot.mouseMove(view.viewport(), at)
    assert view.pointed == (number, place)
    wanted = math.hypot(*(w for row in matrix_at(LONG, step, name) for w in row))
    told = float(panel.reading.rpartition(" · ")[2])
    assert told == pytest.approx(wanted, rel=1e-14)
    assert panel.reading.startswith(f"{name} at step {step}: norm ")
    assert not panel.legend.isVisible() and panel.cell_switch.isHidden()
    csv, svg = exported(panel, "Weights, norms")
    head, *rows = csv.splitlines()
    assert head == "step," + ",".join(norms.names)
    table = [[float(number) for number in row.split(",")] for row in rows]
    assert [row[0] for row in table] == list(norms.steps)
    assert [row[1 + number] for row in table] == norms.norms[number].tolist()
    assert all(f">{one}<" in svg for one in norms.names)
    assert [o.what for o in panel.copy_offers()] == ["the norms of the matrices"] * 2
    qtbot.mouseClick(view.viewport(), LEFT, pos=at)
    assert timeline_of(run).at == step  # few keyframes: perhaps the last one
    view.grab()

    view.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    assert timeline_of(run).at == 0
    assert panel.reading.startswith("wpe at step 0: norm ")

    # What nobody sees is read when it is asked for.
    panel.choices.choose(Aspect.VALUE)
    assert exported(panel, "Weights, norms")[0] == csv
    assert exported(panel, "Weights, film")[0].count("\n") > 64
    panel.choices.choose(Aspect.NORMS)


def test_sizes_are_read_beside_those_of_another_run_and_as_it_trains(panel, run, qtbot):
    panel.choices.choose(Aspect.NORMS)
    view = panel.norms.view
    qtbot.waitUntil(lambda: view.norms is not None and view.norms.is_complete)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    # The other run's have the same axes, and are read beside them.
    shelf_of(run).compare(shelf_of(run).runs[0])
    other = panel.norms.other
    qtbot.waitUntil(lambda: other.norms is not None)
    assert (other.axes().last, other.top) == (40, view.top)
    assert other.top >= top_of(other.norms.norms)
    assert panel.norms.captions[1].startswith("wpe at step 0: norm ")
    # They go on as a run does, though an earlier moment of it is shown.
    with qtbot.waitSignal(run.prepared):
        run.start(replace(LONG, steps=100_000))
    run.train()
    qtbot.waitUntil(lambda: run.step > 2)
    timeline_of(run).show(2)
    qtbot.waitUntil(lambda: view.norms is not None and view.norms.step > 60)
    run.pause()
    assert len(view.norms.steps) > 2
    panel.choices.choose(Aspect.VALUE)
    assert panel.legend.isVisible()
    qtbot.waitUntil(lambda: panel.subject.startswith("step 2, "))


@settings(max_examples=25)
@given(
    sizes=st.lists(
        st.tuples(st.integers(1, 600), st.integers(1, 200)), min_size=1, max_size=8
    ),
    wide=st.integers(150, 2000),
    high=st.integers(80, 1200),
    frames=st.integers(2, 12),
)
def test_the_frames_of_a_film_lie_apart_and_their_cells_are_found(
    sizes, wide, high, frames
):
    matrices = [Matrix("wte", rows, columns, b"") for rows, columns in sizes]
    layout = laid_out(matrices, QSize(wide, high), frames, 1.0, 16, 8)
    boxes = [layout.box(part) for part in layout.parts]
    for row in (boxes[:frames], boxes[frames:]):
        for left, right in pairwise(row):
            assert left.right() < right.left()
        assert row[-1].right() <= wide
    assert boxes[-1].bottom() <= high or high < 60
    part = layout.parts[-1]
    rows, columns = sizes[-1]
    every = layout.stride
    last = Cell(len(sizes) - 1, (rows - 1) // every, (columns - 1) // every)
    at = layout.origin(part) + QPoint(*layout.arrangement.corner(last))
    found = layout.cell_at(part, at)
    assert found.matrix == last.matrix
    assert (found.row, found.column) == (last.row * every, last.column * every)
    assert found.row < rows and found.column < columns
    assert 2 <= frames_that_fit(matrices, QSize(wide, high), 1.0, 16, 8) <= 12


@settings(max_examples=40)
@given(
    st.lists(st.floats(0, 200) | st.just(math.nan), max_size=30),
    st.floats(5, 20),
    st.integers(60, 300),
)
def test_names_keep_their_order_and_do_not_cover_each_other(wanted, apart, high):
    placed = spread(wanted, apart, 0, high)
    finite = [i for i, at in enumerate(wanted) if math.isfinite(at)]
    assert len(placed) == min(len(finite), math.floor(high / apart) + 1)
    places = sorted(placed.values())
    assert all(b - a >= apart - 1e-6 for a, b in pairwise(places))
    order = sorted(placed, key=placed.__getitem__)
    assert [wanted[i] for i in order] == sorted(wanted[i] for i in order)
    assert all(-1e-6 <= at <= high + 1e-6 for at in places)


def test_the_axis_of_sizes_is_round_and_holds_them_all():
    assert norm_ticks(top_of([[0.3, 3.7]])) == [0, 1, 2, 3, 4]
    assert top_of([[math.nan, math.inf]]) == 1
    assert top_of([[0.0]]) == 1
    for largest in (1e-12, 0.7, 199.0, 1e200, 1e307, 5e-324):
        assert top_of([[largest]]) >= largest
        assert len(norm_ticks(top_of([[largest]]))) <= 8
