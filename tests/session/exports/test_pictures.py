"""Pictures are valid XML, and show what they should where they should."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.letters import visible
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.attention_svg import MAX_CELLS, attention_svg
from microgpt_gui.session.exports.film import film_looks, film_steps
from microgpt_gui.session.exports.ink import colours, step_of
from microgpt_gui.session.exports.loss_lines import (
    MAX_POINTS,
    OverlaidRun,
    averaged,
)
from microgpt_gui.session.exports.loss_svg import WEIGHT, LossView, loss_svg
from microgpt_gui.session.exports.names import caption
from microgpt_gui.session.exports.reach import Reach
from microgpt_gui.session.exports.svg import width_of
from microgpt_gui.session.figures import Figures
from microgpt_gui.session.reading.shown_text import BOS_LABEL
from microgpt_gui.session.reading.text import TextReading
from microgpt_gui.session.recipe import Recipe
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from tests.session.exports.drawn import INK, parts, texts

if TYPE_CHECKING:
    from microgpt_gui.session.record import RunRecord

SMALL = RunConfig(dataset="elements", steps=40, n_layer=2, n_embd=8, n_head=2, seed=3)


@pytest.fixture(scope="module")
def run() -> Run:
    result = Run(SMALL, recorder=Recorder())
    for _ in range(20):
        result.step()
    return result


def squares(svg: str) -> dict[str, int]:
    """Return how many cells have which colour."""
    return {
        path.get("fill", ""): path.get("d", "").count("M")
        for path in parts(svg, "path")
        if path.get("d", "").endswith("z")
    }


def made_look(labels: tuple[str, ...], layers: int = 1, heads: int = 1) -> TextReading:
    head = tuple(
        tuple(1 / (query + 1) for _ in range(query + 1)) for query in range(len(labels))
    )
    attention = tuple(tuple(head for _ in range(heads)) for _ in range(layers))
    return TextReading(5, "".join(labels[1:]), labels, attention, is_document=False)


def test_all_heads_are_drawn_in_the_colours_of_their_weights(run: Run) -> None:
    look = run.look("iron")
    svg = attention_svg(look, INK, "Elements")
    wanted: dict[str, int] = {}
    for layer in look.attention:
        for head in layer:
            for row in head:
                for weight in row:
                    colour = colours(INK.map)[step_of(weight)]
                    wanted[colour] = wanted.get(colour, 0) + 1
    drawn: dict[str, int] = {}
    for group in parts(svg, "g"):
        for path in group:
            fill = path.get("fill", "")
            drawn[fill] = drawn.get(fill, 0) + path.get("d", "").count("M")
    assert drawn == wanted
    said = texts(svg)
    assert {"layer 1 · head 1", "layer 2 · head 2"} <= set(said)
    assert said.count(BOS_LABEL) == 2 * 4
    assert said[1] == "step 20"
    assert "Elements" in said
    assert "read: “iron”" in said
    assert any(text.startswith("share of attention") for text in said)


def test_nothing_is_cut_off_the_caption_of_a_narrow_picture(run: Run) -> None:
    config = replace(run.config, engine="numpy", learning_rate=0.0123)
    whole = caption(Recipe.planned(config))
    for text, head in (("i", None), ("iron", (1, 1)), ("", (0, 0))):
        svg = attention_svg(run.look(text), INK, whole, head=head)
        said = texts(svg)
        assert said[1] == "step 20"
        assert whole in " · ".join(said)
        assert not any(line.endswith("…") for line in said)
        width = float(ET.fromstring(svg).get("width", ""))
        for element in parts(svg, "text"):
            reach = width_of(element.text or "", float(element.get("font-size", "")))
            if element.get("text-anchor", "start") == "start":
                assert float(element.get("x", "")) + reach <= width


def test_the_colours_scale_is_one_gradient(run: Run) -> None:
    svg = attention_svg(run.look("tin"), INK, "Elements")
    [gradient] = parts(svg, "linearGradient")
    assert tuple(stop.get("stop-color") for stop in gradient) == INK.map
    offsets = [stop.get("offset") for stop in gradient]
    assert offsets == ["0%", "50%", "100%"]
    filled = [r for r in parts(svg, "rect") if r.get("fill", "").startswith("url")]
    assert [r.get("fill") for r in filled] == [f"url(#{gradient.get('id')})"]


def test_one_head_has_its_values_written_in(run: Run) -> None:
    look = run.look("tin")
    said = texts(attention_svg(look, INK, "Elements", head=(1, 0)))
    assert "Attention of layer 2 · head 1" in said
    values = [f"{weight:.2f}" for row in look.attention[1][0] for weight in row]
    assert [text for text in said if re.fullmatch(r"\d\.\d\d", text)] == values


@pytest.mark.parametrize(
    "labels",
    [
        (BOS_LABEL, "<", "&", ">", '"', "'"),
        (BOS_LABEL, "é", "ß", "🦕", "\u0301", "漢"),
        (BOS_LABEL, "ש", "ל", "ב", "ם"),
        (BOS_LABEL, " ", "\t", "\x00", "\x1b", "\ufffe", "\u202e"),
    ],
)
def test_any_text_can_be_drawn(labels: tuple[str, ...]) -> None:
    look = made_look(labels)
    for head in (None, (0, 0)):
        said = texts(attention_svg(look, INK, "A <b> & c", head=head))
        shown = [c for c in labels[1:] if c.isprintable() and c != " "]
        for label in shown:
            assert said.count(visible(label)) == 2  # at the row and over the column
    assert all(c.isprintable() or c in "\u2068\u2069" for text in said for c in text)


def test_everything_is_inside_the_picture() -> None:
    for layers, heads, tokens in ((1, 1, 1), (1, 8, 30), (3, 5, 12), (2, 16, 64)):
        look = made_look((BOS_LABEL, *"x" * (tokens - 1)), layers, heads)
        svg = attention_svg(look, INK, "A long caption " * 20)
        root = ET.fromstring(svg)
        width, height = (float(root.get(name, "")) for name in ("width", "height"))
        assert width <= 1600
        for path in parts(svg, "path"):
            for x, y in re.findall(r"M([\d.]+) ([\d.]+)", path.get("d", "")):
                assert 0 <= float(x) < width
                assert 0 <= float(y) < height
        for text in parts(svg, "text"):
            assert 0 <= float(text.get("x", "")) <= width
            assert 0 < float(text.get("y", "")) < height


def test_a_picture_of_too_many_cells_is_refused_with_advice() -> None:
    look = made_look((BOS_LABEL, *"x" * 255), heads=8)
    with pytest.raises(ValueError, match=f"{MAX_CELLS:,} is the most.*one head"):
        attention_svg(look, INK, "x")
    assert attention_svg(look, INK, "x", head=(0, 7)).count("M") >= 256 * 257 // 2


def test_the_loss_has_axes_guessing_and_a_title(run: Run) -> None:
    record = run.record()
    svg = loss_svg(record, INK, "Elements · seed 3")
    said = texts(svg)
    average = averaged(record.figures.losses, WEIGHT)[-1]
    assert f"Loss after 20 steps: {average:.3f} nats on average" in said
    vocab = len(record.chars) + 1
    assert f"guessing: ln({vocab}) = {math.log(vocab):.3f}" in said
    assert {"loss (nats)", "step", "1", "20"} <= set(said)


def places(svg: str, colour: str) -> list[tuple[float, float]]:
    """Return where the pieces drawn in this colour begin or pass, each once."""
    points: list[tuple[float, float]] = []
    for part in (*parts(svg, "path"), *parts(svg, "g")):
        if part.get("stroke") != colour:
            continue
        for path in list(part) or [part]:
            pairs = re.findall(r"[ML]([\d.]+) ([\d.]+)", path.get("d", ""))
            piece = [(float(x), float(y)) for x, y in pairs]
            points += piece[1:] if points[-1:] == piece[:1] else piece
    return [point for point in points if point[1] > 96]  # below the legend


def long_record(run: Run, losses: list[float]) -> RunRecord:
    ones = array("d", [1.0] * len(losses))
    return replace(run.record(), figures=Figures(array("d", losses), ones, ones))


def test_a_long_curve_keeps_its_peaks(run: Run) -> None:
    losses = [2.0 + (i % 7) / 10 for i in range(50_001)]
    losses[31_234], losses[17] = 5.0, 0.25
    view = LossView(weight=0.0, with_outliers=True)
    svg = loss_svg(long_record(run, losses), INK, "x", view)
    points = places(svg, INK.curve)
    assert MAX_POINTS / 4 < len(points) <= MAX_POINTS
    assert points == sorted(points, key=lambda p: p[0])
    ends = re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", svg)
    top, bottom = (f(float(y) for pair in ends for y in pair) for f in (min, max))
    # From 5.0 to 0.25 on an axis from 0 to 6.
    assert (bottom - top) / 382 == pytest.approx(4.75 / 6, abs=0.01)


def test_a_curve_leaves_out_what_is_no_number(run: Run) -> None:
    losses = [3.0, 2.5, math.nan, math.inf, 2.0]
    svg = loss_svg(long_record(run, losses), INK, "x")
    assert "nan" not in svg.split("</desc>")[1].lower()
    assert len(places(svg, INK.faint)) == len(places(svg, INK.curve)) == 3
    assert averaged([3.0, math.nan], WEIGHT)[0] == 3.0
    ended = loss_svg(long_record(run, losses[:3]), INK, "x")
    assert texts(ended)[0] == "Loss after 3 steps: no number"


def made_run(name: str, losses: list[float], colour: str) -> OverlaidRun:
    corners = ((0.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
    return OverlaidRun(name, losses, colour, (7, 4), corners, 37.0, 96.0)


def test_earlier_runs_are_drawn_and_named_as_in_the_window(run: Run) -> None:
    first = made_run(
        "previous run: learning rate 0.5 instead of 0.01", [2.0] * 50, "#c0ffee"
    )
    others = [
        made_run(
            f"a run with a name as long as this one, number {i}",
            [3.0 - i / 9] * 30,
            f"#00000{i}",
        )
        for i in range(5)
    ]
    svg = loss_svg(run.record(), INK, "Elements", LossView(overlaid=(first, *others)))
    said = texts(svg)
    root = ET.fromstring(svg.encode())
    height = float(root.get("height", ""))
    for overlaid in (first, *others):
        assert overlaid.name in said
        drawn = [p for p in parts(svg, "path") if p.get("stroke") == overlaid.colour]
        assert {p.get("stroke-dasharray") for p in drawn} == {"10.5 6"}
        markers = [p for p in parts(svg, "path") if p.get("fill") == overlaid.colour]
        assert len(markers) >= 4
    assert "50" in said  # the axis reaches as far as the longest
    low = [float(p.get("y", "")) for p in parts(svg, "text") if p.get("x") != "0"]
    assert max(low) < height
    assert height > 540  # the legend has made room for itself


def test_outliers_are_marked_at_the_edge_unless_all_are_shown(run: Run) -> None:
    losses = [2.0 + (i % 7) / 10 for i in range(300)]
    losses[100] = losses[200] = 70.0
    record = long_record(run, losses)
    svg = loss_svg(record, INK, "x")
    assert "2 losses outside: 70 to 70" in texts(svg)
    for x, y in places(svg, INK.curve):
        assert 72 <= x <= 932
        assert 96 <= y <= 478.01
    marks = [p.get("d", "") for p in parts(svg, "path") if p.get("fill") == INK.curve]
    assert [d.count("M") for d in marks] == [2, 1]  # at the edge, and in the legend
    whole = loss_svg(record, INK, "x", LossView(with_outliers=True))
    assert not any("outside" in text for text in texts(whole))
    assert {"0", "60"} <= set(texts(whole))


def test_an_earlier_moment_is_marked_and_its_loss_is_the_title(run: Run) -> None:
    losses = run.record().figures.losses
    svg = loss_svg(run.record(), INK, "x", LossView(moment=7))
    average = averaged(losses, WEIGHT)[6]
    assert texts(svg)[0] == f"Loss at step 7: {average:.3f} nats on average"
    assert len(parts(svg, "circle")) == 1


def test_one_step_is_a_point_and_no_step_is_refused(run: Run) -> None:
    assert "Loss after 1 step: 3.000 nats on average" in loss_svg(
        long_record(run, [3.0]), INK, "x"
    )
    with pytest.raises(ValueError, match="before the first step"):
        loss_svg(long_record(run, []), INK, "x")


def test_live_changes_are_marked() -> None:
    run = Run(SMALL, recorder=Recorder())
    for _ in range(5):
        run.step()
    run.change(learning_rate=0.05)
    for _ in range(5):
        run.step()
    assert "learning rate 0.05" in texts(loss_svg(run.record(), INK, "x"))


def test_a_film_shows_the_runs_own_moments() -> None:
    run = Run(SMALL, recorder=Recorder())
    looks = [run.look("zinc")]
    for _ in range(12):
        run.step()
        looks.append(run.look("zinc"))
    steps = film_steps(12, 5)
    assert steps == (0, 3, 6, 9, 12)
    frames = list(film_looks(run.record(), "zinc", steps, lambda: None))
    assert frames == [looks[step] for step in steps]
    [document] = {
        look.text for look in film_looks(run.record(), "", steps, lambda: None)
    }
    assert document == run.info.document_of(11)


@pytest.mark.parametrize(
    ("last", "count", "steps"),
    [
        (0, 60, (0,)),
        (3, 60, (0, 1, 2, 3)),
        (1000, 1, (1000,)),
        (10, 3, (0, 5, 10)),
    ],
)
def test_frames_are_spread_evenly(last: int, count: int, steps: tuple[int]) -> None:
    assert film_steps(last, count) == steps


def test_words_in_the_loss_picture_keep_clear_of_each_other(run: Run) -> None:
    losses = [0.9 + (i % 7) / 10 for i in range(400)]
    losses[200] = 80.0
    record = long_record(run, losses)
    slower = replace(record.config, learning_rate=0.05)
    record = replace(
        record, segments=(*record.segments, record.segments[0].changed(300, slower))
    )
    svg = loss_svg(record, INK, "x")
    texts_by_words = {"".join(part.itertext()): part for part in parts(svg, "text")}
    change = next(part for said, part in texts_by_words.items() if "rate 0.05" in said)
    guess = next(part for said, part in texts_by_words.items() if "guessing" in said)
    ys = [float(part.get("y", "")) for part in (change, guess)]
    assert abs(ys[0] - ys[1]) > 15
    mark = next(p for p in parts(svg, "path") if p.get("d", "").endswith("h-8z"))
    assert mark.get("fill") == INK.curve
    marks = [p for p in parts(svg, "path") if p.get("d", "").endswith("h-8z")]
    tip = float(re.findall(r"M[\d.]+ ([\d.]+)", marks[-1].get("d", ""))[0])
    assert ys[0] - 11 >= tip + 8


def test_the_colours_reach_as_far_as_they_are_told(run: Run) -> None:
    look = run.look("tin")
    heads = [head for layer in look.attention for head in layer]
    ends = [[max(row) for row in head] for head in heads]
    reach = Reach(ends, ("0", "", "most"), "by row")
    svg = attention_svg(look, INK, "Elements", head=(1, 1), reach=reach)
    said = texts(svg)
    assert "most" in said and "0.5" not in said
    assert any(text.startswith("share of attention, by row") for text in said)
    strongest = [p for p in parts(svg, "path") if p.get("fill") == INK.map[-1]]
    assert sum(p.get("d", "").count("M") for p in strongest) >= len(look.labels)
    plain = attention_svg(look, INK, "Elements", head=(1, 1))
    strongest = [p for p in parts(plain, "path") if p.get("fill") == INK.map[-1]]
    assert sum(p.get("d", "").count("M") for p in strongest) == 1  # BOS alone
