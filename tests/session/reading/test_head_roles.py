"""What heads do, against sums over the attention of the plainest engine."""

from __future__ import annotations

import math
from array import array
from dataclasses import replace
from statistics import fmean

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.heads.documents import (
    LEAST,
    WANTED,
    Kind,
    MeasuredDocuments,
    measured_documents,
)
from microgpt_gui.session.reading.heads.patterns import Measure, Pattern
from microgpt_gui.session.reading.heads.role import HeadRole
from microgpt_gui.session.reading.heads.roles import head_roles
from microgpt_gui.session.reading.text import read_text
from microgpt_gui.session.run import Run


def keys_of(pattern, text, q):
    """Return what a row may be spent on, or None where that says nothing of its own.

    ``text`` has a place for BOS, so that the letter of a row is ``text[q]``.
    """
    before = [k for k in range(1, q - 1) if text[k] == text[q]]
    wanted = {
        Pattern.PREVIOUS: [q - 1] if q >= 2 else [],
        Pattern.ITSELF: [q] if q >= 1 else [],
        Pattern.BOS: [0] if q >= 1 else [],
        Pattern.FIRST: [1] if q >= 3 else [],
        Pattern.SAME: before if q >= 1 else [],
        Pattern.AFTER_SAME: [k + 1 for k in before if k + 1 < q - 1],
    }
    return wanted[pattern] or None


def entropy(row):
    return -sum(p * math.log(p) for p in row if p)


def expected(moment, texts, layer, head):
    """Return {pattern: (rows, mean, chance)}, row by row."""
    rows = {pattern: [] for pattern in Pattern}
    for text in texts:
        attention = read_text(moment, text).attention[layer][head]
        for q, row in enumerate(attention):
            for pattern in Pattern:
                if pattern is Pattern.EVEN:
                    if q:
                        even = entropy(row) / math.log(q + 1)
                        rows[pattern].append((even, math.nan))
                elif keys := keys_of(pattern, "?" + text, q):
                    share = sum(row[k] for k in keys)
                    rows[pattern].append((share, len(keys) / (q + 1)))
    return {
        pattern: (len(found), *(fmean(x) for x in zip(*found, strict=True)))
        for pattern, found in rows.items()
        if found
    }


def measured(moment, texts):
    *_, roles = head_roles(moment, MeasuredDocuments(Kind.ANY, texts))
    assert roles.is_whole
    assert roles.step == moment.step
    return roles


@pytest.mark.parametrize(
    ("engine", "layers", "heads"),
    [("python", 1, 1), ("autograd", 2, 8), ("numpy", 4, 8)],
)
def test_measures_are_means_over_all_rows_of_all_documents(engine, layers, heads):
    run = Run(
        RunConfig(
            dataset="elements",
            engine=engine,
            n_layer=layers,
            n_embd=8,
            n_head=heads,
            block_size=9,
            steps=4,
            learning_rate=0.2,
        )
    )
    for _ in range(4):
        run.step()
    moment = run.moment()
    texts = ("selenium", "tin", "molybdenum", "xenon", "praseodymium"[:8])
    roles = measured(moment, texts)
    assert len(roles.roles) == layers
    for layer, head in ((0, 0), (layers - 1, heads - 1)):
        role = roles.roles[layer][head]
        wanted = expected(moment, [t[:8] for t in texts], layer, head)
        assert {m.pattern for m in role.measures if m.rows} == set(wanted)
        for m in role.measures:
            if m.rows:
                rows, mean, chance = wanted[m.pattern]
                assert m.rows == rows
                assert (m.mean, m.chance) == pytest.approx(
                    (mean, chance), abs=1e-12, nan_ok=True
                )


@pytest.mark.parametrize(
    "chars", ["a", "".join(map(chr, range(0x4E00, 0x4E00 + 2000)))]
)
def test_any_alphabet_is_measured(chars):
    config = RunConfig(n_embd=8, n_head=2)
    model = config.model(len(chars) + 1)
    weights = array("d", (math.sin(i * i) for i in range(model.num_params)))
    moment = Moment(0, 3, chars, config, chars[:5], weights)
    texts = (chars[0] * 7, chars[-1:] + chars[:4] + chars[-1:] + chars[:2])
    role = measured(moment, texts).roles[0][1]
    wanted = expected(moment, texts, 0, 1)
    for m in role.measures:
        if m.rows:
            assert m.mean == pytest.approx(wanted[m.pattern][1], abs=1e-12)


def test_numbers_that_ran_away_are_no_measures():
    config = RunConfig(n_embd=8, n_head=2)
    model = config.model(3)
    for odd in (math.nan, math.inf):
        weights = array("d", [odd] * model.num_params)
        moment = Moment(0, 3, "ab", config, "ab", weights)
        role = measured(moment, ("abba", "baab")).roles[0][0]
        assert not role.is_number
        assert role.clearest is None
    assert not measured(moment, ()).roles[0][0].is_measured


def role_of(**means):
    """Return a role whose chance is 0.2 everywhere, in 50 rows."""
    chances = [math.nan if p is Pattern.EVEN else 0.2 for p in Pattern]
    return HeadRole(
        tuple(
            Measure(p, 50, means.get(p.name, 0.2), chance)
            for p, chance in zip(Pattern, chances, strict=True)
        )
    )


def test_the_clearest_pattern_beyond_chance_names_a_head():
    assert role_of(PREVIOUS=0.83, BOS=0.5).clearest.pattern is Pattern.PREVIOUS
    assert role_of(PREVIOUS=0.43).clearest is None  # 0.2875 of what is left of 1
    assert role_of(PREVIOUS=0.45).clearest.mean == 0.45
    assert role_of(EVEN=0.95).clearest.pattern is Pattern.EVEN
    assert role_of(EVEN=0.95, FIRST=0.6).clearest.pattern is Pattern.FIRST
    rare = role_of(SAME=0.9)
    few = tuple(replace(m, rows=9) for m in rare.measures)
    assert HeadRole(few).clearest is None


def test_documents_that_no_step_learns_from_come_first():
    config = RunConfig(dataset="elements", n_embd=8, n_head=2, steps=10)
    run = Run(config)
    docs = run.info.docs
    assert len(docs) == 118
    never = measured_documents(run.info, 0)
    assert never.kind is Kind.NEVER
    assert never.texts == tuple(docs[i] for i in range(10, 10 + WANTED))
    info = Run(replace(config, steps=1000)).info
    later = measured_documents(info, 90)
    assert later.kind is Kind.NOT_YET
    assert later.texts == tuple(docs[i] for i in range(90, 118))
    late = measured_documents(info, 118 - LEAST + 1)
    assert late.kind is Kind.ANY
    assert late.texts == tuple(docs[i] for i in range(WANTED))
