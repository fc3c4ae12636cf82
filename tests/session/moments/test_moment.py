"""A moment is the same value, wherever it comes from."""

from __future__ import annotations

import pickle
import subprocess
import sys
from array import array
from dataclasses import replace
from pathlib import Path

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.moments.recorded import moment_at
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.reading import read_run
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run
from microgpt_gui.session.segment import Segment

ROOT = Path(__file__).parents[3]

SMALL = RunConfig(
    dataset="elements", steps=40, n_embd=8, n_head=2, block_size=6, seed=3
)


def recorded(start, steps, run_id=0):
    recorder = Recorder() if isinstance(start, RunConfig) else Recorder.of(start)
    run = Run(start, run_id, recorder=recorder)
    for _ in range(steps):
        run.step()
    return run, recorder


def info_of(run):
    return replace(run.info, segments=run.segments)


def proceed():
    pass


@pytest.mark.parametrize("engine", ENGINES)
def test_live_replayed_saved_and_another_run_s_moments_are_equal(engine, tmp_path):
    config = replace(SMALL, engine=engine)
    live = []
    run, recorder = recorded(config, 0, run_id=7)
    for _ in range(9):
        live.append(run.moment())
        run.step()
    beside, its_recorder = recorded(config, 12, run_id=8)
    path = tmp_path / "run.mgpt"
    write_run(path, SavedRun(run.record()), proceed)
    saved = read_run(path, proceed).record
    assert Moment.of_record(saved) == run.moment()
    for step, moment in enumerate(live):
        assert moment.step == step
        assert moment == moment_at(info_of(run), recorder, step, proceed)
        other = moment_at(info_of(beside), its_recorder, step, proceed)
        assert (moment.run_id, other.run_id) == (7, 8)
        assert moment == other
        assert hash(moment) == hash(other)
        cut = saved.cut(replace(saved.state, steps_done=step, parameters=other.weights))
        assert moment == Moment.of_record(cut)
    assert len(set(live)) == 9


def test_a_moment_holds_what_its_newest_step_learnt_with():
    run, recorder = recorded(SMALL, 3)
    run.change(learning_rate=0.05)
    assert run.moment().config == SMALL
    run.step()
    assert run.moment().config.learning_rate == 0.05
    assert run.moment().document == run.info.document_of(3)
    assert moment_at(info_of(run), recorder, 3, proceed).config == SMALL
    other = replace(run.config, dataset="dinosaurs", engine="numpy", beta1=0.5)
    docs = tuple(doc[::-1] for doc in run.info.docs)
    backwards = load_dataset("elements", proceed)
    backwards = replace(backwards, corpus=type(backwards.corpus).of(docs))
    record = run.record().going_on(Segment.begin(4, other, backwards))
    forked, recorder = recorded(record, 2)
    assert forked.moment().config == other
    assert forked.moment().document[::-1] in run.info.docs
    assert Run(record, recorder=Recorder.of(record)).moment() == run.moment()
    assert moment_at(info_of(forked), recorder, 4, proceed) == run.moment()
    before = Run(SMALL).moment()
    assert (before.config, before.document) == (SMALL, run.info.docs[0])


def test_a_single_bit_makes_another_moment():
    moment = Run(SMALL).moment()
    zero, minus, nan = moment.weights[:], moment.weights[:], moment.weights[:]
    zero[0], minus[0], nan[0] = 0.0, -0.0, float("nan")
    moments = [replace(moment, weights=weights) for weights in (zero, minus, nan)]
    assert len({*moments, moment}) == 4
    assert moments[2] == replace(moment, weights=nan[:])
    assert moment != replace(moment, document="x")
    assert moment != "moment"


def test_weights_of_another_model_are_refused():
    moment = Run(SMALL).moment()
    with pytest.raises(ValueError, match=r"has 1216 weights, .* not 1215 of 'd'"):
        replace(moment, weights=moment.weights[1:])
    with pytest.raises(ValueError, match="not 1216 of 'f'"):
        replace(moment, weights=array("f", moment.weights))


def test_a_moment_that_is_not_wanted_any_more_is_not_computed():
    run, recorder = recorded(SMALL, 8)

    def refuse():
        raise Cancelled

    with pytest.raises(Cancelled):
        moment_at(info_of(run), recorder, 7, refuse)
    with pytest.raises(LookupError, match="not one of the 8"):
        moment_at(info_of(run), recorder, 9, proceed)


#: Trains where neither NumPy nor Qt can be imported.
TRAINER = """
import sys
for name in ("numpy", "PySide6", "pyqtgraph"):
    sys.modules[name] = None
import pickle
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
run = Run(RunConfig("elements", steps=40, n_embd=8, n_head=2, block_size=6, seed=3))
told = [run.step() for _ in range(30)], run.moment().weights
sys.stdout.buffer.write(pickle.dumps(told))
"""


def test_a_run_needs_neither_numpy_nor_qt():
    told = subprocess.run(
        [sys.executable, "-c", TRAINER], cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    losses, weights = pickle.loads(told.stdout)
    run = Run(SMALL)
    assert losses == [run.step() for _ in range(30)]
    assert weights == run.moment().weights
