"""Attention as a picture: one square a head, as in the window."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.letters import quoted, visible
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import (
    EDGE,
    bottom_of,
    check_cells,
    heading,
    lines_of,
)
from microgpt_gui.session.exports.ink import colours, step_of, text_on
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.exports.reach import Reach
    from microgpt_gui.session.reading.text import TextReading

#: A picture of more cells is a file that programs choke on.
MAX_CELLS = 150_000

_LABEL = 12.0
_MIN_WIDTH = 460.0
_WIDEST = 1500.0  # beyond that, heads go on in the next line
_MAX_COLUMNS = 8
_LEAST_LABELLED = 8.0  # cells smaller than this have no letters
_SEPARATED = 7.0  # cells smaller than this touch each other

#: Side of a square at least wished for, and of a cell at least and at most: of one
#: head alone, and of one among all.
_ALONE = (420.0, 4.0, 48.0)
_AMONG = (168.0, 3.0, 26.0)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things are, in pixels; the picture's corner is (0, 0)."""

    cell: float
    side: float  # of a head's square
    letter: float  # size of the letters beside it; 0 for none
    margin: float  # left of the square, for letters
    above: float  # over the square, for its name and letters
    columns: int
    rows: list[list[tuple[int, int]]]  # (layer, head) from 0, in lines
    width: float
    top: float  # of the first line

    @property
    def height(self) -> float:
        """Of the whole, with the colours' scale under the heads."""
        return self.top + len(self.rows) * self.pitch_y + 34 + EDGE

    @property
    def pitch_x(self) -> float:
        """From head to head."""
        return self.margin + self.side + 20

    @property
    def pitch_y(self) -> float:
        """From line to line."""
        return self.above + self.side + 20


def attention_svg(
    look: TextReading,
    ink: Ink,
    caption: str,
    *,
    head: tuple[int, int] | None = None,
    reach: Reach | None = None,
    roles: Sequence[Sequence[str]] = (),
) -> str:
    """Return the picture of what each head looks at.

    Args:
        look: What to draw.
        ink: Its colours.
        caption: Of which run it is, in a few words.
        head: (layer, head) from 0, drawn large and with its values; None for all.
        reach: How far the colours reach; None for 0 to 1.
        roles: For each head, through all layers, ways to say what it does, longest
            first; empty where that is not known.

    Raises:
        ValueError: It would have too many cells; says what to do instead.
    """
    layers, heads, tokens = (
        len(look.attention),
        len(look.attention[0]),
        len(look.labels),
    )
    count = 1 if head else layers * heads
    cells = count * tokens * (tokens + 1) // 2
    check_cells(cells, MAX_CELLS, "choose one head, a shorter text, or CSV")
    layout = _layout(look, head)
    title = title_of(head, layers, heads, roles)
    room = layout.width - 2 * EDGE
    told = f"read: {quoted(look.text)}"
    lines = lines_of(f"step {look.step:,}", told, caption, room)
    layout = replace(layout, top=bottom_of(lines))
    parts = heading(title, lines, ink)
    for row, places in enumerate(layout.rows):
        for column, place in enumerate(places):
            x = EDGE + layout.margin + column * layout.pitch_x
            y = layout.top + row * layout.pitch_y + layout.above
            name = name_of(*place, layers)
            across = layout.margin + layout.side
            name = "" if head else with_role(name, role_of(place, heads, roles), across)
            ends = reach.ends[place[0] * heads + place[1]] if reach else None
            parts += _head(look, ink, layout, place, (x, y), name, bool(head), ends)
    parts += scale(ink, layout.height - EDGE - 34, layout.width, reach)
    about = f"{title}, {lines[0]}, {told}. Of {caption}. Rows look from, columns "
    about += "are looked at."
    return svg.picture(layout.width, layout.height, ink, title, about, parts)


def _layout(look: TextReading, head: tuple[int, int] | None) -> _Layout:
    layers, heads, tokens = (
        len(look.attention),
        len(look.attention[0]),
        len(look.labels),
    )
    wished, least, most = _ALONE if head else _AMONG
    cell = min(most, max(least, wished / tokens))
    letter = min(14.0 if head else _LABEL, cell * 0.8) if cell >= _LEAST_LABELLED else 0
    margin = svg.width_of(BOS_LABEL, letter) + 6 if letter else 0
    side = cell * tokens
    fitting = int((_WIDEST - 2 * EDGE + 20) // (margin + side + 20))
    lines = -(-heads // max(1, min(fitting, _MAX_COLUMNS)))  # of each layer
    columns = 1 if head else -(-heads // lines)
    rows = [
        [(layer, n) for n in range(start, min(start + columns, heads))]
        for layer in range(layers)
        for start in range(0, heads, columns)
    ]
    content = columns * (margin + side + 20) - 20
    return _Layout(
        cell=cell,
        side=side,
        letter=letter,
        margin=margin,
        above=(0 if head else 22) + (letter + 8 if letter else 0),
        columns=columns,
        rows=[[head]] if head else rows,
        width=max(_MIN_WIDTH, 2 * EDGE + content),
        top=EDGE + 38,
    )


def _head(
    look: TextReading,
    ink: Ink,
    layout: _Layout,
    place: tuple[int, int],
    corner: tuple[float, float],
    name: str,
    is_alone: bool,
    ends: Sequence[float] | None,
) -> Iterator[str]:
    """Yield one square with what stands beside it."""
    layer, head = place
    (x, y), cell, side = corner, layout.cell, layout.side
    weights = look.attention[layer][head]
    if name:
        top = y - layout.above + 12
        yield svg.text(x, top, name, _LABEL, fill=ink.muted)
    if layout.letter:
        yield from _letters(look, layout, corner)
    gap = 1.0 if cell >= _SEPARATED else 0.0
    edge = svg.number(cell - gap)
    square = f"h{edge}v{edge}h-{edge}z"
    by_colour: dict[int, list[str]] = defaultdict(list)
    for query, row in enumerate(weights):
        top_text = svg.number(y + query * cell)
        for key, weight in enumerate(row):
            left = svg.number(x + key * cell)
            step = _step(weight, ends[query] if ends else 1.0)
            by_colour[step].append(f"M{left} {top_text}{square}")
    yield svg.element(
        "rect",
        x=x - 1.5,
        y=y - 1.5,
        width=side - gap + 3,
        height=side - gap + 3,
        fill="none",
        stroke=ink.border,
    )
    paths = (
        svg.element("path", d="".join(squares), fill=_colour(ink, step))
        for step, squares in sorted(by_colour.items())
    )
    yield svg.element("g", "\n".join(paths), shape_rendering="crispEdges")
    if is_alone and cell >= 24:
        size = cell * 0.34
        for query, row in enumerate(weights):
            for key, weight in enumerate(row):
                step = _step(weight, ends[query] if ends else 1.0)
                yield svg.text(
                    x + (key + 0.5) * cell - gap / 2,
                    y + (query + 0.5) * cell - gap / 2 + size * 0.36,
                    f"{weight:.2f}" if step >= 0 else "?",
                    size,
                    text_anchor="middle",
                    fill=text_on(_colour(ink, step)),
                )


def _step(weight: float, end: float) -> int:
    """Return which of the colours stands for a share; -1 where it is none."""
    step = step_of(weight)
    return step if step < 0 or end == 1.0 else step_of(min(1.0, weight / end))


def _colour(ink: Ink, step: int) -> str:
    return ink.odd if step < 0 else colours(ink.map)[step]


def _letters(
    look: TextReading, layout: _Layout, corner: tuple[float, float]
) -> Iterator[str]:
    (x, y), cell, letter = corner, layout.cell, layout.letter
    for position, label in enumerate(look.labels):
        shown = visible(label)
        at = (position + 0.5) * cell
        is_wide = position == 0 and svg.width_of(shown, letter) > cell
        yield svg.text(
            x + cell - 3 if is_wide else x + at,
            y - 7,
            shown,
            letter,
            text_anchor="end" if is_wide else "middle",
        )
        yield svg.text(x - 7, y + at + letter * 0.36, shown, letter, text_anchor="end")


def scale(ink: Ink, y: float, width: float, reach: Reach | None) -> Iterator[str]:
    """Yield the colours' scale and its meaning."""
    ticks = reach.ticks if reach else ("0", "0.5", "1")
    yield from svg.colour_scale("attention", ink.map, ticks, (EDGE, y), ink)
    start = EDGE + svg.SCALE + 14
    words = "share of attention"
    if reach and reach.told:
        words = f"{words}, {reach.told}"
    longer = f"{words}; each row shares 1 between its token and those before"
    if svg.width_of(longer, 11) <= width - start - EDGE:
        words = longer
    yield svg.text(start, y + 9, words, 11, fill=ink.muted)


def title_of(
    head: tuple[int, int] | None,
    layers: int,
    heads: int,
    roles: Sequence[Sequence[str]],
) -> str:
    """Return what a picture is called: of all heads, or of one and what it does."""
    if head is None:
        return "Attention"
    title, forms = f"Attention of {name_of(*head, layers)}", role_of(head, heads, roles)
    return f"{title} · {forms[0]}" if forms else title


def with_role(name: str, forms: Sequence[str], room: float) -> str:
    """Return a head's name and, as far as there is room, what it does."""
    longer = (f"{name} · {form}" for form in forms)
    return next((x for x in longer if svg.width_of(x, _LABEL) <= room), name)


def role_of(
    head: tuple[int, int], heads: int, roles: Sequence[Sequence[str]]
) -> Sequence[str]:
    """Return ways to say what a head does; none where that is not known."""
    number = head[0] * heads + head[1]
    return roles[number] if number < len(roles) else ()


def name_of(layer: int, head: int, layers: int) -> str:
    """Return what a head is called; both count from 0."""
    of = f"layer {layer + 1} · " if layers > 1 else ""
    return f"{of}head {head + 1}"
