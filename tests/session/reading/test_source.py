"""Which lines of the engine compute a stage: found by name, and they do compute it."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

import microgpt_gui
from microgpt_gui.engine.autograd import AutogradEngine
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.config import AdamConfig
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.inside.stages import LEARNING, stages
from microgpt_gui.session.reading.inside.way import token_way
from microgpt_gui.session.reading.source.excerpts import SourceLine, excerpts
from microgpt_gui.session.reading.source.links import (
    Place,
    lines_at,
    lines_of,
    stage_after,
    stage_ids,
    stages_at,
)
from microgpt_gui.session.run import Run

GPT = "AutogradEngine._gpt"


def text_of(line):
    path = Path(microgpt_gui.__file__).parent / line.file
    return path.read_text(encoding="utf-8").splitlines()[line.number - 1]


def own_text(stage):
    return " | ".join(text_of(line).strip() for line in sorted(lines_of(stage).own))


def line_with(text, file="engine/autograd.py"):
    path = Path(microgpt_gui.__file__).parent / file
    lines = path.read_text(encoding="utf-8").splitlines()
    return SourceLine(file, 1 + next(i for i, of in enumerate(lines) if text in of))


def test_excerpts_are_the_lines_of_the_files():
    for excerpt in excerpts():
        lines = excerpt.text.splitlines()
        for number, line in enumerate(lines, excerpt.first_line):
            assert line.strip() == text_of(SourceLine(excerpt.file, number)).strip()
        assert lines[0].startswith(f"def {excerpt.name.split('.')[-1]}(")


@pytest.mark.parametrize("n_layer", [1, 3])
def test_every_stage_has_lines_and_every_linked_line_stages(n_layer):
    model = RunConfig(n_layer=n_layer).model(27)
    ids = tuple(stage.id for stage in stages(model)) + LEARNING
    assert stage_ids(n_layer) == ids
    for stage in ids:
        lines = lines_of(stage)
        assert lines.own
        for line in lines.own | lines.called:
            assert stage in stages_at(line, ids)


def test_a_stage_is_computed_where_its_name_is():
    assert own_text("l2.q") == 'q = self._linear(x, f"layer{li}.attn_wq")'
    assert own_text("norm0") == own_text("l0.norm1") == own_text("l0.norm2")
    norms = [lines_of(stage).own for stage in ("norm0", "l0.norm1", "l0.norm2")]
    assert all(max(a) < min(b) for a, b in pairwise(norms))
    assert "attn_wo" in own_text("l0.attn_out")
    assert "relu" in own_text("l0.hidden")
    assert "losses.append" in own_text("loss")
    assert line_with("left.grad += right.data * grad", "engine/value.py") in (
        lines_of("gradients").called
    )
    assert own_text("adam").startswith("m[i] = m_i = beta1")
    pieces = {lines_of(f"adam.{name}").own for name in ("m", "v", "m_hat", "v_hat")}
    assert len(pieces) == 4
    assert own_text("adam.data").startswith("p.data -= learning_rate * m_hat")


def test_what_is_not_in_the_source_is_an_error_and_so_is_what_is_there_twice():
    for place in (
        Place(GPT, "attn_probs"),
        Place(GPT, "x", ("rmsnorm",)),  # three of them: not to be told apart
        Place(GPT, "x", ("rmsnorm",), after="mlp_fc2"),
        Place("AutogradEngine._gone", "x"),
    ):
        with pytest.raises(LookupError):
            lines_at(place)
    with pytest.raises(LookupError, match="magic"):
        lines_of("l0.magic")


def test_a_line_means_the_stage_of_the_layer_and_then_the_next_that_it_computes():
    ids = stage_ids(3)
    query, norm = line_with("attn_wq"), line_with("scale = (ms + 1e-5)")
    assert stage_after(query, ids, "l1.after") == "l1.q"
    assert stage_after(query, ids, "logits") == "l0.q"
    assert stage_after(norm, ids, "") == "norm0"
    assert stage_after(norm, ids, "l1.norm1") == "l1.norm2"
    assert stage_after(line_with("def _gpt("), ids, "l1.q") == ""


#: What a stage's own lines leave behind, in the function that they are in.
LEFT = {
    "tok_emb": "tok_emb",
    "pos_emb": "pos_emb",
    "q": "q",
    "k": "k",
    "v": "v",
    "scores": "attn_logits",
    "weights": "attn_weights",
    "joined": "x_attn",
}


def test_lines_leave_behind_the_very_numbers_that_the_stage_shows():
    run = Run(
        RunConfig(
            dataset="elements", engine="autograd", n_layer=2, n_embd=8, block_size=8
        )
    )
    for _ in range(3):
        run.step()
    moment = run.moment()
    position = 2
    way = token_way(moment, moment.document, position)
    engine = engine_of(moment)
    found = numbers_after_each_line(engine, way.shown.tokens, position)
    for stage in way.stages:
        name = LEFT.get(stage.id.split(".")[-1], "x")
        if stage.id in ("logits", "probs"):
            continue
        if name == "x" and stage.id.endswith(".heads"):
            name = "x_attn"
        last = max(lines_of(stage.id).own).number
        left = found[stage.layer or 0, last][name]
        wanted = way.numbers[stage.id]
        if stage.id.endswith((".scores", ".weights")):
            wanted = wanted[-1:]  # heads follow each other: the last one's are left
        assert left == [number for part in wanted for number in part], stage.id


def engine_of(moment):
    matrices = unflattened(moment.model, moment.weights)
    return AutogradEngine(moment.model, matrices, AdamConfig(), CancelToken())


def numbers_after_each_line(engine, tokens, position):
    """Run the engine; return the local numbers after each line, by (layer, line)."""
    found = {}
    last = None

    def note(frame):
        numbers = {
            name: [number.data for number in value]
            for name, value in frame.f_locals.items()
            if isinstance(value, list) and value and hasattr(value[0], "data")
        }
        found[frame.f_locals.get("li", 0), last] = numbers

    def on_line(frame, event, _argument):
        nonlocal last
        if frame.f_locals["pos_id"] == position:
            if last is not None:
                note(frame)
            last = frame.f_lineno
        return on_line

    def on_call(frame, _event, _argument):
        return on_line if frame.f_code.co_name == "_gpt" else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        engine.loss_graph([*tokens, tokens[0]][: position + 2])
    finally:
        sys.settrace(before)
    return found
