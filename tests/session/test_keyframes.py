"""What is kept of a run, and what it may take."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.engine.state import EngineState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.keyframes import Keyframes
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run

SIZE = 3 * 8 * 10  # bytes of one state


def state(step: int) -> EngineState:
    numbers = array("d", bytes(80))
    return EngineState(step, numbers, numbers, numbers)


@given(
    gaps=st.lists(st.integers(1, 9), min_size=1, max_size=200),
    room=st.integers(0, 30),
)
def test_the_budget_is_kept_and_the_ends_are_never_lost(
    gaps: list[int], room: int
) -> None:
    kept = Keyframes(room * SIZE)
    steps = [0]
    kept.add(state(0))
    for gap in gaps:
        steps.append(steps[-1] + gap)
        kept.add(state(steps[-1]))
        assert kept.size_bytes == SIZE * len(kept)
        assert len(kept) <= max(room, 2)
        assert kept.nearest(steps[-1]).steps_done == steps[-1]
        assert kept.nearest(0).steps_done == 0


def test_the_older_half_of_a_long_run_is_thinned_first() -> None:
    kept = Keyframes(100 * SIZE)
    for step in range(0, 1500, 10):
        kept.add(state(step))
    steps = [state.steps_done for state in kept.all()]
    gaps = [after - before for before, after in pairwise(steps)]
    assert gaps == sorted(gaps, reverse=True)
    assert set(gaps) <= {10, 20}
    assert kept.widest_gap == 20


def test_what_was_never_kept_cannot_be_found() -> None:
    with pytest.raises(LookupError):
        Keyframes(1).nearest(5)


def test_the_recorder_tells_what_it_holds_and_heeds_a_new_budget() -> None:
    recorder = Recorder()
    run = Run(RunConfig(dataset="elements", n_embd=8, steps=200), recorder=recorder)
    while not run.is_finished:
        run.step()
    held = recorder.holdings()
    assert held.steps == 200
    assert held.keyframes >= 3
    assert held.size_bytes == held.keyframes * 24 * run.info.num_params
    recorder.set_budget(0)
    assert recorder.holdings().keyframes == 2
    assert recorder.holdings().widest_gap == recorder.keyframes()[1].steps_done
    assert len(recorder.figures) == 200
    assert recorder.figures.gradient_norms[0] > 0
