"""The generated kernels: the script's sums, at sizes that need several calls."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from microgpt_gui.engine.config import ModelConfig
from microgpt_gui.engine.kernels.multiply import multiply, multiply_source
from microgpt_gui.engine.kernels.source import KEPT, compiled


def nothing():
    pass


@pytest.mark.parametrize("width", [1, 2, 31, 47, 48, 49, 96, 130, 512, 700])
@pytest.mark.parametrize("count", [1, 3, 16, 45])
def test_products_are_added_from_left_to_right(count, width):
    stream = random.Random(width)
    rows = [[stream.gauss(0, 1) for _ in range(width)] for _ in range(4)]
    vectors = [[stream.gauss(0, 1) for _ in range(width)] for _ in range(count)]
    wanted = []
    for row in rows:
        sums = []
        for vector in vectors:
            total = 0.0
            for w, x in zip(row, vector, strict=True):
                total += w * x
            sums.append(total)
        wanted.append(tuple(sums))
    assert multiply(iter(rows), vectors, nothing) == wanted


@pytest.mark.parametrize(
    "config",
    [
        ModelConfig(12, n_embd=68, n_head=2, block_size=5),
        ModelConfig(30, n_layer=2, n_embd=24, n_head=3, block_size=30),
        ModelConfig(600, n_embd=6, n_head=1, block_size=9),
        ModelConfig(4, n_layer=8, n_embd=2, n_head=1, block_size=3),
    ],
    ids=str,
)
def test_sizes_beyond_one_call_give_the_numbers_of_autograd(
    config, make_engine, draw_documents
):
    engines = [make_engine(name, config) for name in ("python", "autograd")]
    for tokens in draw_documents(config, 2):
        one, other = (engine.train_step(tokens, 0.01) for engine in engines)
        assert one == other
    assert engines[0].parameters() == engines[1].parameters()


@pytest.mark.parametrize(
    "config",
    [
        ModelConfig(2, n_embd=1, n_head=1, block_size=1),
        ModelConfig(5, n_layer=3, n_embd=3, n_head=3, block_size=4),
        ModelConfig(300, n_layer=2, n_embd=10, n_head=1, block_size=40),
        ModelConfig(7, n_embd=128, n_head=4, block_size=6),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["python", "autograd"])
def test_a_text_has_the_same_logits_token_by_token(
    name, config, make_engine, draw_documents
):
    engine = make_engine(name, config)
    *_, (*document, _) = draw_documents(config, 2)
    if name == "python":
        engine.train_step([*document, document[0]], 0.01)
    tokens = document[: config.block_size]
    read = engine.start_sequence()
    assert [tuple(read(token)) for token in tokens] == list(
        engine.forward(tokens).logits
    )


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_the_largest_model_gives_the_numbers_of_autograd(make_engine):
    config = ModelConfig(40, n_layer=8, n_embd=128, n_head=8, block_size=256)
    engines = [make_engine(name, config) for name in ("python", "autograd")]
    for tokens in ([39, 1, 2, 39], [39, 5, 39]):
        one, other = (engine.train_step(tokens, 0.01) for engine in engines)
        assert one == other
    assert engines[0].parameters() == engines[1].parameters()


def test_kernels_are_kept_and_their_number_is_bounded():
    compiled.cache_clear()
    first = compiled(multiply_source, 1, 1, False)
    assert compiled(multiply_source, 1, 1, False) is first
    for width in range(1, KEPT + 20):
        compiled(multiply_source, 1, width, False)
    assert compiled.cache_info().currsize == KEPT


def test_what_runs_can_be_read():
    shown = subprocess.run(
        [sys.executable, "-m", "microgpt_gui.engine.kernels"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "w0*x0_0 + w1*x0_1 + w2*x0_2," in shown
    for name in ("multiply", "norm", "attention", "mlp", "adam", "token"):
        assert f"# {name}_source(" in shown
