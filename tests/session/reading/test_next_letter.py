"""The odds of the next letter and its die, against what the test works out itself."""

from __future__ import annotations

import math
import random

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.next_letter import next_letter, token_at
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest


def trained(steps=4, **settings):
    usual = {"dataset": "elements", "steps": 40, "n_embd": 8, "block_size": 8}
    run = Run(RunConfig(**{"n_head": 2, **usual, **settings}))
    for _ in range(steps):
        run.step()
    return run


def normed(x):
    scale = (math.fsum(v * v for v in x) / len(x) + 1e-5) ** -0.5
    return [v * scale for v in x]


def times(rows, x):
    return [math.fsum(w * v for w, v in zip(row, x, strict=True)) for row in rows]


def soft(scores):
    exps = [math.exp(score - max(scores)) for score in scores]
    return [e / math.fsum(exps) for e in exps]


def logits_after(moment, text):
    """microgpt.py's gpt(), written down once more, over the saved parameters."""
    config, weights = moment.model, unflattened(moment.model, moment.weights)
    tokens = [len(moment.chars), *map(moment.chars.index, text)]
    size = config.n_embd // config.n_head
    past = [([], []) for _ in range(config.n_layer)]
    for place, token in enumerate(tokens):
        pairs = zip(weights["wte"][token], weights["wpe"][place], strict=True)
        x = normed([one + other for one, other in pairs])
        for layer, (keys, values) in enumerate(past):
            of = {n: weights[f"layer{layer}.{n}"] for n in NAMES}
            query, key, value = (times(of[f"attn_w{n}"], normed(x)) for n in "qkv")
            keys.append(key)
            values.append(value)
            joined = []
            for head in range(config.n_head):
                part = slice(head * size, (head + 1) * size)
                scores = [times([k[part]], query[part])[0] / size**0.5 for k in keys]
                columns = zip(*(v[part] for v in values), strict=True)
                joined += times(columns, soft(scores))
            x = [a + b for a, b in zip(x, times(of["attn_wo"], joined), strict=True)]
            hidden = [max(0.0, h) for h in times(of["mlp_fc1"], normed(x))]
            x = [a + b for a, b in zip(x, times(of["mlp_fc2"], hidden), strict=True)]
    return times(weights["lm_head"], x)


NAMES = ("attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2")


@pytest.mark.parametrize(("n_layer", "n_head"), [(1, 1), (2, 8), (4, 2)])
@pytest.mark.parametrize("text", ["", "iron", "protoac"])
def test_odds_are_those_of_the_saved_parameters(n_layer, n_head, text):
    run = trained(n_layer=n_layer, n_head=n_head)
    moment = run.moment()
    letter = next_letter(moment, run.info, text, 0.7, None)
    logits = logits_after(moment, text)
    assert letter.odds.logits == pytest.approx(logits, abs=1e-12)
    assert letter.own == pytest.approx(soft(logits), abs=1e-12)
    chances = soft([logit / 0.7 for logit in logits])
    assert letter.odds.probabilities == pytest.approx(chances, abs=1e-12)
    entropy = -math.fsum(p * math.log(p) for p in chances)
    assert letter.odds.entropy == pytest.approx(entropy, abs=1e-12)
    assert letter.odds.perplexity == pytest.approx(math.exp(entropy), abs=1e-9)
    assert letter.is_last is (text == "protoac")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", [None, 7])
@pytest.mark.parametrize("prompt", ["", "ir"])
def test_going_on_with_the_die_spells_the_first_sample(engine, seed, prompt):
    run = trained(engine=engine)
    moment = run.moment()
    request = SampleRequest(temperature=1.3, seed=seed, count=1, prompt=prompt)
    *_, batch = samples(moment, run.info, request)
    text, drawn = prompt, 0
    while True:
        letter = next_letter(moment, run.info, text, 1.3, seed, drawn)
        token = token_at(letter.odds.probabilities, letter.die)
        if token < len(moment.chars):
            text, drawn = text + moment.chars[token], drawn + 1
        if letter.is_last or token == len(moment.chars):
            break
    assert text == batch.samples[0].text


def test_a_die_falls_where_random_choices_has_it_and_never_beyond():
    class Loaded(random.Random):
        def random(self):
            return self.die

    stream, chances = Loaded(), [0.1, 0.0, 0.3, 0.2, 0.4 - 1e-12]
    for die in (0.0, 0.05, 0.1, 0.1 + 1e-9, 0.39999, 0.4, 0.6, 0.999999, 1 - 2**-53):
        stream.die = die
        assert token_at(chances, die) == stream.choices(range(5), weights=chances)[0]
    assert token_at(chances, 1.0) == 4


@pytest.mark.parametrize(
    ("text", "read", "said"),
    [
        ("irön", "", "'ö' is not one of this vocabulary's"),
        ("protoactinium", "protoac", "the last 6 are not read"),
        ("Iron", "iron", ""),
    ],
)
def test_what_stands_in_the_way_is_said_and_what_can_be_read_is(text, read, said):
    run = trained()
    letter = next_letter(run.moment(), run.info, text, 1.0, None)
    assert letter.text == read
    assert said in letter.problem
    assert bool(letter.problem) is bool(said)
    assert len(letter.odds.probabilities) == len(letter.chars) + 1
    assert ("“i” is taken instead" in letter.note) is (text == "Iron")
