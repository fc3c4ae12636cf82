"""What the embeddings panel says, in words."""

from __future__ import annotations

from functools import lru_cache
from math import isnan
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.gui.theme import coverage
from microgpt_gui.letters import named, visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.embeddings import Embeddings, Table

WORDS = FrameWords(
    seen=(
        "Each token is n_embd numbers to the model, its row of wte; each position is a "
        "row of wpe. At the left their rows lie in a plane: rows that are alike lie "
        "close together. Beside it are the numbers themselves, a row each, and the "
        "rows most like the one that is pointed at."
    ),
    computed=(
        "The plane is the one in which the rows lie widest apart: their first two "
        "principal components, by singular value decomposition of the matrix less its "
        "mean row. The share is how much of all variance each direction holds. A "
        "direction has no sign of its own: each keeps the one it had before. Alike is "
        "the cosine of the angle between two rows, in all n_embd numbers."
    ),
    tried=(
        "Train, and watch the vowels move together. Click a letter: lines lead to the "
        "three most like it. Go back to step 0, where all is chance. Choose positions: "
        "the line joins them in their order."
    ),
    parts="tokens",
    loading="The run is being prepared. Its embeddings appear as soon as it stands.",
    failed=(
        "There is no model to look at, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
    meaning="number",
    ranges={
        ColourRange.FIXED: ("all alike", "Alike: as far as 99 in 100 of all numbers"),
        ColourRange.ROW: ("by row", "By row: as far as its largest"),
    },
    widest_tick="-0.05",
)

#: What can be chosen, with the word for it.
TABLES: dict[Table, str] = {"wte": "Tokens (wte)", "wpe": "Positions (wpe)"}

POINT = (
    "Close together is alike. Point at a letter or a number to read it; click to lock "
    "it."
)
POINT_POSITION = (
    "Close together is alike. Point at a position or a number to read it; click to "
    "lock it."
)

#: As long as the line for the pointer gets.
LONGEST_READING = (
    "row 26, BOS, the beginning and the end; most alike: BOS 0.83, BOS 0.83, BOS 0.83 "
    "(cosine); in the plane at +0.000, +0.000"
)

NEIGHBOURS = "most alike"


@lru_cache(maxsize=8)
def signs(chars: str) -> tuple[str, ...]:
    """Return how tokens are drawn: a sign each, and BOS."""
    return (*(coverage.shown(visible(char)) for char in chars), BOS_LABEL)


def sign(shown: Embeddings, row: int) -> str:
    """Return how one row is named in the figure."""
    return signs(shown.chars)[row] if shown.table == "wte" else str(row)


def subject(shown: Embeddings) -> str:
    """Say which moment it is, and what of it is shown."""
    count, wide = shown.rows.shape
    return f"step {shown.step:,}, {count:,} × {wide} numbers"


def share(number: int, value: float) -> str:
    """Name an axis: which principal component, and its share of the variance."""
    told = "no variance" if isnan(value) else f"{100 * value:.1f} %"
    return f"PC {number} · {told}"


def rows_seen(first: int, last: int, count: int) -> str:
    """Say which rows are in sight where not all are, counted from 0."""
    return f"rows {first:,} to {last:,} of {count:,}"


def reading(shown: Embeddings, row: int, column: int | None) -> str:
    """Say what is known of a row, or of one number in it."""
    place = f"row {row}, {_named(shown, row)}"
    if column is not None:
        return f"{shown.table}, {place}, number {column}: {shown.rows[row][column]!r}"
    if shown.problem:
        return place
    nearest = shown.neighbours(row)[:3]
    told = ", ".join(f"{sign(shown, n.row)} {n.cosine:+.2f}" for n in nearest)
    alike = f"; most alike: {told} (cosine)" if nearest else "; it is alone"
    x, y = shown.places[row]
    return f"{place}{alike}; in the plane at {x:+.3f}, {y:+.3f}"


def spoken(shown: Embeddings, row: int, column: int | None) -> str:
    """Say in short to a screen reader what is pointed at."""
    name = _named(shown, row)
    if column is not None:
        return f"{name}, number {column}: {shown.rows[row][column]:.2g}"
    nearest = shown.neighbours(row)[:1]
    if not nearest:
        return name
    return f"{name}, most like {_named(shown, nearest[0].row)}: {nearest[0].cosine:.2f}"


def ticks(scale: float | None) -> tuple[str, str, str]:
    """Return the numbers of the colours; None for a scale of its own in each row."""
    if scale is None:
        return "-most", "0", "+most"
    return f"-{scale:.3g}", "0", f"+{scale:.3g}"


def _named(shown: Embeddings, row: int) -> str:
    if shown.table == "wpe":
        return f"position {row}"
    if row == len(shown.chars):
        return "BOS, the beginning and the end"
    return named(shown.chars[row])
