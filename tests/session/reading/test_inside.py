"""One token's way, each number held against NumPy's from the weights alone."""

from __future__ import annotations

import math
import random
from array import array

import numpy as np
import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled
from microgpt_gui.engine.config import ModelConfig
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.inside.arising import arising, exponentials, product
from microgpt_gui.session.reading.inside.stages import Kind, stages
from microgpt_gui.session.reading.inside.way import token_way

SHAPES = {  # letters, n_layer, n_embd, n_head, block_size
    "microgpt": (26, 1, 16, 4, 16),
    "one letter, two layers, one head": (1, 2, 8, 1, 6),
    "2,000 letters, four layers, eight heads": (2000, 4, 16, 8, 4),
    "head_dim 1": (9, 1, 2, 2, 3),
}


def moment_of(engine="python", letters=26, n_layer=1, n_embd=16, n_head=4, block=16):
    chars = "".join(chr(ord("a") + i) for i in range(letters))
    config = RunConfig(
        n_layer=n_layer, n_embd=n_embd, n_head=n_head, block_size=block, engine=engine
    )
    stream = random.Random(letters)
    count = config.model(letters + 1).num_params
    weights = array("d", (stream.gauss(0, 0.4) for _ in range(count)))
    return Moment(0, 7, chars, config, chars[:3], weights)


def by_numpy(moment, tokens, at):
    """Return the numbers of the token ``at``, by the ids of their stages."""
    model, w, start = moment.model, {}, 0
    for name, (rows, columns) in moment.model.shapes().items():
        part = moment.weights[start : start + rows * columns]
        w[name] = np.array(part).reshape(rows, columns)
        start += rows * columns

    def rmsnorm(x):
        return x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + 1e-5)

    def softmax(z):
        e = np.exp(z - z.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    t, p = w["wte"][list(tokens)], w["wpe"][: len(tokens)]
    found = {"tok_emb": t, "pos_emb": p, "embedded": t + p}
    x = found["norm0"] = rmsnorm(t + p)
    streams = {"norm0": x}
    d = model.head_dim
    for li in range(model.n_layer):
        n = found[f"l{li}.norm1"] = rmsnorm(x)
        heads = {}
        for name in "qkv":
            y = n @ w[f"layer{li}.attn_w{name}"].T
            heads[name] = y.reshape(len(tokens), -1, d).swapaxes(0, 1)
        scores = heads["q"] @ heads["k"].swapaxes(1, 2) / np.sqrt(d)
        seen = np.tril(np.ones(scores.shape[1:]))
        weights = softmax(np.where(seen, scores, -np.inf))
        out = weights @ heads["v"]
        heads |= {"scores": scores, "weights": weights, "heads": out}
        for name, value in heads.items():
            found[f"l{li}.{name}"] = value.swapaxes(0, 1)
        joined = out.swapaxes(0, 1).reshape(len(tokens), -1)
        attn_out = joined @ w[f"layer{li}.attn_wo"].T
        middle = x + attn_out
        n = rmsnorm(middle)
        mlp_in = n @ w[f"layer{li}.mlp_fc1"].T
        hidden = np.maximum(mlp_in, 0)
        mlp_out = hidden @ w[f"layer{li}.mlp_fc2"].T
        x = middle + mlp_out
        for name, value in {
            "joined": joined,
            "attn_out": attn_out,
            "middle": middle,
            "norm2": n,
            "mlp_in": mlp_in,
            "hidden": hidden,
            "mlp_out": mlp_out,
            "after": x,
        }.items():
            found[f"l{li}.{name}"] = value
        streams |= {f"l{li}.middle": middle, f"l{li}.after": x}
    found["logits"] = x @ w["lm_head"].T
    found["probs"] = softmax(found["logits"])
    numbers = {id: np.atleast_2d(value[at]) for id, value in found.items()}
    for id in list(numbers):
        if id.endswith((".scores", ".weights")):
            numbers[id] = numbers[id][:, : at + 1]
    readouts = {id: softmax(x[at] @ w["lm_head"].T) for id, x in streams.items()}
    return numbers, readouts


def near(found, wanted):
    np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_number_of_a_way_is_the_models(engine, shape):
    moment = moment_of(engine, *shape)
    text = (moment.chars * 9)[: moment.config.block_size - 1]
    tokens = [len(moment.chars), *map(moment.chars.index, text)]
    for at in (0, 1, len(text)):
        way = token_way(moment, text, at)
        numbers, readouts = by_numpy(moment, tokens, at)
        assert [stage.id for stage in way.stages] == list(way.numbers)
        assert set(numbers) == set(way.numbers)
        for stage in way.stages:
            near(way.numbers[stage.id], numbers[stage.id])
            near(way.length(stage.id), np.linalg.norm(numbers[stage.id]))
            assert len(way.numbers[stage.id]) == stage.parts
            width = at + 1 if stage.width is None else stage.width
            assert {len(part) for part in way.numbers[stage.id]} == {width}
        assert list(way.readouts) == list(readouts)
        for id, readout in readouts.items():
            near(way.readouts[id], readout)
        last = way.stages[-3].id
        assert way.readouts[last] == way.numbers["probs"][0]  # no lens: the model's own
        assert way.token == tokens[at]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_number_is_the_sum_of_its_products(engine):
    moment = moment_of(engine, 5, 2, 8, 2, 6)
    way = token_way(moment, "abcde", 4)
    opened = set()
    for stage in way.stages:
        for part in range(stage.parts):
            found = product(way, stage, part)
            if found is None:
                continue
            opened.add(stage.kind)
            near(found.factor * (np.array(found.rows) @ found.entering), found.out)
            assert found.out == way.numbers[stage.id][part]
            for i in range(len(found.out)):
                how = arising(found, i)
                near(how.total * how.factor, how.value)
                sizes = [abs(term.product) for term in how.terms]
                assert sizes == sorted(sizes, reverse=True)
                assert {t.index for t in how.terms} == set(range(len(found.entering)))
                near(sum(t.weight * t.entering for t in how.terms), how.total)
    assert opened == {Kind.PRODUCT, Kind.SCORES, Kind.MIX}


def test_softmax_divides_exponentials_by_their_sum():
    way = token_way(moment_of(), "abcde", 4)
    for source, id in (("l0.scores", "l0.weights"), ("logits", "probs")):
        for numbers, shares in zip(way.numbers[source], way.numbers[id], strict=True):
            found = exponentials(numbers)
            assert max(found) == 1.0
            near(np.array(found) / sum(found), shares)
    assert all(map(math.isnan, exponentials((math.nan, 1.0))))


def test_the_ids_of_stages_stay():
    ids = [stage.id for stage in stages(ModelConfig(27, n_layer=2))]
    in_layer = (
        "norm1 q k v scores weights heads joined attn_out middle norm2 mlp_in hidden "
        "mlp_out after"
    ).split()
    assert ids == [
        *("tok_emb", "pos_emb", "embedded", "norm0"),
        *(f"l{li}.{id}" for li in range(2) for id in in_layer),
        *("logits", "probs"),
    ]
    for number, stage in enumerate(stages(ModelConfig(27, n_layer=2))):
        assert set(stage.sources) <= set(ids[:number])  # made before it is used


def test_a_text_that_cannot_be_read_has_a_way_all_the_same():
    moment = moment_of(letters=5, block=4)
    way = token_way(moment, "xyz")
    assert way.is_document and way.text == "abc"
    assert "x" in way.problem
    assert way.position == 3  # the last
    assert token_way(moment, "abcdeabcde", 99).position == 3
    assert "not read" in token_way(moment, "abcdeabcde", 99).problem


@pytest.mark.parametrize("engine", ENGINES)
def test_weights_beyond_help_leave_a_way_without_numbers(engine):
    moment = moment_of(engine, letters=5, block=4)
    for number in range(len(moment.weights)):
        moment.weights[number] *= math.inf
    way = token_way(moment, "abc")
    assert "predicts nothing" in way.problem
    assert set(way.numbers) == {stage.id for stage in way.stages}
    assert [len(way.numbers[stage.id]) for stage in way.stages] == [
        stage.parts for stage in way.stages
    ]


def test_a_way_can_be_given_up():
    def refuse():
        raise Cancelled

    with pytest.raises(Cancelled):
        token_way(moment_of(), "abc", check=refuse)
