"""Lines scored against the model read token by token, and counted one by one."""

from __future__ import annotations

import math
from array import array
from dataclasses import replace
from itertools import pairwise

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.reading.sample_tally import sample_tally
from microgpt_gui.session.reading.scored_lines import scored_lines
from microgpt_gui.session.run import Run
from microgpt_gui.session.shuffled import shuffled

SMALL = RunConfig(dataset="elements", steps=200, n_embd=8, n_head=2, block_size=8)

LINES = ["iron", "", "  Neon ", "Bq7\u00e9x", "protactinium", "i", "abcdefgh", "xxxxxx"]


def surprises_of(moment, text):
    """-log p of each token, by the engine that trains, one token after the other."""
    model, vocabulary = Reader().open(moment)
    tokens = vocabulary.tokens_of(text)[: model.config.block_size + 1]
    read, found = model.start_sequence(), []
    for token, after in pairwise(tokens):
        logits = read(token)
        top = max(logits)
        whole = math.fsum(math.exp(x - top) for x in logits)
        found.append(math.log(whole) + top - logits[after])
    return found


@pytest.mark.parametrize(
    ("engine", "n_layer", "n_head", "steps"),
    [("python", 1, 1, 0), ("autograd", 2, 8, 9), ("numpy", 4, 4, 60)],
)
def test_scores_and_percentiles_are_those_counted_one_by_one(
    engine, n_layer, n_head, steps
):
    assert engine in ENGINES
    run = Run(replace(SMALL, engine=engine, n_layer=n_layer, n_head=n_head))
    for _ in range(steps):
        run.step()
    moment = run.moment()
    first, found = scored_lines(moment, run.info, LINES, 25)
    assert not first.is_complete and not first.measured
    assert first.lines == found.lines
    assert found.is_complete and found.step == steps and found.empty == 1
    assert [line.number for line in found.lines] == [1, 3, 4, 5, 6, 7, 8]
    left = list(shuffled(run.info.docs.documents, 42))[steps:][:25]
    losses = [math.fsum(s) / len(s) for s in (surprises_of(moment, d) for d in left)]
    assert found.measured == pytest.approx(sorted(losses), abs=1e-9)
    for line in found.lines:
        if line.number == 4:
            assert "are not in the alphabet" in line.problem
            assert line.taken == LINES[3]
            assert math.isnan(line.mean) and math.isnan(found.percentile(line))
            continue
        taken = LINES[line.number - 1].strip().lower()
        own = surprises_of(moment, taken)
        assert line.taken == taken
        assert line.surprises == pytest.approx(own, abs=1e-9)
        assert line.total == pytest.approx(sum(own), abs=1e-9)
        assert line.mean == pytest.approx(sum(own) / len(own), abs=1e-9)
        assert line.unread == max(0, len(taken) - 8)
        assert line.has_end is (len(taken) < 8)
        less = sum(loss < line.mean - 1e-9 for loss in losses)
        same = sum(abs(loss - line.mean) <= 1e-9 for loss in losses)
        wanted = 100 * (less + same / 2) / len(losses)
        assert found.percentile(line) == pytest.approx(wanted)
    assert found.lines[1].note  # "Neon" is taken in small letters


def test_a_document_of_those_measured_is_half_its_own_percentile():
    run = Run(SMALL)
    doc = run.info.docs[0]
    *_, found = scored_lines(run.moment(), run.info, [doc], 1)
    assert found.percentile(found.lines[0]) == 50


def test_there_are_no_percentiles_where_nothing_is_left():
    run = Run(replace(SMALL, steps=200))
    for _ in range(118):
        run.step()
    *_, found = scored_lines(run.moment(), run.info, ["iron"])
    assert "None are left" in found.problem and not found.measured
    assert found.lines[0].mean > 0 and math.isnan(found.percentile(found.lines[0]))


def test_too_many_lines_are_told(monkeypatch):
    monkeypatch.setattr("microgpt_gui.session.reading.scored_lines.MOST_LINES", 3)
    run = Run(SMALL)
    *_, found = scored_lines(run.moment(), run.info, ["a", "", "b", "c", "d", "e"])
    assert len(found.lines) == 3 and found.beyond == 2 and found.empty == 1


def test_what_ran_away_is_told_in_place_of_numbers():
    run = Run(SMALL)
    moment = run.moment()
    gone = replace(moment, weights=array("d", [math.nan] * len(moment.weights)))
    *_, found = scored_lines(gone, run.info, ["iron", "neon"])
    assert all("left the range" in line.problem for line in found.lines)
    assert "left the range" in found.problem and not found.measured
    *_, tally = sample_tally(gone, run.info, 0.5, 1, 5)
    assert tally.problem and tally.is_complete and not tally.samples
