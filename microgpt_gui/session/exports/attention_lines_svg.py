"""Attention as lines, from letters above to letters below: one band a head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.letters import quoted, visible
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.attention_svg import (
    name_of,
    role_of,
    scale,
    title_of,
    with_role,
)
from microgpt_gui.session.exports.heading import (
    CAPTION,
    EDGE,
    bottom_of,
    check_cells,
    heading,
    lines_of,
)
from microgpt_gui.session.exports.ink import colours, step_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.exports.reach import Reach
    from microgpt_gui.session.reading.text import TextReading

#: A picture of more lines is a file that programs choke on.
MAX_LINES = 20_000

_MIN_WIDTH = 460.0
_GAP = 28.0
_LETTER = 12.0
_ROW = 20.0  # of letters
_TITLE = 22.0
_MAX_COLUMNS = 8
_WIDEST = 1500.0

#: From letter to letter, and from one row of them to the other: of a head alone, and
#: of one among all.
_ALONE = (44.0, 260.0)
_AMONG = (20.0, 120.0)

#: The thickest line takes so much of the way from letter to letter.
_THICKEST = 0.6

#: Shares below this have no line: it would say more than they do.
LEAST = 0.02


def attention_lines_svg(
    look: TextReading,
    ink: Ink,
    caption: str,
    *,
    head: tuple[int, int] | None = None,
    reach: Reach | None = None,
    roles: Sequence[Sequence[str]] = (),
) -> str:
    """Return the picture of what each head looks at, as lines; see `attention_svg`.

    A line is as thick as its share: ``stroke-width`` is the share times that of 1.

    Raises:
        ValueError: It would have too many lines; says what to do instead.
    """
    layers, heads, tokens = (
        len(look.attention),
        len(look.attention[0]),
        len(look.labels),
    )
    count = 1 if head else layers * heads
    lines = count * tokens * (tokens + 1) // 2
    check_cells(lines, MAX_LINES, "choose one head, a shorter text, or CSV")
    step, band = _ALONE if head else _AMONG
    wide, high = step * tokens, _TITLE + 2 * _ROW + band
    fitting = int((_WIDEST - 2 * EDGE + _GAP) // (wide + _GAP))
    in_a_row = -(-heads // -(-heads // max(1, min(fitting, _MAX_COLUMNS))))
    places = [head] if head else [(i, n) for i in range(layers) for n in range(heads)]
    columns = min(in_a_row, len(places))
    rows_a_layer = -(-heads // in_a_row)
    rows = 1 if head else layers * rows_a_layer
    width = max(_MIN_WIDTH, 2 * EDGE + columns * (wide + _GAP) - _GAP + _ROW)
    title = title_of(head, layers, heads, roles)
    room, told = width - 2 * EDGE, f"read: {quoted(look.text)}"
    said = lines_of(f"step {look.step:,}", told, caption, room)
    top = bottom_of(said)
    height = top + rows * (high + _GAP) + 34 + EDGE
    parts = heading(title, said, ink)
    for layer, number in places:
        row = 0 if head else layer * rows_a_layer + number // in_a_row
        x = EDGE + _ROW / 2 + (0 if head else number % in_a_row) * (wide + _GAP)
        y = top + row * (high + _GAP)
        if not head:
            forms = role_of((layer, number), heads, roles)
            name = with_role(name_of(layer, number, layers), forms, wide + _GAP / 2)
            parts.append(svg.text(x, y + 12, name, CAPTION, fill=ink.muted))
        ends = reach.ends[layer * heads + number] if reach else [1.0] * tokens
        weights = look.attention[layer][number]
        parts += _lines(weights, ends, ink, (x, y + _TITLE + _ROW), (step, band))
        parts += _letters(look, (x, y + _TITLE), (step, band))
    parts += scale(ink, height - EDGE - 34, width, reach)
    about = f"{title}, {said[0]}, {told}. Of {caption}. Letters above look, letters "
    about += "below are looked at; a line is as thick as its share."
    return svg.picture(width, height, ink, title, about, parts)


def _lines(
    weights: tuple[tuple[float, ...], ...],
    ends: Sequence[float],
    ink: Ink,
    corner: tuple[float, float],
    size: tuple[float, float],
) -> Iterator[str]:
    """Yield a head's lines, thin ones first."""
    (x, y), (step, band) = corner, size
    drawn = [
        (weight, query, key)
        for query, row in enumerate(weights)
        for key, weight in enumerate(row)
        if not weight < LEAST  # what is no number is drawn, too
    ]
    table = colours(ink.map)
    for weight, query, key in sorted(drawn, key=lambda line: line[0]):
        place = step_of(weight)
        is_odd = place < 0
        colour = ink.odd if is_odd else table[step_of(min(1.0, weight / ends[query]))]
        yield svg.element(
            "line",
            x1=x + (query + 0.5) * step,
            y1=y,
            x2=x + (key + 0.5) * step,
            y2=y + band,
            stroke=colour,
            stroke_width=1.0 if is_odd else weight * step * _THICKEST,
        )


def _letters(
    look: TextReading, corner: tuple[float, float], size: tuple[float, float]
) -> Iterator[str]:
    (x, y), (step, band) = corner, size
    for base in (y + _LETTER, y + 2 * _ROW + band - 5):
        for position, label in enumerate(look.labels):
            at = x + (position + 0.5) * step
            shown, is_wide = visible(label), position == 0 and step < 30
            yield svg.text(
                at + step / 2 - 3 if is_wide else at,
                base,
                shown,
                _LETTER,
                text_anchor="end" if is_wide else "middle",
            )
