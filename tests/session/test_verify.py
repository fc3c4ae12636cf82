"""What the comparison with recorded runs tells, on real runs and spoilt recordings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.session.golden import GOLDENS, read_golden
from microgpt_gui.session.verify import verify


@pytest.fixture(scope="module")
def golden():
    """The shortest recording."""
    return read_golden("elements-short-block")


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
    verdict = verify("python", golden, progress=steps.append)
    assert verdict.holds
    assert verdict.words == "identical: 300 losses, 20 samples, every parameter"
    assert steps == list(range(1, 301))


def test_quick_look_says_how_far_it_went(golden):
    verdict = verify("autograd", golden, steps=7)
    assert verdict.holds
    assert verdict.words == "identical: the first 7 of 300 losses"


def test_first_difference_is_named_with_its_size(golden):
    wrong = spoilt(spoilt(golden, 5, 1 + 1e-9), 9, 1 + 1e-6)
    verdict = verify("python", wrong, steps=10)
    assert not verdict.holds
    assert verdict.first.step == 5
    assert verdict.words.startswith("differs from step 5 on: the loss was ")
    assert verdict.words.endswith("1e-09 off (largest 1e-06)")
    assert repr(golden.losses[4]) in verdict.words


def test_last_bit_counts_where_identity_is_claimed(golden, near):
    wrong = spoilt(golden, 3, 1 + 3e-16)
    assert wrong != golden
    assert not verify("python", wrong, steps=3).holds
    verdict = verify(near, wrong, steps=3)
    assert verdict.holds
    assert verdict.words.startswith("within 1e-12 (largest ")


def test_engine_without_claim_must_still_be_near(golden, near):
    verdict = verify(near, spoilt(golden, 2, 1 + 1e-11), steps=3)
    assert not verdict.holds
    assert "differs from step 2 on" in verdict.words


def test_engine_without_claim_must_draw_the_same_samples(golden, near):
    verdict = verify(near, golden)
    assert (
        verdict.words == "within 1e-12 (largest 0e+00): 300 losses, the same 20 samples"
    )
    other = replace(golden, samples=("Xx", *golden.samples[1:]))
    verdict = verify(near, other)
    assert not verdict.holds
    assert verdict.words == "300 losses agree; 1 of 20 samples differ"


def test_other_parameters_are_told(golden):
    verdict = verify("python", replace(golden, parameters_sha256="0" * 64))
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
    verdict = verify("python", replace(golden, **change), progress=steps.append)
    assert (verdict.holds, verdict.words, steps) == (False, words, [])


def test_run_that_breaks_off_is_told(golden):
    config = replace(golden.config, dataset="there-is-none")
    assert "no such file" in verify("python", replace(golden, config=config)).words


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
        verify("autograd", read_golden("colours-wide"), progress=progress, check=check)
    assert steps == [1]
