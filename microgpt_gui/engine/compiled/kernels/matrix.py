"""Matrices in memory, and products of them."""

from __future__ import annotations

from typing import NamedTuple

from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.eight import (
    all_of,
    get,
    load,
    put,
    store,
    turn_square,
)
from microgpt_gui.engine.compiled.places import EIGHT, NUMBER


class Matrix(NamedTuple):
    """Numbers of which [r][c] lies at ``at + r * down + c * across``, in bytes."""

    at: int
    down: int
    across: int


@inlined
def rows_at(at: int, down: int) -> Matrix:
    """Return the matrix at ``at``, whose rows are ``down`` bytes apart."""
    return Matrix(at, down, NUMBER)


@inlined
def transposed(matrix: Matrix) -> Matrix:
    """Return the same numbers with rows as columns."""
    return Matrix(matrix.at, matrix.across, matrix.down)


@inlined
def from_last_row(matrix: Matrix, rows: int) -> Matrix:
    """Return the same numbers with the last row first."""
    return Matrix(matrix.at + (rows - 1) * matrix.down, -matrix.down, matrix.across)


@inlined
def from_last_column(matrix: Matrix, columns: int) -> Matrix:
    """Return the same numbers with the last column first."""
    last = matrix.at + (columns - 1) * matrix.across
    return Matrix(last, matrix.down, -matrix.across)


@compiled
def multiply(
    out: Matrix,
    weights: Matrix,
    x: Matrix,
    rows: int,
    terms: int,
    first: int,
    end: int,
    start: float,
) -> None:
    """Write out[r][p] = start + weights[r][0] x[0][p] + weights[r][1] x[1][p] + ...

    The terms are added in order. Eight p and four r go together, so that a number of
    ``weights`` serves eight sums and eight of ``x`` serve four.

    Args:
        out: [row][p].
        weights: [row][term].
        x: [term][p].
        rows: How many there are.
        terms: How many each sum has.
        first: The first p, a multiple of eight.
        end: The p after the last. What lies between it and the next multiple of eight
            is written too, whatever it may be.
        start: 0.0; or -0.0, which leaves the first product as it is, even a -0.0.
    """
    for r in range(0, rows - 3, 4):
        for p in range(first * NUMBER, end * NUMBER, EIGHT):
            sum0 = sum1 = sum2 = sum3 = all_of(start)
            term, weight = x.at + p, weights.at + r * weights.down
            for _ in range(terms):
                eight = load(term)
                sum0 = sum0 + eight * get(weight)
                sum1 = sum1 + eight * get(weight + weights.down)
                sum2 = sum2 + eight * get(weight + 2 * weights.down)
                sum3 = sum3 + eight * get(weight + 3 * weights.down)
                term += x.down
                weight += weights.across
            to = out.at + r * out.down + p
            store(to, sum0)
            store(to + out.down, sum1)
            store(to + 2 * out.down, sum2)
            store(to + 3 * out.down, sum3)
    for r in range(rows // 4 * 4, rows):
        for p in range(first * NUMBER, end * NUMBER, EIGHT):
            sum0 = all_of(start)
            term, weight = x.at + p, weights.at + r * weights.down
            for _ in range(terms):
                sum0 = sum0 + load(term) * get(weight)
                term += x.down
                weight += weights.across
            store(out.at + r * out.down + p, sum0)


@compiled
def turn(to: Matrix, x: Matrix, rows: int, first: int, end: int) -> None:
    """Write to[c][r] = x[r][c] for columns from ``first`` to ``end``, and 0 after them.

    Both are as large as if rows and columns were multiples of eight. The rows of ``to``
    end with zeros up to a multiple of eight.
    """
    for r in range(0, rows, 8):
        for c in range(first, end, 8):
            square = x.at + r * x.down + c * NUMBER
            turn_square(to.at + c * to.down + r * NUMBER, to.down, square, x.down)
    for r in range(rows, (rows + 7) // 8 * 8):
        for c in range(first, end):
            put(to.at + c * to.down + r * NUMBER, 0.0)


@inlined
def add_to(x: Matrix, y: Matrix, rows: int, first: int, end: int) -> None:
    """Add y to x."""
    for r in range(rows):
        for p in range(first * NUMBER, end * NUMBER, EIGHT):
            at = x.at + r * x.down + p
            store(at, load(at) + load(y.at + r * y.down + p))
