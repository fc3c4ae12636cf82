"""What the weights panel can show of each weight, over real runs."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from microgpt_gui.gui.panels.weights import WeightsPanel
from microgpt_gui.gui.panels.weights.choices import Aspect
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.weights.quantity import Quantity
from tests.gui.beside import shelf_of, timeline_of, workshop_of
from tests.gui.test_weights_panel import point_at
from tests.gui.trained_runs import at_step, train

LONG = RunConfig(dataset="elements", steps=30, n_embd=8, n_head=2, block_size=8)
SHORT = replace(LONG, steps=12, n_embd=4, seed=7)


@pytest.fixture
def panel(run, appearance, show_panel, qtbot):
    """The panel, of a long run, beside which a shorter one can be."""
    train(run, qtbot, SHORT)
    train(run, qtbot, LONG)
    return show_panel(WeightsPanel(workshop_of(run), appearance), 900, 400)


def show(qtbot, panel, aspect):
    panel.choices.choose(aspect)
    wanted = aspect.quantity

    def is_there():
        numbers = panel._maps.shown
        return numbers is not None and numbers.quantity is wanted

    qtbot.waitUntil(is_there)


def numbers(view):
    return [number for matrix in view.matrices for number in matrix.numbers]


def states(config, step):
    before, after = (at_step(config, s)._engine.state() for s in (step - 1, step))
    return before, after


def less(after, before):
    return [a - b for a, b in zip(after, before, strict=True)]


def test_each_choice_shows_the_runs_own_numbers(panel, qtbot):
    view, bar = panel.weights_map, panel.legend.bar
    before, after = states(LONG, 30)
    start = at_step(LONG, 0)._engine.state()
    assert numbers(view) == after.parameters.tolist()
    for aspect, wanted in (
        (Aspect.M, after.m.tolist()),
        (Aspect.V, after.v.tolist()),
        (Aspect.STEP, less(after.parameters, before.parameters)),
        (Aspect.START, less(after.parameters, start.parameters)),
    ):
        show(qtbot, panel, aspect)
        assert numbers(view) == wanted
        words = f"step 30, {len(wanted):,} "
        assert panel.subject.startswith(words)
        is_signed = aspect is not Aspect.V
        assert bar._is_signed is is_signed
        assert bar._ticks[0] == (f"-{bar._ticks[-1][1:]}" if is_signed else "0")
        assert 0 < float(bar._ticks[-1]) < 10 * max(map(abs, wanted))
    show(qtbot, panel, Aspect.GRADIENT)
    wanted = [
        (m - LONG.beta1 * b) / (1 - LONG.beta1)
        for m, b in zip(after.m, before.m, strict=True)
    ]
    assert numbers(view) == pytest.approx(wanted, abs=1e-12)
    point_at(qtbot, panel, 2, 3, 1)
    matrix = view.matrices[2]
    assert f"column 1: {matrix.numbers[3 * 8 + 1]!r} · weight " in panel.reading

    # The table and the picture say what is in them.
    csv, svg = (
        "".join(offer.begin(panel.appearance.theme).pieces(lambda: None))
        for suffix in (".csv", ".svg")
        for offer in panel.export_offers()
        if offer.suffix == suffix and offer.group == "Weights"
    )
    head, *rows = csv.splitlines()
    assert head == "matrix,row,column,gradient"
    assert [float(row.rsplit(",", 1)[1]) for row in rows] == numbers(view)
    assert f"step 30, {len(wanted):,} gradients" in svg
    assert [offer.what for offer in panel.copy_offers()] == ["the gradients"] * 2

    # Small numbers are written into large cells as multiples of what is said.
    show(qtbot, panel, Aspect.V)
    view.enlarge(3)
    panel.resize(1500, 900)
    qtbot.waitUntil(lambda: "values of v, cells × 1e-" in panel.subject)
    largest = max(view.matrices[3].numbers)
    assert 0.1 < largest / float(panel.subject.rpartition("× ")[2]) < 100


def test_of_no_step_there_is_nothing_to_show(panel, run, qtbot):
    show(qtbot, panel, Aspect.GRADIENT)
    panel.weights_map.enlarge(3)
    timeline_of(run).show(0)
    qtbot.waitUntil(lambda: "No step has been made" in panel.empty_text)
    assert "no gradient yet" in panel.empty_text
    offers = [offer for offer in panel.export_offers() if offer.group == "Weights"]
    assert len(offers) == 3
    assert all("No step" in offer.problem() for offer in offers)
    timeline_of(run).show(1)
    qtbot.waitUntil(lambda: panel.empty_text == "")
    assert panel.weights_map.enlarged == 3  # as before
    timeline_of(run).show(0)
    panel.choices.choose(Aspect.START)
    qtbot.waitUntil(lambda: panel.subject.endswith(" changes since the start"))
    qtbot.waitUntil(lambda: panel.subject.startswith("step 0, "))
    assert panel.empty_text == ""
    assert set(numbers(panel.weights_map)) == {0.0}


def test_changes_count_from_the_step_that_is_typed_or_marked(panel, run, qtbot):
    choices = panel.details
    assert choices.step.isHidden() and choices.mark.isHidden()
    show(qtbot, panel, Aspect.SINCE)
    assert not choices.step.isHidden() and not choices.mark.isHidden()
    qtbot.keyClicks(choices.step.lineEdit(), "7")  # before the 0 that stands there
    qtbot.keyClick(choices.step, Qt.Key.Key_Return)
    assert choices.step.value() == 70
    qtbot.waitUntil(lambda: "no change since step 70 yet: 30 steps" in panel.empty_text)
    timeline_of(run).show(9)
    choices.mark.click()
    timeline_of(run).go_live()
    qtbot.waitUntil(lambda: panel.subject.endswith(" changes since step 9"))
    qtbot.waitUntil(lambda: panel.subject.startswith("step 30, "))
    then, now = (at_step(LONG, step)._engine.state().parameters for step in (9, 30))
    assert numbers(panel.weights_map) == less(now, then)


def test_two_runs_show_the_same_side_by_side(panel, run, qtbot):
    show(qtbot, panel, Aspect.M)
    shelf_of(run).compare(shelf_of(run).runs[0])
    sides = panel._maps
    qtbot.waitUntil(lambda: sides.other_shown is not None)
    assert sides.other.isVisible()
    assert sides.other_shown.quantity is Quantity.M
    assert numbers(sides.other) == states(SHORT, 12)[1].m.tolist()
    assert numbers(sides.weights_map) == states(LONG, 30)[1].m.tolist()
    assert sides.other.scale() == sides.weights_map.scale()
    ours, theirs = sides.captions
    assert ours.startswith("step 30: this run, ")
    assert theirs.startswith("its last step 12: ")
    sides.weights_map.enlarge(3)
    assert sides.other.enlarged == 3
    sides.other.enlarge(None)
    assert sides.weights_map.enlarged is None
    point_at(qtbot, panel, 0, 2, 3)
    for caption, view, columns in zip(
        sides.captions, (sides.weights_map, sides.other), (8, 4), strict=True
    ):
        assert repr(view.matrices[0].numbers[2 * columns + 3]) in caption
    point_at(qtbot, panel, 0, 2, 7)
    assert sides.captions[1] == "no such weight here"
    shelf_of(run).compare(None)
    assert not sides.other.isVisible()


def test_while_it_trains_steps_are_told_and_cost_little(panel, run, qtbot):
    show(qtbot, panel, Aspect.GRADIENT)
    with qtbot.waitSignal(run.prepared):
        run.start(replace(LONG, steps=100_000))
    qtbot.waitUntil(lambda: "No step has been made" in panel.empty_text)
    run.train()
    qtbot.waitUntil(lambda: panel.empty_text == "" and panel.drawn.step > 0)
    shown = panel.drawn
    run.pause()
    qtbot.waitUntil(lambda: run.state is RunState.PAUSED)
    # At rest it is the newest step's, at once.
    qtbot.waitUntil(lambda: panel.drawn.step == run.step)
    assert panel.drawn is not shown or shown.step == run.step
    assert panel.wish._rest.most_s > 10


def test_a_diverged_run_shows_the_last_good_ones_and_says_so(panel, run, qtbot):
    config = RunConfig(
        dataset="elements",
        steps=200,
        n_layer=3,
        n_embd=2,
        n_head=2,
        learning_rate=0.9,
        beta1=0,
        seed=360,
    )
    with qtbot.waitSignal(run.prepared):
        run.start(config)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.DIVERGED)
    qtbot.waitUntil(lambda: panel.subject.endswith(" weights, the last good ones"))
    assert panel.subject.startswith(f"step {run.step}, ")
    show(qtbot, panel, Aspect.STEP)
    before, after = states(config, run.step)
    wanted = less(after.parameters, before.parameters)
    assert numbers(panel.weights_map) == wanted
    timeline_of(run).show(1)
    qtbot.waitUntil(lambda: panel.subject.startswith("step 1, "))
    assert "last good" not in panel.subject
    for aspect, whole in ((Aspect.NORMS, panel.norms), (Aspect.FILM, panel.film)):
        panel.choices.choose(aspect)
        qtbot.waitUntil(lambda w=whole: w.answer is not None)
        qtbot.waitUntil(lambda w=whole: w.answer.step == run.step)
        whole.view.grab()
