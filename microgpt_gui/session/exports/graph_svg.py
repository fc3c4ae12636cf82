"""A graph with some groups open, as a picture of its boxes, as in the window."""

from __future__ import annotations

from math import isfinite, log10
from typing import TYPE_CHECKING

from microgpt_gui.letters import quoted
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import (
    CAPTION,
    EDGE,
    bottom_of,
    check_cells,
    heading,
    lines_of,
)
from microgpt_gui.session.exports.ink import STEPS, colours, text_on
from microgpt_gui.session.reading.graph.layout import Sizes, arranged
from microgpt_gui.session.reading.graph.names import (
    group_caption,
    group_name,
    number_sign,
)
from microgpt_gui.session.reading.graph.open_graph import LARGEST_SIZE, LEAST_SIZE
from microgpt_gui.session.reading.graph.open_groups import gradient_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.graph.layout import Layout, Place
    from microgpt_gui.session.reading.graph.open_graph import OpenGraph
    from microgpt_gui.session.reading.graph.open_groups import Box

#: A picture of more boxes and edges is a file that programs choke on.
MAX_CELLS = 12_000

_ROOM = 1100
_SIZES = Sizes(
    group=(104, 40),
    number=(88, 54),
    title=22,
    pad=8,
    across=26,
    below=8,
    between=20,
)
_LABEL, _LINE = 11.0, 15.0
_LEFT_OUT = "Lines from the box of all weights are left out: it has one to nearly all"
_TICKS = "1e-5", "0.003", "1"


def graph_svg(shown: OpenGraph, ink: Ink, caption: str) -> str:
    """Return the picture of what is open.

    Args:
        shown: What to draw.
        ink: Its colours.
        caption: Of which run it is, in a few words.

    Raises:
        ValueError: It would have too many parts; says what to do instead.
    """
    count = len(shown.boxes) + len(shown.edges)
    check_cells(count, MAX_CELLS, "close some groups, or choose CSV")
    layout = arranged(shown.boxes, shown.edges, _SIZES, _ROOM)
    width = max(layout.wide, 460) + 2 * EDGE
    room = width - 2 * EDGE
    told = f"{len(shown.graph):,} numbers, text: {quoted(shown.reading.document)}"
    step = f"step {shown.step:,}" if shown.reading.is_learnt else "before step 1"
    lines = lines_of(step, told, caption, room)
    lines += svg.wrapped(_told(shown), CAPTION, room)
    parts = heading("Graph of the loss", lines, ink)
    top = bottom_of(lines) + 6
    scale_at = width - EDGE - svg.SCALE, EDGE
    parts += svg.colour_scale("sizes", ink.map, _TICKS, scale_at, ink)
    parts.append(
        svg.text(
            scale_at[0] - 8,
            EDGE + 9,
            "size of gradient",
            _LABEL,
            text_anchor="end",
            fill=ink.muted,
        )
    )
    places = {key: at.moved(int(EDGE), int(top)) for key, at in layout.places.items()}
    placed = type(layout)(places, layout.wide, layout.high)
    parts += _open_groups(shown, placed, ink)
    parts += _edges(shown, placed, ink)
    for box in shown.boxes:
        if not box.is_open:
            parts += _box(shown, box, placed.places[box.key], ink)
    about = f"Graph of the loss, {step}, {told}. Of {caption}. Boxes are groups of "
    about += "numbers or single ones; a line says that one was computed from another. "
    about += f"{_told(shown)}."
    height = top + layout.high + EDGE
    return svg.picture(width, height, ink, "Graph of the loss", about, parts)


def _told(shown: OpenGraph) -> str:
    """Say what the picture leaves out, and what is to be told of its numbers."""
    reading = shown.reading
    return ". ".join(filter(None, (reading.problem, reading.note, _LEFT_OUT)))


def _open_groups(shown: OpenGraph, layout: Layout, ink: Ink) -> Iterator[str]:
    for box in shown.boxes:
        if box.is_open:
            at = layout.places[box.key]
            yield svg.element(
                "rect",
                x=at.x,
                y=at.y,
                width=at.wide,
                height=at.high,
                fill="none",
                stroke=ink.border,
            )
            name = svg.fitted(group_name(shown.graph, box.key), _LABEL, at.wide - 12)
            yield svg.text(at.x + 6, at.y + 15, name, _LABEL, font_weight="600")


def _edges(shown: OpenGraph, layout: Layout, ink: Ink) -> Iterator[str]:
    number = svg.number
    weights = next(box.key for box in shown.boxes if box.start == 0)
    for edge in shown.edges:
        if edge.source == weights:
            continue
        s, t = layout.places[edge.source], layout.places[edge.target]
        if t.x >= s.x + s.wide:
            x, y = float(s.x + s.wide), s.y + s.high / 2
            u, v = float(t.x), t.y + t.high / 2
            bends = (x + u) / 2, y, (x + u) / 2, v
        else:
            is_below = t.y >= s.y
            x, y = s.x + s.wide / 2, float(s.y + (s.high if is_below else 0))
            u, v = t.x + t.wide / 2, float(t.y + (0 if is_below else t.high))
            bends = x, (y + v) / 2, u, (y + v) / 2
        curve = " ".join(map(number, (*bends, u, v)))
        path = f"M{number(x)} {number(y)}C{curve}"
        yield svg.element("path", d=path, fill="none", stroke=ink.faint)


def _box(shown: OpenGraph, box: Box, at: Place, ink: Ink) -> Iterator[str]:
    graph, colour = shown.graph, _colour(gradient_size(shown.graph, box), ink)
    yield svg.element(
        "rect",
        x=at.x,
        y=at.y,
        width=at.wide,
        height=at.high,
        fill=colour,
        stroke=ink.border,
    )
    if box.is_number:
        name = number_sign(graph, box.start)
        lines = [f"{graph.data[box.start]:.3g}", f"∂ {graph.grad[box.start]:.3g}"]
    else:
        name, lines = group_name(graph, box.key), [group_caption(graph, box.key)]
    fill = text_on(colour)
    y = at.y + (at.high - _LINE * len(lines)) / 2 + 4
    fitted = svg.fitted(name, _LABEL, at.wide - 12)
    yield svg.text(at.x + 6, y, fitted, _LABEL, font_weight="600", fill=fill)
    for number, line in enumerate(lines, 1):
        yield svg.text(at.x + 6, y + number * _LINE, line, _LABEL, fill=fill)


def _colour(size: float, ink: Ink) -> str:
    if not isfinite(size):
        return ink.odd
    if size <= LEAST_SIZE:
        return colours(ink.map)[0]
    share = log10(size / LEAST_SIZE) / log10(LARGEST_SIZE / LEAST_SIZE)
    return colours(ink.map)[min(STEPS - 1, round(share * (STEPS - 1)))]
