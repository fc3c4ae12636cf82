"""Every stage of a forward pass, against one written down the shortest way."""

from __future__ import annotations

import math
import random
from dataclasses import fields, is_dataclass
from functools import reduce
from operator import add

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled, CancelToken, CheckedBy
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.engine.parameters import flattened

SHAPES = {
    "microgpt": ModelConfig(27, 1, 16, 4, 16),
    "two tokens, two layers": ModelConfig(2, 2, 8, 1, 6),
    "hundreds of tokens, four layers, eight heads": ModelConfig(310, 4, 16, 8, 4),
    "head_dim 1": ModelConfig(9, 1, 2, 2, 3),
    "wide, two layers": ModelConfig(12, 2, 60, 2, 5),
    "block 1": ModelConfig(5, 1, 4, 2, 1),
}


def dot(a, b):
    return reduce(add, (x * y for x, y in zip(a, b, strict=True)))


def times(matrix, x):
    return tuple(dot(row, x) for row in matrix)


def plus(a, b):
    return tuple(map(add, a, b))


def norm(x):
    scale = (dot(x, x) * len(x) ** -1 + 1e-5) ** -0.5
    return scale, tuple(xi * scale for xi in x)


def softmax(scores):
    exps = [math.exp(s - max(scores)) for s in scores]
    inverse = reduce(add, exps) ** -1
    return tuple(e * inverse for e in exps)


def stages(config, w, tokens):
    """Return {name: [position]}, with ``layer`` and ``head`` in the names."""
    found = {}
    memory = {}

    def note(name, value):
        found.setdefault(name, []).append(value)
        return value

    d = config.head_dim
    for position, token in enumerate(tokens):
        a = note("token_embeddings", tuple(w["wte"][token]))
        b = note("position_embeddings", tuple(w["wpe"][position]))
        scale, x = norm(note("embedded", plus(a, b)))
        note("norm.scales", scale)
        note("norm.out", x)
        for li in range(config.n_layer):
            at = f"layers.{li}."
            note(at + "before", x)
            scale, y = norm(x)
            note(at + "norm1.scales", scale)
            note(at + "norm1.out", y)
            joined = ()
            kinds = ("queries", "wq"), ("keys", "wk"), ("values", "wv")
            read = {k: times(w[f"layer{li}.attn_{m}"], y) for k, m in kinds}
            for h in range(config.n_head):
                part = slice(h * d, h * d + d)
                mine = {k: note(f"{at}{k}.{h}", v[part]) for k, v in read.items()}
                keys, values = memory.setdefault((li, h), ([], []))
                keys.append(mine["keys"])
                values.append(mine["values"])
                scale = (d**0.5) ** -1
                scores = tuple(dot(mine["queries"], key) * scale for key in keys)
                weights = softmax(note(f"{at}scores.{h}", scores))
                note(f"{at}attention.{h}", weights)
                out = tuple(dot(weights, v) for v in zip(*values, strict=True))
                joined += note(f"{at}heads.{h}", out)
            out = note(at + "attn_out", times(w[f"layer{li}.attn_wo"], joined))
            note(at + "joined", joined)
            x = note(at + "middle", plus(out, x))
            scale, y = norm(x)
            note(at + "norm2.scales", scale)
            note(at + "norm2.out", y)
            y = note(at + "mlp_in", times(w[f"layer{li}.mlp_fc1"], y))
            y = note(at + "hidden", tuple(max(0.0, yi) for yi in y))
            y = note(at + "mlp_out", times(w[f"layer{li}.mlp_fc2"], y))
            x = note(at + "after", plus(y, x))
        logits = note("logits", times(w["lm_head"], x))
        note("probabilities", softmax(logits))
    return {name: tuple(by_position) for name, by_position in found.items()}


BY_HEAD = {"queries", "keys", "values", "scores", "attention", "heads"}


def flat(trace, prefix=""):
    """Return the fields of a trace by the names of `stages`."""
    found = {}
    for field in fields(trace):
        name, value = prefix + field.name, getattr(trace, field.name)
        if is_dataclass(value):
            found |= flat(value, f"{name}.")
        elif field.name == "layers":
            for number, layer in enumerate(value):
                found |= flat(layer, f"{name}.{number}.")
        elif field.name in BY_HEAD:
            found |= {f"{name}.{head}": part for head, part in enumerate(value)}
        else:
            found[name] = value
    return found


def engine_of(engine_name, config, cancel=None, seed=3):
    stream, cancel = random.Random(seed), cancel or CancelToken()
    parameters = initial_parameters(config, stream, cancel)
    for rows in parameters.values():
        for row in rows:
            row[:] = [x * 8 for x in row]  # far enough from 0 to differ in all stages
    engine = ENGINES[engine_name](config, parameters, AdamConfig(), cancel)
    tokens = [stream.randrange(config.vocab_size) for _ in range(config.block_size)]
    return engine, parameters, tokens


@pytest.mark.parametrize("shape", SHAPES)
def test_every_stage_is_the_one_written_down(shape, engine_name):
    assert_is_written_down(engine_name, SHAPES[shape])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
def test_every_stage_of_any_shape_is_the_one_written_down(seed, engine_name):
    stream = random.Random(seed)
    n_head, head_dim = stream.randint(1, 8), stream.randint(1, 9)
    config = ModelConfig(
        vocab_size=stream.choice((2, 3, 27, 300)),
        n_layer=stream.randint(1, 5),
        n_embd=n_head * head_dim,
        n_head=n_head,
        block_size=stream.randint(1, 20),
    )
    assert_is_written_down(engine_name, config, seed)


def assert_is_written_down(engine_name, config, seed=3):
    engine, parameters, tokens = engine_of(engine_name, config, seed=seed)
    for read in (tokens[:1], tokens):
        trace = engine.trace(read)
        found, wanted = flat(trace), stages(config, parameters, read)
        assert found.pop("tokens") == tuple(read)
        assert found.keys() == wanted.keys()
        for name, values in wanted.items():
            if ENGINES[engine_name].identical:
                assert found[name] == values, name
            else:
                assert_close(found[name], values, name)


def assert_close(found, wanted, name):
    assert len(found) == len(wanted), name
    for row, other in zip(found, wanted, strict=True):
        # A sum of large numbers that comes out small has their rounding.
        size = max(map(abs, other)) if isinstance(other, tuple) else abs(other)
        assert row == pytest.approx(other, rel=1e-11, abs=1e-13 * max(1, size)), name


@pytest.mark.parametrize("shape", SHAPES)
def test_a_trace_is_what_the_engine_says_otherwise(shape, engine_name):
    engine, parameters, tokens = engine_of(engine_name, SHAPES[shape])
    trace, forward = engine.trace(tokens), engine.forward(tokens)
    assert trace.logits == forward.logits
    assert tuple(layer.attention for layer in trace.layers) == forward.attention
    weights = flattened(engine.config, parameters)
    model = ENGINES[engine_name].model(engine.config, weights, lambda: None)
    assert model.trace(tokens) == trace
    assert model.forward(tokens) == forward
    read, again = model.start_sequence(), engine.start_sequence()
    assert [read(t) for t in tokens] == [again(t) for t in tokens]


def test_the_logits_are_those_of_the_graph():
    config = SHAPES["two tokens, two layers"]
    engine, _, tokens = engine_of("autograd", config)
    keys, values = ([[] for _ in range(config.n_layer)] for _ in range(2))
    trace = engine.trace(tokens)
    for position, token in enumerate(tokens):
        logits = engine._gpt(token, position, keys, values)
        assert trace.logits[position] == tuple(logit.data for logit in logits)
    for layer, by_position in zip(trace.layers, keys, strict=True):
        (head,) = layer.keys
        assert head == tuple(tuple(k.data for k in row) for row in by_position)


def test_what_does_not_fit_into_the_block_is_refused(engine_name):
    engine, _, tokens = engine_of(engine_name, SHAPES["microgpt"])
    for wrong in ([], [*tokens, 0]):
        with pytest.raises(ValueError, match=f"1 to 16 tokens, not {len(wrong)}"):
            engine.trace(wrong)


def test_a_trace_can_be_cut_short(engine_name):
    calls = []

    def refuse():
        calls.append(None)
        if len(calls) > limit:
            raise Cancelled

    limit = math.inf
    engine, _, tokens = engine_of(engine_name, SHAPES["microgpt"], CheckedBy(refuse))
    limit = len(calls) + 3
    with pytest.raises(Cancelled):
        engine.trace(tokens)
