"""The race panel through its real thread: what a person does, sees and reads."""

import math
import time
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import Qt

from microgpt_gui.gui.jobs.race import Entrant, RaceState
from microgpt_gui.gui.panels.race import RacePanel, words
from microgpt_gui.gui.panels.race.track import MAX_POINTS, means
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.engines import engine_choices
from microgpt_gui.session.race import Comparison
from tests.gui.beside import workshop_of

pytestmark = pytest.mark.usefixtures("kept_code_if_any")

ENGINES = [choice.key for choice in engine_choices()]
TITLES = {choice.key: choice.title for choice in engine_choices()}
#: A step takes autograd seconds.
HUGE = RunConfig(dataset="names", n_layer=2, n_embd=96, n_head=4, block_size=16)


@pytest.fixture
def panel(started_run, appearance, show_panel):
    """The panel at its usual size, over a small untrained run."""
    result = show_panel(RacePanel(workshop_of(started_run), appearance), 680, 330)
    yield result
    result.shut_down()


def click(qtbot, panel):
    qtbot.mouseClick(panel.button, Qt.MouseButton.LeftButton)


def start(qtbot, panel, steps):
    panel.steps_field.setValue(steps)
    click(qtbot, panel)
    qtbot.waitUntil(lambda: all(e.step for e in panel.race.entrants.values()))


def finish(qtbot, panel):
    qtbot.waitUntil(lambda: panel.race.state is RaceState.OVER)
    arrived = len(panel.race.entrants)
    qtbot.waitUntil(lambda: panel.statement.texts[1].count(" after ") == arrived)


def start_huge(qtbot, panel):
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(HUGE)
    click(qtbot, panel)
    qtbot.waitUntil(lambda: panel.race.state is RaceState.RACING)


def test_before_the_first_race_the_panel_says_what_it_is_for(panel, qtbot):
    qtbot.waitUntil(lambda: "Start the race" in panel.track.plot.message)
    assert "same data, settings and seed" in panel.track.plot.message
    assert panel.button.text() == "Start the race"
    assert panel.button.isEnabled()
    assert [lane.key for lane in panel.lanes] == ENGINES
    assert all(lane.box.isChecked() for lane in panel.lanes)
    assert not panel.race._thread.isRunning()  # a thread that nobody needs yet


def test_curves_are_the_same_and_clocks_are_not(panel, qtbot):
    start(qtbot, panel, 30)
    finish(qtbot, panel)
    entrants = panel.race.entrants
    python = entrants["python"].losses.values
    assert len(python) == 30
    assert np.array_equal(entrants["autograd"].losses.values, python)
    for entrant in entrants.values():
        np.testing.assert_allclose(entrant.losses.values, python, rtol=1e-12)
        assert entrant.is_finished
    assert entrants["autograd"].seconds > 2 * entrants["python"].seconds
    said, news = panel.statement.texts
    assert "Python and Autograd: losses identical to the last digit" in said
    assert "over 30 steps" in said
    assert news.index("Python after") < news.index("Autograd after")
    lanes = {lane.key: lane for lane in panel.lanes}
    assert {lane.counter for lane in panel.lanes} == {"30 / 30"}
    assert lanes["autograd"].times == ""
    assert lanes["python"].times.endswith("×")
    assert panel.track.names[-1] == "Autograd"  # furthest back, as the slowest
    assert not panel.track.plot.message
    assert panel.button.text() == "Race again"


def test_the_race_is_the_run_from_its_first_step(panel, qtbot):
    start(qtbot, panel, 20)
    finish(qtbot, panel)
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.step >= 20)
    expected = panel.race.entrants["python"].losses.values
    assert np.array_equal(panel.run.losses.values[:20], expected)


def test_a_race_pauses_the_run_and_rests_while_it_trains(panel, qtbot):
    run, race = panel.run, panel.race
    run.change(steps=1_000_000)
    run.train()
    qtbot.waitUntil(lambda: run.step > 3)
    start(qtbot, panel, 1_000_000)
    assert run.state is RunState.PAUSED
    qtbot.waitUntil(lambda: "paused meanwhile, at step" in panel.statement.texts[1])
    step = run.step
    qtbot.waitUntil(lambda: race.entrants["python"].step > 20)
    assert run.step == step

    run.train()
    assert race.state is RaceState.RESTING
    qtbot.waitUntil(lambda: "rests while" in panel.statement.texts[1])
    qtbot.waitUntil(lambda: run.step > step + 100)  # the race's step in hand is done
    rested = {key: e.seconds for key, e in race.entrants.items()}
    qtbot.waitUntil(lambda: run.step > step + 130)
    assert {key: e.seconds for key, e in race.entrants.items()} == rested

    run.pause()
    qtbot.waitUntil(lambda: race.entrants["python"].seconds > rested["python"] + 0.05)
    click(qtbot, panel)
    assert race.state is RaceState.STOPPED
    qtbot.waitUntil(lambda: "Stopped." in panel.statement.texts[1])


def test_a_stopped_race_keeps_what_it_has_shown(panel, qtbot):
    start(qtbot, panel, 200)
    click(qtbot, panel)
    steps = {key: e.step for key, e in panel.race.entrants.items()}
    qtbot.waitUntil(lambda: panel.button.text() == "Race again")
    assert all(steps.values())
    start(qtbot, panel, 5)
    finish(qtbot, panel)
    assert {e.step for e in panel.race.entrants.values()} == {5}


def test_stopping_and_closing_take_a_moment_even_in_a_long_step(panel, qtbot):
    start_huge(qtbot, panel)
    began_s = time.perf_counter()
    panel.race.shut_down()
    assert time.perf_counter() - began_s < 0.5


def test_another_race_begins_at_once_in_mid_step(panel, qtbot):
    start_huge(qtbot, panel)
    click(qtbot, panel)
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(RunConfig(dataset="elements", n_embd=8, n_head=2, steps=20))
    start(qtbot, panel, 20)
    finish(qtbot, panel)
    assert len(panel.race.entrants["autograd"].losses) == 20


def test_other_settings_end_the_race_and_the_same_do_not(panel, qtbot):
    start(qtbot, panel, 200)
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.reset()
    assert panel.race.is_under_way
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.new_seed()
    assert panel.race.state is RaceState.STOPPED
    qtbot.waitUntil(lambda: "other settings" in panel.statement.texts[1])


def test_two_are_needed_for_a_race(panel, qtbot):
    for lane in panel.lanes[1:]:
        qtbot.mouseClick(
            lane.box,
            Qt.MouseButton.LeftButton,
            pos=lane.box.rect().center(),
        )
    assert not panel.button.isEnabled()
    qtbot.waitUntil(lambda: "at least two" in panel.track.plot.message)
    panel.lanes[1].box.click()
    start(qtbot, panel, 3)
    finish(qtbot, panel)
    assert list(panel.race.entrants) == ENGINES[:2]
    assert [lane.clock for lane in panel.lanes[2:]] == ["–"] * (len(ENGINES) - 2)


def test_no_more_steps_than_the_run_has(panel, qtbot):
    assert panel.steps_field.maximum() == 200
    panel.run.change(steps=50)
    assert panel.steps_field.value() == 50
    panel.run.change(steps=5000)
    assert panel.steps_field.value() == 200
    assert panel.steps_field.maximum() == 5000


def test_without_a_run_there_is_no_race(panel, qtbot):
    with qtbot.waitSignal(panel.run.failed):
        panel.run.start(RunConfig(dataset="/nowhere.txt"))
    assert not panel.button.isEnabled()
    qtbot.waitUntil(lambda: "choose a dataset" in panel.track.plot.message)


def test_a_text_that_is_gone_when_the_race_begins_is_told(panel, qtbot, tmp_path):
    poem = tmp_path / "poem.txt"
    poem.write_text("so much\ndepends\nupon\n", encoding="utf-8")
    with qtbot.waitSignal(panel.run.prepared):
        panel.run.start(RunConfig(dataset=str(poem), n_embd=8, n_head=2))
    poem.unlink()
    click(qtbot, panel)
    qtbot.waitUntil(lambda: panel.race.state is RaceState.FAILED)
    qtbot.waitUntil(lambda: "poem.txt" in panel.statement.texts[1])
    assert panel.button.text() == "Race again"


def test_nothing_is_cut_off_at_any_zoom(panel, appearance, qtbot):
    for zoom, width in product((80, 100, 250), (260, 680, 1200)):
        appearance.set_scale(Scale(zoom))
        panel.resize(appearance.px(width), appearance.px(330))
        start(qtbot, panel, 3)
        finish(qtbot, panel)
        for lane in panel.lanes:
            assert lane.width() >= lane.minimumSizeHint().width(), (zoom, width)
            assert lane.rect().contains(lane.box.geometry()), (zoom, width)
        qtbot.waitUntil(lambda: panel.button.width() >= panel.button.sizeHint().width())
        rows = [panel.button, *panel.lanes]
        places = [row.mapTo(panel.window(), row.rect().topLeft()).y() for row in rows]
        assert places == sorted(places), (zoom, width)


def test_the_theme_changes_with_a_race_on_screen(panel, appearance, qtbot):
    start(qtbot, panel, 5)
    finish(qtbot, panel)
    appearance.set_mode("dark")
    assert panel.lanes[0].color == appearance.theme.series[0]
    assert not panel.grab().isNull()


def test_long_races_are_drawn_as_means():
    losses = np.arange(1000.0)
    size = 4
    assert len(losses) / size <= MAX_POINTS
    x, y = means(losses, size)
    assert (x[0], y[0]) == (4, 1.5)
    assert (x[-1], y[-1]) == (1000, 997.5)


@pytest.mark.parametrize(
    ("seconds", "is_finished", "expected"),
    [
        (0.0634, False, "0.1 s"),
        (0.0634, True, "0.063 s"),
        (1.738, True, "1.74 s"),
        (27.389, True, "27.4 s"),
        (4000.0, False, "4,000.0 s"),
    ],
)
def test_clocks_are_read_at_a_glance(seconds, is_finished, expected):
    assert words.clock(seconds, is_finished=is_finished) == expected


def test_how_far_the_losses_agree_is_said_in_words():
    same = Comparison("autograd", "python", 412, None, 0.0)
    near = Comparison("numpy", "python", 1, 1, 4.8e-16)
    assert words.agreement((same, near), TITLES) == (
        "Python and Autograd: losses identical to the last digit over 412 steps. "
        "Python and NumPy: losses differ by at most 5e-16 (relative) over 1 step, "
        "first at step 1."
    )
    assert words.agreement((Comparison("numpy", "python", 0, None, 0.0),), TITLES) == ""


def test_speeds_are_compared_with_the_slowest():
    entrants = {
        "python": Entrant(step=100, seconds=1.0),
        "autograd": Entrant(step=4, seconds=1.0),
        "numpy": Entrant(),
    }
    (factor,) = words.factors(entrants).values()
    assert math.isclose(factor, 25)
    assert words.times(factor) == ("25.0 × as fast", "25.0 ×")
