"""Whole runs recorded from microgpt.py itself."""

from __future__ import annotations

import hashlib
import json
import math
import random
from pathlib import Path

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.fingerprint import parameters_sha256
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.engine.sampling import sample_tokens
from microgpt_gui.resources import resource
from microgpt_gui.session.functions import this_computers_functions

GOLDENS = Path(__file__).parents[2] / "resources" / "golden"

CORPORA = {
    "names-default": "data/names.txt",
    "dinosaurs-two-layers": "data/dinosaurs.txt",
    "colours-wide": "data/colours.txt",
    "elements-short-block": "data/elements.txt",
}

#: Steps of the engines that would take minutes; `-m long` runs them whole.
SHORTENED = {
    ("autograd", "names-default"): 100,
    ("autograd", "dinosaurs-two-layers"): 12,
    ("autograd", "colours-wide"): 6,
    ("autograd", "elements-short-block"): 100,
}


def train(golden, docs, engine_name, steps):
    """Return the losses, the engine, the stream of random numbers, the alphabet."""
    settings = golden["settings"]
    stream = random.Random(settings["seed"])
    stream.shuffle(docs)
    chars = sorted(set("".join(docs)))
    ids = {c: i for i, c in enumerate(chars)}
    bos = len(chars)
    config = ModelConfig(
        vocab_size=bos + 1,
        n_layer=settings["n_layer"],
        n_embd=settings["n_embd"],
        n_head=settings["n_head"],
        block_size=settings["block_size"],
    )
    assert (len(docs), config.vocab_size, config.num_params) == (
        golden["num_docs"],
        golden["vocab_size"],
        golden["num_params"],
    )
    cancel = CancelToken()
    parameters = initial_parameters(config, stream, cancel)
    engine = ENGINES[engine_name](config, parameters, AdamConfig(), cancel)
    losses = []
    for step in range(steps):
        doc = docs[step % len(docs)]
        tokens = [bos, *(ids[c] for c in doc), bos]
        learning_rate = float(settings["lr"]) * (1 - step / settings["steps"])
        losses.append(engine.train_step(tokens, learning_rate))
    return losses, engine, stream, chars


def compare(name, engine_name, steps=None):
    golden = json.loads((GOLDENS / f"{name}.json").read_text())
    text = resource(CORPORA[name]).read_bytes()
    assert hashlib.sha256(text).hexdigest() == golden["data_sha256"]
    docs = [line.strip() for line in text.decode().splitlines() if line.strip()]

    wanted_steps = golden["settings"]["steps"]
    losses, engine, stream, chars = train(
        golden, docs, engine_name, steps or wanted_steps
    )
    wanted = golden["losses"][: len(losses)]
    # Where the C library rounds otherwise, the script has other last digits too.
    is_identical = (
        ENGINES[engine_name].identical
        and this_computers_functions().are_those_of_the_recording
    )
    if is_identical:
        assert losses == wanted
    else:
        assert all(map(_is_close, losses, wanted))
    if len(losses) < wanted_steps:
        return
    temperature = float(golden["settings"]["temperature"])
    samples = [
        "".join(chars[t] for t in sample_tokens(engine, stream, temperature).tokens)
        for _ in range(golden["settings"]["samples"])
    ]
    assert samples == golden["samples"]
    if is_identical:
        assert parameters_sha256(engine.parameters()) == golden["final_params_sha256"]


def _is_close(a, b):
    return math.isclose(a, b, rel_tol=1e-12)


@pytest.mark.parametrize("name", CORPORA)
def test_a_run_gives_the_numbers_of_the_script(name, engine_name):
    compare(name, engine_name, SHORTENED.get((engine_name, name)))


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("engine_name", "name"), SHORTENED)
def test_a_whole_run_gives_the_numbers_of_the_script(name, engine_name):
    compare(name, engine_name)


def test_every_golden_is_compared():
    assert {path.stem for path in GOLDENS.glob("*.json")} == set(CORPORA)
