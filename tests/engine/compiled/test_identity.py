"""The `compiled` engine's numbers are those of `python`, whatever the shape."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from array import array
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microgpt_gui.engine.compiled import constants
from microgpt_gui.engine.compiled.model import CompiledModel
from microgpt_gui.engine.config import ModelConfig
from microgpt_gui.engine.inference import PlainModel
from microgpt_gui.engine.steps import StepsAhead
from tests.engine.compiled.shapes import differences, draw_case

CONFIG = ModelConfig(9, n_layer=2, n_embd=8, n_head=2, block_size=6)
ROOT = Path(__file__).parents[3]

#: What hides from the C library that the processor has FMA.
WITHOUT_FMA = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4"}


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stream=st.randoms(use_true_random=True))
def test_any_shape_gives_the_same_numbers(machine_code, stream):
    case = draw_case(stream, budget=1e5)
    wrong, _ = differences(case)
    assert not wrong, case


def test_what_leaves_the_range_of_numbers_spoils_no_earlier_token(machine_code):
    """A later token's infinite value is looked at with weight 0: that is no number."""
    weights = array("d", bytes(CONFIG.num_params * 8))
    python = PlainModel(CONFIG, weights, lambda: None).forward([0, 1, 2])
    tokens_end = CONFIG.vocab_size * CONFIG.n_embd
    values = 2 * tokens_end + (CONFIG.block_size + 2 * CONFIG.n_embd) * CONFIG.n_embd
    weights[2 * CONFIG.n_embd] = 1.0  # of token 2 alone
    weights[values] = 1.7e308
    model = CompiledModel(CONFIG, weights, lambda: None)
    forward = model.forward([0, 1, 2])
    assert forward.logits[:2] == python.logits[:2]
    assert forward.attention[0][0][:2] == python.attention[0][0][:2]
    assert any(map(math.isnan, forward.logits[2]))


@pytest.mark.parametrize("bound", [1 / 16, constants.ANYTHING])
def test_a_c_library_that_rounds_less_well_costs_time_alone(
    machine_code, entries, monkeypatch, bound
):
    """As where powers are wrong further from a tie: they are asked for more often."""
    monkeypatch.setattr(constants, "_measured", (entries, bound))
    wrong, _ = differences(draw_case(random.Random(5), budget=3e5))
    assert not wrong


def test_how_far_the_c_library_is_wrong_is_measured(machine_code, entries):
    assert constants.bound_here(entries) in (*constants.BOUNDS, constants.ANYTHING)
    assert constants.bound_of(0.0) == 1 / 64
    assert constants.bound_of(0.02) == 1 / 16
    assert constants.bound_of(0.4) == constants.ANYTHING
    assert constants.bound_of(0.5) == constants.ANYTHING


@pytest.mark.parametrize("token", [-1, 9])
def test_a_token_that_there_is_not_ends_a_batch_before_it(
    machine_code, make_engine, token
):
    engine, twin = (make_engine("compiled", CONFIG) for _ in range(2))
    ahead = StepsAhead(array("q", [8, 1, 8, token, 8]), array("q", [0, 3, 5]), RATES)
    engine.train_steps(StepsAhead(ahead.tokens, ahead.starts[:2], RATES[:1]))
    twin.train_step([8, 1, 8], 0.01)
    with pytest.raises(IndexError, match=f"no token {token}"):
        engine.train_steps(StepsAhead(ahead.tokens, ahead.starts[1:], RATES[1:]))
    assert engine.state() == twin.state()
    with pytest.raises(IndexError, match=f"no token {token}"):
        engine.forward([token])


RATES = array("d", [0.01, 0.01])


def test_a_document_with_nothing_to_predict_is_refused(machine_code, make_engine):
    engine = make_engine("compiled", CONFIG)
    before = engine.state()
    with pytest.raises(IndexError, match="two tokens"):
        engine.train_steps(StepsAhead.of([[8]], [0.01]))
    assert engine.state() == before


def battery(code, processor, seed, count, sizes="small", **environment):
    """Compare many shapes in a process of its own."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.engine.compiled.shapes",
            *map(str, (code, processor, seed, count, sizes)),
        ],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("sizes", ["small", "large"])
@pytest.mark.parametrize("environment", [{}, WITHOUT_FMA], ids=["", "FMA hidden"])
def test_thousands_of_shapes(kept_code_file, sizes, environment):
    count = 1000 if sizes == "small" else 60
    print(battery(kept_code_file, "", 1, count, sizes, **environment))


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("environment", [{}, WITHOUT_FMA], ids=["", "FMA hidden"])
@pytest.mark.parametrize("processor", ["x86-64-v2", "x86-64-v3", "x86-64-v4"])
def test_levels_of_processors(needs_numba, tmp_path, processor, environment):
    code = tmp_path / "code"
    made = subprocess.run(
        [
            sys.executable,
            "-m",
            "microgpt_gui.engine.compiled.machine_code",
            code,
            "--processor",
            processor,
        ],
        check=False,
    )
    assert made.returncode == 0
    print(battery(code, processor, 2, 200, **environment))
