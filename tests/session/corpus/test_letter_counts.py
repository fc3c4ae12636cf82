"""Counts of letters, against a count one by one."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from microgpt_gui.data.documents import Documents
from microgpt_gui.session.corpus import letter_counts as module
from microgpt_gui.session.corpus.letter_counts import letter_counts


def counted(docs):
    pairs, positions = Counter(), Counter()
    for doc in docs:
        pairs.update(pairwise(["BOS", *doc, "BOS"]))
        positions.update(enumerate([*doc, "BOS"]))
    return pairs, positions


@pytest.mark.parametrize("chunk", [3, 1 << 17])
@pytest.mark.parametrize("letters", ["a", "abc d", "אבe\u0301😀\n"])
def test_pairs_and_positions_are_those_counted_one_by_one(letters, chunk, monkeypatch):
    monkeypatch.setattr(module, "_CHUNK", chunk)
    draw = random.Random(letters + str(chunk))
    docs = ["".join(draw.choices(letters, k=draw.randint(1, 9))) for _ in range(60)]
    found = letter_counts(Documents.of(docs))
    pairs, positions = counted(docs)
    labels = found.labels
    assert labels[-1] == "BOS" and sorted(labels[:-1]) == sorted(set("".join(docs)))
    assert found.pairs.sum() == sum(pairs.values())
    for row, given in enumerate(labels):
        for column, after in enumerate(labels):
            assert found.pairs[row, column] == pairs[given, after]
    assert len(found.positions) == max(map(len, docs)) + 1
    for place, row in enumerate(found.positions):
        for token, label in enumerate(labels):
            assert row[token] == positions[place, label]
    frequencies = found.frequencies.tolist()
    assert frequencies[:-1] == sorted(frequencies[:-1], reverse=True)
    assert frequencies[-1] == found.documents == len(docs)
    assert sum(frequencies[:-1]) == sum(map(len, docs))


def test_rare_letters_are_counted_in_one_heap(monkeypatch):
    monkeypatch.setattr(module, "MOST_LETTERS", 3)
    docs = ["aaab", "cad", "aeb", "cc"]
    found = letter_counts(Documents.of(docs))
    assert found.labels == ("a", "c", "b", "others", "BOS")
    assert found.others == 2
    named = [["others" if c in "de" else c for c in doc] for doc in docs]
    pairs, positions = counted(named)
    for row, given in enumerate(found.labels):
        for column, after in enumerate(found.labels):
            assert found.pairs[row, column] == pairs[given, after]
            assert found.positions[0, column] == positions[0, after]


def test_positions_beyond_the_most_are_not_counted(monkeypatch):
    monkeypatch.setattr(module, "MOST_POSITIONS", 4)
    found = letter_counts(Documents.of(["x" * 90, "xy"]))
    assert found.positions.shape == (4, 3)
    assert found.positions[0].tolist() == [2, 0, 0]
    assert found.positions[2].tolist() == [1, 0, 1]
    assert found.pairs.sum() == 91 + 3
