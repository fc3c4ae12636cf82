"""Medians, extremes and percentiles of small lists that can be counted by hand."""

from __future__ import annotations

import pytest

from microgpt_gui.bench.delays import Delays
from microgpt_gui.bench.spread import Spread, percentile


def test_spread_is_median_and_extremes():
    assert Spread.of([3.0, 9.0, 1.0]) == Spread(3.0, 1.0, 9.0)
    assert Spread.of([4.0, 2.0]).median == 3.0


@pytest.mark.parametrize(
    ("share", "value"), [(0, 1), (0.01, 1), (0.5, 50), (0.95, 95), (0.99, 99), (1, 100)]
)
def test_percentile_is_a_value_that_was_measured(share, value):
    hundred = list(range(100, 0, -1))
    assert percentile(hundred, share) == value


def test_percentile_of_one_value_is_that_value():
    assert {percentile([7.0], share) for share in (0, 0.5, 0.99)} == {7.0}
    with pytest.raises(ValueError, match="at least one"):
        percentile([], 0.5)


def test_of_several_runs_each_figure_is_the_median_of_theirs():
    runs = [[1.0, 2.0], [9.0, 80.0, 7.0], [], [3.0, 4.0]]
    assert Delays.of_runs(runs) == Delays(3.0, 4.0, 4.0, 4.0, 4.0, 7)
    assert Delays.of_runs([[], []]) is None


def test_delays_of_nothing_are_none():
    assert Delays.of([]) is None
    assert Delays.of([2.0, 1.0]) == Delays(1.0, 2.0, 2.0, 2.0, 2.0, 2)
