"""A token's way through the model as a picture: a strip for each stage, as on screen.

A row for each layer; what comes before and after all is in the first and the last.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.letters import quoted, visible
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.cell_paths import cell_paths
from microgpt_gui.session.exports.heading import (
    EDGE,
    bottom_of,
    check_cells,
    heading,
    lines_of,
)
from microgpt_gui.session.exports.ink import STEPS, step_of
from microgpt_gui.session.reading.inside.stages import Kind
from microgpt_gui.session.reading.inside.way import ranked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.inside.way import TokenWay

#: A picture of more cells is a file that programs choke on.
MAX_CELLS = 60_000

_LABEL = 11.0
_GAP = 9.0  # between two stages
_VECTOR, _COLUMN = 26.0, 11.0  # width of one column alone, and of one among several
_WIDEST = 260.0  # a stage
_BARS = 150.0
_MOST_ROWS = 32  # numbers above each other
_LEAST_CELL, _STRIP = 5.0, 160.0
_BELOW = 44.0  # a row: the stream's line, its words, and a gap

_MOST_BARS = 12


class _Strip(NamedTuple):
    """Where a stage is."""

    x: float
    y: float
    wide: float
    high: float
    rows: int
    columns: int


def way_svg(way: TokenWay, ink: Ink, caption: str) -> str:
    """Return the picture of a way; in each stage the colours reach as far as it does.

    Args:
        way: What to draw.
        ink: Its colours.
        caption: Of which run it is, in a few words.

    Raises:
        ValueError: It would have too many cells; says what to do instead.
    """
    count = sum(len(way.flat(stage.id)) for stage in way.stages)
    check_cells(count, MAX_CELLS, "choose a shorter text, or CSV")
    slots = _slots(way)
    width = max(x + wide for x, wide in slots.values()) + EDGE
    told = f"{quoted(way.text)}, position {way.position} ({way.labels[way.position]})"
    lines = lines_of(f"step {way.step:,}", told, caption, width - 2 * EDGE)
    title = "Inside: one token's way through the model"
    parts = heading(title, lines, ink)
    top = bottom_of(lines) + 14
    for slot, (x, wide) in slots.items():
        name = next(stage.short for stage in way.stages if stage.slot == slot)
        parts.append(
            svg.text(x + wide / 2, top - 7, name, _LABEL, text_anchor="middle")
        )
    layers = way.moment.model.n_layer
    streams = {}
    for stage, strip in _strips(way, slots, top):
        parts += (
            _bars(way, strip, ink)
            if stage.id == "probs"
            else _cells(way, stage, strip, ink)
        )
        if stage.is_stream:
            streams[stage.id] = strip
            parts.append(_words_below(way, stage, strip))
    parts += _bypasses(way, streams, ink)
    bottom = top + layers * (_high(way) + _BELOW)
    parts += _scale(bottom, ink)
    about = f"{title}, {lines[0]}, {told}. Of {caption}."
    return svg.picture(width, bottom + 34 + EDGE, ink, title, about, parts)


def _per_column(way: TokenWay) -> int:
    """Return how many numbers of the stream stand above each other."""
    count = way.moment.model.n_embd
    columns = -(-count // _MOST_ROWS)
    return -(-count // columns)


def _high(way: TokenWay) -> float:
    return max(_STRIP, _per_column(way) * _LEAST_CELL)


def _shape(way: TokenWay, stage: Stage) -> tuple[int, int]:
    """Return rows and columns of a stage's numbers."""
    if stage.width is None:
        return stage.parts, way.position + 1
    count, most = stage.parts * stage.width, _per_column(way)
    if stage.id == "logits":
        most = max(most, _MOST_ROWS)
        most = -(-count // -(-count // most))
    rows = min(count, most)
    return rows, -(-count // rows)


def _slots(way: TokenWay) -> dict[str, tuple[float, float]]:
    """Return left and width of each stage, the same in all layers."""
    slots: dict[str, tuple[float, float]] = {}
    x = EDGE
    for stage in way.stages:
        if stage.slot in slots:
            continue
        _, columns = _shape(way, stage)
        wide = _VECTOR if columns == 1 else min(_WIDEST, columns * _COLUMN)
        if stage.id == "probs":
            wide = _BARS
        wide = max(wide, svg.width_of(stage.short, _LABEL))
        slots[stage.slot] = x, wide
        x += wide + _GAP
    return slots


def _strips(
    way: TokenWay, slots: dict[str, tuple[float, float]], top: float
) -> Iterator[tuple[Stage, _Strip]]:
    high, last = _high(way), way.moment.model.n_layer - 1
    is_before = True
    for stage in way.stages:
        is_before = is_before and stage.layer is None
        layer = stage.layer
        if layer is None:
            layer = 0 if is_before else last
        x, wide = slots[stage.slot]
        y = top + layer * (high + _BELOW)
        yield stage, _Strip(x, y, wide, high, *_shape(way, stage))


def _cells(way: TokenWay, stage: Stage, strip: _Strip, ink: Ink) -> Iterator[str]:
    """Yield a stage's numbers as cells."""
    values = way.flat(stage.id)
    wide, high = strip.wide / strip.columns, strip.high / strip.rows
    is_share = stage.kind is Kind.SOFTMAX
    most = max((abs(v) for v in values if isfinite(v)), default=0.0) or 1.0

    def cells() -> Iterator[tuple[float, float, int]]:
        for index, value in enumerate(values):
            if stage.width is None:
                row, column = divmod(index, strip.columns)
            else:
                column, row = divmod(index, strip.rows)
            step = step_of(value) if is_share else _step(value / most)
            yield strip.x + column * wide, strip.y + row * high, step

    stops = ink.map if is_share else ink.signed_map
    yield cell_paths(cells(), wide, high, stops, ink)
    yield svg.element(
        "rect",
        x=strip.x - 0.5,
        y=strip.y - 0.5,
        width=strip.wide + 1,
        height=strip.high + 1,
        fill="none",
        stroke=ink.border,
    )


def _step(share: float) -> int:
    """Return which colour stands for a number from -1 to 1; -1 where it is none."""
    return round((share + 1) / 2 * (STEPS - 1)) if isfinite(share) else -1


def _bars(way: TokenWay, strip: _Strip, ink: Ink) -> Iterator[str]:
    """Yield the likeliest tokens, as bars with their letters."""
    chances = way.numbers["probs"][0]
    order = ranked(chances)[:_MOST_BARS]
    most = max(filter(isfinite, chances), default=0.0) or 1.0
    pitch = strip.high / _MOST_BARS
    for row, token in enumerate(order):
        y = strip.y + row * pitch
        label, chance = visible(way.label_of(token)), chances[token]
        share = chance / most if isfinite(chance) else 0.0
        long = max(1.0, share * (strip.wide - 70))
        base = y + pitch / 2 + 4
        yield svg.text(strip.x + 26, base, label, _LABEL, text_anchor="end")
        yield svg.element(
            "rect",
            x=strip.x + 31,
            y=y + 1,
            width=long,
            height=pitch - 2,
            fill=ink.curve,
        )
        yield svg.text(strip.x + 35 + long, base, f"{chance:.1%}", _LABEL)


def _words_below(way: TokenWay, stage: Stage, strip: _Strip) -> str:
    """Return the length of the stream after a stage, and what the lens reads there."""
    said = f"length {way.length(stage.id):.2f}"
    if stage.id != way.last_stream:
        readout = way.readouts[stage.id]
        token = ranked(readout)[0]
        said += f" · lens {visible(way.label_of(token))} {readout[token]:.0%}"
    return svg.text(strip.x, strip.y + strip.high + 24, said, _LABEL)


def _bypasses(way: TokenWay, streams: dict[str, _Strip], ink: Ink) -> Iterator[str]:
    """Yield the residual stream's line around attention and MLP of each layer."""
    for layer in range(way.moment.model.n_layer):
        middle, after = streams[f"l{layer}.middle"], streams[f"l{layer}.after"]
        first = streams["norm0"]
        start = first.x + first.wide / 2 if layer == 0 else EDGE
        for left, strip in ((start, middle), (_centre(middle) + 4, after)):
            bottom = strip.y + strip.high + 2
            right = _centre(strip) - (2 if strip is middle else 0)
            points = [(left, bottom + 6), (right, bottom + 6), (right, bottom)]
            if left != EDGE:
                points.insert(0, (left, bottom))
            line = " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in points)
            yield svg.element(
                "polyline", points=line, fill="none", stroke=ink.curve, stroke_width=2
            )


def _centre(strip: _Strip) -> float:
    return strip.x + strip.wide / 2


def _scale(y: float, ink: Ink) -> Iterator[str]:
    ticks = "-most", "0", "+most"
    yield from svg.colour_scale("numbers", ink.signed_map, ticks, (EDGE, y), ink)
    words = (
        "number, in each stage as far as its largest; attention weights from 0 to 1 · "
        "lens: lm_head put where the model itself has none"
    )
    yield svg.text(EDGE + svg.SCALE + 14, y + 9, words, _LABEL, fill=ink.muted)
