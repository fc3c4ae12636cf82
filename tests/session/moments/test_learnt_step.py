"""What one step of a recorded run did, to the last bit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.autograd import AutogradEngine
from microgpt_gui.engine.base import Cancelled, CancelToken
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.engine.value import backward, topological_order
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.recorded import moment_at, step_at
from microgpt_gui.session.moments.replay import Replay
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.questions import StepQuestion
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run

SMALL = RunConfig(
    dataset="elements", steps=40, n_embd=8, n_head=2, block_size=6, seed=3
)


def proceed():
    pass


@pytest.mark.parametrize("engine", ENGINES)
def test_a_step_is_what_the_run_did(engine):
    recorder = Recorder()
    run = Run(replace(SMALL, engine=engine), recorder=recorder)
    states, losses = [run.record().state], []
    for step in range(9):
        if step == 5:
            run.change(learning_rate=0.05)
        losses.append(run.step())
        states.append(run.record().state)
    info = replace(run.info, segments=run.segments)
    figures = recorder.figures
    for step in (9, 1, 5, 6):
        learnt = step_at(info, recorder, step, proceed)
        assert (learnt.before, learnt.after) == (states[step - 1], states[step])
        assert learnt.loss == losses[step - 1]
        assert learnt.learning_rate == figures.learning_rates[step - 1]
        assert learnt.config == moment_at(info, recorder, step, proceed).config
        assert learnt.document == info.document_of(step - 1)
        if engine != "autograd":  # it is repeated by a faster one, which adds otherwise
            assert learnt.gradient_norm == figures.gradient_norms[step - 1]
        graph = graph_of(learnt, info)
        assert graph.loss_graph(learnt.tokens).data == pytest.approx(learnt.loss)
        wanted = grads(graph, learnt.tokens)
        if ENGINES[engine].identical:
            assert learnt.gradient.tolist() == wanted
        assert learnt.gradient.tolist() == pytest.approx(wanted, rel=1e-12, abs=1e-15)


def graph_of(learnt, info):
    """Return the engine that can draw the graph of a step's loss."""
    model = learnt.config.model(info.vocab_size)
    weights = unflattened(model, learnt.before.parameters)
    return AutogradEngine(model, weights, learnt.config.adam(), CancelToken())


def grads(engine, tokens):
    backward(topological_order(engine.loss_graph(tokens), proceed), proceed)
    return [p.grad for p in engine._params]


def test_a_replay_stands_after_the_step_that_it_has_told():
    recorder = Recorder()
    run = Run(SMALL, recorder=recorder)
    states = [run.record().state]
    for _ in range(6):
        run.step()
        states.append(run.record().state)
    replay = Replay(run.info, recorder)
    for step in (4, 5, 6, 2):
        assert replay.learn(step, CancelToken()).after == states[step]
        assert replay.state() == states[step]
    for step in (0, 7):
        with pytest.raises(LookupError, match=f"step {step} is not one of the 6"):
            replay.learn(step, CancelToken())
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        replay.learn(5, cancel)
    assert replay.learn(5, CancelToken()).after == states[5]


def test_a_reader_tells_the_step_of_the_moment_that_it_reads():
    recorder = Recorder()
    run = Run(SMALL, recorder=recorder)
    first = run.moment()
    moments = []
    for _ in range(5):
        run.step()
        moments.append(run.moment())
    reader = Reader(recorder)

    def asked(moment, reader=reader):
        (answer,) = StepQuestion().answers(Asked(moment, run.info, proceed, reader))
        return answer

    assert asked(first) is None
    for moment in (moments[3], moments[3], moments[0], moments[4]):
        learnt = asked(moment)
        assert learnt.after.parameters == moment.weights
        assert asked(moment) is learnt
        assert learnt == step_at(run.info, recorder, moment.step, proceed)
    with pytest.raises(LookupError, match="not at hand"):
        asked(moments[2], Reader())
