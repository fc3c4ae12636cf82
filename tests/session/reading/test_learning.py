"""One step in pieces, against arrays that follow the algorithm's description."""

from __future__ import annotations

import csv
import io
import math
import random
from dataclasses import replace

import numpy as np
import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.step_csv import step_csv
from microgpt_gui.session.moments.recorded import moment_at
from microgpt_gui.session.reading.learning import learning as learning_module
from microgpt_gui.session.reading.learning.adam_moves import MOST_MOVES
from microgpt_gui.session.reading.learning.questions import (
    LearningQuestion,
    LearningWayQuestion,
)
from microgpt_gui.session.reading.learning.walk import (
    Phase,
    begin_of,
    stop_of_stage,
    walk,
)
from microgpt_gui.session.reading.question import Asked
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.reading.source.links import lines_of
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run


def proceed():
    pass


def trained(engine, letters=26, n_layer=1, n_head=4, steps=3):
    """Return what a run of few steps can be asked with, and its documents' texts."""
    chars = [chr(0x4E00 + i) for i in range(letters)]
    words = ["".join(chars[i::7][:9]) or chars[0] for i in range(7)]
    config = RunConfig(
        dataset="elements",
        engine=engine,
        n_layer=n_layer,
        n_embd=8,
        n_head=n_head,
        block_size=5,
    )
    return config, words, steps


def asked_of(tmp_path, step, check=proceed, **sizes):
    config, words, steps = trained(**sizes)
    path = tmp_path / "words.txt"
    path.write_text("\n".join(words) + "\n", encoding="utf-8")
    recorder = Recorder()
    run = Run(replace(config, dataset=str(path)), recorder=recorder)
    losses = [run.step() for _ in range(steps)]
    info = replace(run.info, segments=run.segments)
    moment = moment_at(info, recorder, step, proceed)
    return Asked(moment, info, check, Reader(recorder)), losses


def answer_of(question, asked):
    *_, answer = question.answers(asked)
    return answer


class Naive:
    """The forward pass of the description; any number of a stage can be pushed."""

    def __init__(self, moment):
        self.config, self.matrices, start = moment.config, {}, 0
        for name, (rows, columns) in moment.model.shapes().items():
            part = moment.weights[start : start + rows * columns]
            self.matrices[name] = np.array(part).reshape(rows, columns)
            start += rows * columns

    def loss(self, tokens, push=(None, 0, 0, 0, 0.0)):
        """Return the loss; ``push``: stage, position, part, i, by how much."""

        def stage(name, x):
            pushed, position, part, i, by = push
            if pushed == name:
                x = x.copy()
                wide = x.reshape(len(x), -1, x.shape[-1])
                wide[position, part, i] += by
            return x

        def norm(x):
            return x * ((x * x).mean(-1, keepdims=True) + 1e-5) ** -0.5

        config, of = self.config, self.matrices
        n = len(tokens) - 1
        x = stage("embedded", of["wte"][tokens[:n]] + of["wpe"][:n])
        x = stage("norm0", norm(x))
        for li in range(config.n_layer):
            name, at = f"layer{li}.", f"l{li}."
            inside = stage(f"{at}norm1", norm(x))
            by_head = (n, config.n_head, -1)
            q, k, v = (
                stage(at + m, (inside @ of[f"{name}attn_w{m}"].T).reshape(by_head))
                for m in "qkv"
            )
            scores = np.einsum("qhi,khi->qhk", q, k) / q.shape[-1] ** 0.5
            scores = stage(f"{at}scores", scores)
            later = np.triu_indices(n, 1)
            scores[later[0], :, later[1]] = -np.inf
            e = np.exp(scores - scores.max(-1, keepdims=True))
            weights = stage(f"{at}weights", e / e.sum(-1, keepdims=True))
            heads = stage(f"{at}heads", np.einsum("qhk,khi->qhi", weights, v))
            joined = stage(f"{at}joined", heads.reshape(n, -1))
            out = stage(f"{at}attn_out", joined @ of[f"{name}attn_wo"].T)
            x = stage(f"{at}middle", out + x)
            inside = stage(f"{at}norm2", norm(x))
            hidden = stage(f"{at}mlp_in", inside @ of[f"{name}mlp_fc1"].T)
            hidden = stage(f"{at}hidden", np.maximum(hidden, 0))
            x = stage(
                f"{at}after", stage(f"{at}mlp_out", hidden @ of[f"{name}mlp_fc2"].T) + x
            )
        z = stage("logits", x @ of["lm_head"].T)
        p = np.exp(z - z.max(-1, keepdims=True))
        self.p = p / p.sum(-1, keepdims=True)
        self.losses = -np.log(self.p[np.arange(n), list(tokens[1:])])
        return self.losses.mean()


SIZES = [
    {"letters": 26, "n_layer": 2, "n_head": 8},
    {"letters": 1, "n_layer": 1, "n_head": 1},
    {"letters": 300, "n_layer": 4, "n_head": 2},
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("sizes", SIZES)
def test_a_step_in_pieces_is_what_the_arrays_say(tmp_path, engine, sizes):
    asked, losses = asked_of(tmp_path, 3, engine=engine, **sizes)
    found = answer_of(LearningQuestion(), asked)
    naive = Naive(found.moment)
    tokens = list(found.tokens)
    n = len(tokens) - 1
    assert naive.loss(tokens) == pytest.approx(losses[2], rel=1e-12)
    assert found.learnt.loss == losses[2]
    np.testing.assert_allclose(found.losses, naive.losses, rtol=1e-11)
    np.testing.assert_allclose(found.probabilities, naive.p, rtol=1e-10)
    wanted = naive.p.copy()
    wanted[np.arange(n), tokens[1:]] -= 1
    np.testing.assert_allclose(found.logit_gradients, wanted / n, atol=1e-14)
    assert_gradients_are_slopes(found, naive, tokens)
    assert_matrices_are_the_gradients(found)
    assert_moves_are_adams(found)
    assert_table_has_all(found)


def assert_table_has_all(found):
    rows = list(csv.DictReader(io.StringIO("".join(step_csv(found, proceed)))))
    keys = "quantity", "of", "position", "head", "row", "column"
    numbers = {tuple(row[k] for k in keys): float(row["value"]) for row in rows}
    assert len(numbers) == len(rows)
    assert numbers["loss", "", "", "", "", ""] == found.learnt.loss
    move = found.moves[0]
    name, row, column = move.place
    after = numbers["after", name, "", "", str(row), str(column)]
    assert after == move.after
    last = found.stage_gradients["l0.weights"][-1][-1]
    place = "stage_gradient", "l0.weights", str(found.positions - 1)
    head = str(found.model.n_head) if found.model.n_head > 1 else ""
    assert numbers[(*place, head, str(len(last) - 1), "")] == last[-1]
    count = sum(row["quantity"] == "logit_gradient" for row in rows)
    assert count == found.positions * found.model.vocab_size


def assert_gradients_are_slopes(found, naive, tokens):
    stream, h = random.Random(7), 1e-6
    for id, positions in found.stage_gradients.items():
        if id in ("tok_emb", "pos_emb"):
            assert positions == found.stage_gradients["embedded"]
            continue
        for _ in range(2):
            position = stream.randrange(len(positions))
            part = stream.randrange(len(positions[position]))
            i = stream.randrange(len(positions[position][part]))
            place = (id, position, part, i)
            up, down = (naive.loss(tokens, (*place, by)) for by in (h, -h))
            wanted = (up - down) / (2 * h)
            assert positions[position][part][i] == pytest.approx(
                wanted, rel=2e-4, abs=5e-9
            ), place


def assert_matrices_are_the_gradients(found):
    learnt, start = found.learnt, 0
    assert math.hypot(*(m.norm for m in found.matrices)) == pytest.approx(
        learnt.gradient_norm
    )
    shapes = found.model.shapes()
    assert [matrix.name for matrix in found.matrices] == list(shapes)
    for matrix in found.matrices:
        rows, columns = shapes[matrix.name]
        numbers = np.array(learnt.gradient[start : start + rows * columns])
        start += rows * columns
        assert matrix.norm == pytest.approx(np.linalg.norm(numbers))
        assert matrix.unmoved == (numbers == 0).sum()
        table = numbers.reshape(rows, columns)
        sizes = [abs(entry.number) for entry in matrix.largest]
        assert sizes == sorted(abs(numbers), reverse=True)[: len(sizes)]
        assert all(table[e.row, e.column] == e.number for e in matrix.largest)


def assert_moves_are_adams(found):
    learnt, adam = found.learnt, found.learnt.config.adam()
    before, after = (np.array(s.parameters) for s in (learnt.before, learnt.after))
    sizes = np.sort(abs(after - before))[::-1]
    moved = [abs(move.change) for move in found.moves]
    assert moved == sizes[: len(moved)].tolist()
    assert len(moved) == min(MOST_MOVES, (sizes > 0).sum())
    step = learnt.step
    for move in found.moves:
        m = adam.beta1 * move.m_before + (1 - adam.beta1) * move.gradient
        v = adam.beta2 * move.v_before + (1 - adam.beta2) * move.gradient**2
        assert (move.m, move.v) == pytest.approx((m, v))
        assert move.m_hat == pytest.approx(m / (1 - adam.beta1**step))
        assert move.v_hat == pytest.approx(v / (1 - adam.beta2**step))
        by = learnt.learning_rate * move.m_hat / (math.sqrt(move.v_hat) + 1e-8)
        assert move.after == pytest.approx(move.before - by, rel=1e-12)


@pytest.mark.parametrize("step", [1, 3])
def test_a_walk_goes_through_all_in_the_order_of_the_work(tmp_path, step):
    asked, _ = asked_of(tmp_path, step, engine="python", n_layer=2)
    early, found = LearningQuestion().answers(asked)
    assert early.learnt is found.learnt and not early.stage_gradients
    assert walk(early) == walk(found)
    stops = walk(found)
    phases = [stop.phase for stop in stops]
    assert list(dict.fromkeys(phases)) == list(Phase)
    assert all(phases[begin_of(stops, p)] is p for p in Phase)
    forward = stops[: begin_of(stops, Phase.LOSS)]
    assert (forward[0].stage, forward[0].position) == ("tok_emb", 0)
    assert len(forward) == found.positions * (6 + 2 * 15)
    assert forward[-1].position == found.positions - 1
    back = [stop.stage for stop in stops if stop.phase is Phase.GRADIENTS]
    assert (back[0], back[-2:]) == ("logits", ["embedded", "gradients"])
    assert back.index("l1.q") < back.index("l0.q")
    assert all(lines_of(stop.source).own for stop in stops)
    each, mean = (lines_of(f"loss.{of}").own for of in ("each", "mean"))
    assert each | mean == lines_of("loss").own and not each & mean
    at = 2 * len(forward) // found.positions - 1  # the last of position 1
    at = stop_of_stage(stops, "l1.q", at)
    assert (stops[at].stage, stops[at].position) == ("l1.q", 1)
    assert stops[stop_of_stage(stops, "l0.q", at)].position == 1
    back_at = stop_of_stage(stops, "l0.q", begin_of(stops, Phase.GRADIENTS))
    assert stops[back_at].phase is Phase.GRADIENTS
    assert stops[stop_of_stage(stops, "adam", 0)].stage == "adam.m"
    way = answer_of(LearningWayQuestion(1), asked)
    assert (way.position, way.step) == (1, step - 1)
    assert way.numbers["logits"] == (found.logits[1],)


def test_what_has_no_step_or_too_large_a_graph_says_so(tmp_path, monkeypatch):
    asked, _ = asked_of(tmp_path, 0, engine="python")
    assert answer_of(LearningQuestion(), asked) is None
    assert answer_of(LearningWayQuestion(0), asked) is None
    asked, _ = asked_of(tmp_path, 2, engine="python")
    monkeypatch.setattr(learning_module, "MOST_NUMBERS", 1000)
    found = answer_of(LearningQuestion(), asked)
    assert "the gradients of its stages are not shown" in found.problem
    assert not found.stage_gradients and found.matrices
    back = [s.stage for s in walk(found) if s.phase is Phase.GRADIENTS]
    assert back == ["logits", "gradients"]


def test_a_step_can_be_given_up(tmp_path):
    def refuse():
        raise Cancelled

    asked, _ = asked_of(tmp_path, 2, engine="python")
    with pytest.raises(Cancelled):
        answer_of(LearningQuestion(), replace(asked, check=refuse))


@pytest.mark.long
@pytest.mark.parametrize("sizes", SIZES[:2])
def test_every_gradient_of_a_stage_is_a_slope(tmp_path, sizes):
    asked, _ = asked_of(tmp_path, 3, engine="python", **sizes)
    found = answer_of(LearningQuestion(), asked)
    naive, tokens, h = Naive(found.moment), list(found.tokens), 1e-7
    for id, positions in found.stage_gradients.items():
        if id in ("tok_emb", "pos_emb"):
            continue
        for at, parts in enumerate(positions):
            for part, numbers in enumerate(parts):
                for i, number in enumerate(numbers):
                    place = id, at, part, i
                    up, down = (naive.loss(tokens, (*place, by)) for by in (h, -h))
                    wanted = (up - down) / (2 * h)
                    assert number == pytest.approx(wanted, rel=1e-4, abs=1e-7), place
