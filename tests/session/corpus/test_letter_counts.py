"""Counts of letters, against a count one by one."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from microgpt_gui.data.documents import Documents
from microgpt_gui.session.corpus import letter_counts as module
from microgpt_gui.session.corpus.count_maps import count_map
from microgpt_gui.session.corpus.lengths import MOST_BARS, lengths_of
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


@pytest.mark.parametrize("most", [2, 50])
def test_maps_are_shares_of_what_is_given(most):
    docs = ["anna", "nan", "ba", "b", "annab"]
    pairs, positions = counted(docs)
    found = letter_counts(Documents.of(docs))
    shown = count_map(found, "pairs", most)
    assert shown.is_all is (most > 2) and shown.letters == 3
    assert shown.rows == shown.columns
    assert shown.rows == (("a", "n", "b", "BOS") if most > 2 else ("a", "n", "BOS"))
    for row, given in enumerate(shown.rows):
        whole = sum(n for (before, _), n in pairs.items() if before == given)
        assert shown.whole(row, 0) == whole
        for column, after in enumerate(shown.columns):
            share = pairs[given, after] / whole
            assert shown.share(row, column) == share
            assert shown.values(is_chance=True)[row, column] == share
    at = count_map(found, "positions", most, 3)
    assert at.columns == ("1", "2", "3")
    for column in range(3):
        reached = sum(len(doc) >= column for doc in docs)
        assert at.whole(0, column) == reached
        for row, token in enumerate(at.rows):
            assert at.share(row, column) == positions[column, token] / reached
    assert at.values(is_chance=False).max() == 1


def test_lengths_are_counted_in_bars_without_gaps():
    draw = random.Random(1)
    for longest in (1, 7, 60, 61, 900, 50_000):
        counts = Counter(draw.randint(1, longest) for _ in range(500))
        found = lengths_of(counts, block_size=16)
        whole = sorted(counts.elements())
        assert (found.shortest, found.longest) == (whole[0], whole[-1])
        assert found.mean == sum(whole) / 500
        assert found.median == whole[249]
        assert found.cut == sum(length >= 16 for length in whole)
        assert len(found.bars) <= MOST_BARS + 2
        for before, bar in pairwise(found.bars):
            assert bar.least == before.most + 1
        for bar in found.bars:
            assert bar.count == sum(bar.least <= n <= bar.most for n in whole)
    far = lengths_of({3: 990, 5: 8, 100_000: 2}, 16)
    assert far.bars[-1].is_open and far.bars[-1].count == 10
    assert sum(bar.count for bar in far.bars) == 1000
