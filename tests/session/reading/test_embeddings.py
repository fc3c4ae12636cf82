"""The rows of wte and wpe in their plane, against the covariance's eigenvectors."""

from __future__ import annotations

import csv
import math
import random
from dataclasses import replace

import numpy as np
import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.embeddings_svg import embeddings_svg
from microgpt_gui.session.exports.tables import embeddings_csv
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.embeddings import embeddings, turned
from microgpt_gui.session.run import Run
from tests.session.exports.drawn import INK


def moment_of(letters=5, wide=8, block=8, factor=1.0):
    """A model at random, of so many letters."""
    config = RunConfig(n_embd=wide, n_head=1, block_size=block, engine="numpy")
    chars = "".join(chr(0x4E00 + i) for i in range(letters))
    count = config.model(letters + 1).num_params
    numbers = random.Random(letters * 1000 + wide)
    weights = [numbers.gauss(0, 0.08) * factor for _ in range(count)]
    array = type(Run(config).moment().weights)("d", weights)
    return Moment(0, 3, chars, config, "", array)


@pytest.mark.parametrize("table", ["wte", "wpe"])
@pytest.mark.parametrize(
    ("letters", "wide"), [(1, 1), (1, 8), (4, 2), (26, 16), (2000, 32)]
)
def test_places_are_the_principal_components(letters, wide, table):
    moment = moment_of(letters, wide)
    found = embeddings(moment, table)
    rows = found.rows
    start = 0 if table == "wte" else (letters + 1) * wide
    assert rows.ravel().tolist() == list(moment.weights[start : start + rows.size])
    assert len(found.labels) == len(rows)
    middle = rows - rows.mean(axis=0)
    values, vectors = np.linalg.eigh(middle.T @ middle)
    for axis in range(min(2, wide)):
        value, vector = values[-1 - axis], vectors[:, -1 - axis]
        if value < 1e-12 * values[-1]:
            continue  # no direction of its own
        assert found.shares[axis] == pytest.approx(value / values.sum(), rel=1e-9)
        wanted = middle @ vector
        sign = 1 if wanted @ found.places[:, axis] > 0 else -1
        assert found.places[:, axis] == pytest.approx(sign * wanted, abs=1e-9)
        assert found.axes[axis] == pytest.approx(sign * vector, abs=1e-7)
    if wide == 1:
        assert found.shares[1] == 0
        assert not found.places[:, 1].any()


def test_neighbours_are_in_the_order_of_their_cosines():
    found = embeddings(moment_of(26, 16), "wte")
    near = found.neighbours(3)
    assert sorted([n.row for n in near] + [3]) == list(range(27))
    assert [n.cosine for n in near] == sorted((n.cosine for n in near), reverse=True)
    for n in near:
        a, b = found.rows[3].tolist(), found.rows[n.row].tolist()
        dot = math.fsum(x * y for x, y in zip(a, b, strict=True))
        assert n.cosine == pytest.approx(dot / math.hypot(*a) / math.hypot(*b))
        assert n.distance == pytest.approx(math.dist(a, b))


@pytest.mark.parametrize("factor", [1e300, 1e-300, 0.0])
def test_sizes_at_the_ends_of_the_range_have_their_places(factor):
    found = embeddings(moment_of(5, 8, factor=factor), "wte")
    one = embeddings(moment_of(5, 8), "wte")
    if factor:
        assert turned(found, one).places == pytest.approx(one.places * factor)
        cosines = [n.cosine for n in one.neighbours(0)]
        assert [n.cosine for n in found.neighbours(0)] == pytest.approx(cosines)
    else:
        assert all(map(math.isnan, found.shares))
        assert {n.cosine for n in found.neighbours(0)} == {0.0}


@pytest.mark.filterwarnings("error")
def test_weights_at_the_very_end_of_the_range_are_told_of():
    moment = moment_of(5, 8)
    weights = moment.weights[:]
    for place in range(6 * 8):  # wte: rows that are each other's opposites
        weights[place] = 1.7e308 * (-1) ** (place // 8)
    found = embeddings(replace(moment, weights=weights), "wte")
    assert "too large" in found.problem
    assert np.isfinite(found.rows).all()
    assert found.neighbours(0) == []


def test_axes_keep_their_direction_from_one_moment_to_the_next():
    before = embeddings(moment_of(26, 16), "wte")
    mirrored = replace(before, places=-before.places, axes=-before.axes)
    again = turned(mirrored, before)
    assert (again.places == before.places).all()
    assert (again.axes == before.axes).all()
    assert turned(before, before) is before
    other = embeddings(moment_of(4, 16), "wte")  # of other letters
    assert turned(other, before) is other


def test_a_model_that_diverged_has_numbers_and_no_places():
    moment = moment_of(5, 8)
    weights = moment.weights[:]
    weights[3] = math.nan
    found = embeddings(replace(moment, weights=weights), "wte")
    assert "diverged" in found.problem
    assert found.neighbours(0) == []
    assert math.isnan(found.rows[0][3])
    with pytest.raises(ValueError, match="diverged"):
        embeddings_svg(found, INK, "a run")
    rows = list(csv.reader("".join(embeddings_csv(found, lambda: None)).splitlines()))
    assert rows[1][2:7] == [""] * 5
    assert not embeddings(replace(moment, weights=weights), "wpe").problem


def test_table_and_picture_hold_what_is_shown():
    found = embeddings(moment_of(5, 8), "wte")
    text = "".join(embeddings_csv(found, lambda: None))
    header, *rows = csv.reader(text.splitlines())
    assert header[:7] == "row token pc1 pc2 most_alike cosine distance".split()
    assert header[7:] == [f"n{i}" for i in range(8)]
    for number, row in enumerate(rows):
        assert row[:2] == [str(number), found.labels[number]]
        assert [float(x) for x in row[2:4]] == found.places[number].tolist()
        nearest = found.neighbours(number)[0]
        assert row[4] == found.labels[nearest.row]
        assert [float(x) for x in row[5:7]] == [nearest.cosine, nearest.distance]
        assert [float(x) for x in row[7:]] == found.rows[number].tolist()
    picture = embeddings_svg(found, INK, "a run")
    assert all(f">{label}</text>" in picture for label in found.labels)
    assert f"{100 * found.shares[0]:.1f} %" in picture
    assert "<polyline" in embeddings_svg(embeddings(moment_of(), "wpe"), INK, "a run")
