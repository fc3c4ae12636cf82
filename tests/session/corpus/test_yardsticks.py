"""What a bigram model reaches and what is the best, against long ways to count it."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest

from microgpt_gui.data import DATASETS, load
from microgpt_gui.session.corpus.best_loss import best_loss, is_generated
from microgpt_gui.session.corpus.bigram import bigram_loss, bigram_losses


def pairs_of(document, block_size):
    tokens = [None, *document, None][: block_size + 1]
    return list(pairwise(tokens))


def mean_of(documents, block_size, surprise):
    return np.mean(
        [np.mean([surprise(*p) for p in pairs_of(d, block_size)]) for d in documents]
    )


def by_hand(counted, others, vocab_size, block_size):
    count = Counter(p for d in counted for p in pairs_of(d, block_size))
    rows = Counter()
    for (this, _), number in count.items():
        rows[this] += number
    return (
        mean_of(counted, block_size, lambda a, b: -math.log(count[a, b] / rows[a])),
        mean_of(
            others,
            block_size,
            lambda a, b: -math.log((count[a, b] + 1) / (rows[a] + vocab_size)),
        ),
    )


def text(letters, number, seed):
    """Return documents of 1 to 20 letters, the early letters the likelier."""
    draw = np.random.default_rng(seed)
    lengths = draw.integers(1, 21, number)
    return [
        "".join(letters[int(i)] for i in draw.random(n) ** 2 * len(letters))
        for n in lengths
    ]


@pytest.mark.parametrize("num_letters", [1, 2, 27, 2000])
@pytest.mark.parametrize("block_size", [1, 5, 256])
def test_a_bigram_s_loss_is_that_of_its_counts(num_letters, block_size, monkeypatch):
    monkeypatch.setattr("microgpt_gui.session.corpus.bigram._MOST_LOOSE", 500)
    monkeypatch.setattr("microgpt_gui.session.corpus.bigram._PIECE", 150)
    letters = [chr(0x10000 + 7 * i) for i in range(num_letters)]
    counted, others = text(letters, 400, 1), text(letters, 30, 2)
    found = bigram_loss(counted, others, "".join(letters), block_size)
    wanted = by_hand(counted, others, num_letters + 1, block_size)
    assert (found.documents, found.others) == (400, 30)
    assert (found.on_counted, found.on_others) == pytest.approx(wanted, rel=1e-12)
    alone = bigram_loss(counted[:1], [], "".join(letters), block_size)
    assert alone.on_counted == pytest.approx(
        by_hand(counted[:1], counted[:1], 2, block_size)[0], rel=1e-12, abs=1e-15
    )
    assert math.isnan(alone.on_others)


def test_no_table_of_pairs_beats_the_counted_one_by_the_token():
    """As the names of makemore have it: about 2.45 nats a token."""
    corpus = load("names").corpus
    names = corpus.docs[:]
    found = bigram_loss(names, names[::100], corpus.vocabulary.chars, 16)
    assert 2.3 < found.on_counted < 2.6
    assert found.on_others == pytest.approx(found.on_counted, abs=0.1)
    # Whoever asks for it can do other things in between.
    assert (
        list(bigram_losses(names, (), corpus.vocabulary.chars, 16))[:-1] == [None] * 33
    )


def test_the_texts_whose_generator_is_known_are_told():
    keys = [key for key in DATASETS if key != "makemore"]
    assert [key for key in keys if is_generated(load(key))] == ["roman", "sums"]


@pytest.mark.parametrize(
    ("key", "block_size"), [("roman", 16), ("roman", 4), ("sums", 7)]
)
def test_the_best_loss_is_the_generator_s_entropy_by_the_token(key, block_size):
    loaded = load(key)
    docs = [[*d, "."][:block_size] for d in loaded.corpus.docs]
    starts = Counter(tuple(d[:i]) for d in docs for i in range(len(d) + 1))
    odds = [
        np.mean(
            [-math.log(starts[*d[: i + 1]] / starts[*d[:i]]) for i in range(len(d))]
        )
        for d in docs
    ]
    best = best_loss(loaded.corpus.docs, block_size)
    assert best.documents == len(docs)
    assert best.true_odds == pytest.approx(np.mean(odds), rel=1e-12)
    if block_size == 16:  # nothing is cut, so all of a document's odds are 1/M
        entropy = math.log(len(docs)) * np.mean([1 / len(d) for d in docs])
        assert best.true_odds == pytest.approx(entropy, rel=1e-12)
    assert best.true_odds - 0.01 < best.least <= best.true_odds + 1e-12


def test_no_predictor_loses_less_than_the_least():
    """Of three documents: the formula finds the least over a fine grid of odds."""
    documents = ["a", "ab", "abb"]
    n = [2, 3, 4]
    best = best_loss(documents, 16)
    grid = np.linspace(1e-3, 1 - 1e-3, 200)

    def loss(end_a, end_b):  # the odds that the document ends after "a", after "ab"
        losses = [
            -np.log(end_a) / n[0],
            (-np.log(1 - end_a) - np.log(end_b)) / n[1],
            (-np.log(1 - end_a) - np.log(1 - end_b)) / n[2],
        ]
        return sum(losses) / 3

    tried = min(loss(a, b) for a, b in product(grid, grid))
    assert best.least == pytest.approx(tried, abs=1e-4)
    assert best.least <= tried
    assert best.true_odds == pytest.approx(loss(1 / 3, 1 / 2), rel=1e-12)
    assert best_loss(["aaa"], 2).least == 0  # nothing is left to chance
