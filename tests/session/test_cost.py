from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.cost import length_in_words, step_seconds
from microgpt_gui.session.run import Run

WIDE = RunConfig(dataset="elements", n_embd=64)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_estimate_has_the_right_order_of_magnitude(engine):
    run = Run(replace(WIDE, engine=engine))
    length = len(run.info.document_of(0))
    run.step()  # the first one prepares what the others use
    began_s = time.thread_time()
    run.step()
    taken_s = time.thread_time() - began_s
    estimate_s = step_seconds(run.config, run.info.vocab_size, length)
    assert taken_s / 10 < estimate_s < taken_s * 10


def test_a_block_that_is_too_short_for_the_document_bounds_the_cost():
    short = replace(WIDE, block_size=8)
    assert step_seconds(short, 27, 7) == step_seconds(short, 27, 7_000)
    assert step_seconds(short, 27, 3) < step_seconds(short, 27, 7)


def test_a_long_run_is_told_with_what_would_make_it_short():
    deep = replace(WIDE, dataset="names", n_layer=4, steps=10_000)
    told = length_in_words(deep, 27, 6.1)
    assert re.fullmatch(
        r"All 10,000 steps take about \d+ min; with the engine \w+ about \d+ s\.", told
    )
    assert length_in_words(replace(deep, steps=10), 27, 6.1) == ""
    assert length_in_words(replace(deep, engine="numpy"), 27, 6.1) == ""
    longer = replace(deep, engine="numpy", steps=1_000_000)
    assert re.fullmatch(
        r"All 1,000,000 steps take about \d+ (min|h)\.",
        length_in_words(longer, 27, 6.1),
    )
