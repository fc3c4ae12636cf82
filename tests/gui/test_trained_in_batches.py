"""A quick engine in the training thread: many steps a call, and none of it is seen."""

from __future__ import annotations

import tracemalloc
from array import array

from microgpt_gui.engine.steps import StepsDone
from microgpt_gui.gui.panels.loss.series import LossSeries
from microgpt_gui.gui.panels.loss.smoothing import LIGHT
from microgpt_gui.gui.run.history import LossHistory
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run

QUICK = RunConfig(
    dataset="elements", engine="numpy", steps=1500, n_embd=4, n_head=2, block_size=4
)


def test_samples_and_live_changes_come_between_the_same_steps(run, qtbot):
    due, told = [], []
    run.handover.fell_due.connect(lambda moment: due.append(moment.step))
    run.updated.connect(lambda: told.append(run.step))
    with qtbot.waitSignal(run.prepared):
        run.start(QUICK)
    run.handover.fall_due_every(30)  # two are let wait, and the one at the end
    run.train()
    qtbot.waitUntil(lambda: run.step > 100)
    run.change(learning_rate=0.02)
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert due == [30, 60, 1500]
    assert len(set(told)) < 500

    first, changed = run.info.segments
    assert 100 < changed.start < 1500
    alone = Run(QUICK)
    losses = [alone.step() for _ in range(changed.start)]
    alone.change(learning_rate=0.02)
    losses += [alone.step() for _ in range(1500 - changed.start)]
    assert list(run.losses.values) == losses
    assert list(run.recorder.figures.losses) == losses
    assert run.recorder.figures.learning_rates[changed.start] > (
        first.config.learning_rate_at(changed.start)
    )


def test_a_million_steps_take_less_than_sixty_megabytes():
    """All that is kept of each: by the recorder, the window, and its loss plot."""
    steps, batch = 1_000_000, 10_000
    tracemalloc.start()
    try:
        recorder, history = Recorder(), LossHistory()
        series = LossSeries(history, LIGHT)
        numbers = array("d", bytes(8 * batch))
        for _ in range(steps // batch):
            recorder.after_steps(StepsDone(numbers, numbers), numbers)
            history.extend(numbers)
            series.catch_up()
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(recorder.figures) == len(series) == steps
    assert kept < 45 * 2**20
    assert peak < 60 * 2**20
