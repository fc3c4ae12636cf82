"""The way back from a divergence leads out of it, however often it must be taken."""

from dataclasses import replace

import pytest

from microgpt_gui.engine.base import Diverged
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.recorded import record_at
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.retreat import way_back
from microgpt_gui.session.run import Run

#: Its numbers leave their range in step 29; at half the rate from step 18 on, its
#: weights lead to the same wall in step 67, whatever the rate from step 56 on.
TOO_FAST = RunConfig(dataset="dinosaurs", learning_rate=0.2)


def trained(run):
    """Train on beyond the wall; return whether it came there."""
    try:
        while run.steps_done < 100:
            run.step()
    except Diverged:
        return False
    return True


def gone_back(run, recorder, steps):
    """Return the run anew from so many steps before its end, at half the rate."""
    at = run.steps_done - steps
    info = replace(run.info, segments=run.segments)
    record = record_at(info, recorder, at, lambda: None)
    slower = replace(run.config, learning_rate=run.config.learning_rate / 2)
    record = record.going_on(record.segments[-1].changed(at, slower))
    recorder = Recorder.of(record)
    return Run(record, recorder=recorder), recorder


def test_it_leads_out_of_a_divergence_that_comes_again():
    recorder = Recorder()
    run = Run(TOO_FAST, recorder=recorder)
    ways = []
    while not trained(run):
        ways.append(way_back(run.segments, run.steps_done))
        assert len(ways) < 9, ways
        run, recorder = gone_back(run, recorder, ways[-1])
    assert ways == [10, 10, 20]


@pytest.mark.parametrize(("steps", "back"), [(0, 0), (4, 4), (10, 10), (400, 10)])
def test_the_first_is_of_ten_steps_at_most(steps, back):
    run = Run(replace(TOO_FAST, dataset="elements"))
    assert way_back(run.segments, steps) == back
