"""Machine code takes over between two steps, and no number is another one."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.compiled import loaded
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.replay import Replay
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest

CONFIG = RunConfig(
    dataset="elements", engine="compiled", steps=60, n_embd=8, n_head=2, n_layer=2
)


def trained(config, seed, take_over=lambda: None):
    """Return all numbers of a run that is stopped, sampled and changed on the way."""
    choose = random.Random(seed)
    recorder = Recorder()
    run = Run(config, recorder=recorder)
    change_at, take_over_at = choose.sample(range(1, config.steps), 2)
    losses, samples = [], []
    while not run.is_finished:
        at = run.steps_done
        ends = [e for e in (change_at, take_over_at, config.steps) if e > at]
        losses += run.train(min(choose.randint(1, 20), min(ends) - at)).losses
        if run.steps_done == change_at:
            run.change(learning_rate=0.02)
        if run.steps_done == take_over_at:
            batches = run.samples(SampleRequest(count=3))
            samples += next(batches).samples
            take_over()
            samples += [s for batch in batches for s in batch.samples]
            samples += run.look("gold").attention
    samples += run.script_samples(3, 0.7)
    replay = Replay(run.info, recorder)
    replay.follow(replace(run.info, segments=run.segments))
    moments = []
    for step in (take_over_at, take_over_at + 1, change_at, 0, config.steps):
        replay.go_to(step, CancelToken())
        moments.append(replay.moment().weights)
    return run, (losses, samples, moments, run.record().state, take_over_at)


@pytest.mark.parametrize("seed", range(3))
def test_whenever_it_comes_all_numbers_are_those_of_python(entries, seed):
    run, compiled = trained(CONFIG, seed, lambda: loaded.take_up(entries))
    assert run.taken_over_at == compiled[-1]
    loaded.take_up(None)
    run, python = trained(replace(CONFIG, engine="python"), seed)
    assert run.taken_over_at is None
    assert compiled == python


def test_each_of_several_runs_takes_over_and_what_goes_on_begins_with_it(entries):
    runs = [Run(replace(CONFIG, seed=seed), recorder=Recorder()) for seed in (1, 2)]
    for run, steps in zip(runs, (3, 7), strict=True):
        while run.steps_done < steps:
            run.train(steps - run.steps_done)
    loaded.take_up(entries)
    for run, steps in zip(runs, (3, 7), strict=True):
        run.train(5)
        assert run.taken_over_at == steps
        rest = Run(run.record(), recorder=Recorder.of(run.record()))
        assert rest.train(4).losses == run.train(4).losses
        assert rest.taken_over_at is None
