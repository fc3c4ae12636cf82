import math

import pytest

from microgpt_gui.data import DATASETS
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled, CancelToken
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.shown_text import BOS_LABEL
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest

SMALL = RunConfig(dataset="elements", n_embd=8, n_head=2, block_size=8, steps=20)
LOCAL = [key for key in DATASETS if key != "makemore"]


def losses(run, steps):
    return [run.step() for _ in range(steps)]


def drawn(run, request=None):
    *_, last = run.samples(request or SampleRequest(count=5, seed=1))
    return last


@pytest.mark.parametrize("dataset", LOCAL)
def test_equal_settings_give_equal_runs_that_begin_near_guessing(dataset):
    config = RunConfig(dataset=dataset, steps=5)
    first = Run(config)
    found = losses(first, 5)
    assert found == losses(Run(config), 5)
    assert found[0] == pytest.approx(math.log(first.info.vocab_size), abs=0.6)


@pytest.mark.parametrize("engine", ENGINES)
def test_sampling_and_looking_never_disturb_training(engine):
    config = RunConfig(**{**SMALL_FIELDS, "engine": engine})
    quiet, busy = Run(config), Run(config)
    undisturbed = losses(quiet, 6)
    disturbed = []
    for _ in range(6):
        drawn(busy)
        drawn(busy, SampleRequest(count=2))
        busy.look("gold")
        disturbed.append(busy.step())
    assert disturbed == undisturbed
    assert list(busy.script_samples(3, 0.5)) == list(quiet.script_samples(3, 0.5))


SMALL_FIELDS = {
    "dataset": "elements",
    "n_embd": 8,
    "n_head": 2,
    "block_size": 8,
    "steps": 20,
}


def test_a_draw_without_a_seed_is_the_script_s_own_and_can_be_had_again():
    run = Run(SMALL)
    losses(run, 20)
    request = SampleRequest(count=5, temperature=0.5)
    first, again = drawn(run, request), drawn(run, request)
    assert first.samples == again.samples
    assert [s.text for s in first.samples] == list(run.script_samples(5, 0.5))


def test_same_seed_same_draw_and_another_seed_another():
    run = Run(SMALL)
    assert drawn(run) == drawn(run)
    other = drawn(run, SampleRequest(count=5, seed=2))
    assert [s.text for s in other.samples] != [s.text for s in drawn(run).samples]


def test_samples_come_one_by_one_and_say_what_they_are():
    run = Run(RunConfig(dataset="sums", steps=5))
    batches = list(run.samples(SampleRequest(count=3, seed=1)))
    assert [len(b.samples) for b in batches] == [1, 2, 3]
    assert [b.is_complete for b in batches] == [False, False, True]
    for sample in batches[-1].samples:
        assert len(sample.probabilities) == len(sample.text)
        assert sample.log_probability < 0
        assert sample.is_known == (sample.text in run.info.docs)
        assert sample.is_valid is (sample.text in run.info.docs)


def test_what_training_saw_of_a_long_document_is_not_new(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("abcdefghij\nab\nabcdefghkl\n")
    run = Run(RunConfig(dataset=str(path), n_embd=8, n_head=1, block_size=4))
    losses(run, 70)
    samples = drawn(run, SampleRequest(1.0, 1, 100)).samples
    assert {"ab", "abcd"} <= {sample.text for sample in samples}
    for sample in samples:
        assert sample.is_known == (sample.text in ("ab", "abcd"))


def test_a_prompt_begins_every_sample():
    batch = drawn(Run(SMALL), SampleRequest(count=4, seed=3, prompt="go"))
    assert len(batch.samples) == 4
    assert all(s.text.startswith("go") for s in batch.samples)


@pytest.mark.parametrize(
    ("prompt", "said"),
    [("go!", "'!' is not one of"), ("a" * 8, "at most 7 characters")],
)
def test_a_prompt_that_cannot_be_read_is_a_problem_in_words(prompt, said):
    batch = drawn(Run(SMALL), SampleRequest(prompt=prompt))
    assert batch.samples == ()
    assert said in batch.problem


def test_a_letter_is_taken_in_the_case_that_the_alphabet_has():
    batch = drawn(Run(SMALL), SampleRequest(count=2, seed=3, prompt="GO"))
    assert all(s.text.startswith("go") for s in batch.samples)
    look = Run(SMALL).look("Gold")
    assert look.labels == (BOS_LABEL, *"gold")
    assert not look.problem
    assert look.note == "“G” is not in the alphabet: “g” is taken instead"
    cut = Run(SMALL).look("GOLD" * 3)
    assert "the last 5 are not read" in cut.problem
    assert "“G”, “O”, “L” and “D” are not in the alphabet: “g”, “o”" in cut.note
    refused = Run(SMALL).look("Gold!")
    assert "'!' is not one of" in refused.problem
    assert not refused.note


@pytest.mark.parametrize("wrong", [{"temperature": 0.0}, {"count": 0}, {"count": 999}])
def test_requests_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match="must be from"):
        SampleRequest(**wrong)


def test_a_look_is_causal_and_labelled():
    look = Run(SMALL).look("gold")
    assert look.labels == (BOS_LABEL, "g", "o", "l", "d")
    assert not look.is_document
    assert not look.problem
    heads = look.attention[0]
    assert len(heads) == 2
    for head in heads:
        assert [len(row) for row in head] == [1, 2, 3, 4, 5]
        assert all(sum(row) == pytest.approx(1) for row in head)


def test_an_empty_look_follows_the_document_learnt_last():
    run = Run(SMALL)
    assert run.look("").text == run.info.docs[0]
    losses(run, 3)
    look = run.look("")
    assert look.is_document
    assert look.text == run.info.document_of(2)
    assert look.step == 3


def test_a_look_at_too_much_or_at_a_strange_letter_says_so():
    run = Run(SMALL)
    cut = run.look("a" * 9)
    assert len(cut.labels) == 8
    assert "the last 2 are not read" in cut.problem
    strange = run.look("gold!")
    assert "'!' is not one of" in strange.problem
    assert strange.is_document


def test_live_changes_keep_what_was_learnt():
    run, plain = Run(SMALL), Run(SMALL)
    assert losses(run, 4) == losses(plain, 4)
    run.change(learning_rate=0.5, steps=30)
    assert run.step() == plain.step()  # the loss before the first changed update
    assert run.step() != plain.step()


def test_a_cancelled_run_stops_wherever_it_is():
    cancel = CancelToken()
    run = Run(SMALL, cancel=cancel)
    cancel.cancel()
    for action in (run.step, lambda: run.look("gold"), lambda: drawn(run)):
        with pytest.raises(Cancelled):
            action()
    with pytest.raises(Cancelled):
        Run(SMALL, cancel=cancel)
