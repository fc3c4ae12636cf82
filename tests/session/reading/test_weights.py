"""Gradients, moments and changes of weights, held against the run's own states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.tables import weights_csv
from microgpt_gui.session.moments import past as past_module
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.moments.altered import altered
from microgpt_gui.session.reading.altered_question import AlteredQuestion
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.questions import WeightsQuestion
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.reading.weights.quantity import Quantity
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run

STEPS = 9
SMALL = RunConfig(
    dataset="elements", steps=40, n_embd=4, n_head=2, block_size=6, seed=3
)
SHAPES = [
    {"engine": "python"},
    {"engine": "autograd", "n_embd": 1, "n_head": 1},
    {"engine": "numpy", "n_layer": 2, "n_head": 4, "beta1": 0.5},
    {"engine": "python", "n_layer": 4, "n_embd": 8, "n_head": 8},
]


def proceed():
    pass


def trained(**settings):
    """Return a run, its recorder, its states, and its moments."""
    recorder = Recorder()
    run = Run(replace(SMALL, **settings), recorder=recorder)
    states, moments = [run.record().state], [run.moment()]
    for _ in range(STEPS):
        run.step()
        states.append(run.record().state)
        moments.append(run.moment())
    return run, recorder, states, moments


def ask(info, reader, moment, quantity, since=0):
    question = WeightsQuestion(quantity, since)
    (answer,) = question.answers(Asked(moment, info, proceed, reader))
    return answer


def less(after, before):
    return [a - b for a, b in zip(after, before, strict=True)]


@pytest.mark.parametrize("settings", SHAPES, ids=str)
def test_every_quantity_is_the_runs_own(settings):
    run, recorder, states, moments = trained(**settings)
    reader, config = Reader(recorder), run.config
    for step in (STEPS, 1, 5):
        after, before = states[step], states[step - 1]

        def shown(quantity, since=0, step=step):
            answer = ask(run.info, reader, moments[step], quantity, since)
            assert (answer.step, answer.quantity) == (step, quantity)
            return list(answer.numbers)

        assert shown(Quantity.VALUE) == after.parameters.tolist()
        assert shown(Quantity.M) == after.m.tolist()
        assert shown(Quantity.V) == after.v.tolist()
        change = less(after.parameters, before.parameters)
        assert shown(Quantity.STEP) == change
        for since in (0, 3, step, STEPS):
            wanted = less(after.parameters, states[since].parameters)
            assert shown(Quantity.CHANGE, since) == wanted
        # Adam's own sums say what the gradient was.
        gradient = shown(Quantity.GRADIENT)
        beta1, beta2 = config.beta1, config.beta2
        old = list(zip(before.m, before.v, gradient, strict=True))
        m = [beta1 * m + (1 - beta1) * g for m, _, g in old]
        v = [beta2 * v + (1 - beta2) * g * g for _, v, g in old]
        assert after.m.tolist() == pytest.approx(m, rel=1e-12, abs=1e-18)
        assert after.v.tolist() == pytest.approx(v, rel=1e-12, abs=1e-24)


def test_what_there_is_not_is_said():
    run, recorder, _, moments = trained()
    reader = Reader(recorder)
    for quantity in Quantity:
        answer = ask(run.info, reader, moments[0], quantity)
        assert (answer.numbers is None) is quantity.is_of_step
    answer = ask(run.info, reader, moments[4], Quantity.CHANGE, 12)
    assert (answer.numbers, answer.recorded) == (None, STEPS)
    assert answer.matrices() == ()
    with pytest.raises(LookupError, match="not at hand"):
        ask(run.info, Reader(), moments[4], Quantity.CHANGE)


def test_a_saved_run_gives_the_same_numbers():
    run, recorder, _, moments = trained()
    saved = Recorder.of(run.record())
    for quantity in Quantity:
        live, again = (
            ask(run.info, Reader(held), moments[6], quantity, 2)
            for held in (recorder, saved)
        )
        assert list(again.numbers) == list(live.numbers)


def test_a_scratch_copy_has_changes_of_its_own_and_the_runs_steps():
    run, recorder, states, moments = trained()
    alteration = UNALTERED.with_head(0, 1, 0.0)
    reader = Reader(recorder)

    def asked(quantity):
        question = AlteredQuestion(WeightsQuestion(quantity, 2), alteration)
        asked = Asked(moments[5], run.info, proceed, reader)
        (answer,) = question.answers(asked)
        return list(answer.numbers)

    assert asked(Quantity.M) == states[5].m.tolist()
    scratch = altered(moments[5], alteration).weights
    assert scratch != moments[5].weights
    assert asked(Quantity.CHANGE) == less(scratch, states[2].parameters)


def test_only_so_many_moments_are_kept(monkeypatch):
    run, recorder, states, _ = trained()
    size = 8 * len(states[0].parameters)
    monkeypatch.setattr(past_module, "BUDGET_BYTES", 2 * size)
    reader = Reader(recorder)
    keyframes = {state.steps_done for state in recorder.keyframes()}
    steps = [step for step in range(STEPS + 1) if step not in keyframes]
    for step in (*steps, *range(STEPS + 1)):
        past = reader.past(step, run.info)
        assert past.weights == states[step].parameters
        assert len(reader._past._kept) <= 2
    assert reader.past(STEPS - 1, run.info) is reader.past(STEPS - 1, run.info)


def test_a_table_is_headed_by_what_is_in_it():
    run, recorder, states, moments = trained()
    answer = ask(run.info, Reader(recorder), moments[3], Quantity.V)
    text = "".join(weights_csv(answer.matrices(), proceed, "v"))
    head, *rows = text.splitlines()
    assert head == "matrix,row,column,v"
    assert [float(row.rsplit(",", 1)[1]) for row in rows] == states[3].v.tolist()
