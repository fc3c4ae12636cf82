"""A text as a picture of its tokens, and the vocabulary below, as in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.letters import quoted, visible
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import (
    CAPTION,
    EDGE,
    bottom_of,
    check_cells,
    heading,
    lines_of,
)
from microgpt_gui.session.exports.mixing import mixed
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.token_row import TokenRow

#: A picture of more cells is a file that programs choke on.
MAX_CELLS = 8_000

_WIDEST = 1000.0  # beyond that, both go on in the next line
_MIN_WIDTH = 460.0
_LABEL = 12.0
_CELL, _PITCH = 34.0, 38.0  # of the text's tokens
_CAPTIONS = 78.0  # left of them
_ROW = 104.0  # from a line of them to the next
_WIDE, _HIGH, _GAP = 54.0, 22.0, 4.0  # of the vocabulary's
_TINT = 0.18


def tokens_svg(row: TokenRow, ink: Ink, caption: str) -> str:
    """Return the picture of every token of ``row``, and of the vocabulary.

    Args:
        row: What to draw.
        ink: Its colours.
        caption: Of which run it is, in a few words.

    Raises:
        ValueError: It would have too many cells; says what to do instead.
    """
    cells = len(row.tokens) + len(row.chars) + 1
    check_cells(cells, MAX_CELLS, "choose a shorter text, or CSV")
    fitting = int((_WIDEST - 2 * EDGE - _CAPTIONS) // _PITCH)
    columns = min(fitting, len(row.tokens))
    width = max(_MIN_WIDTH, 2 * EDGE + _CAPTIONS + columns * _PITCH)
    room = width - 2 * EDGE
    told = f"text: {quoted(row.text)}"
    lines = lines_of(f"step {row.step:,}", told, caption, room)
    parts = heading("Tokens", lines, ink)
    top = bottom_of(lines) + 6
    for start in range(0, len(row.tokens), columns):
        places = range(start, min(start + columns, len(row.tokens)))
        parts += _line(row, ink, places, top)
        top += _ROW
    parts += _vocabulary(row, ink, top, room)
    lines_below = -(-(len(row.chars) + 1) // _in_a_line(room))
    height = top + 14 + lines_below * (_HIGH + _GAP) + EDGE
    about = f"Tokens, {lines[0]}, {told}. Of {caption}. Each token with its position "
    about += "above, and its id and the token to predict below; then the vocabulary."
    return svg.picture(width, height, ink, "Tokens", about, parts)


def _line(row: TokenRow, ink: Ink, places: range, top: float) -> Iterator[str]:
    """Yield one line of the text's tokens, from ``top`` down."""
    cell, number, predict = top + 8, top + 8 + _CELL + 15, top + 8 + _CELL + 34
    for y, word in (
        (top, "position"),
        (cell + _CELL / 2 + 4, "token"),
        (number, "id"),
        (predict, "to predict"),
    ):
        yield svg.text(EDGE, y, word, _LABEL, fill=ink.muted)
    for column, place in enumerate(places):
        x = EDGE + _CAPTIONS + column * _PITCH
        is_read, is_pale = place < row.positions, place > row.positions
        if not is_pale:
            dashes = {} if is_read else {"stroke_dasharray": "4 3"}
            yield svg.element(
                "rect",
                x=x,
                y=cell,
                width=_CELL,
                height=_CELL,
                fill=_mixed(ink) if is_read else "none",
                stroke=ink.border if is_read else ink.muted,
                **dashes,
            )
        middle = x + _CELL / 2
        colour = ink.text if is_read else ink.muted
        label, beneath = row.labels[place], cell + _CELL / 2 + 5
        yield _centred(middle, beneath, visible(label), 15, colour)
        if is_read:
            yield _centred(middle, top, str(place), 11, ink.muted)
            asked = visible(row.labels[place + 1])
            yield _centred(middle, predict, asked, 13, ink.text)
        yield _centred(middle, number, str(row.tokens[place]), 11, colour)
        if place == row.positions + 1:
            said = f"not read: the context length is {row.block_size}"
            yield svg.text(x, top, said, 11, fill=ink.muted)


def _vocabulary(row: TokenRow, ink: Ink, top: float, room: float) -> Iterator[str]:
    used = frozenset(row.tokens)
    count = len(row.chars) + 1
    said = f"Vocabulary: {count:,} tokens, {len(used):,} of them in this text"
    yield svg.text(EDGE, top, said, CAPTION, fill=ink.muted)
    columns = _in_a_line(room)
    for token, label in enumerate((*row.chars, BOS_LABEL)):
        line, column = divmod(token, columns)
        x, y = EDGE + column * (_WIDE + _GAP), top + 14 + line * (_HIGH + _GAP)
        is_used = token in used
        yield svg.element(
            "rect",
            x=x,
            y=y,
            width=_WIDE,
            height=_HIGH,
            fill=_mixed(ink) if is_used else "none",
            stroke=ink.curve if is_used else ink.border,
        )
        yield svg.text(x + 5, y + 16, visible(label), 13)
        at = x + _WIDE - 5
        yield svg.text(at, y + 15, str(token), 11, text_anchor="end", fill=ink.muted)


def _in_a_line(room: float) -> int:
    """Return how many of the vocabulary's tokens stand beside each other."""
    return int((room + _GAP) // (_WIDE + _GAP))


def _centred(x: float, y: float, content: str, size: float, colour: str) -> str:
    return svg.text(x, y, content, size, text_anchor="middle", fill=colour)


def _mixed(ink: Ink) -> str:
    return mixed(ink.curve, ink.ground, _TINT)
