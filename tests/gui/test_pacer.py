"""What a pace means, with a clock of the test's own: no window, and no waiting."""

from __future__ import annotations

from math import inf, isclose

import pytest

from microgpt_gui.gui.run.pacer import Pacer, Work
from microgpt_gui.gui.run.training_pace import (
    FULL_SPEED,
    WATCHABLE,
    PaceError,
    exactly,
    faster,
    of_stored,
    read_pace,
    slower,
)

SLICE_S = 0.008


class Trainer:
    """Trains as the worker does, on a clock that only its own work and waits move."""

    def __init__(self, pace, speed, steps=1000, step=0):
        self.speed = speed  # steps a second of its engine
        self.disturbed = 1.0  # times as long, beside a busy window
        self.steps = steps
        self.step = step
        self.now_s = 1000.0
        self.pacer = Pacer()
        self.choose(pace)
        self.pacer.begin_anew()
        self.pacer.go_on(step, steps, self.now_s)

    def choose(self, pace):
        self.pacer.set_pace(pace, self.step, self.steps, self.now_s)

    def train(self, until_s=inf, until=inf):
        """Train until that time or step; return how long it took."""
        began_s = self.now_s
        while self.step < min(self.steps, until) and self.now_s - began_s < until_s:
            due = self.pacer.due(self.step, self.steps, self.now_s)
            assert 0 <= due <= self.steps - self.step
            if due:
                done = max(1, min(due, int(SLICE_S * self.speed), until - self.step))
                took_s = done / self.speed
                self.step += done
                self.now_s += took_s
                self.now_s += took_s * (self.disturbed - 1)
                work = Work(done, took_s)
                self.pacer.note(self.step, self.steps, work, self.now_s)
            wait_s = self.pacer.wait_s(self.step, self.now_s)
            assert due or wait_s > 0
            if self.step == self.steps:
                break
            self.now_s += wait_s + 0.0004  # as timers have it, never early
        return self.now_s - began_s

    def wait(self, seconds):
        self.now_s += seconds

    def go_on(self):
        self.pacer.go_on(self.step, self.steps, self.now_s)

    @property
    def limit(self):
        return self.pacer.in_force.limit


def about(seconds, share=0.03):
    return pytest.approx(seconds, rel=share, abs=0.03)


@pytest.mark.parametrize("speed", [400, 3000, 47_000])
@pytest.mark.parametrize("steps", [10, 60, 1000])
def test_a_run_too_quick_to_watch_takes_about_five_seconds(steps, speed):
    took_s = Trainer(WATCHABLE, speed, steps).train()
    assert 4.4 <= took_s <= 5.1


@pytest.mark.parametrize(
    ("speed", "steps"), [(0.2, 3), (3, 10), (100, 1000), (300, 1000), (47_000, 10**6)]
)
def test_a_run_that_takes_long_enough_goes_as_fast_as_it_can(speed, steps):
    trainer = Trainer(WATCHABLE, speed, steps)
    paced_s = trainer.train()
    whole_s = Trainer(FULL_SPEED, speed, steps).train()
    assert paced_s <= whole_s * 1.03 + 0.05
    assert trainer.limit == inf or trainer.limit >= speed or steps < 20


def test_a_hundred_thousand_steps_can_be_watched():
    trainer = Trainer(WATCHABLE, 47_000, 100_000)
    assert trainer.train() == about(5)
    assert trainer.limit == 20_000


@pytest.mark.parametrize("rate", [0.5, 1, 7.5, 100, 333, 1000, 20_000])
def test_an_exact_pace_is_kept(rate):
    steps = max(2, int(4 * rate)) + 1  # the first is done at once
    took_s = Trainer(exactly(rate), 47_000, steps).train()
    assert took_s == about((steps - 1) / rate, 0.01)


def test_an_engine_that_was_kept_waiting_does_not_hurry_later():
    trainer = Trainer(exactly(10), 47_000)
    trainer.train(until_s=1)
    trainer.wait(30)
    before = trainer.step
    trainer.train(until_s=1)
    assert trainer.step - before <= 12
    watched = Trainer(WATCHABLE, 47_000)
    watched.train(until_s=1)
    watched.wait(0.3)
    assert watched.train() == about(3.7)  # still over in time
    slow = Trainer(exactly(100), 50)
    slow.train(until=100)
    slow.speed = 47_000
    assert slow.train(until=200) == about(1, 0.06)


def test_a_pause_changes_nothing_of_the_plan():
    trainer = Trainer(WATCHABLE, 47_000)
    took_s = trainer.train(until=500)
    trainer.wait(60)
    trainer.go_on()
    assert trainer.limit == 200
    assert took_s + trainer.train() == about(5)


def test_what_is_left_of_a_fork_is_stretched():
    trainer = Trainer(WATCHABLE, 47_000, 1000, step=900)
    assert trainer.train() == about(5)
    assert trainer.limit == 20


def test_steps_added_at_the_end_are_a_stretch_of_their_own():
    trainer = Trainer(WATCHABLE, 47_000)
    trainer.train()
    trainer.steps = 2000
    trainer.wait(10)
    trainer.go_on()
    assert trainer.train() == about(5)


def test_steps_added_on_the_way_make_it_no_slower_and_no_longer_than_that():
    trainer = Trainer(WATCHABLE, 47_000)
    trainer.train(until=500)
    trainer.steps = 5500
    assert trainer.train() == about(5)
    trainer = Trainer(WATCHABLE, 47_000)
    trainer.train(until=500)
    trainer.steps = 600
    assert trainer.train() == about(0.5)
    trainer = Trainer(WATCHABLE, 47_000)
    trainer.train(until=500)
    trainer.steps = 10**6
    assert trainer.train() < 10**6 / 47_000 * 1.3
    assert trainer.limit == inf or trainer.limit > 47_000


def test_an_engine_that_takes_over_on_the_way_is_stretched_too():
    trainer = Trainer(WATCHABLE, 500, 10_000)
    trainer.train(until=5000)
    assert trainer.limit == inf
    trainer.speed = 47_000
    assert trainer.train() == about(5, 0.3)
    assert 500 <= trainer.limit <= 1100
    late = Trainer(WATCHABLE, 500, 10_000)
    late.train(until=9000)
    late.speed = 47_000
    assert late.train() <= 2.1  # no slower than before


def test_a_speed_that_is_not_even_is_decided_on_once():
    """Of a run that lies at the limit, where it could go to and fro."""
    for first in (300, 370):
        trainer = Trainer(WATCHABLE, first)
        limits = set()
        for part in range(20, 1001, 20):
            trainer.speed = 335 * (1.1 if part % 40 else 0.9)
            trainer.train(until=part)
            if part > 60:
                limits.add(trainer.limit)
        assert len(limits) == 1


def test_a_window_that_is_busy_at_first_does_not_hurry_the_run():
    trainer = Trainer(WATCHABLE, 500)
    trainer.disturbed = 5
    trainer.train(until_s=0.5)
    assert trainer.limit == 200
    trainer.disturbed = 1
    assert trainer.train() == about(4.6, 0.05)


def test_another_pace_counts_from_now_on():
    trainer = Trainer(exactly(10), 47_000)
    trainer.train(until_s=2)
    trainer.choose(WATCHABLE)
    assert trainer.train(until=500) == about((500 - 21) / (979 / 5), 0.05)
    trainer.choose(FULL_SPEED)
    assert trainer.train() < 0.1
    trainer = Trainer(FULL_SPEED, 47_000, 10**6)
    trainer.train(until_s=0.5)
    trainer.choose(exactly(3))
    before = trainer.step
    trainer.train(until_s=2)
    assert 6 <= trainer.step - before <= 7


def test_the_engines_speed_is_known_at_any_pace():
    for pace in (WATCHABLE, FULL_SPEED, exactly(30)):
        trainer = Trainer(pace, 20_000)
        assert trainer.pacer.in_force.full_speed is None
        trainer.train(until=40)
        assert isclose(trainer.pacer.in_force.full_speed, 20_000, rel_tol=0.01)


def test_paces_are_stored_as_they_are_read():
    for pace in (WATCHABLE, FULL_SPEED, exactly(0.5), exactly(12.5), exactly(1e5)):
        assert of_stored(pace.stored) == pace
    assert of_stored(0) == FULL_SPEED
    for wrong in (None, "", "fast", -1, 0.49, 1e6, True, [1], float("nan"), inf):
        assert of_stored(wrong) is None


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("0.5", 0.5),
        (" 12 ", 12),
        ("1,000 steps/s", 1000),
        ("100 000", 100_000),
        ("2.25 steps per second", 2.25),
        ("30/s", 30),
        ("1 step/s", 1),
        ("1 step in 2 s", 0.5),
        ("3 Steps every 4 seconds", 0.75),
    ],
)
def test_a_pace_can_be_written_in_many_ways(text, rate):
    pace = read_pace(text)
    assert pace == exactly(rate)
    assert read_pace(pace.words) == pace


@pytest.mark.parametrize(
    "text",
    "|  |fast|-3|0|0.49|100001|nan|1e400|1,5|5 km/h|1 step in 0 s|1 step in 3 s".split(
        "|"
    ),
)
def test_what_is_no_pace_is_told_with_what_is(text):
    with pytest.raises(PaceError) as error:
        read_pace(text)
    assert "from 0.5, one step in 2 s, to 100,000, " in str(error.value)
    assert len(str(error.value)) <= 130


@pytest.mark.parametrize("text", ["1 step in 0 s", "9" * 400])
def test_a_pace_without_bounds_is_told_as_it_was_written(text):
    with pytest.raises(PaceError, match=f"not “{text[:9]}"):
        read_pace(text)


def test_keys_go_up_and_down_through_watchable_where_its_pace_is():
    up, pace = [], exactly(0.5)
    while pace != FULL_SPEED:
        pace = faster(pace, 1000)
        up.append(pace.words)
    assert ", ".join(up) == (
        "1 step/s, 3 steps/s, 10 steps/s, 30 steps/s, 100 steps/s, Watchable, "
        "Full speed"
    )
    down = []
    while pace != exactly(0.5):
        pace = slower(pace, 1000)
        down.append(pace.words)
    assert down == [*up[-2::-1], "1 step in 2 s"]
    assert slower(pace, 1000) == pace
    assert faster(FULL_SPEED, 1000) == FULL_SPEED
    assert slower(WATCHABLE, 100_000) == exactly(10_000)
    assert slower(WATCHABLE, 2) == exactly(0.5)
    assert faster(exactly(1000), 1000) == exactly(10_000)
    assert faster(exactly(20_000), 1000) == FULL_SPEED
