"""What the comparison with recorded runs tells, on real runs and spoilt recordings."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.session import verify
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.functions import Functions, this_computers_functions
from microgpt_gui.session.golden import GOLDENS, Golden, read_golden
from microgpt_gui.session.machine_code.powers import words_of_powers
from microgpt_gui.session.machine_code.words import INSTALL_LINE
from microgpt_gui.session.run import Run
from microgpt_gui.session.verify import Verifier


@pytest.fixture(scope="module")
def golden():
    """The shortest recording, as microgpt.py would have made it on this computer."""
    recorded = read_golden("elements-short-block")
    if this_computers_functions().are_those_of_the_recording:
        return recorded
    run = Run(replace(recorded.config, engine="autograd"))
    losses = tuple(run.step() for _ in recorded.losses)
    sha256 = run.parameters_sha256()
    return replace(recorded, losses=losses, parameters_sha256=sha256)


@pytest.fixture(autouse=True)
def recorded_library(monkeypatch):
    """The recordings are made with this computer's C library."""
    functions = Functions("glibc 2.36, x86_64", different=())
    monkeypatch.setattr(verify, "this_computers_functions", lambda: functions)


@pytest.fixture
def other_library(monkeypatch):
    """They are not."""
    functions = Functions("musl 1.2, x86_64", different=("exp", "x ** -1", "x ** 2"))
    monkeypatch.setattr(verify, "this_computers_functions", lambda: functions)


@pytest.fixture
def near(monkeypatch):
    """An engine that does not claim identity, by name."""
    monkeypatch.setitem(ENGINES, "near", replace(ENGINES["python"], identical=False))
    return "near"


def spoilt(golden, step, factor):
    losses = list(golden.losses)
    losses[step - 1] *= factor
    return replace(golden, losses=tuple(losses))


def test_every_shipped_recording_is_verified(request):
    folder = request.config.rootpath / "resources" / "golden"
    assert {path.stem for path in folder.glob("*.json")} == set(GOLDENS)


def test_engine_that_repeats_a_run_is_identical(golden):
    steps = []
    verdict = Verifier().verify("python", golden, progress=steps.append)
    assert verdict.holds
    assert verdict.words == "identical: 300 losses, 20 samples, every parameter"
    assert steps == list(range(1, 301))


def test_the_compiled_engine_is_compared_when_its_code_is_there(golden, kept_code):
    verdict = Verifier().verify("compiled", golden)
    assert verdict.holds
    assert verdict.words == "identical: 300 losses, 20 samples, every parameter"
    said = words_of_powers()
    assert "rounds the others itself" in said or "calls it for every one" in said


def test_an_engine_that_is_not_installed_is_not_compared(golden, without_numba):
    verdict = Verifier().verify("compiled", golden)
    assert verdict.holds  # nothing is wrong
    assert verdict.words.startswith("not compared: numba is not installed")
    assert INSTALL_LINE in verdict.words
    assert words_of_powers() == ""


def test_quick_look_says_how_far_it_went(golden):
    verdict = Verifier().verify("autograd", golden, steps=7)
    assert verdict.holds
    assert verdict.words == "identical: the first 7 of 300 losses"


def test_first_difference_is_named_with_its_size(golden):
    wrong = spoilt(spoilt(golden, 5, 1 + 1e-9), 9, 1 + 1e-6)
    verdict = Verifier().verify("python", wrong, steps=10)
    assert not verdict.holds
    assert verdict.first.step == 5
    assert verdict.words.startswith("differs from step 5 on: the loss was ")
    assert verdict.words.endswith("1e-09 off (largest 1e-06)")
    assert repr(golden.losses[4]) in verdict.words


def test_last_bit_counts_where_identity_is_claimed(golden, near):
    wrong = spoilt(golden, 3, 1 + 3e-16)
    assert wrong != golden
    assert not Verifier().verify("python", wrong, steps=3).holds
    verdict = Verifier().verify(near, wrong, steps=3)
    assert verdict.holds
    assert verdict.words.startswith("within 1e-12 (largest ")


def test_engine_without_claim_must_still_be_near(golden, near):
    verdict = Verifier().verify(near, spoilt(golden, 2, 1 + 1e-11), steps=3)
    assert not verdict.holds
    assert "differs from step 2 on" in verdict.words


def test_engine_without_claim_must_draw_the_same_samples(golden, near):
    verdict = Verifier().verify(near, golden)
    assert (
        verdict.words == "within 1e-12 (largest 0e+00): 300 losses, the same 20 samples"
    )
    other = replace(golden, samples=("Xx", *golden.samples[1:]))
    verdict = Verifier().verify(near, other)
    assert not verdict.holds
    assert verdict.words == "300 losses agree; 1 of 20 samples differ"


def test_other_parameters_are_told(golden):
    verdict = Verifier().verify("python", replace(golden, parameters_sha256="0" * 64))
    assert not verdict.holds
    assert verdict.words == "300 losses agree; the final parameters differ"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"data_sha256": "0" * 64}, "the text is not the one recorded from"),
        (
            {"size": (119, 25, 1232)},
            "documents, vocabulary, parameters: (119, 25, 1232), not (118, 25, 1232)",
        ),
    ],
)
def test_other_data_is_told_before_any_step(golden, change, words):
    steps = []
    verdict = Verifier().verify(
        "python", replace(golden, **change), progress=steps.append
    )
    assert (verdict.holds, verdict.words, steps) == (False, words, [])


def test_run_that_breaks_off_is_told(golden):
    config = replace(golden.config, dataset="there-is-none")
    assert (
        "no such file"
        in Verifier().verify("python", replace(golden, config=config)).words
    )


class Enough(Exception):
    pass


def test_it_can_be_stopped_in_mid_step():
    """The widest recording with the slowest engine: a step asks many times."""
    asked = 0
    steps = []

    def check():
        nonlocal asked
        asked += 1
        if steps and asked > at_first_step + 5:
            raise Enough

    def progress(step):
        nonlocal at_first_step
        steps.append(step)
        at_first_step = asked

    at_first_step = 0
    with pytest.raises(Enough):
        Verifier(check).verify(
            "autograd", read_golden("colours-wide"), progress=progress
        )
    assert steps == [1]


def nudged(golden, size):
    """As on a computer whose functions have other last digits."""
    losses = tuple(loss * (1 + size) for loss in golden.losses)
    return replace(golden, losses=losses, parameters_sha256="0" * 64)


@pytest.fixture
def brief():
    """A recording of 30 steps."""
    config = RunConfig(dataset="elements", n_embd=8, n_head=2, steps=30)
    run = Run(config)
    return Golden(
        name="brief",
        config=config,
        temperature=0.5,
        data_sha256=load_dataset(config.dataset, lambda: None).sha256,
        size=(len(run.info.docs), run.info.vocab_size, run.info.num_params),
        losses=tuple(run.step() for _ in range(30)),
        samples=tuple(run.script_samples(20, 0.5)),
        parameters_sha256=run.parameters_sha256(),
    )


def test_with_another_library_the_script_here_is_autograd(brief, other_library):
    verifier = Verifier()
    assert not verifier.functions.are_those_of_the_recording
    assert (
        "(musl 1.2, x86_64) rounds the last digit of exp and pow otherwise"
        in verifier.functions.words
    )
    verdict = verifier.verify("python", nudged(brief, 4e-16))
    assert verdict.holds
    assert verdict.words.startswith("identical to autograd, within 1e-12 (largest ")
    assert verdict.words.endswith("): 30 losses, the same 20 samples, every parameter")
    verdict = verifier.verify("autograd", nudged(brief, 4e-16), steps=20)
    assert verdict.holds
    assert verdict.words.startswith("within 1e-12 (largest ")


def test_with_another_library_the_recording_still_bounds(brief, other_library):
    verdict = Verifier().verify("autograd", nudged(brief, 2e-12), steps=3)
    assert not verdict.holds
    assert verdict.words.startswith("differs from step 1 on: the loss was ")


def test_with_another_library_identity_is_still_to_the_last_bit(
    brief, other_library, monkeypatch
):
    claims = replace(ENGINES["numpy"], identical=True)
    monkeypatch.setitem(ENGINES, "claims", claims)
    verdict = Verifier().verify("claims", brief)
    assert not verdict.holds
    assert "the loss with autograd is " in verdict.words
    assert verdict.first is None


HIDDEN_FMA = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4"}

LOOK = """
from microgpt_gui.session.functions import probe_sums
from microgpt_gui.session.golden import read_golden
from microgpt_gui.session.verify import Verifier

verifier = Verifier()
print(len(verifier.functions.different) == len(probe_sums()))
print(verifier.verify("python", read_golden("elements-short-block"), steps=40).words)
print(verifier.functions.words)
"""


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc" or platform.machine() != "x86_64",
    reason="only glibc on x86-64 can be told to do without FMA",
)
def test_a_processor_without_fma_is_told_and_verified():
    """Real functions with other last digits, and the real engines on them."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        env=os.environ | HIDDEN_FMA,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    all_differ, verdict, words = done.stdout.splitlines()
    assert all_differ == "True"
    assert verdict.startswith("identical to autograd, within 1e-12 (largest ")
    assert "glibc" in words
    assert "exp, log, sin, cos and pow" in words
