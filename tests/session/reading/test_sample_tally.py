"""Samples counted, against the samples of the panel that draws them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.data import load
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading import sample_tally as module
from microgpt_gui.session.reading.sample_tally import sample_tally
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest

ROMAN = RunConfig(dataset="roman", steps=200, n_embd=8, n_head=2, block_size=6)


@pytest.mark.parametrize("seed", [None, 7])
def test_samples_are_those_of_the_same_seed_and_are_counted(seed):
    run = Run(ROMAN)
    for _ in range(60):
        run.step()
    moment = run.moment()
    request = SampleRequest(temperature=0.7, seed=seed, count=65)
    *_, batch = samples(moment, run.info, request)
    *told, tally = sample_tally(moment, run.info, 0.7, seed, 65)
    assert tally.samples == batch.samples and tally.is_complete
    assert [len(t.samples) for t in told] == [20, 40, 60]
    assert not told[0].is_complete
    docs = {doc[:6] for doc in load("roman").corpus.docs}
    texts = [sample.text for sample in tally.samples]
    known = {t for t, text in enumerate(texts) if text in docs and len(text) == 6}
    whole = set(load("roman").corpus.docs)
    known |= {t for t, text in enumerate(texts) if text in whole and len(text) < 6}
    valid = {t for t, text in enumerate(texts) if text in whole}
    every = set(range(65))
    met = {run.info.docs[place][:6] for place in range(60)}
    learnt = {t for t, text in enumerate(texts) if text in met}
    wanted = {
        "known": known,
        "new": every - known,
        "learnt": learnt,
        "not learnt": known - learnt,
        "valid": valid,
        "valid, not learnt": valid - learnt,
        "invalid": every - valid,
        "ended": {t for t in every if len(texts[t]) < 6},
        "cut": {t for t in every if len(texts[t]) == 6},
        "repeated": {t for t in every if texts[t] in texts[:t]},
    }
    kinds = tally.kinds()
    assert {kind.value for kind in kinds} == set(wanted)
    for kind in kinds:
        assert set(tally.of_kind(kind)) == wanted[kind.value], kind.value


def test_without_a_rule_nothing_is_valid_or_not():
    run = Run(replace(ROMAN, dataset="elements"))
    *_, tally = sample_tally(run.moment(), run.info, 1.0, 1, 3)
    keys = [kind.value for kind in tally.kinds()]
    assert keys == ["new", "known", "learnt", "not learnt", "ended", "cut", "repeated"]
    assert module.COUNT_RANGE[0] == 1
