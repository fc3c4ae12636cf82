"""A matrix in a few numbers, against the standard library's own."""

from __future__ import annotations

import math
import statistics as reference
from dataclasses import replace

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.statistics import statistics
from microgpt_gui.session.run import Run

SMALL = RunConfig(dataset="elements", n_embd=8, n_head=2, block_size=8)


@pytest.mark.parametrize("factor", [1.0, 1e307, 1e-300, 0.0])
def test_statistics_are_right_in_all_of_the_range(factor):
    moment = Run(SMALL).moment()
    weights = type(moment.weights)("d", [x * factor for x in moment.weights])
    moment = replace(moment, weights=weights)
    found = statistics(moment)
    assert [s.name for s in found] == list(moment.model.shapes())
    for matrix, said in zip(matrices(moment), found, strict=True):
        numbers = matrix.numbers.tolist()
        assert (said.count, said.not_finite) == (len(numbers), 0)
        assert (said.least, said.largest) == (min(numbers), max(numbers))
        assert said.mean == pytest.approx(
            float(reference.mean(numbers)), rel=1e-13, abs=0
        )
        assert said.deviation == pytest.approx(
            factor * reference.pstdev(x / (factor or 1) for x in numbers),
            rel=1e-13,
            abs=0,
        )
        assert said.norm == pytest.approx(math.hypot(*numbers), rel=1e-13, abs=0)


def test_numbers_that_are_none_are_counted_and_nothing_else_is_said():
    moment = Run(SMALL).moment()
    weights = moment.weights[:]
    weights[0], weights[3] = math.nan, math.inf
    wte, *others = statistics(replace(moment, weights=weights))
    assert (wte.count, wte.not_finite) == (25 * 8, 2)
    assert all(math.isnan(x) for x in (wte.mean, wte.least, wte.largest, wte.norm))
    assert not any(s.not_finite for s in others)
