"""Gradients, moments and changes of weights, held against the run's own states."""

from __future__ import annotations

import math
from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports import weights_tables
from microgpt_gui.session.exports.weights_tables import film_csv, weights_csv
from microgpt_gui.session.moments import past as past_module
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.moments.altered import altered
from microgpt_gui.session.moments.recorded import moment_at
from microgpt_gui.session.reading.altered_question import AlteredQuestion
from microgpt_gui.session.reading.matrices import Matrix, matrices
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.questions import (
    FilmQuestion,
    NormsQuestion,
    WeightsQuestion,
)
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.reading.weights import norms as norms_module
from microgpt_gui.session.reading.weights.film import film_steps
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


@pytest.mark.long
@pytest.mark.parametrize("letters", [1, 2000])
@pytest.mark.parametrize("engine", ["python", "autograd", "numpy"])
def test_alphabets_of_any_size_are_told_of(letters, engine, tmp_path):
    file = tmp_path / "letters.txt"
    alphabet = [chr(0x4E00 + i) for i in range(letters)]
    lines = ["".join(alphabet[i : i + 5]) for i in range(0, letters, 5)]
    file.write_text("\n".join(lines), encoding="utf-8")
    test_every_quantity_is_the_runs_own({"dataset": str(file), "engine": engine})
    test_norms_are_those_of_every_keyframe({"dataset": str(file), "engine": engine})


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


@pytest.mark.parametrize("engine", ["python", "numpy"])
def test_before_the_first_step_nothing_has_changed_since_the_start(engine):
    """Nothing is recorded then: the first state is made anew from its seed."""
    recorder = Recorder()
    run = Run(replace(SMALL, engine=engine), recorder=recorder)
    run.change(learning_rate=0.5)
    info, moment, reader = run.info, run.moment(), Reader(recorder)
    assert moment_at(info, recorder, 0).weights == moment.weights
    assert set(ask(info, reader, moment, Quantity.CHANGE).numbers) == {0.0}
    question = AlteredQuestion(
        WeightsQuestion(Quantity.CHANGE), UNALTERED.with_nudge("wte", 0, 0, 0.5)
    )
    (answer,) = question.answers(Asked(moment, info, proceed, reader))
    assert answer.numbers[0] == pytest.approx(0.5)
    assert not any(answer.numbers[1:])


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
    monkeypatch.setattr(past_module, "LEAST_KEPT", 1)
    reader = Reader(recorder)
    keyframes = {state.steps_done for state in recorder.keyframes()}
    steps = [step for step in range(STEPS + 1) if step not in keyframes]
    for step in (*steps, *range(STEPS + 1)):
        past = reader.past(step, run.info)
        assert past.weights == states[step].parameters
        assert len(reader._past._kept) <= 2
    assert reader.past(STEPS - 1, run.info) is reader.past(STEPS - 1, run.info)
    # However large they are, a film's are kept.
    monkeypatch.setattr(past_module, "BUDGET_BYTES", 0)
    monkeypatch.setattr(past_module, "LEAST_KEPT", len(steps))
    first = [reader.past(step, run.info) for step in steps]
    assert all(reader.past(m.step, run.info) is m for m in first)


def test_a_table_is_headed_by_what_is_in_it():
    run, recorder, states, moments = trained()
    answer = ask(run.info, Reader(recorder), moments[3], Quantity.V)
    text = "".join(weights_csv(answer.matrices(), proceed, "v"))
    head, *rows = text.splitlines()
    assert head == "matrix,row,column,v"
    assert [float(row.rsplit(",", 1)[1]) for row in rows] == states[3].v.tolist()


@pytest.mark.parametrize("settings", SHAPES, ids=str)
def test_norms_are_those_of_every_keyframe(settings):
    run, recorder, _, moments = trained(**settings)
    reader = Reader(recorder)

    def asked(step):
        asked = Asked(moments[step], run.info, proceed, reader)
        *_, answer = NormsQuestion().answers(asked)
        return answer

    for step in (0, 4, STEPS):
        answer = asked(step)
        assert answer.is_complete and answer.step == step
        keyframes = {state.steps_done for state in recorder.keyframes()}
        assert set(answer.steps) == {s for s in keyframes if s < step} | {step}
        assert list(answer.steps) == sorted(answer.steps)
        for place, at in enumerate(answer.steps):
            shown = [column[place] for column in answer.norms]
            wanted = [
                math.sqrt(math.fsum(x * x for x in matrix.numbers))
                for matrix in matrices(moments[at])
            ]
            assert shown == pytest.approx(wanted, rel=1e-14)
            assert answer.names == tuple(m.name for m in matrices(moments[at]))


def test_norms_come_bit_by_bit_from_all_over_the_run(monkeypatch):
    monkeypatch.setattr(norms_module, "_ANSWERED_AFTER", 1)
    monkeypatch.setattr(norms_module, "MOST_POINTS", 16)
    run, _, states, moments = trained()
    many = [replace(states[0], steps_done=step) for step in range(100)]
    reader = Reader(Recorder.of(replace(run.record(), keyframes=tuple(many))))
    last = replace(moments[9], step=100)
    asked = Asked(last, run.info, proceed, reader)
    answers = list(NormsQuestion().answers(asked))
    assert [len(answer.steps) for answer in answers[:3]] == [2, 3, 4]
    assert answers[1].steps == (0, 64, 100)[: len(answers[1].steps)]
    assert 10 < len(answers[-1].steps) <= 17
    assert [answer.is_complete for answer in answers[-2:]] == [False, True]
    assert len(list(NormsQuestion().answers(asked))) == 1  # they are kept

    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        list(NormsQuestion().answers(replace(asked, check=stop)))
    # Sizes whose squares are beyond all numbers are numbers.
    huge = replace(last, weights=array("d", [1e300] * len(last.weights)))
    *_, answer = NormsQuestion().answers(replace(asked, moment=huge))
    assert answer.norms[1][-1] == pytest.approx(1e300 * math.sqrt(6 * 4))


@given(last=st.integers(0, 10**7), most=st.integers(2, 40))
def test_the_steps_of_a_film_are_round_and_reach_the_end(last, most):
    steps = film_steps(last, most)
    assert len(steps) <= most
    assert steps[0] == 0 or len(steps) == 1
    assert steps[-1] == last
    assert sorted(set(steps)) == list(steps)
    if len(steps) > 2:
        apart = steps[1]
        assert str(apart).rstrip("0") in ("1", "2", "25", "5")
        assert list(steps[:-1]) == list(range(0, last, apart))
    if last >= 100:
        assert len(steps) >= most / 2.6  # not fewer than need be


def test_a_film_brings_moments_back_one_by_one():
    run, recorder, states, moments = trained()
    reader = Reader(recorder)
    asked = Asked(moments[8], run.info, proceed, reader)
    films = list(FilmQuestion(5).answers(asked))
    assert [len(film.moments) for film in films] == [1, 2, 3, 4, 5]
    assert {film.steps for film in films} == {(0, 2, 4, 6, 8)}
    for step, moment in zip(films[-1].steps, films[-1].moments, strict=True):
        assert moment.step == step
        assert moment.weights == states[step].parameters


def test_a_table_that_no_spreadsheet_holds_is_refused(monkeypatch):
    monkeypatch.setattr(weights_tables, "MAX_ROWS", 500)
    frames = [(0, [Matrix("wte", 10, 30, array("d", range(300)))])]
    assert len("".join(film_csv(frames, proceed)).splitlines()) == 301
    with pytest.raises(ValueError, match=r"600 rows.*choose one matrix"):
        film_csv(frames * 2, proceed)
