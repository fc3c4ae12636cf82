"""One thread reads moments for whoever is seen, wherever the moments come from."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import pytest

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading import questions
from microgpt_gui.session.reading.questions import (
    MomentQuestion,
    SamplesQuestion,
)
from microgpt_gui.session.run_files.reading import read_run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import (
    comparison_of,
    draws_of,
    look_of,
    looks_of,
    shelf_of,
    subject_of,
    timeline_of,
    workshop_of,
)
from tests.gui.run_files import save
from tests.gui.timeline_bar import panel
from tests.gui.trained_runs import at_step, go_to_the_end, train

SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8)
ENDLESS = replace(SMALL, steps=1_000_000)
LARGE = RunConfig(dataset="elements", n_layer=2, n_embd=64, block_size=32)


def answered(qtbot, wish, place, question):
    wish.want(place, question)
    qtbot.waitUntil(lambda: not wish.is_under_way)
    return wish.answer


@dataclass(frozen=True)
class Long:
    """A question that takes long to answer, until nobody wants to know any more."""

    number: int

    def answers(self, asked):
        while True:
            time.sleep(0.001)
            asked.check()
            yield self.number


@dataclass(frozen=True)
class Slow:
    """A question that takes a while to answer."""

    number: int

    def answers(self, asked):
        time.sleep(0.02)
        yield self.number


@pytest.fixture
def texts_read(monkeypatch):
    """Every text that is read, in its order."""
    read, texts = questions.read_text, []

    def noted(moment, text, *args, **kwargs):
        texts.append(text)
        return read(moment, text, *args, **kwargs)

    monkeypatch.setattr(questions, "read_text", noted)
    return texts


def test_a_moment_is_the_same_wherever_it_comes_from(playground, qtbot, tmp_path):
    run, workshop = playground.run, workshop_of(playground.run)
    train(run, qtbot, SMALL)
    live = run.moment
    assert live == at_step(SMALL, 40).moment()
    save(qtbot, playground.window.document, tmp_path / "run.mgpt")
    assert Moment.of_record(read_run(tmp_path / "run.mgpt").record) == live
    wish = workshop.wish(run)
    timeline_of(run).show(25)
    past = answered(qtbot, wish, timeline_of(run).place, MomentQuestion())
    assert past == at_step(SMALL, 25).moment()
    train(run, qtbot, replace(SMALL, seed=3))
    shelf_of(run).compare(shelf_of(run).runs[0])
    place = comparison_of(run).place_at(50)
    assert place.step == 40
    assert answered(qtbot, wish, place, MomentQuestion()) == live


def test_a_change_before_the_first_step_is_in_the_moment_there(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(SMALL)
    qtbot.waitUntil(lambda: run.moment is not None)
    run.change(learning_rate=0.5)
    qtbot.waitUntil(lambda: run.moment.config == run.config)
    run.step_once()
    qtbot.waitUntil(lambda: run.step == 1)
    first, wish = run.info.segments[0], workshop_of(run).wish(run)
    timeline_of(run).show(0)
    past = answered(qtbot, wish, timeline_of(run).place, MomentQuestion())
    assert past.config == first.config == run.config


def test_what_nobody_sees_asks_nothing(playground, qtbot, texts_read):
    run, attention = playground.run, panel(playground, "Attention")
    subject_of(run).watch("iron")
    qtbot.waitUntil(lambda: "iron" in texts_read)
    attention.hide()
    subject_of(run).watch("zinc")
    train(run, qtbot, SMALL)
    timeline_of(run).show(12)
    timeline_of(run).go_live()
    with qtbot.waitSignal(draws_of(run).sampled):  # the thread has done all it had to
        draws_of(run).sample(SampleRequest(count=1))
    assert "zinc" not in texts_read
    attention.show()
    expected = at_step(SMALL, 40).look("zinc")
    qtbot.waitUntil(lambda: attention.heat_map.look == expected)


def test_a_panel_behind_a_tab_asks_nothing(playground, qtbot):
    run, weights = playground.run, panel(playground, "Weights")
    docks = {d.objectName(): d for d in playground.window.docks.docks}
    docks["AttentionPanel"].raise_()
    qtbot.waitUntil(lambda: not weights.isVisible())
    train(run, qtbot, SMALL)
    before = weights.wish.answer
    assert before is None or before.step < 40
    docks["WeightsPanel"].raise_()
    qtbot.waitUntil(lambda: weights.wish.answer is run.moment)


def test_the_newest_wish_wins_and_the_others_are_cut_short(run, qtbot):
    train(run, qtbot, SMALL)
    wish, came = workshop_of(run).wish(run), []
    wish.answered.connect(lambda: came.append(wish.answer))
    for number in range(30):
        wish.want(timeline_of(run).place, Long(number))
    qtbot.waitUntil(lambda: bool(came) and came[-1] == 29)
    assert len(set(came)) < 10
    wish.drop()
    assert wish.answer is None


def test_a_look_does_not_wait_for_a_draw_under_way(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(LARGE)
    batches = []
    draws_of(run).sampled.connect(batches.append)
    draws_of(run).sample(SampleRequest(count=200, temperature=1.0))
    qtbot.waitUntil(lambda: len(batches) > 0)
    for text in ("gold", "iron", "zinc"):
        subject_of(run).watch(text)
        qtbot.waitUntil(
            lambda t=text: look_of(run) is not None and look_of(run).text == t
        )
    assert not batches[-1].is_complete
    alone = next(at_step(LARGE, 0).samples(batches[-1].request))
    assert batches[-1].samples[0] == alone.samples[0]


def test_a_draw_of_the_past_and_one_of_the_run_that_trains_go_on_together(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(ENDLESS)
    run.train()
    qtbot.waitUntil(lambda: run.step > 20)
    request = SampleRequest(count=30, seed=3)
    timeline_of(run).show(7)
    past = workshop_of(run).wish(run)
    with qtbot.waitSignal(
        draws_of(run).sampled, check_params_cb=lambda b: b.is_complete
    ) as live:
        draws_of(run).sample(request)
        past.want(timeline_of(run).place, SamplesQuestion(request))
    qtbot.waitUntil(lambda: not past.is_under_way)
    run.pause()
    for batch in (live.args[0], past.answer):
        *_, alone = at_step(ENDLESS, batch.step).samples(request)
        assert batch.samples == alone.samples
    assert past.answer.step == 7 < live.args[0].step


def test_a_fault_in_an_answer_is_told_and_the_thread_lives_on(run, qtbot, monkeypatch):
    train(run, qtbot, SMALL)
    read = questions.read_text

    def broken(moment, text, *args, **kwargs):
        if text == "gold":
            raise RuntimeError("the answer is broken")
        return read(moment, text, *args, **kwargs)

    monkeypatch.setattr(questions, "read_text", broken)
    looks_of(run)
    with qtbot.waitSignal(run.noticed) as told:
        subject_of(run).watch("gold")
    assert told.args[0] == "the answer is broken"
    subject_of(run).watch("iron")
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).text == "iron")


def test_a_fault_in_a_draw_ends_it_and_says_why(run, qtbot, monkeypatch):
    train(run, qtbot, SMALL)

    def broken(*_args):
        raise RuntimeError("the draw is broken")

    monkeypatch.setattr(questions, "samples", broken)
    with qtbot.waitSignal(draws_of(run).sampled) as got:
        draws_of(run).sample(SampleRequest(count=2))
    assert got.args[0].is_complete
    assert got.args[0].problem == "the draw is broken"
    monkeypatch.undo()
    with qtbot.waitSignal(draws_of(run).sampled, check_params_cb=lambda b: b.samples):
        draws_of(run).sample(SampleRequest(count=2))


def test_closing_in_the_middle_of_an_answer_ends_it(run, qtbot):
    train(run, qtbot, SMALL)
    wish = workshop_of(run).wish(run)
    with qtbot.waitSignal(wish.answered):
        wish.want(timeline_of(run).place, Long(1))
    workshop_of(run).shut_down()
    assert workshop_of(run).reading.isFinished()


def test_what_one_types_while_it_trains_is_drawn_without_a_frame_between(
    playground, qtbot
):
    run, attention = playground.run, panel(playground, "Attention")
    with qtbot.waitSignal(run.prepared):
        run.start(ENDLESS)
    run.train()
    qtbot.waitUntil(lambda: run.step > 20)
    drawn = []  # after the panel has heard of it
    attention.wish.answered.connect(
        lambda: drawn.append((attention.heat_map.look, attention.wish.answer))
    )
    for text in ("g", "go", "gol"):
        qtbot.keyClicks(attention.text_box, text[-1])
        qtbot.waitUntil(lambda t=text: any(a.text == t for _, a in drawn))
        look = next(look for look, answer in drawn if answer.text == text)
        assert look.text == text
    assert run.state is RunState.TRAINING


def test_steps_that_fall_due_are_drawn_of_just_that_step(run, qtbot):
    batches = []
    draws_of(run).sampled.connect(batches.append)
    with qtbot.waitSignal(run.prepared):
        run.start(SMALL)
    request = SampleRequest(count=2, seed=5)
    draws_of(run).sample_every(20, request)
    go_to_the_end(run, qtbot)
    qtbot.waitUntil(lambda: bool(batches) and batches[-1].step == 40)
    for batch in batches:
        if batch.is_complete:
            *_, alone = at_step(SMALL, batch.step).samples(request)
            assert batch.samples == alone.samples
    assert {20, 40} == {batch.step for batch in batches}


def test_a_draw_goes_on_however_many_looks_are_asked_for(run, qtbot):
    train(run, qtbot, SMALL)
    place, request = timeline_of(run).place, SampleRequest(count=20, seed=5)
    asked = []

    def ask(wish):
        asked.append(wish)
        wish.want(place, Slow(len(asked)))

    looks = [workshop_of(run).wish(run) for _ in range(4)]
    for wish in looks:
        wish.answered.connect(lambda wish=wish: ask(wish))
        ask(wish)
    draw = workshop_of(run).wish(run)
    draw.want(place, SamplesQuestion(request))
    qtbot.waitUntil(lambda: draw.answer is not None and draw.answer.is_complete)
    for wish in looks:
        wish.answered.disconnect()
    *_, alone = at_step(SMALL, 40).samples(request)
    assert draw.answer.samples == alone.samples
    assert len(asked) > 10


@dataclass(frozen=True)
class Given:
    """A question whose answer is known."""

    answer: object

    def answers(self, asked):
        yield self.answer


@pytest.mark.parametrize("is_asked_for", [True, False])
@pytest.mark.parametrize("answer", [(1, (2.5, None)), "a", None, ()])
def test_an_answer_arrives_as_it_was_given(run, qtbot, answer, is_asked_for):
    train(run, qtbot, SMALL)
    wish = workshop_of(run).wish(run)
    with qtbot.waitSignal(wish.answered):
        wish.want(timeline_of(run).place, Given(answer), is_asked_for=is_asked_for)
    assert wish.answer == answer and type(wish.answer) is type(answer)
