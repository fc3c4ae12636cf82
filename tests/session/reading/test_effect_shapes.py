"""What an alteration does, and slopes, with models and texts of many shapes."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.reading.effect import effects
from microgpt_gui.session.reading.learning.slopes import gradient_check
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.session.moments.naive import naive_logits

SHAPES = [
    *product((1, 2, 4), (1, 8), ("python", "autograd", "numpy"), (25,)),
    *product((1,), (2,), ("python", "numpy"), (1, 2, 2000)),
]


def text_of(letters, path):
    """Write documents of so many letters, and return where they are."""
    alphabet = [chr(0x4E00 + i) for i in range(letters)]
    lines = [
        "".join(alphabet[(i * 7 + j * 3) % letters] for j in range(1 + i % 6))
        for i in range(max(12, letters))
    ]
    (path / "text.txt").write_text("\n".join(lines), encoding="utf-8")
    return str(path / "text.txt")


def naive_loss(moment, document, factors):
    tokens = [
        len(moment.chars),
        *(moment.chars.index(char) for char in document),
        len(moment.chars),
    ]
    n = min(moment.config.block_size, len(tokens) - 1)
    logits = naive_logits(moment, tokens[:n], factors)
    logits = logits - logits.max(1, keepdims=True)
    picked = logits[range(n), tokens[1 : n + 1]]
    return float(np.mean(np.log(np.exp(logits).sum(1)) - picked))


@pytest.mark.long
@pytest.mark.parametrize(("layers", "heads", "engine", "letters"), SHAPES)
def test_any_shape(layers, heads, engine, letters, tmp_path):
    recorder = Recorder()
    config = RunConfig(
        dataset=text_of(letters, tmp_path),
        engine=engine,
        n_layer=layers,
        n_head=heads,
        n_embd=16,
        block_size=6,
        steps=9,
        learning_rate=0.05,
    )
    run = Run(config, recorder=recorder)
    for _ in range(5):
        run.step()
    moment, info = run.moment(), replace(run.info, segments=run.segments)
    head = layers - 1, heads - 1
    alteration = UNALTERED.with_head(*head, 0)
    request = SampleRequest(seed=1, count=2)
    *_, last = effects(moment, alteration, info, "", request, 30)
    unseen = list(info.docs)[5:][:30]
    assert last.documents == len(unseen)
    for side, factors in ((last.own, {}), (last.altered, {head: 0.0})):
        wanted = np.mean([naive_loss(moment, doc, factors) for doc in unseen])
        assert side.loss == pytest.approx(wanted, rel=1e-9)
        wanted = naive_loss(moment, moment.document, factors)
        assert side.text_loss == pytest.approx(wanted, rel=1e-9)
    assert len(last.changes(4)) == min(4, len(moment.chars) + 1)
    learnt = Reader(recorder).step_of(moment, info)
    before = replace(moment, weights=learnt.before.parameters)
    *_, told = gradient_check(learnt, moment.model, ("layer0.attn_wo", 3, 5))
    assert told.loss == pytest.approx(naive_loss(before, learnt.document, {}), rel=1e-9)
    assert told.best is not None and told.difference(told.best) < 1e-7


def test_weights_beyond_help_are_told_of(tmp_path):
    run = Run(
        RunConfig(dataset="elements", n_embd=8, n_head=2, steps=9),
        recorder=Recorder(),
    )
    moment = run.moment()
    for size in (1e200, math.inf, math.nan):
        weights = moment.weights[:]
        for i in range(len(weights)):
            weights[i] *= size
        broken = replace(moment, weights=weights)
        alteration = UNALTERED.with_head(0, 0, 0).with_nudge("wte", 0, 0, 1)
        request = SampleRequest(seed=1, count=2)
        *_, last = effects(broken, alteration, run.info, "go", request, 20)
        assert last.is_complete
        if not math.isfinite(size):
            assert not math.isfinite(last.own.loss)
            assert last.own.samples == ()
