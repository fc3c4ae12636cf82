"""What is asked of a moment, and that only the first question of it has to build."""

from __future__ import annotations

import math
import random
from array import array
from dataclasses import replace

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.inside.way import token_way
from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.odds import next_token
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.questions import (
    MomentQuestion,
    OddsQuestion,
    SamplesQuestion,
    StatisticsQuestion,
    TextQuestion,
    TokensQuestion,
    TraceQuestion,
    WayQuestion,
)
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.reading.statistics import statistics
from microgpt_gui.session.reading.text import read_text
from microgpt_gui.session.reading.trace import trace_text
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest

SMALL = RunConfig(
    dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8, seed=3
)


def proceed():
    pass


def refuse():
    raise Cancelled


def trained(engine="python", steps=5):
    run = Run(replace(SMALL, engine=engine))
    for _ in range(steps):
        run.step()
    return run


def only(question, run, check=proceed, reader=None):
    asked = Asked(run.moment(), run.info, check, reader or Reader())
    (answer,) = question.answers(asked)
    return answer


@pytest.mark.parametrize("engine", ENGINES)
def test_a_moment_is_read_as_its_engine_reads(engine):
    run = trained(engine)
    reading = only(TextQuestion("gold"), run)
    letters = (run.info.chars.index(letter) for letter in "gold")
    tokens = [len(run.info.chars), *letters]
    assert reading.attention == run._engine.forward(tokens).attention
    request = SampleRequest(count=4)
    *_, last = SamplesQuestion(request).answers(
        Asked(run.moment(), run.info, proceed, Reader())
    )
    assert [s.text for s in last.samples] == list(run.script_samples(4, 0.5))


def test_a_moment_stays_as_it_is_while_its_run_trains_on():
    run = trained()
    moment, request = run.moment(), SampleRequest(count=6, seed=2)
    wanted = list(samples(moment, run.info, request))
    reader = Reader()
    drawing = samples(moment, run.info, request, reader=reader)
    found = []
    for batch in drawing:
        found.append(batch)
        run.step()
        read_text(run.moment(), "iron", reader=reader)  # the reader is not its alone
    assert found == wanted
    assert read_text(moment, "").text == run.info.document_of(4)
    assert read_text(moment, "").step == 5


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_moment_is_opened_once(engine, monkeypatch):
    opened = []
    model = type(ENGINES[engine]).model

    def counted(*arguments):
        opened.append(arguments)
        return model(*arguments)

    monkeypatch.setattr(type(ENGINES[engine]), "model", counted)
    run, reader = trained(engine), Reader()
    for text in ("gold", "iron", ""):
        only(TextQuestion(text), run, reader=reader)
    *_, _ = samples(run.moment(), run.info, SampleRequest(count=2), reader=reader)
    assert len(opened) == 1
    run.step()
    only(TextQuestion("gold"), run, reader=reader)
    assert len(opened) == 2


@pytest.mark.parametrize("engine", ENGINES)
def test_each_question_has_a_check_of_its_own(engine):
    run, reader = trained(engine), Reader()
    drawing = samples(run.moment(), run.info, SampleRequest(count=3), reader=reader)
    next(drawing)
    with pytest.raises(Cancelled):
        only(TextQuestion("gold"), run, refuse, reader)
    assert len(next(drawing).samples) == 2  # which goes on
    assert only(TextQuestion("gold"), run, reader=reader).text == "gold"
    with pytest.raises(Cancelled):
        next(
            SamplesQuestion(SampleRequest()).answers(
                Asked(run.moment(), run.info, refuse, reader)
            )
        )


@pytest.mark.parametrize("engine", ENGINES)
def test_a_sequence_goes_on_when_another_reading_is_ended(engine):
    moment, reader = trained(engine).moment(), Reader()
    model, vocabulary = reader.open(moment)
    read, alone = model.start_sequence(), model.start_sequence()
    wanted = [alone(token) for token in (vocabulary.bos, 0)]
    found = [read(vocabulary.bos)]
    with pytest.raises(Cancelled):
        read_text(moment, "gold", refuse, reader)
    assert [*found, read(0)] == wanted


def test_questions_are_values():
    assert TextQuestion("a") == TextQuestion("a") != TextQuestion("b")
    asked = {TextQuestion("a"), SamplesQuestion(SampleRequest()), MomentQuestion()}
    assert MomentQuestion() in asked
    assert SamplesQuestion(SampleRequest(seed=1)) not in asked
    run = trained()
    assert only(MomentQuestion(), run) == run.moment()


def test_every_question_has_the_answer_of_its_function():
    run = trained()
    moment = run.moment()
    traced = only(TraceQuestion("Gold"), run)
    assert traced == trace_text(moment, "Gold")
    assert traced.shown == only(TokensQuestion("Gold"), run).shown
    assert traced.shown.tokens == traced.trace.tokens
    assert traced.shown.labels == ("BOS", *"gold")
    assert "“g” is taken instead" in traced.shown.note
    reading = only(TextQuestion("gold"), run)
    assert reading.attention == tuple(x.attention for x in traced.trace.layers)
    assert only(OddsQuestion("go", 0.5), run) == next_token(moment, "go", 0.5)
    assert only(StatisticsQuestion(), run) == statistics(moment)
    way = only(WayQuestion("gold", 2), run)
    assert way == token_way(moment, "gold", 2)
    (after,) = way.numbers["l0.after"]
    assert after == traced.trace.layers[0].after[2]


def test_weights_beyond_help_leave_no_number_and_no_error():
    moment, stream = trained().moment(), random.Random(1)
    layer = 12 * 8 * 8  # its numbers, the last of all
    wild = [stream.choice((1e160, -1e160)) for _ in range(layer)]
    weights = moment.weights[:-layer] + array("d", wild)
    moment = replace(moment, weights=weights)
    reading = read_text(moment, "gold")
    assert [len(row) for row in reading.attention[0][1]] == [1, 2, 3, 4, 5]
    assert all(math.isnan(w) for head in reading.attention[0] for w in head[-1])
    traced = trace_text(moment, "gold")
    assert math.isnan(traced.trace.logits[-1][0])
    assert "predicts nothing here" in traced.problem
    (batch,) = samples(moment, Run(SMALL).info, SampleRequest())
    assert "predicts nothing here" in batch.problem


def test_matrices_are_views_of_the_weights_by_the_script_s_names():
    run = trained()
    moment = run.moment()
    found = matrices(moment)
    parameters = run._engine.parameters()
    assert [m.name for m in found] == list(parameters)
    for matrix in found:
        rows = parameters[matrix.name]
        assert (matrix.rows, matrix.columns) == (len(rows), len(rows[0]))
        row = random.Random(1).randrange(matrix.rows)
        start = row * matrix.columns
        assert list(matrix.numbers[start : start + matrix.columns]) == rows[row]
        with pytest.raises(TypeError):
            matrix.numbers[0] = 1.0
    moment.weights[0] += 1.0
    assert found[0].numbers[0] == moment.weights[0]
