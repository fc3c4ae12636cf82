"""The odds of the next token as a picture: a bar for each, the likeliest first."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from microgpt_gui.letters import quoted, visible
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import (
    CAPTION,
    EDGE,
    bottom_of,
    heading,
    lines_of,
)
from microgpt_gui.session.exports.ink import text_on
from microgpt_gui.session.reading.next_letter import token_at
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.next_letter import NextLetter

_LABEL = 12.0
_ROWS = 30  # below each other; then the next column begins
_PITCH, _BAR = 18.0, 12.0  # from a row to the next, and of its bar
_COLUMN, _SIGN, _LONGEST = 280.0, 38.0, 120.0
_MIN_WIDTH = 460.0
_STRIP = 22.0


def next_letter_svg(letter: NextLetter, ink: Ink, caption: str) -> str:
    """Return the picture of every token's odds, and of the die on them.

    Args:
        letter: What to draw.
        ink: Its colours.
        caption: Of which run it is, in a few words.

    Raises:
        ValueError: There are no odds; says why.
    """
    odds = letter.odds
    if not odds.probabilities:
        raise ValueError(letter.problem)
    count = len(odds.probabilities)
    columns = -(-count // _ROWS)
    width = max(_MIN_WIDTH, 2 * EDGE + columns * _COLUMN)
    room = width - 2 * EDGE
    told = f"after {quoted(letter.text) if letter.text else BOS_LABEL}"
    moment = (
        f"step {letter.step:,}, temperature {odds.temperature:g}: entropy "
        f"{odds.entropy:.3f} nats, perplexity {odds.perplexity:.2f}"
    )
    lines = lines_of(moment, told, caption, room)
    parts = heading("Next letter", lines, ink)
    top = bottom_of(lines) + 6
    fallen = token_at(odds.probabilities, letter.die)
    parts += _strip(letter, ink, top, room, fallen)
    top += _STRIP + 44
    parts += _rows(letter, ink, top, fallen)
    height = top + min(count, _ROWS) * _PITCH + EDGE
    about = f"Next letter, {lines[0]}, {told}. Of {caption}. The die, {letter.die:.4f},"
    about += f" falls on {letter.label_of(fallen)}. Then each token with its "
    about += "probability and its logit, the likeliest first; a line across marks its "
    about += "probability at temperature 1."
    return svg.picture(width, height, ink, "Next letter", about, parts)


def _strip(
    letter: NextLetter, ink: Ink, top: float, room: float, fallen: int
) -> Iterator[str]:
    """Yield all probabilities end to end, and the die."""
    ends = [0.0, *accumulate(letter.odds.probabilities)]
    for token, (low, high) in enumerate(pairwise(ends)):
        left, wide = EDGE + room * low / ends[-1], room * (high - low) / ends[-1]
        is_hit = token == fallen
        yield svg.element(
            "rect",
            x=left,
            y=top,
            width=wide,
            height=_STRIP,
            fill=ink.curve if is_hit else "none",
            stroke=ink.border,
        )
        sign = visible(letter.label_of(token))
        if svg.width_of(sign, 11) + 2 <= wide:
            colour = text_on(ink.curve) if is_hit else ink.text
            yield _centred(left + wide / 2, top + 15, sign, 11, colour)
    x = EDGE + room * letter.die
    yield svg.element(
        "path",
        d=f"M{svg.number(x)} {svg.number(top - 3)}V{svg.number(top + _STRIP + 3)}",
        stroke=ink.text,
        stroke_width=2,
    )
    told = f"die {letter.die:.4f}: {visible(letter.label_of(fallen))}"
    side = min(max(x, EDGE + 60), EDGE + room - 60)
    yield _centred(side, top + _STRIP + 18, told, CAPTION, ink.text)


def _rows(letter: NextLetter, ink: Ink, top: float, fallen: int) -> Iterator[str]:
    """Yield each token's bar and numbers, the likeliest first."""
    odds, own = letter.odds, letter.own
    order = sorted(range(len(own)), key=lambda token: -odds.logits[token])
    highest = max(*odds.probabilities, *own)
    for place, token in enumerate(order):
        column, row = divmod(place, _ROWS)
        x, y = EDGE + column * _COLUMN, top + row * _PITCH
        middle = y + _BAR - 1
        is_hit = token == fallen
        yield svg.text(
            x + _SIGN - 6,
            middle,
            visible(letter.label_of(token)),
            _LABEL,
            text_anchor="end",
            font_weight="600" if is_hit else "400",
        )
        chance = odds.probabilities[token]
        yield svg.element(
            "rect",
            x=x + _SIGN,
            y=y,
            width=max(0.01, _LONGEST * chance / highest),
            height=_BAR,
            fill=ink.curve if is_hit else ink.faint,
        )
        if odds.temperature != 1:
            at = svg.number(x + _SIGN + _LONGEST * own[token] / highest)
            path = f"M{at} {svg.number(y)}v{svg.number(_BAR)}"
            yield svg.element("path", d=path, stroke=ink.reference, stroke_width=2)
        yield svg.text(x + _SIGN + _LONGEST + 8, middle, f"{chance:.4f}", 11)
        yield svg.text(
            x + _SIGN + _LONGEST + 58,
            middle,
            f"{odds.logits[token]:.3f}",
            11,
            fill=ink.muted,
        )


def _centred(x: float, y: float, content: str, size: float, colour: str) -> str:
    return svg.text(x, y, content, size, text_anchor="middle", fill=colour)
