"""Orders, search, learning: what the list of documents says."""

from __future__ import annotations

import random

import pytest

from microgpt_gui.data.corpus import Corpus
from microgpt_gui.data.dataset import LoadedCorpus
from microgpt_gui.data.documents import Documents
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.corpus.orders import orders_of
from microgpt_gui.session.corpus.search import search
from microgpt_gui.session.learning import (
    learning_of,
    learnt_count,
    learnt_texts,
)
from microgpt_gui.session.segment import Segment, segment_of
from microgpt_gui.session.shuffled import shuffled

FITS = {
    "contains": lambda doc, text: text in doc,
    "begins": str.startswith,
    "ends": str.endswith,
    "is": str.__eq__,
}


@pytest.mark.parametrize("letters", ["ab", "aב\u0301😀", "ab\n"])
def test_search_finds_what_python_finds(letters, monkeypatch):
    monkeypatch.setattr("microgpt_gui.session.corpus.search._STRIDE", 40)
    draw = random.Random(letters)
    docs = ["".join(draw.choices(letters, k=draw.randint(1, 5))) for _ in range(300)]
    documents = Documents.of(docs)
    for text in {"a", "aa", letters[1], letters[1:], letters[-1] * 2, docs[7], "z"}:
        for where, fits in FITS.items():
            wanted = [i for i, doc in enumerate(docs) if fits(doc, text)]
            told = []
            found = search(documents, text, where, tell=told.append)
            assert found.numbers.tolist() == wanted, (text, where)
            assert found.is_complete
            assert told and not any(f.is_complete for f in told)


def test_search_is_given_up_at_a_look():
    documents = Documents.of(["a"] * 10)

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search(documents, "a", "contains", stop)


def test_each_order_leads_to_the_other():
    docs = shuffled(Documents.of([f"d{n}" for n in range(50)]), 7)
    orders = orders_of(docs)
    assert orders_of(docs) is orders
    assert [docs.documents[int(n)] for n in orders.numbers] == list(docs)
    assert [docs[int(p)] for p in orders.places] == list(docs.documents)


def test_the_whole_order_is_there_behind_the_last_step_that_a_run_can_have(monkeypatch):
    monkeypatch.setattr("microgpt_gui.session.shuffled._MAX_KEPT", 10)
    docs = shuffled(Documents.of([f"only {n}" for n in range(30)]), 7)
    orders = orders_of(docs)
    assert [docs.documents[int(n)] for n in orders.numbers] == list(docs)


def segment(start, docs, steps, seed=1):
    config = RunConfig(dataset="x", steps=steps, seed=seed)
    corpus = LoadedCorpus(Corpus.of(docs), "x", "x", str(hash(tuple(docs))))
    return Segment.begin(start, config, corpus)


def test_learning_is_what_the_steps_learn_one_by_one():
    one, other = [f"d{n}" for n in range(7)], [f"e{n}" for n in range(3)]
    whole = [
        segment(0, one, 40),
        segment(9, other, 40),
        segment(12, one, 40),
        segment(20, one, 33, seed=2),
    ]
    for segments in (whole[:1], whole[:3], whole):
        steps = segments[-1].config.steps
        for at in range(steps + 1):
            docs = segment_of(segments, max(at - 1, 0)).docs
            learnt = {
                s: docs.index(segment_of(segments, s).document_of(s))
                for s in range(steps)
                if segment_of(segments, s).docs.documents == docs.documents
            }
            # With another seed, the same text is learnt in another order.
            done = {p for s, p in learnt.items() if s < at}
            assert learnt_count(segments, at) == len(done)
            every = {segment_of(segments, s).document_of(s) for s in range(at)}
            assert learnt_texts(segments, at) == every
            for place in range(len(docs)):
                told = learning_of(segments, at, place)
                own = [s for s, p in learnt.items() if p == place]
                assert told.first == (own[0] + 1 if own else None)
                assert told.times == sum(s < at for s in own)
