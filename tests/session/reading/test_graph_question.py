"""The graph as a question to a moment: which step's, and what stands in its way."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest

from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.graph import question as graph_question
from microgpt_gui.session.reading.graph.open_graph import OpenGraphQuestion, opened
from microgpt_gui.session.reading.graph.question import GraphQuestion, graph_of
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run

SMALL = RunConfig(dataset="elements", steps=9, n_embd=4, n_head=2, block_size=8)


def proceed():
    pass


def refuse():
    raise Cancelled


def recorded(steps, **settings):
    recorder = Recorder()
    run = Run(replace(SMALL, **settings), recorder=recorder)
    for _ in range(steps):
        run.step()
    return run, recorder


def asked_of(run, recorder, check=proceed):
    return Asked(run.moment(), run.info, check, Reader(recorder))


@pytest.mark.parametrize("engine", ["python", "autograd", "numpy"])
def test_it_is_the_graph_of_the_step_that_made_the_moment(engine):
    run, recorder = recorded(4, engine=engine)
    asked = asked_of(run, recorder)
    (shown,) = GraphQuestion().answers(asked)
    learnt = asked.reader.step_of(asked.moment, run.info)
    assert (shown.step, shown.is_learnt, shown.problem) == (4, True, "")
    assert shown.document == learnt.document == run.info.document_of(3)
    graph = shown.graph
    assert graph.data[: graph.weights] == learnt.before.parameters
    found, wanted = list(graph.grad[: graph.weights]), list(learnt.gradient)
    if engine == "numpy":
        assert "last digits" in shown.note
        assert found == pytest.approx(wanted, rel=1e-9, abs=1e-14)
        assert graph.data[-1] == pytest.approx(learnt.loss, rel=1e-12)
    else:
        assert shown.note == ""
        assert found == wanted
        assert graph.data[-1] == learnt.loss
    (overview,) = OpenGraphQuestion().answers(asked)
    assert overview.step == 4
    assert not any(box.is_open or box.is_number for box in overview.boxes)


def test_before_the_first_step_it_is_that_of_the_loss_to_come():
    run, recorder = recorded(0)
    (shown,) = GraphQuestion().answers(asked_of(run, recorder))
    assert (shown.step, shown.is_learnt) == (0, False)
    assert shown.graph.data[: shown.graph.weights] == run.moment().weights
    assert shown.graph.data[-1] == run.step()


def test_a_graph_that_is_too_large_is_that_of_the_first_predictions(monkeypatch):
    run, _ = recorded(0)
    moment = run.moment()
    whole = graph_of(moment, None, proceed).graph
    monkeypatch.setattr(graph_question, "MOST_NUMBERS", len(whole) // 2)
    shown = graph_of(moment, None, proceed)
    assert len(shown.graph) <= len(whole) // 2
    count = len(shown.graph.tokens) - 1
    assert 1 <= count < len(whole.tokens) - 1
    assert f"{len(whole):,} numbers" in shown.problem
    first = "prediction" if count == 1 else f"{count} predictions"
    assert f"the first {first} alone" in shown.problem
    monkeypatch.setattr(graph_question, "MOST_NUMBERS", 10)
    shown = graph_of(moment, None, refuse)  # nothing is begun
    assert shown.graph is None
    assert "A smaller model" in shown.problem
    with pytest.raises(ValueError, match="smaller model"):
        opened(shown, ())


def test_it_says_why_there_is_none():
    run, recorder = recorded(2)
    moment = run.moment()
    wild = Moment(0, 0, moment.chars, moment.config, "xe", moment.weights[:])
    wild.weights[5] = float("nan")
    assert graph_of(wild, None, proceed).graph is not None
    wild.weights[5] = 0.1
    problems = []
    columns, chars = moment.model.n_embd, moment.chars
    lm_head = (moment.model.vocab_size + moment.model.block_size) * columns
    for sign in (1e5, -1e5):  # one of them gives the first letter no chance at all
        for letter, weight in (("x", sign), ("e", -sign)):
            start = lm_head + chars.index(letter) * columns
            wild.weights[start : start + columns] = array("d", [weight] * columns)
        problems.append(graph_of(wild, None, proceed).problem)
    assert any("out of range" in problem for problem in problems)
    textless = replace(moment, document="")
    assert "not at hand" in graph_of(textless, None, proceed).problem
    with pytest.raises(Cancelled):
        list(GraphQuestion().answers(asked_of(run, recorder, refuse)))
