"""The loss of documents, against arrays that follow the algorithm's description."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.document_losses import document_losses, mean_loss
from microgpt_gui.session.run import Run
from microgpt_gui.session.unseen import unseen


def normed(x):
    return x * ((x * x).mean(-1, keepdims=True) + 1e-5) ** -0.5


def shares(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def loss_of(moment, document):
    """Return the loss of one document, from the parameters alone."""
    config, chars = moment.config, moment.chars
    matrices, start = {}, 0
    for name, (rows, columns) in moment.model.shapes().items():
        part = moment.weights[start : start + rows * columns]
        matrices[name] = np.array(part).reshape(rows, columns)
        start += rows * columns
    tokens = [len(chars), *map(chars.index, document), len(chars)]
    n = min(config.block_size, len(tokens) - 1)
    x = normed(matrices["wte"][tokens[:n]] + matrices["wpe"][:n])
    for i in range(config.n_layer):
        q, k, v = (normed(x) @ matrices[f"layer{i}.attn_w{m}"].T for m in "qkv")
        heads = []
        for columns in np.split(np.arange(config.n_embd), config.n_head):
            scores = q[:, columns] @ k[:, columns].T / len(columns) ** 0.5
            scores[np.triu_indices(n, 1)] = -np.inf
            heads.append(shares(scores) @ v[:, columns])
        x = x + np.hstack(heads) @ matrices[f"layer{i}.attn_wo"].T
        hidden = np.maximum(normed(x) @ matrices[f"layer{i}.mlp_fc1"].T, 0)
        x = x + hidden @ matrices[f"layer{i}.mlp_fc2"].T
    odds = shares(x @ matrices["lm_head"].T)
    return -np.log(odds[np.arange(n), tokens[1 : n + 1]]).mean()


def file_of(tmp_path, letters):
    lines = ["".join(letters[i::7]) or letters[0] for i in range(7)]
    path = tmp_path / "letters.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("letters", "n_layer", "n_head"), [(1, 1, 1), (26, 2, 8), (2000, 4, 4)]
)
def test_losses_are_those_of_the_parameters(tmp_path, engine, letters, n_layer, n_head):
    chars = [chr(0x4E00 + i) for i in range(letters)]
    config = RunConfig(
        dataset=file_of(tmp_path, chars),
        engine=engine,
        n_layer=n_layer,
        n_embd=8,
        n_head=n_head,
        block_size=5,
    )
    run = Run(config)
    if engine == "python" or letters < 2000:
        run.step()
    moment = run.moment()
    documents = (*run.info.docs, chars[0], "".join(chars[:5]), "".join(chars[:4]))
    found = document_losses(moment, documents)
    wanted = [loss_of(moment, d) for d in documents]
    assert found == pytest.approx(wanted, rel=1e-12)
    assert mean_loss(found) == pytest.approx(np.mean(wanted), rel=1e-12)
    # However many are asked at once.
    many = document_losses(moment, documents * 40)
    assert many == pytest.approx(wanted * 40, rel=1e-12)
    if engine == "autograd" and letters == 2000:
        return  # a step of it takes long
    # Learning from a document says the same of it, and the moment was not touched.
    step = run.steps_done
    said = document_losses(moment, [run.info.document_of(step)])
    assert [run.step()] == pytest.approx(said, rel=1e-12)


@pytest.mark.long
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("n_layer", [1, 2, 4])
@pytest.mark.parametrize("n_head", [1, 8])
@pytest.mark.parametrize("letters", [1, 2, 27, 300, 2000])
def test_losses_of_trained_models_of_every_shape(
    tmp_path, engine, n_layer, n_head, letters
):
    draw = np.random.default_rng(letters)
    chars = [chr(0x4E00 + i) for i in range(letters)]
    lines = ["".join(draw.choice(chars, n)) for n in draw.integers(1, 40, 90)]
    path = tmp_path / "drawn.txt"
    path.write_text("\n".join([*lines, *chars]) + "\n", encoding="utf-8")
    run = Run(
        RunConfig(
            dataset=str(path),
            engine=engine,
            n_layer=n_layer,
            n_embd=16,
            n_head=n_head,
            block_size=9,
            learning_rate=0.05,
            held_out=0.3,
            train_documents=7,
        )
    )
    for _ in range(2 if engine == "autograd" else 25):
        run.step()
    moment, left = run.moment(), unseen(run.info, run.steps_done)
    assert list(left) == list(run.info.docs)[-len(left) :]
    wanted = [loss_of(moment, document) for document in left]
    assert document_losses(moment, left) == pytest.approx(wanted, rel=1e-11)


def test_weights_beyond_help_are_said_and_the_work_can_be_stopped():
    moment = Run(RunConfig(dataset="elements", n_embd=8, n_head=2)).moment()
    spoilt = moment.weights[:]
    spoilt[0] = math.nan
    # Row 0 of wte is the letter a: one document has it, the other has not.
    with_it, without = document_losses(
        replace(moment, weights=spoilt), [moment.chars[0], moment.chars[1]]
    )
    assert math.isnan(with_it)
    assert without > 0
    assert math.isnan(mean_loss([with_it, without]))
    assert math.isnan(mean_loss([]))
    sure = type(spoilt)("d", [x * 1e6 for x in moment.weights])
    (never,) = document_losses(replace(moment, weights=sure), ["iron"])
    assert never == math.inf  # sure of another letter: this one has probability 0
    with pytest.raises(CorpusError, match="not one of this vocabulary"):
        document_losses(moment, ["1"])

    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        document_losses(moment, ["iron"], stop)
