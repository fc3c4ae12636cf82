"""What the weights panel says, in words."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.gui.theme import coverage
from microgpt_gui.letters import named, visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.matrices import Matrix

POINT = "Point at a cell to read its weight. Click a matrix to enlarge it."

WORDS = FrameWords(
    seen=(
        "All numbers that training changes, as the model is at the moment shown: one "
        "rectangle for each matrix, named as in the script. A row makes one number of "
        "the output, a column takes one number of the input."
    ),
    computed=(
        "They begin as random numbers from the seed. At every step the gradient of the "
        "loss says for each of them which way is down, and Adam moves it a little that "
        "way. Nothing is averaged or smoothed here: the colour is the number."
    ),
    tried=(
        "Train and watch which matrices change first. Drag the timeline back to the "
        "first steps. Enlarge wte and find two letters with rows alike. Choose a high "
        "learning rate and see the weights grow out of the scale."
    ),
    parts="matrices",
    loading="The run is being prepared. Its weights appear as soon as it stands.",
    failed=(
        "There is no model to look at, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
    meaning="weight",
    ranges={
        ColourRange.FIXED: (
            "all alike",
            "Alike: as far as 99 in 100 of all weights",
        ),
        ColourRange.PART: (
            "by matrix",
            "By matrix: as far as 99 in 100 of its own",
        ),
        ColourRange.ROW: ("by row", "By row: as far as its largest"),
    },
    widest_tick="-0.05",
)

#: As long as the sentence for the pointer gets, up to the number's last digit.
LONGEST_READING = (
    "layer0.attn_wq, row 15 (head 4), column 15: +0.0000 · -0.01234567890123456"
)

#: What each matrix does, by the end of its name.
_MEANINGS = {
    "wte": "what each token is",
    "wpe": "where in the text it stands",
    "lm_head": "how likely each token is next",
    "attn_wq": "what a position looks for",
    "attn_wk": "what it can be found by",
    "attn_wv": "what it has to give",
    "attn_wo": "what becomes of what was gathered",
    "mlp_fc1": "what the hidden units react to",
    "mlp_fc2": "what they add",
}


#: What its rows and its columns are, where these are not numbers out and numbers in.
_SIDES = {
    "wte": ("tokens", "numbers"),
    "wpe": ("positions", "numbers"),
    "lm_head": ("tokens", "numbers"),
    "mlp_fc1": ("hidden units", "numbers in"),
    "mlp_fc2": ("numbers out", "hidden units"),
}


def titles(name: str, layers: int) -> tuple[str, str]:
    """Return the long and the short way to name a matrix.

    Args:
        name: The script's, such as ``layer0.attn_wq``.
        layers: Of the model; with only one, its number goes without saying.
    """
    layer, dot, short = name.partition(".")
    if not dot:
        return name, name
    return name, short if layers == 1 else f"{layer.removeprefix('layer')}.{short}"


def begins_layer(name: str) -> bool:
    """Say whether a matrix is the first of its layer."""
    return name.endswith(".attn_wq")


def row_names(matrix: Matrix, chars: str) -> tuple[str, ...]:
    """Return what stands beside the rows of a matrix: letters, positions, or nothing.

    Args:
        matrix: The matrix.
        chars: The alphabet; BOS follows it.
    """
    kind = matrix.name
    if kind in ("wte", "lm_head"):
        return _token_names(chars)[: matrix.rows]
    if kind == "wpe":
        return tuple(map(str, range(matrix.rows)))
    return ()


@lru_cache(maxsize=4)
def _token_names(chars: str) -> tuple[str, ...]:
    return (*(coverage.shown(visible(char)) for char in chars), BOS_LABEL)


def layers_of(matrices: tuple[Matrix, ...]) -> int:
    """Return of how many layers a model's matrices are."""
    return len({m.name.partition(".")[0] for m in matrices if "." in m.name})


def ticks(scale: float | None) -> tuple[str, str, str]:
    """Return the numbers of a scale on both sides of 0; None for several scales."""
    if scale is None:
        return "-most", "0", "+most"
    return f"-{scale:.3g}", "0", f"+{scale:.3g}"


def subject(step: int, matrices: tuple[Matrix, ...]) -> str:
    """Say of which moment the weights are, and how many they are."""
    count = sum(len(m.numbers) for m in matrices)
    return f"step {step:,}, {count:,} weights"


def reading(matrix: Matrix, row: int, column: int, chars: str, heads: int) -> str:
    """Say what a cell shows; row and column count from 0, as in the script.

    Args:
        matrix: The matrix.
        row: Of the cell.
        column: Of the cell.
        chars: The alphabet: tokens are named by it.
        heads: Of each layer: they share the rows of q, k and v.
    """
    value = matrix.numbers[row * matrix.columns + column]
    kind = matrix.name.rpartition(".")[2]
    place = f"{matrix.name}, {_row(matrix, row, chars, heads)}, column {column}"
    return f"{place}: {_told(value)} · {_MEANINGS[kind]}"


def spoken(matrix: Matrix, row: int, column: int, chars: str, heads: int) -> str:
    """Say in short to a screen reader what a cell shows. See `reading`."""
    value = matrix.numbers[row * matrix.columns + column]
    told = f"{value:.2g}" if isfinite(value) else "no number"
    place = _row(matrix, row, chars, heads)
    return f"{matrix.name}, {place}, column {column}: {told}"


def spoken_matrix(matrix: Matrix) -> str:
    """Return what a matrix is called where nothing is seen."""
    return f"{matrix.name}, {matrix.rows} rows, {matrix.columns} columns"


def about(matrix: Matrix) -> str:
    """Say what an enlarged matrix is, and how to leave it."""
    kind = matrix.name.rpartition(".")[2]
    rows, columns = _SIDES.get(kind, ("numbers out", "numbers in"))
    return (
        f"{matrix.rows} {rows} × {matrix.columns} {columns}: {_MEANINGS[kind]}. "
        "Down: its cells, Left and Right: others, Escape: all."
    )


def _row(matrix: Matrix, row: int, chars: str, heads: int) -> str:
    kind = matrix.name.rpartition(".")[2]
    at = f"row {row}"
    if kind in ("wte", "lm_head"):
        at += f" ({_token(row, chars)})"
    elif kind == "wpe":
        at += f" (position {row})"
    elif kind in ("attn_wq", "attn_wk", "attn_wv"):
        at += f" (head {row * heads // matrix.rows + 1})"
    return at


def _told(value: float) -> str:
    if not isfinite(value):
        return f"no number ({value})"
    short = f"{value:+.4f}" if abs(value) < 1e6 else f"{value:+.3e}"
    return f"{short} · {value!r}"


def _token(row: int, chars: str) -> str:
    if row == len(chars):
        return "BOS, the beginning and the end"
    return named(chars[row])
