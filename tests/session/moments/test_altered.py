"""A scratch copy of a moment, against a forward pass written out here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.alteration import UNALTERED, Alteration
from microgpt_gui.session.moments.altered import altered, place_of
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.altered_question import AlteredQuestion
from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.questions import MomentQuestion, SamplesQuestion
from microgpt_gui.session.reading.reader import Reader, never, opened
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.session.moments.naive import naive_logits


def trained(**settings):
    config = {"dataset": "elements", "steps": 9, "block_size": 8, "seed": 5} | settings
    run = Run(RunConfig(**config), recorder=Recorder())
    for _ in range(config["steps"]):
        run.step()
    return Moment.of_record(run.record()), run


@pytest.mark.parametrize(
    ("layers", "heads", "engine"), [(1, 1, "python"), (2, 4, "numpy"), (4, 8, "python")]
)
def test_a_head_scaled_in_w_o_is_a_head_scaled_where_it_arises(layers, heads, engine):
    moment, _ = trained(n_layer=layers, n_head=heads, n_embd=8, engine=engine)
    tokens = [len(moment.chars), 3, 1, 4]
    for factors in (
        {(layers - 1, heads - 1): 0.0},
        {(0, 0): 0.5, (layers - 1, heads // 2): 2.0},
    ):
        alteration = UNALTERED
        for head, factor in factors.items():
            alteration = alteration.with_head(*head, factor)
        copy = altered(moment, alteration)
        model, _ = opened(copy, never, None)
        told = np.array(model.forward(tokens).logits)
        assert told == pytest.approx(naive_logits(moment, tokens, factors), rel=1e-9)
        plain, _ = opened(moment, never, None)
        assert np.abs(told - plain.forward(tokens).logits).max() > 1e-6


def test_a_nudge_moves_one_weight_and_nothing_else():
    moment, _ = trained(n_layer=2, n_embd=8, n_head=2)
    before = moment.weights[:]
    for name, row, column in (("wte", 3, 7), ("layer1.mlp_fc2", 7, 31)):
        copy = altered(moment, UNALTERED.with_nudge(name, row, column, 0.25))
        place = place_of(moment.model, name, row, column)
        matrix = next(m for m in matrices(moment) if m.name == name)
        assert moment.weights[place] == matrix.numbers[row * matrix.columns + column]
        wanted = before[:]
        wanted[place] += 0.25
        assert copy.weights == wanted
    assert moment.weights == before
    assert copy != moment


def test_what_is_off_is_off_whatever_else_is_altered():
    moment, _ = trained(n_embd=8, n_head=2)
    weights = moment.weights[:]
    weights[place_of(moment.model, "layer0.attn_wo", 0, 5)] = float("inf")
    broken = replace(moment, weights=weights)
    nudged = UNALTERED.with_nudge("layer0.attn_wo", 2, 4, 3.0).with_head(0, 1, 0)
    wo = matrices(altered(broken, nudged))[6]
    assert wo.name == "layer0.attn_wo"
    columns = np.array(wo.numbers.tolist()).reshape(8, 8)[:, 4:]
    assert columns.tolist() == np.zeros((8, 4)).tolist()


def test_alterations_that_do_the_same_are_equal_and_say_what_they_do():
    one = UNALTERED.with_head(1, 0, 0.5).with_head(0, 2, 0).with_nudge("wte", 1, 2, 0.1)
    other = UNALTERED.with_nudge("wte", 1, 2, 0.1).with_head(0, 2, 0)
    assert one == other.with_head(1, 0, 0.5)
    assert hash(one) == hash(other.with_head(1, 0, 0.5))
    assert one.told() == (
        "head 3 of layer 1 is off, head 1 of layer 2 counts 0.5 times, "
        "wte[1][2] is moved by +0.1"
    )
    many = one.with_nudge("wpe", 0, 0, -1)
    assert many.told().endswith("head 1 of layer 2 counts 0.5 times, 2 more changes")
    back = one.with_head(1, 0, 1).with_head(0, 2, 1.0).with_nudge("wte", 1, 2, 0)
    assert back == UNALTERED
    assert not back
    for wrong in (-0.1, 2.1, float("nan")):
        with pytest.raises(ValueError, match="a head counts 0 to 2 times, not"):
            one.with_head(0, 0, wrong)
    with pytest.raises(ValueError, match="a weight is moved by -10 to 10, not nan"):
        one.with_nudge("wte", 0, 0, float("nan"))


def test_a_model_without_what_is_altered_is_refused():
    moment, _ = trained(n_embd=8, n_head=2)
    with pytest.raises(LookupError, match="this model has no head 3 of layer 1"):
        altered(moment, UNALTERED.with_head(0, 2, 0))
    with pytest.raises(LookupError, match=r"this model has no layer1.mlp_fc1\[0\]\[0"):
        altered(moment, UNALTERED.with_nudge("layer1.mlp_fc1", 0, 0, 1))


def test_a_question_is_put_to_the_copy_and_both_models_stay_at_hand(monkeypatch):
    moment, run = trained(n_embd=8, n_head=2)
    built = []
    entry = type(ENGINES["python"])
    real = entry.model

    def model(self, *args):
        built.append(args[1])
        return real(self, *args)

    monkeypatch.setattr(entry, "model", model)
    alteration = Alteration().with_head(0, 0, 0)
    asked = Asked(moment, run.info, never, Reader())
    samples = SamplesQuestion(SampleRequest(seed=3, count=2))
    for _ in range(3):
        *_, plain = samples.answers(asked)
        *_, copied = AlteredQuestion(samples, alteration).answers(asked)
    assert len(built) == 2
    assert plain.alteration == UNALTERED
    assert copied.alteration == alteration
    assert copied.samples != plain.samples
    (shown,) = AlteredQuestion(MomentQuestion(), alteration).answers(asked)
    assert shown == altered(moment, alteration)
