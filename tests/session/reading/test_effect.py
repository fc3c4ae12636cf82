"""What an alteration does, against losses, odds and draws written out here."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.reading.effect import effects
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.session.moments.naive import naive_logits

REQUEST = SampleRequest(temperature=0.7, seed=8, count=3)


def trained(**settings):
    config = {"dataset": "elements", "steps": 9, "block_size": 8, "seed": 5} | settings
    run = Run(RunConfig(**config))
    for _ in range(config["steps"]):
        run.step()
    return run.moment(), run.info


def softmax(logits):
    e = np.exp(logits - logits.max())
    return e / e.sum()


def naive_loss(moment, document, factors):
    ids = {char: i for i, char in enumerate(moment.chars)}
    bos = len(ids)
    tokens = [bos, *(ids[char] for char in document), bos]
    n = min(moment.config.block_size, len(tokens) - 1)
    logits = naive_logits(moment, tokens[:n], factors)
    return -np.mean(
        [math.log(softmax(row)[t]) for row, t in zip(logits, tokens[1:], strict=False)]
    )


def naive_samples(moment, factors, request):
    bos, stream, drawn = len(moment.chars), random.Random(request.seed), []
    for _ in range(request.count):
        tokens = [bos]
        for _ in range(moment.config.block_size):
            logits = naive_logits(moment, tokens, factors)[-1]
            odds = softmax(logits / request.temperature).tolist()
            (token,) = stream.choices(range(bos + 1), weights=odds)
            if token == bos:
                break
            tokens.append(token)
        drawn.append("".join(moment.chars[token] for token in tokens[1:]))
    return tuple(drawn)


@pytest.mark.parametrize(
    ("layers", "heads", "engine"),
    [(1, 1, "python"), (2, 4, "autograd"), (4, 8, "numpy")],
)
def test_losses_odds_and_samples_are_those_of_a_naive_model(layers, heads, engine):
    moment, info = trained(n_layer=layers, n_head=heads, n_embd=8, engine=engine)
    alteration = UNALTERED.with_head(layers - 1, heads - 1, 0)
    *passing, last = effects(moment, alteration, info, "go", REQUEST, 12)
    assert passing[0].documents == 0
    assert math.isnan(passing[0].own.loss)
    assert last.is_complete and last.documents == 12
    assert last.left == len(info.docs) - 9
    unseen = [info.docs[place] for place in range(9, 21)]
    ids = [len(moment.chars), *(moment.chars.index(char) for char in "go")]
    for side, factors in (
        (last.own, {}),
        (last.altered, {(layers - 1, heads - 1): 0.0}),
    ):
        wanted = [naive_loss(moment, document, factors) for document in unseen]
        assert side.loss == pytest.approx(np.mean(wanted), rel=1e-10)
        assert side.text_loss == pytest.approx(naive_loss(moment, "go", factors))
        odds = softmax(naive_logits(moment, ids, factors)[-1])
        assert side.letter.own == pytest.approx(odds.tolist(), rel=1e-9)
        assert side.samples == naive_samples(moment, factors, REQUEST)
    own, altered = last.own.letter.own, last.altered.letter.own
    (token, before, after), *_ = last.changes(3)
    assert abs(after - before) == max(
        abs(b - a) for a, b in zip(own, altered, strict=True)
    )
    place = (*moment.chars, "BOS").index(token)
    assert (before, after) == (own[place], altered[place])


def test_where_nothing_is_left_or_a_text_is_strange_it_says_so():
    moment, info = trained(n_embd=8, n_head=2, steps=130)
    *_, last = effects(moment, UNALTERED.with_head(0, 0, 0), info, "", REQUEST, 12)
    assert last.problem.startswith("None are left: by step 130 training reaches every")
    assert math.isnan(last.own.loss) and last.own.samples
    assert last.is_document and last.text == moment.document
    *_, strange = effects(moment, UNALTERED.with_head(0, 0, 0), info, "ß", REQUEST, 12)
    assert strange.changes(4) == [] or strange.own.letter.problem
