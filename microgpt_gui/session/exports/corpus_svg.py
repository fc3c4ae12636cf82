"""A text in numbers as pictures: lengths as bars, letters and pairs as maps."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from microgpt_gui.letters import visible
from microgpt_gui.session.corpus.count_maps import count_map, ticks, tone
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import CAPTION, EDGE, bottom_of, heading
from microgpt_gui.session.exports.ink import STEPS, colours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.corpus.count_maps import CountMap, Kind
    from microgpt_gui.session.corpus.lengths import Lengths
    from microgpt_gui.session.corpus.letter_counts import LetterCounts
    from microgpt_gui.session.exports.ink import Ink

#: Letters in a picture: more are a file that programs choke on.
MOST_LETTERS = 200

#: Positions in one.
MOST_POSITIONS = 64

_WIDTH, _HIGH = 720.0, 300.0  # of the bars
_LABEL = 11.0
_MOST_CELL, _LEAST_CELL, _WIDEST = 26, 7, 1400.0


def lengths_svg(lengths: Lengths, ink: Ink, title: str) -> str:
    """Return the lengths of documents as bars.

    Args:
        lengths: What to draw.
        ink: Its colours.
        title: What people call the text.
    """
    wide = _WIDTH - 2 * EDGE
    bars = lengths.bars
    said = (
        f"{lengths.documents:,} of {title}: {lengths.shortest:,} to "
        f"{lengths.longest:,} letters, {lengths.mean:.1f} on average"
    )
    cut = f"block_size {lengths.block_size:,}: none is cut"
    if lengths.cut:
        cut = (
            f"block_size {lengths.block_size:,}: {lengths.cut:,} have so many letters "
            "or more, and are cut at their end at least"
        )
    lines = [svg.fitted(said, CAPTION, wide), cut]
    parts = heading("Lengths of documents", lines, ink)
    top, left = bottom_of(lines), EDGE + 46
    base, pitch = top + _HIGH, (wide - 46) / max(len(bars), 8)
    most = max(bar.count for bar in bars)
    free = 0.0
    for number, bar in enumerate(bars):
        high = bar.count / most * _HIGH
        x = left + number * pitch
        is_cut = bar.least >= lengths.block_size
        fill = ink.reference if is_cut else ink.curve
        if bar.count:
            y, width = base - high, max(pitch - 2, pitch * 0.8)
            parts.append(
                svg.element("rect", x=x, y=y, width=width, height=high, fill=fill)
            )
        name = f"{bar.least:,}" + ("+" if bar.is_open else "")
        half = svg.width_of(name, _LABEL) / 2
        middle = x + pitch / 2
        if middle - half > free:
            parts.append(_label(middle, base + 15, name, ink))
            free = middle + half + 6
    parts += [
        svg.element(
            "path",
            d=f"M{svg.number(left)} {svg.number(base)}H{svg.number(EDGE + wide)}",
            stroke=ink.muted,
            fill="none",
        ),
        svg.text(
            left - 6, top + 9, f"{most:,}", _LABEL, text_anchor="end", fill=ink.muted
        ),
        _label(left + (wide - 46) / 2, base + 34, "letters", ink),
    ]
    about = f"How many documents have so many letters. {said}. {cut}."
    height = base + 34 + EDGE
    return svg.picture(_WIDTH, height, ink, "Lengths of documents", about, parts)


def counts_svg(
    counts: LetterCounts,
    kind: Kind,
    scale: tuple[bool, bool],
    block_size: int,
    ink: Ink,
    title: str,
) -> str:
    """Return letters by position, or pairs of letters, as a map.

    Args:
        counts: Of the documents.
        kind: Which of the two.
        scale: Whether colours are chances, and whether they are on a logarithmic scale.
        block_size: Of the model; marked among positions.
        ink: Its colours.
        title: What people call the text.
    """
    shown = count_map(counts, kind, MOST_LETTERS, MOST_POSITIONS)
    is_pairs = kind == "pairs"
    called = "Pairs of letters" if is_pairs else "Letters by position"
    lines = [f"{counts.documents:,} documents of {title}"]
    if not shown.is_all:
        lines.append(
            f"the {len(shown.rows) - 1:,} most frequent of {shown.letters:,} letters"
        )
    lines.append(
        "a row for each letter, a column for the one that comes next"
        if is_pairs
        else "a row for each letter, a column for each position; BOS is the end"
    )
    columns = len(shown.columns)
    cell = min(_MOST_CELL, max(_LEAST_CELL, int((_WIDEST - 90) // columns)))
    left, top = EDGE + 40, bottom_of(lines) + 12
    width = max(460.0, left + columns * cell + EDGE)
    lines = [svg.fitted(line, CAPTION, width - 2 * EDGE) for line in lines]
    parts = heading(called, lines, ink)
    parts += _cells(shown, (left, top), cell, scale, ink)
    parts += _names(shown, (left, top), cell, ink)
    bottom = top + len(shown.rows) * cell
    if not is_pairs and block_size < columns:
        x = svg.number(left + block_size * cell)
        line = f"M{x} {svg.number(top)}V{svg.number(bottom)}"
        parts.append(
            svg.element(
                "path",
                d=line,
                stroke=ink.reference,
                stroke_width=2,
                stroke_dasharray="4 3",
                fill="none",
            )
        )
    is_chance, is_log = scale
    marks = ticks(is_chance=is_chance, is_log=is_log)
    parts += svg.colour_scale("shares", ink.map, marks, (EDGE, bottom + 18), ink)
    meaning = "share" if is_chance else "count"
    meaning += ", on a logarithmic scale" if is_log else ""
    parts.append(
        svg.text(EDGE + svg.SCALE + 24, bottom + 27, meaning, _LABEL, fill=ink.muted)
    )
    about = f"{called}. {'. '.join(lines)}."
    height = bottom + 18 + 30 + EDGE
    return svg.picture(width, height, ink, called, about, parts)


def _cells(
    shown: CountMap,
    corner: tuple[float, float],
    cell: int,
    scale: tuple[bool, bool],
    ink: Ink,
) -> Iterator[str]:
    is_chance, is_log = scale
    tones = tone(shown.values(is_chance=is_chance), is_log=is_log)
    x, y = corner
    by_colour: dict[int, list[str]] = defaultdict(list)
    square = f"h{cell}v{cell}h-{cell}z"
    rows, columns = (part.tolist() for part in shown.counts.nonzero())
    for row, column in zip(rows, columns, strict=True):
        step = round(min(1.0, max(0.0, float(tones[row, column]))) * (STEPS - 1))
        at = f"M{svg.number(x + column * cell)} {svg.number(y + row * cell)}"
        by_colour[step].append(at + square)
    table = colours(ink.map)
    paths = (
        svg.element("path", d="".join(squares), fill=table[step])
        for step, squares in sorted(by_colour.items())
    )
    yield svg.element("g", "\n".join(paths), shape_rendering="crispEdges")
    yield svg.element(
        "rect",
        x=x - 0.5,
        y=y - 0.5,
        width=len(shown.columns) * cell + 1,
        height=len(shown.rows) * cell + 1,
        fill="none",
        stroke=ink.border,
    )


def _names(
    shown: CountMap, corner: tuple[float, float], cell: int, ink: Ink
) -> Iterator[str]:
    x, y = corner
    size = min(_LABEL, cell * 0.8)
    for row, name in enumerate(shown.rows):
        at = y + (row + 0.5) * cell + size * 0.36
        written = visible(name)
        yield svg.text(x - 5, at, written, size, text_anchor="end", fill=ink.muted)
    free = 0.0
    for column, name in enumerate(shown.columns):
        written = visible(name)
        middle, half = x + (column + 0.5) * cell, svg.width_of(written, size) / 2
        if middle - half >= free:
            yield _label(middle, y - 5, written, ink, size)
            free = middle + half + 1


def _label(x: float, y: float, text: str, ink: Ink, size: float = _LABEL) -> str:
    return svg.text(x, y, text, size, text_anchor="middle", fill=ink.muted)
