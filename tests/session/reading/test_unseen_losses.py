"""The loss on documents not trained on: the same live, replayed and from a file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.corpus.yardsticks import YardsticksQuestion
from microgpt_gui.session.reading.document_losses import document_losses
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.reader import Reader, never
from microgpt_gui.session.reading.unseen_losses import UnseenLossesQuestion, points
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.reading import read_run
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run

SMALL = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2, held_out=0.1)


def asked_of(run, recorder, check=never):
    info = replace(run.info, segments=run.segments)
    return Asked(run.moment(), info, check, Reader(recorder))


@pytest.mark.parametrize(
    ("end", "first", "number"),
    [(1, (0, 1), 2), (50, (0, 1, 2), 51), (51, (0, 2, 4), 27), (1000, (0, 20), 51)],
)
def test_a_curve_has_its_points_at_steps_that_the_end_fixes(end, first, number):
    found = points(end)
    assert (found[: len(first)], found[-1], len(found)) == (first, end, number)
    assert points(101)[-2:] == (100, 101)
    assert len(points(1_000_000)) == 51


@pytest.mark.parametrize("engine", ["python", "numpy"])
def test_every_point_is_the_mean_over_the_same_documents(engine, tmp_path):
    recorder = Recorder()
    run = Run(replace(SMALL, engine=engine), recorder=recorder)
    held_out = list(run.info.docs)[-12:]
    steps, wanted = points(60)[:25:3], []
    for _ in range(60):
        if run.steps_done in steps:
            losses = document_losses(run.moment(), held_out[:7])
            wanted.append((run.steps_done, sum(losses) / 7))
        run.step()
    question = UnseenLossesQuestion(end=60, steps=steps, documents=7)
    *_, found = question.answers(asked_of(run, recorder))
    assert (found.documents, found.of, found.is_held_out) == (7, 12, True)
    assert [s for s, _ in found.losses] == [s for s, _ in wanted]
    assert [x for _, x in found.losses] == pytest.approx(
        [x for _, x in wanted], rel=1e-15
    )
    # From a file, with what keyframes it has: to the last bit.
    write_run(tmp_path / "run.mgpt", SavedRun(run.record()), keyframe_bytes=1)
    record = read_run(tmp_path / "run.mgpt").record
    back = Recorder.of(record)
    *_, again = question.answers(asked_of(Run(record, recorder=back), back))
    assert again == found


def test_with_none_held_out_they_are_those_beyond_the_end_or_it_says_why():
    recorder = Recorder()
    run = Run(replace(SMALL, held_out=0.0), recorder=recorder)
    untrained = run.moment()
    run.step()
    asked = asked_of(run, recorder)
    *_, found = UnseenLossesQuestion(end=110, steps=(0,)).answers(asked)
    beyond = list(run.info.docs)[110:]
    assert (found.documents, found.of, found.is_held_out) == (8, 8, False)
    losses = document_losses(untrained, beyond)
    assert found.losses[0][1] == pytest.approx(sum(losses) / 8, rel=1e-15)
    *_, none = UnseenLossesQuestion(end=118, steps=(0,)).answers(asked)
    assert none.losses == ()
    assert none.problem.startswith("None are left: by step 118 training reaches every")

    def stop():
        raise Cancelled

    for question in (UnseenLossesQuestion(110, (0,)), YardsticksQuestion(110)):
        with pytest.raises(Cancelled):
            list(question.answers(asked_of(run, recorder, stop)))


def test_yardsticks_are_counted_over_what_may_be_trained_on():
    recorder = Recorder()
    run = Run(
        replace(SMALL, dataset="roman", train_documents=500, held_out=0.5),
        recorder=recorder,
    )
    *_, found = YardsticksQuestion(60).answers(asked_of(run, recorder))
    assert (found.bigram.documents, found.bigram.others) == (500, 200)
    assert found.best.documents == 3999
    assert found.best.least < found.bigram.on_counted < found.bigram.on_others
    plain = Run(SMALL, recorder=recorder)
    *_, found = YardsticksQuestion(60).answers(asked_of(plain, recorder))
    assert (found.bigram.documents, found.best) == (106, None)
