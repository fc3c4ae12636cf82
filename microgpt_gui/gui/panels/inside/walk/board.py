"""The numbers of each piece of learning, in rows and columns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.inside.walk import words
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import visible
from microgpt_gui.session.reading.learning.walk import Phase

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.reading.learning.adam_moves import Move
    from microgpt_gui.session.reading.learning.learning import Learning
    from microgpt_gui.session.reading.learning.walk import Stop

Cell = float | str | None

#: So many of a matrix's largest derivatives are listed.
_ENTRIES = 3


@dataclass(frozen=True, slots=True)
class Board:
    """What is shown.

    Attributes:
        columns: Their names.
        rows: Their names.
        cells: [row][column]; None is empty.
        lit: The rows that are looked at, to be seen at first.
        lit_columns: The column that the piece computes, where no row is ``lit``.
        bars: Of a list: which column is drawn as bars, too.
        is_map: Its numbers are of one kind, on both sides of 0: colours tell them.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    lit: frozenset[int] = frozenset()
    lit_columns: frozenset[int] = frozenset()
    is_map: bool = False
    bars: int = -1


#: Of Adam's pieces: which columns are shown; the last one is what it computes.
_ADAM: dict[str, tuple[tuple[str, Callable[[Move], float]], ...]] = {
    "adam.m": (
        ("gradient", lambda move: move.gradient),
        ("m before", lambda move: move.m_before),
        ("m", lambda move: move.m),
    ),
    "adam.v": (
        ("gradient", lambda move: move.gradient),
        ("v before", lambda move: move.v_before),
        ("v", lambda move: move.v),
    ),
    "adam.m_hat": (("m", lambda move: move.m), ("m̂", lambda move: move.m_hat)),
    "adam.v_hat": (("v", lambda move: move.v), ("v̂", lambda move: move.v_hat)),
    "adam.data": (
        ("m̂", lambda move: move.m_hat),
        ("v̂", lambda move: move.v_hat),
        ("before", lambda move: move.before),
        ("change", lambda move: move.change),
        ("after", lambda move: move.after),
    ),
}


def board_of(learning: Learning, stop: Stop) -> Board | None:
    """Return the numbers of a piece; None of the way forward."""
    if stop.phase is Phase.LOSS:
        return _loss(learning, stop)
    if stop.phase is Phase.ADAM:
        return _adam(learning, stop)
    if stop.phase is Phase.FORWARD:
        return None
    if stop.stage == "gradients":
        return _matrices(learning)
    if stop.stage == "logits":
        return _logits(learning)
    return _stage(learning, stop.stage)


def _loss(learning: Learning, stop: Stop) -> Board:
    tokens, count = learning.tokens, learning.positions
    written = [_written(learning, token) for token in tokens]
    chances = [learning.probabilities[i][tokens[i + 1]] for i in range(count)]
    cells: list[tuple[Cell, ...]] = [*zip(chances, learning.losses, strict=True)]
    cells.append((None, learning.learnt.loss))
    return Board(
        ("probability", "-ln of that"),
        (*(f"{i} {written[i]} → {written[i + 1]}" for i in range(count)), "mean"),
        tuple(cells),
        lit=frozenset({count if stop.position is None else stop.position}),
    )


def _positions(learning: Learning) -> tuple[str, ...]:
    read = learning.tokens[: learning.positions]
    return tuple(f"{i} {_written(learning, token)}" for i, token in enumerate(read))


def _written(learning: Learning, token: int) -> str:
    """Return a token as it stands among others, whichever way it is read."""
    return isolated(visible(words.letter(learning, token)))


def _logits(learning: Learning) -> Board:
    size = len(learning.moment.chars) + 1
    return Board(
        _positions(learning),
        tuple(_written(learning, token) for token in range(size)),
        tuple(zip(*learning.logit_gradients, strict=True)),
        lit=frozenset(learning.tokens[1:2]),
        is_map=True,
    )


def _stage(learning: Learning, id: str) -> Board:
    gradients = learning.stage_gradients.get(id)
    if gradients is None:  # still to come
        return Board((), (), ())
    parts = len(gradients[0])
    names, cells = [], []
    for part in range(parts):
        width = max(len(position[part]) for position in gradients)
        for i in range(width):
            names.append(f"head {part + 1}, {i}" if parts > 1 else str(i))
            cells.append(
                tuple(
                    position[part][i] if i < len(position[part]) else None
                    for position in gradients
                )
            )
    return Board(_positions(learning), tuple(names), tuple(cells), is_map=True)


def _matrices(learning: Learning) -> Board:
    return Board(
        ("shape", "length", "are 0", "largest"),
        tuple(matrix.name for matrix in learning.matrices),
        tuple(
            (
                f"{matrix.rows} × {matrix.columns}",
                matrix.norm,
                f"{matrix.unmoved:,}",
                words.entries(matrix, _ENTRIES),
            )
            for matrix in learning.matrices
        ),
        lit_columns=frozenset({1}),
        bars=1,
    )


def _adam(learning: Learning, stop: Stop) -> Board:
    shown = _ADAM[stop.stage]
    names = [name for name, _ in shown]
    return Board(
        tuple(names),
        tuple(
            f"{move.place.name} [{move.place.row}, {move.place.column}]"
            for move in learning.moves
        ),
        tuple(tuple(value(move) for _, value in shown) for move in learning.moves),
        lit_columns=frozenset({len(shown) - 1}),
        bars=names.index("change") if "change" in names else -1,
    )


def bars_of(board: Board) -> list[float]:
    """Return the numbers of a list that are drawn as bars: of each row, or 0."""
    cells = [row[board.bars] for row in board.cells]
    return [
        cell if isinstance(cell, float) and math.isfinite(cell) else 0.0
        for cell in cells
    ]
