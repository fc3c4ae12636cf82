"""What the loss panel makes of losses before it draws them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from microgpt_gui.gui.panels.loss.decimate import bucket_size, extremes
from microgpt_gui.gui.panels.loss.series import LossSeries
from microgpt_gui.gui.panels.loss.smoothing import (
    LIGHT,
    OFF,
    STRONG,
    STRONGEST,
    MovingAverage,
)
from microgpt_gui.gui.run.history import LossHistory


def noise(count):
    rng = np.random.default_rng(3)
    return 2 + rng.normal(size=count)


def average_by_definition(values, b):
    """Each average as a weighted sum over all values so far."""
    result = []
    for t in range(1, len(values) + 1):
        weights = b ** np.arange(t - 1, -1, -1.0)
        result.append(float(np.dot(weights, values[:t]) / weights.sum()))
    return result


@pytest.mark.parametrize("smoothing", [LIGHT, STRONG, STRONGEST])
def test_the_average_is_the_weighted_mean_of_all_steps_so_far(smoothing):
    values = noise(1000)
    average = MovingAverage(smoothing.weight)
    average.extend(values)
    expected = average_by_definition(values, smoothing.weight)
    np.testing.assert_allclose(average.averages, expected, rtol=1e-12)
    assert average.averages[0] == pytest.approx(values[0])


def test_the_average_does_not_depend_on_how_the_losses_came():
    values = noise(3000)
    at_once, bit_by_bit = MovingAverage(0.99), MovingAverage(0.99)
    at_once.extend(values)
    for begin in range(0, 3000, 7):
        bit_by_bit.extend(values[begin : begin + 7])
    np.testing.assert_allclose(bit_by_bit.averages, at_once.averages, rtol=1e-12)


def test_without_smoothing_the_average_is_the_loss_itself():
    values = noise(500)
    average = MovingAverage(OFF.weight)
    average.extend(values)
    assert average.averages.tolist() == values.tolist()


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_a_loss_that_is_not_finite_leaves_a_gap_and_no_trace(odd):
    values = noise(600)
    average, clean = MovingAverage(0.95), MovingAverage(0.95)
    average.extend(np.insert(values, 300, odd))
    clean.extend(values)
    assert math.isnan(average.averages[300])
    rest = np.delete(average.averages, 300)
    np.testing.assert_allclose(rest, clean.averages, rtol=1e-12)


@pytest.mark.parametrize(
    ("smoothing", "steps", "share"),
    [(LIGHT, "20", "5 %"), (STRONG, "100", "1 %"), (STRONGEST, "1,000", "0.1 %")],
)
def test_the_explanation_gives_its_numbers_in_one_sentence(smoothing, steps, share):
    text = smoothing.explanation
    assert f"last {steps} steps" in text
    assert f"counting {share}" in text
    assert text.count(". ") == 0
    assert text.endswith(".")


@pytest.mark.parametrize("count", [1, 3, 2000, 2001, 5000, 99_999, 1_000_000])
def test_no_more_points_than_allowed_and_every_peak_kept(count):
    values = noise(count)
    size = bucket_size(count, 2000)
    if size == 1:
        assert count <= 2000
        return
    indices = extremes(values, 0, count, size)
    assert len(indices) <= 2000
    assert len(indices) > 900  # not coarser than need be
    assert (np.diff(indices) >= 0).all()
    for begin in range(0, count, size * 37):
        bucket = values[begin : begin + size]
        drawn = values[indices[(indices >= begin) & (indices < begin + size)]]
        assert drawn.min() == bucket.min()
        assert drawn.max() == bucket.max()


def test_few_values_are_decimated_as_many_are():
    values = noise(20_000)
    values[[5000, 5003, 5017]] = math.nan, math.inf, -math.inf
    values[5008:5040] = math.nan
    whole = extremes(values, 0, 20_000, 16)
    for start, stop in (4992, 5040), (5000, 5001), (0, 2048), (4993, 5999):
        few = extremes(values, start, stop, 16)
        expected = whole[2 * (start // 16) : 2 * -(-stop // 16)]
        assert few.tolist() == expected.tolist()


def test_a_window_takes_the_buckets_of_the_whole():
    values = noise(20_000)
    whole = extremes(values, 0, 20_000, 16)
    part = extremes(values, 7005, 9003, 16)
    assert set(part) <= set(whole)
    assert part[0] < 7005 + 16
    assert part[-1] >= 9003 - 16


def test_broken_losses_hide_no_finite_peak():
    values = noise(4096)
    values[100], values[101], values[107] = 50.0, math.nan, math.inf
    values[1024:1056] = math.nan
    indices = extremes(values, 0, 4096, 16)
    assert 100 in indices
    assert not {101, 107} & set(indices)
    assert {1024, 1040} <= set(indices)  # nothing finite there: a gap is drawn


def test_a_series_knows_its_extent_and_where_it_broke():
    history = LossHistory()
    series = LossSeries(history, LIGHT)
    series.catch_up()
    assert len(series) == 0
    history.extend([3.0, 2.0])
    series.catch_up()
    history.extend([4.0, math.nan, math.inf, 1.0])
    series.catch_up()
    assert (series.low, series.high) == (1.0, 4.0)
    assert series.first_broken == 4
    series.set_smoothing(STRONG)
    assert len(series.smooth) == 6
    assert series.first_broken == 4
