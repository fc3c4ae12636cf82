"""Shape and sanity of what is measured; never how fast it is."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from microgpt_gui.bench import scale
from microgpt_gui.bench.engines import BASELINES, time_engines, turns
from microgpt_gui.bench.machine import this_machine
from microgpt_gui.bench.memory import peak_bytes
from microgpt_gui.bench.positions import positions_of
from microgpt_gui.bench.script_way import SCRIPT
from microgpt_gui.bench.trainee import Trainee
from microgpt_gui.engine import ENGINES
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run

SMALL = RunConfig(dataset="elements", n_embd=8, n_head=2, steps=1_000_000)


def test_every_engine_is_timed_in_every_round(kept_code):
    told = []
    engines = [SCRIPT, *ENGINES]
    speeds = time_engines(
        SMALL, engines, 3, 0.02, lambda done, note: told.append((done, note))
    )
    assert [speed.engine for speed in speeds] == engines
    for speed in speeds:
        assert speed.steps >= 3
        assert 0 < speed.steps_per_s.low <= speed.steps_per_s.median
        assert speed.steps_per_s.median <= speed.steps_per_s.high
        assert not speed.problem
        if speed.engine == SCRIPT:
            assert (speed.one_a_call, speed.samples_ms) == (None, None)
        else:
            assert speed.one_a_call.low > 0
            assert speed.samples_ms.low > 0
        assert list(speed.times) == list(BASELINES)
        if speed.engine in BASELINES:
            itself = speed.times[speed.engine]
            assert (itself.low, itself.high) == (1, 1)
        assert 0 < speed.times[SCRIPT].low <= speed.times[SCRIPT].high
        others = speeds[0].times[speed.engine] if speed.engine in BASELINES else None
        if others is not None:  # as many times as fast as that is slow
            assert others.low == pytest.approx(1 / speed.times[SCRIPT].high)
    done = [done for done, _note in told]
    assert done == sorted(done)
    assert done[-1] == turns(engines, 3) - 1
    in_rounds = [note for _done, note in told if note in engines]
    assert sorted(in_rounds) == sorted(engines * 3)


def test_without_a_baseline_there_are_no_times():
    """And what another engine would stand in for is not timed."""
    speed, compiled = time_engines(SMALL, ["autograd", "compiled"], 1, 0.01)
    assert speed.times == {}
    assert compiled.steps_per_s is None
    assert "--compile" in compiled.problem


def test_who_cannot_train_says_why_and_the_others_are_timed(monkeypatch):
    missing = replace(ENGINES["python"], module="microgpt_gui.engine.not_installed")
    monkeypatch.setitem(ENGINES, "python", missing)
    deep = replace(
        SMALL, n_layer=8, n_embd=24, block_size=1
    )  # deeper than functions may nest
    script, python, numpy = time_engines(deep, [SCRIPT, "python", "numpy"], 1, 0.01)
    assert "recursion goes deeper" in script.problem
    assert "not_installed" in python.problem
    for speed in (script, python):
        assert speed.steps_per_s is None
        assert speed.times == {}
    assert numpy.steps_per_s.low > 0
    assert numpy.times == {}


def test_collector_is_as_before():
    import gc

    before = gc.isenabled()
    try:
        for switch in (gc.disable, gc.enable):
            switch()
            is_on = gc.isenabled()
            time_engines(SMALL, ["python"], 1, 0.01)
            assert gc.isenabled() == is_on
    finally:
        (gc.enable if before else gc.disable)()


def test_memory_is_that_of_a_process_of_its_own():
    """However much this process holds."""
    ballast = bytearray(400 * 2**20)
    ballast[:: 2**12] = b"1" * len(ballast[:: 2**12])
    peak = peak_bytes(SMALL, "python", 0.01)
    if sys.platform == "linux":
        assert 5 * 2**20 < peak < len(ballast)
    else:
        assert peak is None or peak > 0


def test_positions_are_tokens_to_predict():
    info = Run(RunConfig(dataset="elements", block_size=4)).info
    for step in range(20):
        tokens = len(info.document_of(step)) + 1  # the end is predicted too
        assert positions_of(info, step) == min(tokens, 4)


def test_rounds_go_on_where_the_last_one_ended():
    trainee = Trainee(SMALL, "python")
    costs = [trainee.seconds_a_step(5) for _ in range(3)]
    assert all(cost > 0 for cost in costs)
    assert trainee._run.steps_done == 15


@pytest.fixture
def few_sizes(monkeypatch):
    monkeypatch.setattr(scale, "LAYERS", (1, 2))
    monkeypatch.setattr(scale, "WIDTHS", (4, 8))


def test_scale_fills_a_cell_for_each_size_and_engine(few_sizes, kept_code):
    engines = list(ENGINES)
    cells = scale.time_scale(SMALL, engines, rounds=1, round_s=0.01)
    assert [(c.n_layer, c.n_embd, c.engine) for c in cells] == [
        (n_layer, n_embd, engine)
        for n_layer in (1, 2)
        for n_embd in (4, 8)
        for engine in engines
    ]
    assert len(cells) == scale.cells(engines)
    assert all(cell.step_ms > 0 for cell in cells)
    assert cells[-1].num_params > cells[0].num_params > 0


def test_sizes_that_would_take_too_long_are_left_out_with_an_estimate(
    few_sizes, monkeypatch
):
    monkeypatch.setattr(scale, "LONGEST_STEP_S", 1e-9)
    first, *others = scale.time_scale(SMALL, ["python"], rounds=1, round_s=0.01)
    assert first.step_ms > 0
    for cell in others:
        assert cell.step_ms is None
        ratio = cell.num_params / first.num_params
        assert cell.expected_ms == pytest.approx(first.step_ms * ratio)


def test_machine_is_named():
    machine = this_machine()
    assert machine.cpu
    assert machine.cores >= 1
    assert machine.python.endswith(".".join(map(str, sys.version_info[:3])))
    assert machine.cpu in machine.words()
