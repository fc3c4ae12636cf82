"""A token's way as a table and as a picture: every number, of an untrained model."""

from __future__ import annotations

import csv
import re
from dataclasses import replace

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.way_csv import way_csv
from microgpt_gui.session.exports.way_svg import way_svg
from microgpt_gui.session.reading.inside.way import TokenWay, token_way
from microgpt_gui.session.run import Run
from tests.session.exports.drawn import INK, parts, texts

SMALL = RunConfig(dataset="elements", steps=40, n_layer=2, n_embd=8, n_head=2, seed=3)


def way_of(text: str, position: int | None = None, **changes: int) -> TokenWay:
    return token_way(Run(replace(SMALL, **changes)).moment(), text, position)


def rows_of(way: TokenWay) -> list[dict[str, str]]:
    pieces = "".join(way_csv(way, lambda: None))
    return list(csv.DictReader(pieces.splitlines()))


def test_the_table_has_every_number_to_its_last_digit() -> None:
    way = way_of("iron", 2)
    rows = rows_of(way)
    assert {(row["position"], row["token"]) for row in rows} == {("2", "r")}
    for stage in way.stages:
        mine = [row for row in rows if row["stage"] == stage.id]
        numbers = [row for row in mine if row["quantity"] == "number"]
        assert tuple(float(row["value"]) for row in numbers) == way.flat(stage.id)
        assert {row["layer"] for row in mine} == {
            "" if stage.layer is None else str(stage.layer + 1)
        }
        (length,) = (row for row in mine if row["quantity"] == "length")
        assert float(length["value"]) == way.length(stage.id)
        scales = [float(r["value"]) for r in mine if r["quantity"] == "scale"]
        assert scales == ([way.scales[stage.id]] if stage.id in way.scales else [])
        lens = tuple(float(r["value"]) for r in mine if r["quantity"] == "logit lens")
        assert lens == way.readouts.get(stage.id, ())
    scores = [row for row in rows if row["stage"] == "l1.scores"]
    numbers = [row for row in scores if row["quantity"] == "number"]
    assert [(row["head"], row["of"]) for row in numbers] == [
        (head, of) for head in "12" for of in ("BOS", "i", "r")
    ]
    logits = [row["of"] for row in rows if row["stage"] == "logits"][:-1]
    assert logits == [*way.chars, "BOS"]


@pytest.mark.parametrize("n_embd", [8, 40])
def test_the_picture_has_a_cell_for_every_number(n_embd: int) -> None:
    way = way_of("iron", n_embd=n_embd)
    svg = way_svg(way, INK, "some run")
    squares = sum(path.get("d", "").count("M") for path in parts(svg, "path"))
    drawn = sum(len(way.flat(s.id)) for s in way.stages if s.id != "probs")
    assert squares == drawn
    told = texts(svg)
    assert {stage.short for stage in way.stages} <= set(told)
    lengths = [text for text in told if text.startswith("length ")]
    assert len(lengths) == 5  # of the stream: at its start, twice in each layer
    assert lengths[-1] == f"length {way.length('l1.after'):.2f}"
    assert re.fullmatch(r"length \d\.\d\d · lens \w+ \d+%", lengths[0])
    assert any("where the model itself has none" in text for text in told)
    (root,) = parts(svg, "svg")
    wide, high = float(root.get("width", "")), float(root.get("height", ""))
    for box in parts(svg, "rect"):
        x, y = float(box.get("x") or 0), float(box.get("y") or 0)
        assert 0 <= x <= x + float(box.get("width", "")) <= wide
        assert 0 <= y <= y + float(box.get("height", "")) <= high


def test_too_many_cells_are_refused() -> None:
    way = way_of("", n_embd=8)
    crowded = replace(way, numbers={**way.numbers, "logits": ((0.0,) * 70_000,)})
    with pytest.raises(ValueError, match="choose a shorter text, or CSV"):
        way_svg(crowded, INK, "some run")
