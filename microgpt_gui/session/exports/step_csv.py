"""One step of training as a table: its losses, its gradients, and what Adam did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.exports.tables import table
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.reading.learning.learning import Learning

_HEADER = ("quantity", "of", "position", "head", "row", "column", "value")

#: What is told of each weight that moved farthest.
_OF_MOVES = (
    "gradient",
    "m_before",
    "m",
    "v_before",
    "v",
    "m_hat",
    "v_hat",
    "before",
    "change",
    "after",
)


def step_csv(learning: Learning, check: Callable[[], None]) -> Iterator[str]:
    """Yield the numbers of a step, to the last digit.

    Columns: quantity; of: the token that it is of, the stage's id, or the matrix;
    position, from 0; head, from 1; row and column of a matrix, or row in a stage's
    vector, from 0; value. Cells that mean nothing to a quantity are empty.

    Quantities: "probability" and "loss" of the token that came next, by position, and
    "loss" of all; the "learning_rate"; "logit_gradient" by token and position;
    "stage_gradient" of every number of a stage; the "norm" of the gradient of a matrix,
    and of all; "gradient", "m_before", "m", "v_before", "v", "m_hat", "v_hat",
    "before", "change" and "after" of the weights that moved farthest.

    Args:
        learning: The step.
        check: Called now and then; what it raises ends the work.
    """
    return table(_HEADER, _rows(learning), check)


def _rows(learning: Learning) -> Iterator[Sequence[object]]:
    learnt, chars = learning.learnt, learning.moment.chars
    labels = (*chars, BOS_LABEL)
    for at, loss in enumerate(learning.losses):
        token = learning.tokens[at + 1]
        chance = learning.probabilities[at][token]
        yield "probability", labels[token], at, "", "", "", repr(chance)
        yield "loss", labels[token], at, "", "", "", repr(loss)
    yield "loss", "", "", "", "", "", repr(learnt.loss)
    yield "learning_rate", "", "", "", "", "", repr(learnt.learning_rate)
    for at, gradients in enumerate(learning.logit_gradients):
        for label, number in zip(labels, gradients, strict=True):
            yield "logit_gradient", label, at, "", "", "", repr(number)
    for stage, positions in learning.stage_gradients.items():
        for at, parts in enumerate(positions):
            for head, part in enumerate(parts, start=1):
                shown = head if len(parts) > 1 else ""
                for i, number in enumerate(part):
                    yield "stage_gradient", stage, at, shown, i, "", repr(number)
    yield "norm", "", "", "", "", "", repr(learnt.gradient_norm)
    for matrix in learning.matrices:
        yield "norm", matrix.name, "", "", "", "", repr(matrix.norm)
    for move in learning.moves:
        name, row, column = move.place
        for quantity in _OF_MOVES:
            value = repr(getattr(move, quantity))
            yield quantity, name, "", "", row, column, value
