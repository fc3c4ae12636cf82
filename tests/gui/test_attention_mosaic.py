"""The cells: right colours at the right pixels, and the maps they come from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panels.attention.maps.mosaic import (
    SEPARATED_CELL,
    Canvas,
    Shares,
)
from microgpt_gui.gui.theme.roles import DARK, LIGHT
from microgpt_gui.gui.widgets.colour_map import STEPS, colour_table, lightness
from tests.gui.test_attention_arrangement import SIZES, arranged

LONG = pytest.mark.long


def test_values_become_steps_and_the_future_is_empty():
    heads = [((1.0,), (0.25, 0.75)), ((1.0,), (0.0, 1.0))]
    assert Shares(heads).colour_indices(256).tolist() == [
        [[255, 256], [64, 191]],
        [[255, 256], [0, 255]],
    ]
    assert Shares([((nan,), (inf, 0.5))]).colour_indices(256).tolist() == [
        [[257, 256], [257, 128]]
    ]
    assert Shares([((1e300,), (-0.1, 1 + 1e-12))]).colour_indices(256).tolist() == [
        [[257, 256], [257, 255]]
    ]


@given(
    layers=st.integers(1, 3),
    heads=st.integers(1, 9),
    tokens=st.integers(1, 30),
    left=st.integers(0, 40),
    top=st.integers(0, 40),
)
def test_every_cell_is_painted_where_the_arrangement_has_it(
    layers, heads, tokens, left, top
):
    a = arranged(640, 300, layers, heads, tokens)
    canvas = Canvas(a, left, top, 640, 300)
    shown = canvas.heads
    # Every cell its own colour.
    colours = np.arange(1, len(shown) * tokens * tokens + 1, dtype=np.uint32)
    colours = colours.reshape(len(shown), tokens, tokens)
    picture = canvas.draw(colours)
    x0, y0, wide, high = canvas.box
    assert picture.shape == (high, wide)
    for i, head in enumerate(shown):
        x, y = a.corner(head)
        for query, key in ((0, 0), (tokens - 1, 0), (tokens - 1, tokens - 1)):
            at_x = x + key * a.cell_width - left - x0
            at_y = y + query * a.cell - top - y0
            if 0 <= at_x < wide and 0 <= at_y < high:
                assert picture[at_y, at_x] == colours[i, query, key]


def test_the_end_colour_is_that_of_the_range():
    rows = tuple((1 / (q + 1),) * (q + 1) for q in range(128))
    fixed, head, row = (Shares([rows], kind) for kind in ColourRange)
    assert fixed.colour_indices(256)[0, 127, 0] == 2  # nearly nothing
    assert row.colour_indices(256)[0, 127].tolist() == [255] * 128
    assert set(head.spans.reshape(-1)) == {0.05}
    assert head.colour_indices(256)[0, 127, 0] == round(255 / 128 / 0.05)
    assert head.colour_indices(256)[0, 3, 0] == 255  # beyond the range


def test_ranges_bear_numbers_that_are_none():
    broken = [((nan,), (0.0, inf))]
    for kind in ColourRange:
        assert Shares(broken, kind).colour_indices(256).tolist() == [
            [[257, 256], [0, 257]]
        ]


def test_large_cells_stand_apart():
    a = arranged(640, 300, 1, 2, 5)
    assert a.cell >= SEPARATED_CELL
    canvas = Canvas(a, 0, 0, 640, 300)
    picture = canvas.draw(np.ones((2, 5, 5), np.uint32))
    assert (picture[:, a.cell - 1] == 0).all()
    assert (picture[: a.cell - 1, : a.cell - 1] == 1).all()


@pytest.mark.parametrize(
    "scale",
    ["1.25", pytest.param("1.5", marks=LONG), pytest.param("1.75", marks=LONG)],
)
def test_gaps_are_even_on_a_scaled_screen(scale):
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.window_scaled"],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ratio, gaps = json.loads(done.stdout)
    assert ratio == float(scale)
    assert gaps == [[round(ratio)] * 10] * 4


def test_the_scrolled_part_holds_the_heads_in_sight_and_few_more():
    a = arranged(720, 284, 8, 128, 5)
    top = 10 * a.pitch_y + 50
    heads = Canvas(a, 0, top, 720, 284).heads
    in_sight = [
        head
        for head in range(a.count)
        if a.corner(head)[1] + a.edge > top
        and a.corner(head)[1] - SIZES.title - SIZES.label_line < top + 284
    ]
    assert set(in_sight) <= set(heads)
    assert len(heads) <= len(in_sight) + a.columns


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_colour_map_goes_evenly_from_end_to_end(theme):
    table = colour_table(theme.map)
    assert len(table) == STEPS == 256
    assert f"#{table[0] & 0xFFFFFF:06x}" == theme.map[0]
    assert f"#{table[-1] & 0xFFFFFF:06x}" == theme.map[-1]
    assert (table >> 24 == 0xFF).all()
    steps = np.diff(lightness(table))
    assert (steps >= 0).all() or (steps <= 0).all()
