"""What comes next, as sampling would have it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.odds import next_token
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.reading.trace import trace_text
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest

SMALL = RunConfig(
    dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8, seed=3
)


def trained(engine="python"):
    run = Run(replace(SMALL, engine=engine))
    for _ in range(5):
        run.step()
    return run


@pytest.mark.parametrize("engine", ENGINES)
def test_odds_are_those_that_samples_are_drawn_by(engine):
    run = trained(engine)
    moment = run.moment()
    *_, batch = samples(moment, run.info, SampleRequest(0.7, 1, 6, "go"))
    for sample in batch.samples:
        for i, letter in enumerate(sample.text):
            odds = next_token(moment, sample.text[:i], 0.7)
            found = odds.probabilities[moment.chars.index(letter)]
            assert found == sample.probabilities[i]


@pytest.mark.parametrize("engine", ENGINES)
def test_odds_are_the_last_position_of_a_trace(engine):
    moment = trained(engine).moment()
    odds = next_token(moment, "gold")
    trace = trace_text(moment, "gold").trace
    if ENGINES[engine].identical:
        assert odds.logits == trace.logits[-1]
        assert odds.probabilities == trace.probabilities[-1]
    assert odds.logits == pytest.approx(trace.logits[-1], rel=1e-12)


def test_uncertainty_is_in_nats():
    moment = trained().moment()
    odds = next_token(moment, "")
    assert sum(odds.probabilities) == pytest.approx(1)
    wanted = -sum(p * math.log(p) for p in odds.probabilities)
    assert odds.entropy == pytest.approx(wanted, rel=1e-14)
    assert odds.perplexity == pytest.approx(math.exp(wanted))
    cold = next_token(moment, "", 0.05)
    assert cold.logits == odds.logits
    assert cold.entropy < odds.entropy
    zeros = bytes(8 * len(moment.weights))
    even = replace(moment, weights=type(moment.weights)("d", zeros))
    assert next_token(even, "go").entropy == pytest.approx(math.log(25))
    assert next_token(even, "go").perplexity == pytest.approx(25)


def test_a_prefix_that_cannot_be_read_is_a_problem_in_words():
    moment = trained().moment()
    assert next_token(moment, "GO").prefix == "go"
    assert next_token(moment, "GO").note.startswith("“G” and “O” are not")
    strange = next_token(moment, "go!")
    assert "'!' is not one of" in strange.problem
    assert (strange.prefix, strange.probabilities) == ("go!", ())
    assert "at most 7 characters" in next_token(moment, "a" * 8).problem
    assert not next_token(moment, "a" * 7).problem
    with pytest.raises(ValueError, match="above 0"):
        next_token(moment, "a", 0.0)


def wild(moment):
    """Return one whose numbers run away: keys and queries are too large."""
    layer = 12 * 8 * 8
    signs = [(-1.0) ** (i * i % 7) for i in range(layer)]
    weights = moment.weights[:-layer]
    weights.extend(1e160 * sign for sign in signs)
    return replace(moment, weights=weights)


def test_weights_beyond_help_predict_nothing():
    moment = wild(trained().moment())
    odds = next_token(moment, "go")
    assert "predicts nothing here" in odds.problem
    assert (odds.logits, odds.probabilities) == ((), ())
    assert math.isnan(odds.entropy)
    assert repr(odds) == repr(next_token(moment, "go"))  # NaN equals nothing
