"""Any moment of a recorded run comes back, to the last bit."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled, CancelToken, CheckedBy
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.keyframes import size_bytes
from microgpt_gui.session.moments.replay import Replay
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.reading.text import read_text
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from microgpt_gui.session.segment import Segment

SMALL = RunConfig(
    dataset="elements", steps=40, n_embd=8, n_head=2, block_size=6, seed=3
)


def trained(config: RunConfig, steps: int) -> tuple[Run, Recorder]:
    recorder = Recorder()
    run = Run(config, recorder=recorder)
    for _ in range(steps):
        run.step()
    return run, recorder


def replay_of(run: Run, recorder: Recorder) -> Replay:
    info = replace(run.info, segments=run.segments)
    return Replay(info, recorder)


def texts(batches: object) -> list[str]:
    *_, last = batches  # type: ignore[misc]
    return [sample.text for sample in last.samples]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_step_comes_back_in_any_order(engine: str) -> None:
    config = replace(SMALL, engine=engine)
    run, recorder = trained(config, 0)
    states, looks, drawn_live = [], [], []
    request = SampleRequest(count=3)
    for _ in range(13):
        states.append(run.record().state)
        looks.append(run.look(""))
        drawn_live.append(texts(run.samples(request)))
        run.step()
    replay = replay_of(run, recorder)
    for step in (12, 0, 7, 8, 3, 3, 11, 1):
        replay.go_to(step, CancelToken())
        assert replay.state() == states[step]
        assert read_text(replay.moment(), "").text == looks[step].text
        assert read_text(replay.moment(), "") == looks[step]
        drawn = samples(replay.moment(), run.info, request)
        assert texts(drawn) == drawn_live[step]


@pytest.mark.parametrize("engine", ENGINES)
def test_live_changes_and_another_text_are_repeated_too(engine: str) -> None:
    run, recorder = trained(replace(SMALL, dataset="dinosaurs"), 5)
    run.change(learning_rate=0.05)
    for _ in range(5):
        run.step()
    record = run.record()
    other = replace(
        run.config, dataset="colours", engine=engine, learning_rate=0.02, beta1=0.9
    )
    colours = load_dataset("colours", lambda: None)
    with pytest.raises(CorpusError, match="no tokens for"):
        record.going_on(Segment.begin(10, other, colours))
    letters = replace(other, dataset="elements")
    elements = load_dataset("elements", lambda: None)
    forked = record.going_on(Segment.begin(10, letters, elements))
    recorder = Recorder.of(forked)
    child = Run(forked, recorder=recorder)
    assert child.info.first_step == 10
    for _ in range(6):
        child.step()
    assert child.info.document_of(12) in elements.corpus.docs
    assert child.info.document_of(9) == run.info.document_of(9)
    replay = replay_of(child, recorder)
    state = child.record().state
    replay.go_to(9, CancelToken())
    assert read_text(replay.moment(), "").text == run.info.document_of(8)
    replay.go_to(16, CancelToken())
    assert replay.state() == state
    assert read_text(replay.moment(), "").text == child.info.document_of(15)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("split", [0, 1, 7, 12])
def test_a_run_goes_on_from_any_moment_as_if_it_had_never_stopped(
    engine: str, split: int
) -> None:
    config = replace(SMALL, engine=engine, steps=12)
    whole, recorder = trained(config, 12)
    replay = replay_of(whole, recorder)
    replay.go_to(split, CancelToken())
    record = replay.record()
    assert record == whole.record().cut(replay.state())
    assert len(record.figures) == record.steps_done == split
    recorder = Recorder.of(record)
    again = Run(record, recorder=recorder)
    while not again.is_finished:
        again.step()
    assert again.parameters_sha256() == whole.parameters_sha256()
    assert again.record().figures == whole.record().figures
    assert list(again.script_samples(3, 0.5)) == list(whole.script_samples(3, 0.5))


def test_a_replay_that_was_cut_short_begins_afresh() -> None:
    run, recorder = trained(SMALL, 20)
    replay = replay_of(run, recorder)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        replay.go_to(19, cancel)
    with pytest.raises(LookupError):
        replay.state()
    replay.go_to(20, CancelToken())
    assert replay.state() == run.record().state


@pytest.mark.parametrize("step", [-1, 6])
def test_only_recorded_steps_can_be_gone_to(step: int) -> None:
    run, recorder = trained(SMALL, 5)
    with pytest.raises(LookupError, match="not one of the 5"):
        replay_of(run, recorder).go_to(step, CancelToken())


def test_a_long_way_leaves_states_from_which_the_way_back_is_short(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, recorder = trained(SMALL, 0)
    states = []
    for _ in range(25):
        states.append(run.record().state)
        run.step()
    monkeypatch.setattr("microgpt_gui.session.moments.replay.WAY_S", 0.0)
    room = 3 * size_bytes(states[0])
    monkeypatch.setattr("microgpt_gui.session.moments.waypoints.BUDGET_BYTES", room)
    recorder.set_budget(0)
    replay = replay_of(run, recorder)
    replay.go_to(20, CancelToken())
    looks = {}
    for step in (19, 18, 17):
        seen: list[None] = []
        replay.go_to(step, CheckedBy(partial(seen.append, None)))
        assert replay.state() == states[step]
        looks[step] = len(seen)
    # To load a state costs some looks at the token, and each step costs more.
    assert looks[19] == looks[18] < looks[17]
