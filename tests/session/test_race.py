import threading
import time

import pytest

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled, CancelToken
from microgpt_gui.engine.compiled import loaded
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.race import Race, relative_difference
from microgpt_gui.session.run import Run

pytestmark = pytest.mark.usefixtures("kept_code_if_any")

SMALL = RunConfig(dataset="elements", n_embd=8, n_head=2, block_size=8, steps=40)
EXACT = [key for key, entry in ENGINES.items() if entry.identical]


def raced(race):
    """Let a race end; return losses, last snapshots and last comparisons."""
    losses, last, comparisons = {}, {}, ()
    while True:
        is_over = race.is_over
        news = race.news()
        comparisons = news.comparisons
        for snapshot in news.snapshots:
            losses.setdefault(snapshot.entrant, []).extend(snapshot.losses)
            last[snapshot.entrant] = snapshot
            assert snapshot.step == len(losses[snapshot.entrant])
        if is_over:
            return losses, last, comparisons
        race.advance()


def test_every_entrant_trains_the_very_run():
    losses, last, _ = raced(Race(SMALL, list(ENGINES), 12))
    alone = Run(SMALL)
    expected = [alone.step() for _ in range(12)]
    for engine in ENGINES:
        if ENGINES[engine].identical:
            assert losses[engine] == expected
        else:
            assert losses[engine] == pytest.approx(expected, rel=1e-12)
        assert last[engine].is_finished
        assert last[engine].seconds > 0
        assert not last[engine].problem


def test_exact_engines_are_found_identical():
    _, _, comparisons = raced(Race(SMALL, EXACT, 12))
    assert [c.entrant for c in comparisons] == EXACT[1:]
    for comparison in comparisons:
        assert comparison.reference == EXACT[0]
        assert (comparison.steps, comparison.first, comparison.largest) == (12, None, 0)


@pytest.fixture
def lanes_of_two_rates():
    """A race whose second entrant runs with another learning rate: it must be seen."""
    race = Race(SMALL, ["python", "autograd"], 12)
    race._lanes[1].run.change(learning_rate=0.02, steps=40)
    return race


def test_a_difference_is_found_where_it_first_shows(lanes_of_two_rates):
    _, _, (comparison,) = raced(lanes_of_two_rates)
    assert comparison.steps == 12
    assert comparison.first == 2  # the first loss is from before any update
    assert 1e-6 < comparison.largest < 1


def test_all_clocks_go_together():
    race = Race(SMALL, ["python", "autograd"], 40)
    clocks = {snapshot.entrant: 0.0 for snapshot in race.news().snapshots}
    longest_s = 0.0  # turn: a slice, and what a step begun in it takes longer
    while True:
        race.advance()
        (snapshot,) = race.news().snapshots
        longest_s = max(longest_s, snapshot.seconds - clocks[snapshot.entrant])
        clocks[snapshot.entrant] = snapshot.seconds
        if snapshot.is_finished:
            break
        assert abs(clocks["python"] - clocks["autograd"]) <= longest_s
    assert snapshot.entrant == "python"
    assert clocks["python"] <= clocks["autograd"] + longest_s


def test_clocks_count_no_time_between_the_steps():
    slow = Race(SMALL, ["python"], 40)
    began_s = time.perf_counter()
    while not slow.is_over:
        slow.advance()
        threading.Event().wait(0.02)  # somebody else's time
    (snapshot,) = slow.news().snapshots
    assert snapshot.seconds < time.perf_counter() - began_s - 0.02


def test_a_race_that_is_over_has_no_more_news():
    race = Race(SMALL, EXACT, 3)
    raced(race)
    race.advance()
    assert race.news().snapshots == ()


def test_one_that_gives_up_does_not_stop_the_others():
    race = Race(SMALL, ["python", "autograd"], 10)
    race.advance()
    engine = race._lanes[1].run._engine
    weights = engine.parameters()
    weights["lm_head"] = [[1e5 * w for w in row] for row in weights["lm_head"]]
    engine.load_parameters(weights)  # sure of the wrong thing: probabilities of 0
    losses, last, _ = raced(race)
    assert len(losses["python"]) == 10
    assert last["python"].is_finished
    assert "diverged" in last["autograd"].problem
    assert not last["autograd"].is_finished


@pytest.mark.parametrize("steps", [0, 41])
def test_a_race_goes_no_further_than_its_run(steps):
    with pytest.raises(ValueError, match="from 1 to 40"):
        Race(SMALL, EXACT, steps)


def test_a_text_that_cannot_be_read_is_told():
    with pytest.raises(CorpusError, match=r"nowhere\.txt"):
        Race(RunConfig(dataset="/nowhere.txt"), EXACT, 5)


def test_a_cancelled_race_keeps_its_news():
    cancel = CancelToken()
    race = Race(SMALL, EXACT, 40, cancel)
    race.advance()
    cancel.cancel()
    with pytest.raises(Cancelled):
        while True:
            race.advance()
    assert any(snapshot.step for snapshot in race.news().snapshots)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (2.0, 2.0, 0.0),
        (2.0, 1.0, 0.5),
        (float("nan"), float("nan"), 0.0),
        (float("nan"), 1.0, float("inf")),
        (float("inf"), float("inf"), 0.0),
    ],
)
def test_relative_differences(one, other, expected):
    assert relative_difference(one, other) == expected


def test_nobody_stands_in_for_an_engine_that_is_not_here(without_numba):
    loaded.take_up(None)
    losses, last, _ = raced(Race(SMALL, ["python", "compiled"], 5))
    assert len(losses["python"]) == 5
    assert not losses["compiled"]
    assert last["compiled"].problem.startswith("numba is not installed: ")
