"""Which losses a picture leaves out unless asked for them."""

from __future__ import annotations

import math
import random

from microgpt_gui.session.loss_extent import (
    NOTHING,
    around,
    shown_extent,
    usual_beside,
    usual_extent,
)


def scattered(count: int) -> list[float]:
    stream = random.Random(7)
    return [2.5 + math.exp(-i / 50) + stream.gauss(0, 0.3) for i in range(count)]


def test_a_few_far_ones_are_left_out_among_few_and_among_many() -> None:
    for count in (50, 1000, 200_000):
        losses = scattered(count)
        usual = usual_extent(losses)
        stride = -(-count // 4096)
        assert usual == (min(losses[::stride]), max(losses[::stride]))
        losses[count // 2 // stride * stride] = 300.0
        losses[10 // stride * stride] = math.nan
        assert usual_extent(losses)[1] < 5
        whole = min(usual[0], 2.0), 300.0
        assert shown_extent(whole, usual) == usual


def test_a_scatter_without_outliers_is_shown_whole() -> None:
    losses = scattered(1000)
    whole = min(losses), max(losses)
    assert shown_extent(whole, usual_extent(losses)) == whole
    flat = [0.07] * 100 + [0.9]
    assert shown_extent((0.07, 0.9), usual_extent(flat)) == (0.07, 0.9)


def test_no_losses_have_no_extent() -> None:
    assert usual_extent([]) == usual_extent([math.nan, math.inf]) == NOTHING
    assert around(NOTHING, (1.0, 2.0), NOTHING) == (1.0, 2.0)


def test_a_run_that_has_exploded_does_not_press_those_beside_it() -> None:
    own, near, exploded = (0.5, 3.3), (2.0, 6.0), (3.0, 25.0)
    assert usual_beside(own, [near, exploded]) == (0.5, 6.0)
    assert usual_beside(exploded, [own, near]) == (0.5, 25.0)
    assert usual_beside((3.3, 3.3), [near, exploded]) == (2.0, 25.0)
    assert usual_beside(NOTHING, [near]) == near
