"""What the weights panel says, in words."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.gui.panels.weights.quantities import many, unit
from microgpt_gui.gui.theme import coverage
from microgpt_gui.letters import named, visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL
from microgpt_gui.session.reading.weights.quantity import Quantity

if TYPE_CHECKING:
    from microgpt_gui.session.reading.matrices import Matrix
    from microgpt_gui.session.reading.weights.quantity import WeightNumbers

POINT = "Point at a cell to read it. Click a matrix to enlarge it."

WORDS = FrameWords(
    seen=(
        "All numbers that training changes, as the model is at the moment shown: one "
        "rectangle for each matrix, named as in the script. A row makes one number of "
        "the output, a column takes one number of the input. The list in the title "
        "shows, of the same weights, what the last step did with them, how they have "
        "changed, a film of the run, or the size (Euclidean norm) of each matrix."
    ),
    computed=(
        "They begin as random numbers from the seed. At every step the gradient of the "
        "loss says for each of them which way is down; Adam keeps a running mean of "
        "the gradients (m) and of their squares (v), and moves the weight by them. To "
        "show these, the step is done once more, with the same numbers to the last "
        "bit; while it trains, that is done every few seconds only. The map averages "
        "and smooths nothing: the colour is the number."
    ),
    tried=(
        "Train and watch which matrices change first. Drag the timeline back to the "
        "first steps. Enlarge wte and find two letters with rows alike. Choose "
        "Gradient and step on: only the letters of the document have any in wte. Mark "
        "a moment, train on, and see what has changed since. Press One weight: nudge "
        "a number, or ask whether its gradient is true."
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
    widest_tick="-0.0005",
)

#: As long as the sentence for the pointer gets, up to the number's last digit.
_LONGEST_PLACE = "layer0.attn_wq, row 15 (head 4), column 15: "

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


def subject(shown: WeightNumbers, *, cells: float, is_last: bool) -> str:
    """Say of which moment the numbers are, and how many they are.

    Args:
        shown: The numbers.
        cells: What those written into cells are multiples of.
        is_last: The run has diverged at the next step.
    """
    told = f"step {shown.step:,}, {shown.moment.model.num_params:,} {many(shown)}"
    if shown.moment.alteration and shown.quantity.is_of_step:
        told += ", of the run's own step"
    if cells != 1:
        told += f", cells {unit(cells)}"
    return f"{told}, the last good ones" if is_last else told


def reading(
    matrix: Matrix,
    row: int,
    column: int,
    chars: str,
    heads: int,
    quantity: Quantity = Quantity.VALUE,
    weight: float | None = None,
) -> str:
    """Say what a cell shows; row and column count from 0, as in the script.

    Args:
        matrix: The matrix.
        row: Of the cell.
        column: Of the cell.
        chars: The alphabet: tokens are named by it.
        heads: Of each layer: they share the rows of q, k and v.
        quantity: What is shown of each weight.
        weight: The weight itself, where something else is shown of it.
    """
    value = matrix.numbers[row * matrix.columns + column]
    kind = matrix.name.rpartition(".")[2]
    place = f"{matrix.name}, {_row(matrix, row, chars, heads)}, column {column}"
    if quantity is Quantity.VALUE:
        return f"{place}: {_told(value)} · {_MEANINGS[kind]}"
    of_weight = "" if weight is None else f" · weight {_short(weight)}"
    return f"{place}: {_told(value, quantity)}{of_weight}"


def longest_reading(quantity: Quantity) -> str:
    """Return a sentence as long as `reading` gives them, as a rule."""
    if quantity is Quantity.VALUE:
        return f"{_LONGEST_PLACE}+0.0000 · -0.01234567890123456"
    return f"{_LONGEST_PLACE}-1.2345678901234567e-05 · weight -0.0123"


def short_reading(
    matrix: Matrix,
    cell: tuple[int, int],
    chars: str,
    heads: int,
    quantity: Quantity,
) -> str:
    """Say what a cell shows where two runs are beside each other. See `reading`."""
    row, column = cell
    value = matrix.numbers[row * matrix.columns + column]
    place = f"{matrix.name}, {_row(matrix, row, chars, heads)}, column {column}"
    return f"{place}: {_told(value, quantity)}"


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


def _told(value: float, quantity: Quantity = Quantity.VALUE) -> str:
    if not isfinite(value):
        return f"no number ({value})"
    if quantity is Quantity.VALUE:
        return f"{_short(value)} · {value!r}"
    return repr(value)


def _short(value: float) -> str:
    if not isfinite(value):
        return str(value)
    return f"{value:+.4f}" if abs(value) < 1e6 else f"{value:+.3e}"


def _token(row: int, chars: str) -> str:
    if row == len(chars):
        return "BOS, the beginning and the end"
    return named(chars[row])
