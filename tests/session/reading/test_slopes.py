"""Is a gradient true: finite differences, against ones written out here."""

from __future__ import annotations

import math
from array import array
from dataclasses import replace

import numpy as np
import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.altered import place_of
from microgpt_gui.session.reading.learning.questions import SlopesQuestion
from microgpt_gui.session.reading.learning.slopes import gradient_check
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.reader import Reader, never
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from tests.session.moments.naive import naive_logits


def trained(steps=6, **settings):
    recorder = Recorder()
    config = {"dataset": "elements", "steps": 9, "block_size": 8, "seed": 5} | settings
    run = Run(RunConfig(**config), recorder=recorder)
    for _ in range(steps):
        run.step()
    return run.moment(), replace(run.info, segments=run.segments), Reader(recorder)


def naive_loss(moment, weights, tokens):
    n = min(moment.config.block_size, len(tokens) - 1)
    logits = naive_logits(replace(moment, weights=weights), tokens[:n], {})
    shifted = logits - logits.max(1, keepdims=True)
    sums = np.log(np.exp(shifted).sum(1))
    return float(np.mean(sums - shifted[range(n), list(tokens[1 : n + 1])]))


@pytest.mark.parametrize(
    ("engine", "layers", "heads"),
    [("python", 1, 1), ("autograd", 2, 4), ("numpy", 4, 8)],
)
def test_slopes_are_those_of_a_naive_model_and_agree_with_backward(
    engine, layers, heads
):
    moment, info, reader = trained(
        engine=engine, n_layer=layers, n_head=heads, n_embd=8
    )
    learnt = reader.step_of(moment, info)
    letter = moment.chars.index(learnt.document[0])
    for cell in (("wte", letter, 3), (f"layer{layers - 1}.attn_wo", 2, 5)):
        question = SlopesQuestion(cell)
        *passing, told = question.answers(Asked(moment, info, never, reader))
        assert passing[0].slopes == ()
        place = place_of(moment.model, *cell)
        assert told.weight == learnt.before.parameters[place]
        assert told.gradient == learnt.gradient[place]
        if ENGINES[engine].identical:
            assert told.loss == learnt.loss
        assert told.loss == pytest.approx(learnt.loss, rel=1e-12)
        assert [slope.distance for slope in told.slopes] == [
            1e-3,
            1e-4,
            1e-5,
            1e-6,
            1e-7,
        ]
        for slope in told.slopes:
            losses = []
            for by in (-slope.distance, slope.distance):
                weights = array("d", learnt.before.parameters)
                weights[place] += by
                losses.append(naive_loss(moment, weights, learnt.tokens))
            assert (slope.below, slope.above) == pytest.approx(losses, rel=1e-12)
            assert slope.slope == (slope.above - slope.below) / (2 * slope.distance)
        best = told.best
        assert best is not None and best is not told.slopes[-1]
        assert told.difference(best) < 1e-8
        assert not told.is_unused


def test_what_stands_in_the_way_is_counted():
    moment, info, reader = trained(n_embd=8, n_head=2)
    learnt = reader.step_of(moment, info)
    unused = next(
        i for i, char in enumerate(moment.chars) if char not in learnt.document
    )
    *_, told = gradient_check(learnt, moment.model, ("wte", unused, 0))
    assert told.is_unused and told.gradient == 0
    assert [slope.slope for slope in told.slopes] == [0.0] * 5
    # A hidden unit that goes off when one of its weights is moved by 1e-4, not 1e-5.
    weights = array("d", learnt.before.parameters)
    model = moment.model
    n = min(model.block_size, len(learnt.tokens) - 1)
    engine = ENGINES["python"]
    trace = engine.model(model, weights, never).trace(learnt.tokens[:n])
    row = trace.layers[0].mlp_in[0]
    unit = max(range(len(row)), key=lambda i: abs(row[i]))
    into = trace.layers[0].norm2.out[0]
    column = max(range(8), key=lambda i: abs(into[i]))
    place = place_of(model, "layer0.mlp_fc1", unit, column)
    weights[place] -= row[unit] / into[column] - 3e-5 * math.copysign(1, into[column])
    moved = replace(learnt, before=replace(learnt.before, parameters=weights))
    *_, told = gradient_check(moved, model, ("layer0.mlp_fc1", unit, column))
    counts = [slope.switched for slope in told.slopes]
    assert counts[0] >= counts[1] >= 1
    assert counts[2:] == [0, 0, 0]


def test_before_the_first_step_there_is_no_gradient_to_check():
    moment, info, reader = trained(steps=0, n_embd=8, n_head=2)
    (told,) = SlopesQuestion(("wte", 0, 0)).answers(Asked(moment, info, never, reader))
    assert told is None
